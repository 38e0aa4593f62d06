// SPDX-License-Identifier: Apache-2.0
#include "search/searchfilters.h"

#include "chat/workspace.h"
#include "search/flowlayout.h"
#include "search/hitmodel.h"
#include "theme/metrics.h"
#include "theme/style.h"
#include "theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QPushButton>
#include <QSignalBlocker>

#include <set>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// Keeps what was chosen, by its value; the first entry if that is gone.
void fill(QComboBox *choice, const QList<QPair<QString, QVariant>> &entries)
{
    const QVariant chosen = choice->currentData();
    const QSignalBlocker quiet(choice);
    choice->clear();
    for (const auto &[text, value] : entries)
        choice->addItem(text, value);
    choice->setCurrentIndex(std::max(0, choice->findData(chosen)));
}

} // namespace

SearchFilters::SearchFilters(const Theme *theme, Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_row(new FlowLayout(this))
    , m_agent(addChoice(u"searchAgent"_s, tr("Agent searched")))
    , m_qualifier(addChoice(u"searchQualifier"_s, tr("Qualifier searched")))
    , m_period(addChoice(u"searchPeriod"_s, tr("Time searched")))
    , m_from(new QDateEdit(this))
    , m_until(new QDateEdit(this))
    , m_role(addChoice(u"searchRole"_s, tr("Who said it")))
    , m_failed(new QCheckBox(tr("Failed only"), this))
    , m_clear(new QPushButton(tr("Clear filters"), this))
{
    setObjectName(u"searchFilters"_s);
    for (const auto &[text, period] : {std::pair(tr("Any time"), Period::Any),
                                       {tr("Today"), Period::Today},
                                       {tr("Last 7 days"), Period::Week},
                                       {tr("Last 30 days"), Period::Month},
                                       {tr("Between…"), Period::Range}})
        m_period->addItem(text, int(period));
    m_role->addItem(tr("Anyone"), -1);
    for (const Role role : {Role::User, Role::Agent})
        m_role->addItem(roleWord(role), int(role));
    m_from->setObjectName(u"searchFrom"_s);
    m_from->setAccessibleName(tr("From this day"));
    m_until->setObjectName(u"searchUntil"_s);
    m_until->setAccessibleName(tr("Until this day"));
    m_row->removeWidget(m_role);
    for (QDateEdit *day : {m_from, m_until}) {
        day->setCalendarPopup(true);
        day->setDate(QDate::currentDate());
        day->hide();
        m_row->addWidget(day);
        connect(day, &QDateEdit::dateChanged, this, &SearchFilters::onChanged);
    }
    m_row->addWidget(m_role);
    m_failed->setObjectName(u"searchFailed"_s);
    m_row->addWidget(m_failed);
    m_clear->setObjectName(u"searchClear"_s);
    setButtonKind(m_clear, ButtonKind::Link);
    m_clear->hide();
    m_row->addWidget(m_clear);
    connect(m_period, &QComboBox::currentIndexChanged, this, &SearchFilters::onPeriodChosen);
    for (const QComboBox *choice : {m_agent, m_qualifier, m_role})
        connect(choice, &QComboBox::currentIndexChanged, this, &SearchFilters::onChanged);
    connect(m_failed, &QCheckBox::toggled, this, &SearchFilters::onChanged);
    connect(m_clear, &QPushButton::clicked, this, &SearchFilters::clear);
    connect(theme, &Theme::changed, this, &SearchFilters::restyle);
    refresh();
    restyle();
}

QComboBox *SearchFilters::addChoice(const QString &name, const QString &accessibleName)
{
    auto *choice = new QComboBox(this);
    choice->setObjectName(name);
    choice->setAccessibleName(accessibleName);
    choice->setToolTip(accessibleName);
    choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_row->addWidget(choice);
    return choice;
}

void SearchFilters::refresh()
{
    QList<QPair<QString, QVariant>> agents{{tr("Every agent"), QString()}};
    for (const Agent &agent : m_workspace->agents()->agents())
        agents.append({agent.name, agent.id.value()});
    fill(m_agent, agents);
    std::set<QString> names;
    for (const Conversation &conversation : m_workspace->allConversations())
        names.insert(conversation.qualifier);
    QList<QPair<QString, QVariant>> qualifiers{{tr("Every qualifier"), QVariant()}};
    for (const QString &name : names)
        qualifiers.append({name.isEmpty() ? u"DEFAULT"_s : name, name.isNull() ? u""_s : name});
    fill(m_qualifier, qualifiers);
}

SearchFilter SearchFilters::filter(const QDate &today) const
{
    SearchFilter filter;
    filter.agent = AgentId(m_agent->currentData().toString());
    if (m_qualifier->currentIndex() > 0)
        filter.qualifier = m_qualifier->currentData().toString();
    if (const int role = m_role->currentData().toInt(); role >= 0)
        filter.role = Role(role);
    filter.isFailedOnly = m_failed->isChecked();
    switch (Period(m_period->currentData().toInt())) {
    case Period::Any:
        break;
    case Period::Today:
        filter.from = today.startOfDay();
        break;
    case Period::Week:
        filter.from = today.addDays(-6).startOfDay();
        break;
    case Period::Month:
        filter.from = today.addDays(-29).startOfDay();
        break;
    case Period::Range:
        filter.from = std::min(m_from->date(), m_until->date()).startOfDay();
        filter.until = std::max(m_from->date(), m_until->date()).addDays(1).startOfDay();
        break;
    }
    return filter;
}

void SearchFilters::clear()
{
    {
        const QSignalBlocker quiet(this);
        for (QComboBox *choice : {m_agent, m_qualifier, m_period, m_role})
            choice->setCurrentIndex(0);
        m_failed->setChecked(false);
    }
    // The button goes, and the keyboard with it, to something that stays.
    if (m_clear->hasFocus())
        m_agent->setFocus(Qt::OtherFocusReason);
    onChanged();
}

void SearchFilters::onPeriodChosen()
{
    const bool isRange = Period(m_period->currentData().toInt()) == Period::Range;
    m_from->setVisible(isRange);
    m_until->setVisible(isRange);
    onChanged();
}

void SearchFilters::onChanged()
{
    m_clear->setVisible(!filter(QDate::currentDate()).isEmpty());
    Q_EMIT changed();
}

void SearchFilters::restyle()
{
    m_row->setSpacing(m_theme->px(Metric::within));
    m_row->setContentsMargins(0, 0, 0, 0);
    for (QComboBox *choice : {m_agent, m_qualifier, m_period, m_role}) {
        choice->setMaximumWidth(m_theme->px(Metric::mostFilter));
        // It remembers its size from the font before; another policy makes it think again.
        choice->setSizeAdjustPolicy(QComboBox::AdjustToContentsOnFirstShow);
        choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    }
}

} // namespace Parlance
