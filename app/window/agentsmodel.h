// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "window/rowmodel.h"

#include "core/agent.h"

#include <QSet>

namespace Parlance {

class AgentBook;
class HealthWatch;

//! The agents of the sidebar, in the order of the book.
class AgentsModel : public RowModel
{
    Q_OBJECT
public:
    explicit AgentsModel(AgentBook *book, QObject *parent = nullptr);

    //! Agents with conversations that have something new, or whose answer streams.
    struct Marks
    {
        QSet<AgentId> unread = {};
        QSet<AgentId> streaming = {};
        friend bool operator==(const Marks &, const Marks &) = default;
    };
    void setMarks(const Marks &marks);

    //! How the agents on this machine are, which each row shows from now on. Must outlive this.
    void setHealth(const HealthWatch *health);

    //! Where the agent runs and whether it is production: "eu-west-1 · production".
    static QString detail(const Agent &agent);

protected:
    QString spokenState(const Row &row) const override;

private:
    void refresh();

    AgentBook *m_book;
    Marks m_marks;
    const HealthWatch *m_health = nullptr;
};

} // namespace Parlance
