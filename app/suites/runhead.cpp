// SPDX-License-Identifier: Apache-2.0
#include "suites/runhead.h"

#include "dialogs/elidinglabel.h"
#include "qa/run.h"
#include "suites/gridmodel.h"
#include "suites/rundesk.h"
#include "suites/suiteactions.h"
#include "theme/metrics.h"
#include "theme/style.h"
#include "window/chip.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

RunHead::RunHead(const Theme *theme, RunDesk *desk, GridModel *grid, SuiteActions *actions, QWidget *parent)
    : Panel(theme, ColourRole::Page, Qt::BottomEdge, parent)
    , m_desk(desk)
    , m_grid(grid)
    , m_actions(actions)
    , m_row(new QHBoxLayout)
    , m_title(new ElidingLabel(this))
    , m_baseline(new Chip(theme, this))
    , m_progress(new ElidingLabel(this))
{
    setObjectName(u"runHead"_s);
    m_title->setObjectName(u"runTitle"_s);
    m_title->setTextFormat(Qt::PlainText);
    m_progress->setObjectName(u"runProgress"_s);
    m_progress->setTextFormat(Qt::PlainText);
    m_baseline->setObjectName(u"runBaseline"_s);
    m_baseline->setAccessibleName(tr("Baseline"));
    m_baseline->setToolTip(tr("What the run is held against"));
    m_baseline->setOpensSomething(true);
    connect(m_baseline, &QPushButton::clicked, this, [this] { Q_EMIT baselineAsked(m_baseline); });
    m_row->addWidget(m_title, 1);
    m_row->addWidget(m_baseline);
    addButton(actions->resume, u"resumeRunButton"_s);
    addButton(actions->pause, u"pauseRunButton"_s);
    addButton(actions->cancel, u"cancelRunButton"_s);
    addButton(actions->retryFailed, u"retryFailedButton"_s);
    addButton(actions->charts, u"chartsButton"_s);
    addButton(actions->report, u"reportButton"_s);
    addButton(actions->again, u"runAgainButton"_s);
    auto *column = new QVBoxLayout(this);
    column->addLayout(m_row);
    column->addWidget(m_progress);
    for (const auto signal :
         {&RunDesk::opened, &RunDesk::stateChanged, &RunDesk::baselineChanged, &RunDesk::progressed})
        connect(desk, signal, this, &RunHead::refresh);
    connect(desk, &RunDesk::cellsChanged, this, &RunHead::refresh);
    connect(theme, &Theme::changed, this, &RunHead::restyle);
    restyle();
    refresh();
}

QPushButton *RunHead::addButton(QAction *action, const QString &name)
{
    auto *button = new QPushButton(action->text(), this);
    button->setObjectName(name);
    button->setToolTip(
        tr("%1 (%2)").arg(action->text(), action->shortcut().toString(QKeySequence::NativeText)));
    setButtonKind(button, ButtonKind::Plain);
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    if (action->isCheckable()) {
        button->setCheckable(true);
        connect(action, &QAction::toggled, button, &QPushButton::setChecked);
    }
    m_row->addWidget(button);
    m_buttons.emplace_back(action, button);
    return button;
}

void RunHead::restyle()
{
    const Theme &theme = *m_theme;
    layout()->setContentsMargins(theme.px(Metric::between), theme.px(Metric::near), theme.px(Metric::between),
                                 theme.px(Metric::near));
    layout()->setSpacing(theme.px(Metric::step));
    m_row->setSpacing(theme.px(Metric::within));
    QFont font = theme.font(FontRole::Heading3);
    font.setPixelSize(theme.px(Metric::agentName));
    m_title->setFont(font);
    m_progress->setFont(theme.font(FontRole::Small));
    QPalette ink = m_progress->palette();
    ink.setColor(QPalette::WindowText, theme.colour(ColourRole::InkQuiet));
    m_progress->setPalette(ink);
    arrange();
}

