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

QString timeText(const std::optional<double> &ms)
{
    return ms ? durationText(std::chrono::microseconds(qint64(*ms * 1000))) : u"–"_s;
}

FactsLine::FactsLine(const Theme *theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_flow(new FlowLayout(this))
{
    connect(theme, &Theme::changed, this, &FactsLine::restyle);
    restyle();
}

void FactsLine::restyle()
{
    m_flow->setContentsMargins(0, m_theme->px(Metric::within), 0, m_theme->px(Metric::within));
    m_flow->setSpacing(m_theme->px(Metric::inset));
    m_flow->setRowSpacing(m_theme->px(Metric::tight));
    for (const Place &place : m_places)
        place.box->layout()->setSpacing(m_theme->px(Metric::step));
}

void FactsLine::addPlace()
{
    Place place{.box = new QWidget(this)};
    auto *row = new QHBoxLayout(place.box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(m_theme->px(Metric::step));
    place.name = new ThemedLabel(m_theme, FontRole::Small, ColourRole::InkFaint, {}, place.box);
    place.value = new ThemedLabel(m_theme, FontRole::SmallStrong, ColourRole::Ink, {}, place.box);
    row->addWidget(place.name);
    row->addWidget(place.value);
    m_flow->addWidget(place.box);
    m_places.push_back(place);
}

void FactsLine::fill(const Place &place, const Fact &fact)
{
    place.name->setText(fact.name);
    place.name->setVisible(!fact.name.isEmpty());
    place.value->setText(fact.remark.isEmpty() ? signedValue(fact.value, fact.standing)
                                               : QString(u"≠ "_s % fact.value));
    place.value->setInk(fact.standing == Standing::Best        ? ColourRole::Good
                            : fact.standing == Standing::Worst ? ColourRole::Bad
                            : !fact.remark.isEmpty()           ? ColourRole::Caution
                                                               : ColourRole::Ink);
    const QString remark = fact.remark.isEmpty() ? standingWord(fact.standing) : fact.remark;
    QStringList words{fact.name, fact.value, remark};
    words.removeAll(QString());
    place.value->setAccessibleName(words.join(u' '));
    place.box->setToolTip(remark);
}

void FactsLine::setFacts(const std::vector<Fact> &facts)
{
    while (m_places.size() < facts.size())
        addPlace();
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        m_places[i].box->setVisible(i < facts.size());
        if (i < facts.size())
            fill(m_places[i], facts[i]);
    }
}

void FactsLine::show(const ComparedCell &cell, std::optional<std::chrono::milliseconds> running)
{
    setVisible(cell.facts.has_value());
    if (!cell.facts)
        return;
    const ColumnFacts &facts = *cell.facts;
    const QLocale locale;
    std::vector<Fact> shown{
        {.name = tr("first text"), .value = timeText(facts.firstTextMs), .standing = cell.firstText},
        running ? Fact{.name = tr("running"), .value = durationText(*running, 1)}
                : Fact{.name = tr("total"), .value = timeText(facts.totalMs), .standing = cell.total},
        {.name = tr("tokens"),
         .value = facts.tokens ? locale.toString(*facts.tokens) : u"–"_s,
         .standing = cell.tokens},
        {.name = tr("events"), .value = locale.toString(facts.events)},
        {.name = tr("tools"),
         .value = locale.toString(facts.tools),
         .remark = cell.hasOtherTools ? tr("not as many as the baseline") : QString()}};
    if (facts.isFailed)
        shown.push_back(
            {.value = facts.isStopped ? tr("stopped") : tr("failed"), .standing = Standing::Worst});
    setFacts(shown);
}

void FactsLine::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.fillRect(0, 0, width(), 1, m_theme->colour(ColourRole::Line));
    painter.fillRect(0, height() - 1, width(), 1, m_theme->colour(ColourRole::Line));
}

} // namespace Parlance
