// SPDX-License-Identifier: Apache-2.0
#include "compare/repeatcolumn.h"

#include "compare/answercell.h"
#include "compare/factsline.h"
#include "dialogs/themedlabel.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr std::size_t groupsAtOnce = 20;

//! "4: get_order → check_stock", a line for each path. Empty: nothing was called.
QString toolWords(const Repeating::Column &column, const RepeatSummary &summary)
{
    QStringList lines;
    bool hasTools = false;
    for (const std::vector<std::size_t> &group : summary.byToolPath) {
        QStringList names;
        for (const ToolStep &step : column.answers[group.front()].tools)
            names.append(step.name);
        hasTools = hasTools || !names.isEmpty();
        lines.append(RepeatColumn::tr("%1 × %2")
                         .arg(group.size())
                         .arg(names.isEmpty() ? RepeatColumn::tr("no tools") : names.join(u" → "_s)));
    }
    return hasTools ? lines.join(u'\n') : QString();
}

//! The errors, each with how often it came.
QString failureWords(const Repeating::Column &column)
{
    std::map<QString, int> errors;
    for (const Answer &answer : column.answers) {
        if (answer.isFailed)
            ++errors[answer.error.isEmpty() ? RepeatColumn::tr("No whole answer") : answer.error];
    }
    QStringList lines;
    for (const auto &[error, count] : errors)
        lines.append(RepeatColumn::tr("%1 × %2").arg(count).arg(error));
    return lines.join(u'\n');
}

} // namespace

RepeatColumn::RepeatColumn(const Theme *theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_name(new ThemedLabel(theme, FontRole::BodyStrong, ColourRole::Ink, {}, this))
    , m_count(new ThemedLabel(theme, FontRole::Small, ColourRole::InkFaint, {}, this))
    , m_facts(new FactsLine(theme, this))
    , m_tools(new ThemedLabel(theme, FontRole::Small, ColourRole::InkQuiet, {}, this))
    , m_failures(new ThemedLabel(theme, FontRole::Small, ColourRole::Bad, {}, this))
    , m_cells(new QVBoxLayout)
    , m_more(new QPushButton(this))
    , m_most(groupsAtOnce)
{
    setObjectName(u"repeatColumn"_s);
    m_name->setMinimumWidth(theme->px(Metric::hairline));
    m_facts->setMinimumWidth(theme->px(Metric::hairline));
    for (ThemedLabel *label : {m_count, m_tools, m_failures}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto *head = new QVBoxLayout;
    for (QWidget *part : std::initializer_list<QWidget *>{m_name, m_count, m_facts, m_failures, m_tools})
        head->addWidget(part);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(theme->px(Metric::hairline), 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(head);
    all->addLayout(m_cells);
    m_foot = new QVBoxLayout;
    m_foot->addWidget(m_more, 0, Qt::AlignLeft);
    all->addLayout(m_foot);
    all->addStretch(1);
    m_more->setObjectName(u"moreAnswers"_s);
    m_more->hide();
    connect(m_more, &QPushButton::clicked, this, [this] {
        m_most += groupsAtOnce;
        m_seen.reset();
        Q_EMIT moreAsked();
    });
    connect(theme, &Theme::changed, this, &RepeatColumn::restyle);
    restyle();
}

void RepeatColumn::restyle()
{
    QLayout *head = layout()->itemAt(0)->layout();
    const int side = m_theme->px(Metric::between);
    head->setContentsMargins(side, m_theme->px(Metric::inset), side, 0);
    head->setSpacing(m_theme->px(Metric::step));
    m_foot->setContentsMargins(side, m_theme->px(Metric::inset), side, m_theme->px(Metric::inset));
}

void RepeatColumn::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    if (x() > 0)
        painter.fillRect(0, 0, 1, height(), m_theme->colour(ColourRole::Line));
}

RepeatColumn::Times RepeatColumn::timesOf(const RepeatSummary &summary)
{
    Times times;
    if (summary.firstText.count > 0) {
        times.firstText = summary.firstText.median;
        times.slowFirstText = summary.firstText.p95;
    }
    if (summary.total.count > 0)
        times.total = summary.total.median;
    return times;
}

void RepeatColumn::show(const Repeating::Column &column, const RepeatSummary &summary, int wanted,
                        const Standings &standings)
{
    // What another column got changes nothing here, but for how the two stand.
    const auto now = std::optional(std::pair(column.answers.size(), standings));
    if (std::exchange(m_seen, now) == now)
        return;
    const Times times = timesOf(summary);
    setAccessibleName(column.name);
    m_name->setText(column.name);
    m_count->setText(tr("%1 of %2 done").arg(column.answers.size()).arg(wanted));
    m_facts->setFacts(
        {{.name = tr("first text p50"), .value = timeText(times.firstText), .standing = standings.firstText},
         {.name = tr("p95"), .value = timeText(times.slowFirstText), .standing = standings.slowFirstText},
         {.name = tr("total p50"), .value = timeText(times.total), .standing = standings.total},
         {.name = tr("failed"),
          .value = QLocale().toString(summary.failures),
          .standing = standings.failures}});
    const QString failures = failureWords(column);
    m_failures->setText(failures);
    m_failures->setVisible(!failures.isEmpty());
    const QString tools = toolWords(column, summary);
    m_tools->setText(tools);
    m_tools->setVisible(!tools.isEmpty());
    showGroups(column, summary);
}

const AnswerDiff &RepeatColumn::diffBetween(const Repeating::Column &column, std::size_t before,
                                            std::size_t after)
{
    const auto known = m_diffs.find({before, after});
    if (known != m_diffs.end())
        return known->second;
    return m_diffs
        .emplace(std::pair(before, after),
                 diffAnswers(answerOf(column.messages[before]), column.answers[after]))
        .first->second;
}

void RepeatColumn::showGroups(const Repeating::Column &column, const RepeatSummary &summary)
{
    m_shown = std::min(summary.byText.size(), m_most);
    while (m_groups.size() < m_shown) {
        auto *cell = new AnswerCell(m_theme, this);
        cell->setShownOnly();
        m_cells->addWidget(cell);
        m_groups.push_back(cell);
    }
    const std::size_t good = column.answers.size() - std::size_t(summary.failures);
    const Message *largest =
        summary.byText.empty() ? nullptr : &column.messages[summary.byText.front().front()];
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        AnswerCell *cell = m_groups[i];
        cell->setVisible(i < m_shown);
        if (i >= m_shown)
            continue;
        const std::vector<std::size_t> &group = summary.byText[i];
        const Message &answer = column.messages[group.front()];
        ComparedCell shown{.answer = &answer};
        if (i > 0) {
            shown.diff = &diffBetween(column, summary.byText.front().front(), group.front());
            shown.baseline = largest;
        }
        const QString standing = i > 0 || summary.byText.size() == 1 ? QString()
            : group.size() > 1                                       ? tr("most often")
                                                                     : tr("baseline");
        cell->show({.name = tr("%1 of %2").arg(group.size()).arg(good), .part = standing}, shown, nullptr);
    }
    const auto left = int(summary.byText.size() - m_shown);
    m_more->setText(tr("Show more of %n other answer(s)", nullptr, left));
    m_more->setVisible(left > 0);
}

} // namespace Parlance
