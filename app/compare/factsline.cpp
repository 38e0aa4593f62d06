// SPDX-License-Identifier: Apache-2.0
#include "compare/factsline.h"

#include "dialogs/themedlabel.h"
#include "search/flowlayout.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "transcript/partblocks.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr std::size_t factCount = 6;

QString timeText(const std::optional<double> &ms)
{
    return ms ? durationText(std::chrono::microseconds(qint64(*ms * 1000))) : u"–"_s;
}

QString signedValue(const QString &value, Standing standing)
{
    switch (standing) {
    case Standing::Best:
        return value % u" ▾"_s;
    case Standing::Worst:
        return value % u" ▴"_s;
    case Standing::None:
        break;
    }
    return value;
}

QString standingWord(Standing standing)
{
    return standing == Standing::Best ? FactsLine::tr("best")
        : standing == Standing::Worst ? FactsLine::tr("worst")
                                      : QString();
}

} // namespace

FactsLine::FactsLine(const Theme *theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_flow(new FlowLayout(this))
{
    for (std::size_t i = 0; i < factCount; ++i) {
        Fact fact{.box = new QWidget(this)};
        auto *row = new QHBoxLayout(fact.box);
        row->setContentsMargins(0, 0, 0, 0);
        fact.name = new ThemedLabel(theme, FontRole::Small, ColourRole::InkFaint, {}, fact.box);
        fact.value = new ThemedLabel(theme, FontRole::SmallStrong, ColourRole::Ink, {}, fact.box);
        row->addWidget(fact.name);
        row->addWidget(fact.value);
        m_flow->addWidget(fact.box);
        m_facts.push_back(fact);
    }
    connect(theme, &Theme::changed, this, &FactsLine::restyle);
    restyle();
}

void FactsLine::restyle()
{
    m_flow->setContentsMargins(0, m_theme->px(Metric::within), 0, m_theme->px(Metric::within));
    m_flow->setSpacing(m_theme->px(Metric::inset));
    m_flow->setRowSpacing(m_theme->px(Metric::tight));
    for (const Fact &fact : m_facts)
        fact.box->layout()->setSpacing(m_theme->px(Metric::step));
}

void FactsLine::set(std::size_t index, const QString &name, const QString &value, Standing standing,
                    bool isOther)
{
    const Fact &fact = m_facts[index];
    fact.name->setText(name);
    fact.name->setVisible(!name.isEmpty());
    fact.value->setText(isOther ? QString(u"≠ "_s % value) : signedValue(value, standing));
    fact.value->setInk(standing == Standing::Best        ? ColourRole::Good
                           : standing == Standing::Worst ? ColourRole::Bad
                           : isOther                     ? ColourRole::Caution
                                                         : ColourRole::Ink);
    QStringList words{name, value};
    if (const QString word = isOther ? tr("not as many as the baseline") : standingWord(standing);
        !word.isEmpty())
        words.append(word);
    fact.value->setAccessibleName(words.join(u' '));
    fact.box->setToolTip(words.size() > 2 ? words.constLast() : QString());
}

void FactsLine::show(const ComparedCell &cell, std::optional<std::chrono::milliseconds> running)
{
    setVisible(cell.facts.has_value());
    if (!cell.facts)
        return;
    const ColumnFacts &facts = *cell.facts;
    const QLocale locale;
    set(0, tr("first text"), timeText(facts.firstTextMs), cell.firstText);
    if (running)
        set(1, tr("running"), durationText(*running, 1));
    else
        set(1, tr("total"), timeText(facts.totalMs), cell.total);
    set(2, tr("tokens"), facts.tokens ? locale.toString(*facts.tokens) : u"–"_s, cell.tokens);
    set(3, tr("events"), locale.toString(facts.events));
    set(4, tr("tools"), locale.toString(facts.tools), Standing::None, cell.hasOtherTools);
    m_facts[5].box->setVisible(facts.isFailed);
    if (facts.isFailed)
        set(5, {}, cell.answer && cell.answer->state == MessageState::Stopped ? tr("stopped") : tr("failed"),
            Standing::Worst);
}

void FactsLine::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.fillRect(0, 0, width(), 1, m_theme->colour(ColourRole::Line));
    painter.fillRect(0, height() - 1, width(), 1, m_theme->colour(ColourRole::Line));
}

} // namespace Parlance
