// SPDX-License-Identifier: Apache-2.0
#include "compare/repeatwindow.h"

#include "compare/repeatcolumn.h"
#include "dialogs/elidinglabel.h"
#include "theme/metrics.h"
#include "theme/panel.h"
#include "theme/style.h"
#include "theme/theme.h"
#include "window/notices.h"
#include "window/noticestack.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

//! Of each column beside the others.
std::vector<RepeatColumn::Standings> standingsAmong(const std::vector<RepeatSummary> &summaries)
{
    std::vector<std::optional<double>> firstTexts;
    std::vector<std::optional<double>> slow;
    std::vector<std::optional<double>> totals;
    std::vector<std::optional<double>> failures;
    for (const RepeatSummary &summary : summaries) {
        const RepeatColumn::Times times = RepeatColumn::timesOf(summary);
        firstTexts.push_back(times.firstText);
        slow.push_back(times.slowFirstText);
        totals.push_back(times.total);
        failures.emplace_back(double(summary.failures));
    }
    std::vector<RepeatColumn::Standings> standings;
    for (std::size_t i = 0; i < summaries.size(); ++i)
        standings.push_back({.firstText = standingsOf(firstTexts)[i],
                             .slowFirstText = standingsOf(slow)[i],
                             .total = standingsOf(totals)[i],
                             .failures = standingsOf(failures)[i]});
    return standings;
}

} // namespace

RepeatWindow::RepeatWindow(const Theme *theme, Workspace *workspace, const QString &prompt,
                           const std::vector<ColumnChoice> &choices, int times, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_theme(theme)
    , m_notices(new Notices(this))
    , m_repeating(new Repeating(workspace, prompt, choices, times, this))
    , m_scroll(new QScrollArea)
{
    setObjectName(u"repeatWindow"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Repeat: %1 · Parlance").arg(prompt.simplified()));
    auto *ground = new Panel(theme, ColourRole::Page, {}, this);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(ground);
    auto *parts = new QVBoxLayout(ground);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(0);
    auto *head = new Panel(theme, ColourRole::Page, Qt::BottomEdge, ground);
    m_head = new QHBoxLayout(head);
    m_title = new ElidingLabel(head);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setText(tr("Repeat: %1").arg(prompt.simplified()));
    m_progress = new ElidingLabel(head);
    m_progress->setObjectName(u"repeatProgress"_s);
    m_stop = new QPushButton(tr("Stop"), head);
    m_stop->setObjectName(u"stopRepeating"_s);
    m_stop->setAccessibleName(tr("Stop asking"));
    m_stop->setToolTip(tr("Stop the answers, and ask no more"));
    setButtonKind(m_stop, ButtonKind::Danger);
    connect(m_stop, &QPushButton::clicked, m_repeating, &Repeating::stop);
    m_head->addWidget(m_title, 1);
    m_head->addWidget(m_progress);
    m_head->addWidget(m_stop);
    auto *content = new QWidget;
    auto *row = new QHBoxLayout(content);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    for (std::size_t i = 0; i < m_repeating->columns().size(); ++i) {
        m_columns.push_back(new RepeatColumn(theme, content));
        row->addWidget(m_columns.back(), 1);
        connect(m_columns.back(), &RepeatColumn::moreAsked, this, &RepeatWindow::refresh);
    }
    m_scroll->setObjectName(u"repeatPage"_s);
    m_scroll->setAccessibleName(tr("Answers to the same words"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(content);
    parts->addWidget(head);
    parts->addWidget(new NoticeStack(theme, m_notices, ground));
    parts->addWidget(m_scroll, 1);
    auto *close = new QAction(tr("Close"), this);
    close->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_W), QKeySequence(Qt::Key_Escape)});
    connect(close, &QAction::triggered, this, &QWidget::close);
    addAction(close);
    connect(m_repeating, &Repeating::changed, this, &RepeatWindow::refresh);
    connect(m_repeating, &Repeating::failed, m_notices, [this](const QString &sentence) {
        m_notices->show({.key = u"repeat"_s, .tone = NoticeTone::Bad, .text = sentence});
    });
    connect(theme, &Theme::changed, this, &RepeatWindow::restyle);
    restyle();
    setMinimumSize(int(Metric::narrowestWindow), int(Metric::lowestWindow));
    resize(QSize(theme->px(Metric::windowWidth), theme->px(Metric::windowHeight))
               .boundedTo(screen()->availableSize()));
    m_repeating->start();
}

void RepeatWindow::restyle()
{
    m_head->parentWidget()->setFixedHeight(m_theme->px(Metric::headerHeight));
    m_head->setContentsMargins(m_theme->px(Metric::between), 0, m_theme->px(Metric::between), 0);
    m_head->setSpacing(m_theme->px(Metric::within));
    QFont font = m_theme->font(FontRole::Heading3);
    font.setPixelSize(m_theme->px(Metric::agentName));
    m_title->setFont(font);
    m_progress->setFont(m_theme->font(FontRole::Small));
    QPalette ground = m_scroll->widget()->palette();
    ground.setColor(QPalette::Window, m_theme->colour(ColourRole::Page));
    m_scroll->setPalette(ground);
    m_scroll->widget()->setPalette(ground);
    m_scroll->widget()->setAutoFillBackground(true);
}

void RepeatWindow::refresh()
{
    std::vector<RepeatSummary> summaries;
    for (const Repeating::Column &column : m_repeating->columns())
        summaries.push_back(summaryOf(column.answers));
    const std::vector<RepeatColumn::Standings> standings = standingsAmong(summaries);
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        m_columns[i]->show(m_repeating->columns()[i], summaries[i], m_repeating->times(), standings[i]);
    const QString count =
        tr("%1 of %n answer(s)", nullptr, m_repeating->questionCount()).arg(m_repeating->answerCount());
    m_progress->setText(m_repeating->isRunning()       ? count
                            : m_repeating->isStopped() ? tr("Stopped, %1").arg(count)
                                                       : tr("Done, %1").arg(count));
    m_stop->setVisible(m_repeating->isRunning());
}

} // namespace Parlance