QString RunHead::progressWords() const
{
    const Run &run = m_desk->run();
    const RunCounts counts = countsOf(run, m_desk->records());
    const int all = int(run.cellCount());
    QStringList words;
    if (counts.notRun > 0)
        words.append(tr("%1 of %2 run").arg(all - counts.notRun).arg(all));
    words.append(tr("%1 passed").arg(counts.passed));
    words.append(tr("%1 failed").arg(counts.failed));
    if (counts.open > 0)
        words.append(tr("%1 not judged").arg(counts.open));
    if (counts.withoutAnswer > 0)
        words.append(tr("%1 without an answer").arg(counts.withoutAnswer));
    if (m_desk->isRunning()) {
        words.append(tr("%1 under way").arg(m_desk->underWay()));
        if (m_desk->isPausing())
            words.append(tr("pausing"));
        else if (const auto left = m_desk->timeLeft())
            words.append(tr("%1 left").arg(GridWords::clock(*left)));
    } else if (run.state == RunState::Cancelled) {
        words.append(tr("cancelled"));
    } else if (counts.notRun > 0) {
        words.append(tr("paused"));
    }
    return words.join(u" · "_s);
}

QString RunHead::comparedWords() const
{
    QStringList words;
    const auto add = [&words](int count, const QString &text) {
        if (count > 0)
            words.append(text);
    };
    const int regressions = m_grid->countOf(CaseChange::Regression);
    const int repaired = m_grid->countOf(CaseChange::Fixed);
    const int added = m_grid->countOf(CaseChange::New);
    const int flaky = m_grid->flakyCount();
    add(regressions, tr("%n regression(s)", nullptr, regressions));
    add(repaired, tr("%1 fixed").arg(repaired));
    add(added, tr("%1 new").arg(added));
    add(flaky, tr("%1 flaky").arg(flaky));
    return words.join(u" · "_s);
}

void RunHead::refresh()
{
    setVisible(!m_desk->isEmpty());
    if (m_desk->isEmpty())
        return;
    const Run &run = m_desk->run();
    m_title->setText(tr("%1 · %2").arg(run.title, run.agent.name));
    const QString compared = comparedWords();
    m_words = progressWords();
    if (!compared.isEmpty())
        m_words += u" · "_s + compared;
    m_progress->setText(m_words);
    const auto all = double(run.cellCount());
    const std::size_t left = m_desk->left();
    m_share = all > 0 ? 1 - double(left) / all : 0;
    const QString baseline = m_desk->baseline() ? tr("earlier run")
        : run.baseline.isEmpty()                ? tr("none")
                                                : run.baseline;
    m_baseline->setWords(baseline, tr("baseline"));
    m_baseline->setAccessibleDescription(baseline);
    const bool runs = m_desk->isRunning();
    const bool hasFailed = countsOf(run, m_desk->records()).failed > 0;
    m_baseline->setEnabled(!runs);
    m_actions->pause->setEnabled(runs && !m_desk->isPausing());
    m_actions->cancel->setEnabled(runs && run.state != RunState::Cancelled);
    m_actions->resume->setEnabled(!runs && left > 0);
    m_actions->retryFailed->setEnabled(!runs && hasFailed);
    m_actions->again->setEnabled(!runs);
    m_actions->charts->setEnabled(true);
    m_actions->removeRun->setEnabled(!runs);
    m_actions->report->setEnabled(!runs && double(left) < all);
    arrange();
    update();
}

QPoint RunHead::menuPlace() const
{
    for (const auto &[action, button] : m_buttons) {
        if (action == m_actions->report && button->isVisible())
            return button->mapToGlobal(QPoint(0, button->height()));
    }
    return mapToGlobal(QPoint(0, height()));
}

// What has a key goes first where room is short.
void RunHead::arrange()
{
    const int side = m_theme->px(Metric::between);
    int room = width() - 2 * side - m_theme->px(Metric::leastTitle);
    for (const auto &[action, button] : m_buttons) {
        const bool isWished = action->isEnabled();
        if (isWished)
            room -= button->sizeHint().width() + m_row->spacing();
        button->setVisible(isWished && room >= 0);
    }
    room -= m_baseline->sizeHint().width() + m_row->spacing();
    m_baseline->setVisible(room >= 0);
}

void RunHead::resizeEvent(QResizeEvent *event)
{
    Panel::resizeEvent(event);
    arrange();
}

void RunHead::paintEvent(QPaintEvent *event)
{
    Panel::paintEvent(event);
    if (m_share >= 1)
        return;
    QPainter painter(this);
    const int line = m_theme->px(Metric::focusRing);
    painter.fillRect(QRectF(0, height() - line, width() * m_share, line),
                     m_theme->colour(ColourRole::Accent));
}

} // namespace Parlance
