// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/chat.h"

#include <QPointer>
#include <QTimer>

namespace Parlance {

class SeenWatch;

//! Looks at the session of the conversation in front when its minutes change or it is likely over, and not
//! in between. Rests while nothing of the window is seen.
class SessionClock : public QObject
{
    Q_OBJECT
public:
    explicit SessionClock(SeenWatch *seen, QObject *parent = nullptr);

    //! Null: nothing is open.
    void setChat(Chat *chat);

Q_SIGNALS:
    //! What is told of the session may read otherwise now.
    void ticked();

private:
    void look();
    void wait();

    SeenWatch *m_seen;
    QPointer<Chat> m_chat;
    QTimer m_timer;
};

} // namespace Parlance
