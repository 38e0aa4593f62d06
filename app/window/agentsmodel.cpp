// SPDX-License-Identifier: Apache-2.0
#include "window/agentsmodel.h"

#include "chat/agentbook.h"
#include "chat/agentplace.h"
#include "chat/healthwatch.h"

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString noteOf(const Health &health)
{
    switch (health.state) {
    case Health::State::Unknown:
        break;
    case Health::State::Healthy:
        return AgentsModel::tr("healthy");
    case Health::State::Busy:
        return AgentsModel::tr("busy");
    case Health::State::Unwell:
        return AgentsModel::tr("not well: %1").arg(health.said);
    case Health::State::Unreachable:
        return AgentsModel::tr("cannot be reached");
    }
    return {};
}

} // namespace

AgentsModel::AgentsModel(AgentBook *book, QObject *parent)
    : RowModel(parent)
    , m_book(book)
{
    for (const auto signal : {&AgentBook::agentAdded, &AgentBook::agentChanged, &AgentBook::agentRemoved})
        connect(book, signal, this, &AgentsModel::refresh);
    connect(book, &AgentBook::wasReset, this, &AgentsModel::refresh);
    refresh();
}

QString AgentsModel::detail(const Agent &agent)
{
    QStringList words;
    if (const QString place = agentPlace(agent); !place.isEmpty())
        words.append(place);
    if (agent.isProduction)
        words.append(tr("production"));
    return words.join(u" · "_s);
}

void AgentsModel::refresh()
{
    std::vector<Row> rows;
    rows.reserve(m_book->agents().size());
    for (const Agent &agent : m_book->agents())
        rows.push_back({.id = agent.id.value(),
                        .title = agent.name,
                        .detail = detail(agent),
                        .dot = agent.colour,
                        .health = m_health ? m_health->health(agent.id).state : Health::State::Unknown,
                        .note = m_health ? noteOf(m_health->health(agent.id)) : QString(),
                        .isUnread = m_marks.unread.contains(agent.id),
                        .isStreaming = m_marks.streaming.contains(agent.id)});
    setRows(rows);
}

void AgentsModel::setHealth(const HealthWatch *health)
{
    m_health = health;
    connect(health, &HealthWatch::changed, this, &AgentsModel::refresh);
    refresh();
}

void AgentsModel::setMarks(const Marks &marks)
{
    if (std::exchange(m_marks, marks) != marks)
        refresh();
}

QString AgentsModel::spokenState(const Row &row) const
{
    QStringList words{row.note, stateWords(row)};
    words.removeAll(QString());
    return words.join(u", "_s);
}

} // namespace Parlance
