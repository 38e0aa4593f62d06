// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/sessionbreak.h"
#include "chat/sessionlife.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace Parlance {

class MessageList;
class SessionBook;

//! Follows the runtime sessions through the shown messages of a conversation: how the one it goes on in
//! stands, and where the agent may not remember what is above. The breaks are put into the list.
class SessionTracker : public QObject
{
    Q_OBJECT
public:
    //! How the conversation stands now.
    struct Situation
    {
        std::optional<SessionLimits> limits = std::nullopt;
        RuntimeSessionId session = {};
        QString qualifier = {};
        bool isInUse = false;
    };
    using Look = std::function<Situation()>;
    using Clock = std::function<QDateTime()>;

    //! The book may be null. What is handed in must outlive this.
    SessionTracker(MessageList *messages, const SessionBook *book, Look look, QObject *parent = nullptr);

    void setClock(Clock clock) { m_clock = std::move(clock); }
    //! Works everything out anew, as time passes.
    void refresh();
    const SessionLife &life() const { return m_life; }
    //! The person goes on in a session that is likely over: no choice is offered any longer.
    void goOn();

Q_SIGNALS:
    //! life() is another.
    void changed();

private:
    using Uses = QHash<RuntimeSessionId, SessionUse>;

    Uses follow(const Situation &now, std::vector<SessionBreak> *breaks) const;
    SessionBreak breakBefore(const Message &answer, int above, const Uses &uses, const Situation &now) const;
    SessionBreak breakAhead(int last, const Situation &now) const;
    SessionBreakKind kindOfChange(const Message &above, const QString &qualifier) const;

    MessageList *m_messages;
    const SessionBook *m_book;
    Look m_look;
    Clock m_clock;
    SessionLife m_life;
    std::optional<std::pair<RuntimeSessionId, QDateTime>> m_goneOn; //!< with which session, last used when
};

} // namespace Parlance
