// SPDX-License-Identifier: Apache-2.0
#include "suites/cellpanel.h"

#include "chat/runshelf.h"
#include "chat/workspace.h"
#include "compare/answercell.h"
#include "core/whendone.h"
#include "dialogs/themedlabel.h"
#include "inspector/masking.h"
#include "qa/runjson.h"
#include "qa/targetcomparison.h"
#include "suites/gridcell.h"
#include "suites/judgebar.h"
#include "suites/rundesk.h"
#include "suites/suiteactions.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/style.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr qsizetype mostOfFrames = 256 * 1024; //!< letters that are shown

QString signOf(Outcome outcome)
{
    return GridWords::sign(outcome == Outcome::Passed       ? CellLook::Passed
                               : outcome == Outcome::Failed ? CellLook::Failed
                                                            : CellLook::Open);
}

QString checkText(const CheckResult &result)
{
    QString text = signOf(result.outcome) + u' ' + result.name;
    if (!result.metric.isEmpty())
        text += u" ("_s + result.metric + u')';
    if (result.line > 0)
        text += u" · "_s + CellPanel::tr("line %1").arg(result.line);
    if (!result.reason.isEmpty())
        text += u": "_s + result.reason;
    return text;
}

QString framesText(const std::vector<std::vector<Frame>> &turns)
{
    QString text;
    for (std::size_t turn = 0; turn < turns.size(); ++turn) {
        if (turns.size() > 1)
            text += CellPanel::tr("Turn %1").arg(turn + 1) + u'\n';
        for (const Frame &frame : turns[turn]) {
            text += u"%1 s  "_s.arg(double(frame.sinceSend.count()) / 1'000'000, 8, 'f', 3)
                + QString::fromUtf8(frame.event) + (frame.event.isEmpty() ? QString() : u"  "_s)
                + QString::fromUtf8(frame.payload) + u'\n';
            if (text.size() > mostOfFrames)
                return maskSecrets(text).text + CellPanel::tr("… and more, which a bundle holds");
        }
    }
    return maskSecrets(text).text;
}

} // namespace

