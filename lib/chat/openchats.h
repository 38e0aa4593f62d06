// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ids.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace Parlance {

class ConversationChat;

//! The chats that are in memory. One that nothing happens in and that nobody has looked at for a while is
//! let go: all of it is on disk, and the next to ask for it gets it from there.
class OpenChats : public QObject
{
    Q_OBJECT
public:
    explicit OpenChats(QObject *parent = nullptr);
    ~OpenChats() override;

    //! Null if it is not in memory.
    ConversationChat *find(const ConversationId &id) const;
    ConversationChat *add(const ConversationId &id, std::unique_ptr<ConversationChat> chat);
    //! Somebody looks at it, and comes back to it before long.
    void look(const ConversationId &id);
    //! Somebody looks at these, too, for as long as nothing else is said.
    void setBeside(std::vector<ConversationId> ids) { m_beside = std::move(ids); }
    void forEach(const std::function<void(const ConversationId &, ConversationChat &)> &function) const;
    //! So many were looked at last and stay.
    static constexpr std::size_t kept = 8;
    //! From the moment something ended in one, or another was looked at.
    void setPause(std::chrono::milliseconds pause) { m_timer.setInterval(pause); }
    //! While writing fails, memory is the only place that has everything.
    void setHeld(bool isHeld) { m_isHeld = isHeld; }
    std::size_t count() const { return m_chats.size(); }

private:
    void letGo();

    std::map<ConversationId, std::unique_ptr<ConversationChat>> m_chats;
    std::vector<ConversationId> m_looked; //!< the newest last
    std::vector<ConversationId> m_beside;
    QTimer m_timer;
    bool m_isHeld = false;
};

} // namespace Parlance
