// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "window/chip.h"

#include <QTimer>

namespace Parlance {

class IdentityBook;
class IdentityCommands;
struct Identity;
struct IdentityState;

//! Who one is to the agent in front, with the time that is left. Pressed, it tells more and offers what
//! can be done.
class IdentityChip : public Chip
{
    Q_OBJECT
public:
    IdentityChip(const Theme *theme, IdentityBook *book, QWidget *parent = nullptr);

    void setCommands(IdentityCommands *commands) { m_commands = commands; }
    //! An agent without an identity: nothing to show.
    void setAgent(const Agent &agent);
    bool hasIdentity() const;
    //! Less words where there is no room.
    void setShort(bool isShort);

Q_SIGNALS:
    //! The words changed, and with them the room they want.
    void wordsChanged();

private:
    void refresh();
    QStringList details(const Identity &identity, const IdentityState &state) const;
    void openMenu();

    IdentityBook *m_book;
    IdentityCommands *m_commands = nullptr;
    Agent m_agent;
    IdentityId m_identity;
    bool m_isShort = false;
    QString m_words;
    QTimer m_clock;
};

} // namespace Parlance