CellPanel::CellPanel(const Theme *theme, Workspace *workspace, RunDesk *desk, SuiteActions *actions,
                     QWidget *parent)
    : Panel(theme, ColourRole::Page, Qt::LeftEdge | Qt::TopEdge, parent)
    , m_workspace(workspace)
    , m_desk(desk)
    , m_actions(actions)
    , m_title(new ThemedLabel(theme, FontRole::BodyStrong, ColourRole::Ink, {}, this))
    , m_where(new ThemedLabel(theme, FontRole::Small, ColourRole::InkQuiet, {}, this))
    , m_previous(new QToolButton(this))
    , m_next(new QToolButton(this))
    , m_close(new QToolButton(this))
    , m_judge(new JudgeBar(theme, actions, this))
    , m_scroll(new QScrollArea(this))
    , m_column(new QVBoxLayout(this))
{
    setObjectName(u"cellPanel"_s);
    m_title->setObjectName(u"cellTitle"_s);
    m_title->setWordWrap(true);
    m_where->setObjectName(u"cellWhere"_s);
    m_where->setWordWrap(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setObjectName(u"cellScroll"_s);
    m_scroll->setAccessibleName(tr("Question, answers and checks"));
    const auto prepare = [](QToolButton *button, const QString &name, const QString &words) {
        button->setObjectName(name);
        button->setAccessibleName(words);
        button->setToolTip(words);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
    };
    prepare(m_previous, u"previousRepeat"_s, tr("Previous repeat"));
    prepare(m_next, u"nextRepeat"_s, tr("Next repeat"));
    prepare(m_close, u"closeCell"_s, tr("Close the cell"));
    connect(m_previous, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { step(1); });
    connect(m_close, &QToolButton::clicked, this, &CellPanel::closeAsked);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    for (QToolButton *button : {m_previous, m_next, m_close})
        head->addWidget(button, 0, Qt::AlignTop);
    m_column->addLayout(head);
    m_column->addWidget(m_where);
    m_column->addWidget(m_judge);
    m_column->addWidget(m_scroll, 1);
    connect(m_judge, &JudgeBar::noteWritten, this, &CellPanel::setNote);
    connect(desk, &RunDesk::cellsChanged, this, [this](const std::vector<std::size_t> &cells) {
        if (isHidden() || !std::ranges::binary_search(cells, m_index))
            return;
        if (m_cell && m_desk->records()[m_index].state == CellState::Done)
            refreshHead();
        else
            read();
    });
    connect(desk, &RunDesk::baselineChanged, this, [this] {
        if (!isHidden())
            read();
    });
    connect(theme, &Theme::changed, this, &CellPanel::restyle);
    restyle();
}

void CellPanel::restyle()
{
    const Theme &theme = *m_theme;
    const int side = theme.px(Metric::between);
    m_column->setContentsMargins(side, theme.px(Metric::inset), 0, 0);
    m_column->setSpacing(theme.px(Metric::within));
    m_column->itemAt(0)->layout()->setContentsMargins(0, 0, theme.px(Metric::within), 0);
    m_previous->setIcon(icon(IconName::ChevronUp, theme, ColourRole::InkQuiet));
    m_next->setIcon(icon(IconName::ChevronDown, theme, ColourRole::InkQuiet));
    m_close->setIcon(icon(IconName::Close, theme, ColourRole::InkQuiet));
    for (QToolButton *button : {m_previous, m_next, m_close})
        button->setFixedSize(theme.px(Metric::smallControl), theme.px(Metric::smallControl));
}

void CellPanel::open(int caseIndex, int target, std::optional<int> repeat)
{
    const Run &run = m_desk->run();
    m_place = {.caseIndex = caseIndex, .target = target, .repeat = repeat.value_or(0)};
    for (int one = 0; !repeat && one < run.settings.repeats; ++one) {
        const CellPlace place{.caseIndex = caseIndex, .target = target, .repeat = one};
        if (effectiveOutcome(m_desk->records()[cellIndex(run, place)]) == Outcome::Failed) {
            m_place = place;
            break;
        }
    }
    m_index = cellIndex(run, m_place);
    m_awaited.reset();
    read();
}

void CellPanel::clear()
{
    ++m_reading;
    m_cell.reset();
    m_baseline.reset();
    m_pairs.clear();
    m_frames = nullptr;
    m_scroll->setWidget(new QWidget);
}

void CellPanel::step(int by)
{
    const int repeat = m_place.repeat + by;
    if (repeat >= 0 && repeat < m_desk->run().settings.repeats)
        open(m_place.caseIndex, m_place.target, repeat);
}

void CellPanel::read()
{
    const int reading = ++m_reading;
    m_cell.reset();
    m_baseline.reset();
    m_diffs.clear();
    refreshHead();
    m_desk->reader()->readCells(m_desk->run(), {m_index},
                                [this, reading](const Result<std::vector<RunCell>> &cells) {
                                    if (reading != m_reading || !cells || cells->empty())
                                        return;
                                    m_cell = cells->front();
                                    refreshHead();
                                    if (const auto verdict = std::exchange(m_awaited, std::nullopt)) {
                                        judge(*verdict);
                                        return;
                                    }
                                    readBaseline();
                                });
}

void CellPanel::readBaseline()
{
    const Run &run = m_desk->run();
    const Run *other = nullptr;
    CellPlace place = m_place;
    if (m_desk->baseline()) {
        other = &m_desk->baseline()->run;
        const std::optional<std::size_t> same = sameCases(run, *other)[std::size_t(m_place.caseIndex)];
        if (!same) {
            rebuild();
            return;
        }
        const std::size_t there = counterpart(*other, run.targets[std::size_t(m_place.target)].label);
        place = {.caseIndex = int(*same),
                 .target = int(there),
                 .repeat = std::min(m_place.repeat, other->settings.repeats - 1)};
        m_baselineName = tr("%1, earlier run").arg(other->targets[there].label);
    } else if (const auto baseline = run.targetLabelled(run.baseline);
               baseline && int(*baseline) != m_place.target) {
        other = &run;
        place.target = int(*baseline);
        m_baselineName = run.baseline;
    }
    if (!other) {
        rebuild();
        return;
    }
    m_desk->reader()->readCells(*other, {cellIndex(*other, place)},
                                [this, reading = m_reading](const Result<std::vector<RunCell>> &cells) {
                                    if (reading != m_reading)
                                        return;
                                    if (cells && !cells->empty() && !cells->front().turns.empty())
                                        m_baseline = cells->front();
                                    rebuild();
                                });
}

void CellPanel::refreshHead()
{
    const Run &run = m_desk->run();
    const CellRecord &record = m_desk->records()[m_index];
    const RunCase &one = run.cases[std::size_t(m_place.caseIndex)];
    m_title->setText(one.title());
    const RunTarget &target = run.targets[std::size_t(m_place.target)];
    QStringList words{target.label};
    if (run.settings.repeats > 1)
        words.append(tr("repeat %1 of %2").arg(m_place.repeat + 1).arg(run.settings.repeats));
    const bool isDone = record.state == CellState::Done;
    const Outcome outcome = effectiveOutcome(record);
    words.append(!isDone ? (record.state == CellState::Running ? tr("running") : tr("not run"))
                     : outcome == Outcome::Passed ? tr("✓ passed")
                     : outcome == Outcome::Failed ? tr("✗ failed")
                     : record.verdict             ? tr("skipped")
                                                  : tr("? not judged"));
    if (record.verdict)
        words.append(tr("judged by a person"));
    if (record.cutShort > 0)
        words.append(tr("cut short before: the agent may have acted twice"));
    if (record.retries > 0)
        words.append(tr("%n retry(s)", nullptr, record.retries));
    if (m_cell && !m_cell->session.isEmpty())
        words.append(tr("session %1").arg(m_cell->session.value()));
    m_where->setText(words.join(u" · "_s));
    for (QToolButton *button : {m_previous, m_next})
        button->setVisible(run.settings.repeats > 1);
    m_previous->setEnabled(m_place.repeat > 0);
    m_next->setEnabled(m_place.repeat + 1 < run.settings.repeats);
    m_judge->setVisible(isDone);
    m_judge->show(record.verdict, m_cell ? m_cell->note : QString());
}

QString CellPanel::targetName(bool isBaseline) const
{
    return isBaseline ? m_baselineName : m_desk->run().targets[std::size_t(m_place.target)].label;
}

void CellPanel::rebuild()
{
    m_pairs.clear();
    m_frames = nullptr;
    m_diffs.clear();
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, m_theme->px(Metric::between), m_theme->px(Metric::between));
    column->setSpacing(m_theme->px(Metric::within));
    const CellState state = m_desk->records()[m_index].state;
    const bool isDone = state == CellState::Done;
    if (m_cell && !isDone && !m_cell->turns.empty()) {
        auto *label = new ThemedLabel(m_theme, FontRole::Body, ColourRole::InkQuiet,
                                      state == CellState::Running
                                          ? tr("It is being asked. This has come so far, or came before.")
                                          : tr("It is to be asked again. This came before."));
        label->setObjectName(u"cellBefore"_s);
        label->setWordWrap(true);
        column->addWidget(label);
    }
    if (m_cell && (isDone || !m_cell->turns.empty())) {
        addChecks(column, m_cell->judgement.results);
        if (isDone && (m_cell->turns.empty() || m_cell->judgement.results.empty())) {
            auto *reason = new ThemedLabel(m_theme, FontRole::Small, ColourRole::InkQuiet,
                                           m_cell->judgement.reason.isEmpty() ? tr("There are no checks.")
                                                                              : m_cell->judgement.reason);
            reason->setWordWrap(true);
            column->addWidget(reason);
        }
        for (std::size_t turn = 0; turn < m_cell->turns.size(); ++turn)
            addTurn(column, turn);
        auto *frames = new QPushButton(tr("Raw frames"));
        frames->setObjectName(u"rawFrames"_s);
        setButtonKind(frames, ButtonKind::Link);
        connect(frames, &QPushButton::clicked, this, &CellPanel::showFrames);
        column->addWidget(frames, 0, Qt::AlignLeft);
        m_frames = new QPlainTextEdit;
        m_frames->setObjectName(u"rawFramesText"_s);
        m_frames->setAccessibleName(tr("Raw frames"));
        m_frames->setReadOnly(true);
        m_frames->setTabChangesFocus(true);
        m_frames->setFont(m_theme->font(FontRole::SmallCode));
        m_frames->setMinimumHeight(m_theme->px(Metric::shellHeight));
        m_frames->hide();
        column->addWidget(m_frames);
    } else {
        column->addWidget(
            new ThemedLabel(m_theme, FontRole::Body, ColourRole::InkQuiet,
                            state == CellState::Running ? tr("It is being asked.") : tr("Not run yet.")));
    }
    column->addStretch(1);
    m_scroll->setWidget(content);
    arrange();
}

void CellPanel::addChecks(QVBoxLayout *column, const std::vector<CheckResult> &results)
{
    for (const CheckResult &result : results) {
        const ColourRole ink = result.outcome == Outcome::Passed ? ColourRole::Good
            : result.outcome == Outcome::Failed                  ? ColourRole::Bad
                                                                 : ColourRole::Caution;
        auto *label = new ThemedLabel(m_theme, FontRole::Small, ink, checkText(result));
        label->setObjectName(u"check"_s);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(label);
        addChecks(column, result.parts);
    }
}

void CellPanel::addTurn(QVBoxLayout *column, std::size_t turn)
{
    const CellTurn &now = m_cell->turns[turn];
    const CellTurn *before =
        m_baseline && turn < m_baseline->turns.size() ? &m_baseline->turns[turn] : nullptr;
    auto *question = new ThemedLabel(m_theme, FontRole::Body, ColourRole::Ink, now.prompt);
    question->setObjectName(u"cellQuestion"_s);
    question->setWordWrap(true);
    question->setTextInteractionFlags(Qt::TextSelectableByMouse);
    question->setAccessibleName(tr("Question %1: %2").arg(turn + 1).arg(now.prompt));
    auto *ground = new Panel(m_theme, ColourRole::You, Qt::Edges());
    ground->setAutoFillBackground(true);
    auto *groundColumn = new QVBoxLayout(ground);
    groundColumn->setContentsMargins(m_theme->px(Metric::inset), m_theme->px(Metric::within),
                                     m_theme->px(Metric::inset), m_theme->px(Metric::within));
    groundColumn->addWidget(question);
    column->addWidget(ground);
    auto *pair = new QBoxLayout(QBoxLayout::LeftToRight);
    pair->setSpacing(0);
    m_pairs.push_back(pair);
    const Agent *agent = m_workspace->agents()->find(m_desk->run().agent.id);
    const auto add = [&](const CellTurn &shown, bool isBaseline, const AnswerDiff *diff) {
        auto *cell = new AnswerCell(m_theme, nullptr);
        cell->setShownOnly();
        cell->setObjectName(isBaseline ? u"baselineAnswer"_s : u"cellAnswer"_s);
        pair->addWidget(cell, 1, Qt::AlignTop);
        cell->show({.name = targetName(isBaseline),
                    .part = isBaseline ? tr("baseline") : QString(),
                    .turn = int(turn)},
                   {.answer = &shown.answer,
                    .facts = factsOf(shown.answer),
                    .diff = diff,
                    .baseline = before ? &before->answer : nullptr},
                   agent);
    };
    if (before) {
        m_diffs.push_back(diffAnswers(before->seen, now.seen));
        add(*before, true, nullptr);
        add(now, false, &m_diffs.back());
    } else {
        add(now, false, nullptr);
    }
    column->addLayout(pair);
}

QString CellPanel::checksText() const
{
    QStringList lines;
    for (const QLabel *label : findChildren<QLabel *>(u"check"_s))
        lines.append(label->text());
    return lines.join(u'\n');
}

void CellPanel::showFrames()
{
    if (!m_frames)
        return;
    if (!m_frames->isHidden()) {
        m_frames->hide();
        return;
    }
    whenDone(m_workspace->runs()->cellFrames(m_desk->run().id, qint64(m_index)), m_frames,
             [frames = m_frames](const Result<QByteArray> &kept) {
                 const QString text = kept ? framesText(framesFrom(*kept)) : kept.error().message;
                 frames->setPlainText(text.isEmpty() ? tr("No frames were kept.") : text);
                 frames->show();
             });
}

void CellPanel::judge(PersonVerdict verdict)
{
    const CellRecord &record = m_desk->records()[m_index];
    if (record.state != CellState::Done)
        return;
    // The note is kept with the verdict, and is not known yet.
    if (!m_cell) {
        m_awaited = verdict;
        return;
    }
    const bool isTakenBack = record.verdict == verdict;
    m_desk->judge(m_index, isTakenBack ? std::nullopt : std::optional(verdict), m_cell->note);
    if (isTakenBack)
        rebuild();
    else
        Q_EMIT judged();
}

void CellPanel::setNote(const QString &note)
{
    if (!m_cell)
        return;
    m_cell->note = note;
    m_desk->judge(m_index, m_desk->records()[m_index].verdict, note);
    refreshHead();
}

void CellPanel::writeNote()
{
    if (m_cell)
        m_judge->writeNote();
}

bool CellPanel::cancelNote()
{
    return m_judge->cancelNote();
}

// Beside each other where there is room, else below.
void CellPanel::arrange()
{
    const bool isWide = width() >= 2 * m_theme->px(Metric::leastPage);
    for (QBoxLayout *pair : m_pairs)
        pair->setDirection(isWide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

void CellPanel::resizeEvent(QResizeEvent *event)
{
    Panel::resizeEvent(event);
    arrange();
}

} // namespace Parlance
