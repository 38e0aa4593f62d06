// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ids.h"

#include <QHash>
#include <QObject>

namespace Parlance {

//! Messages outside the window, by the desktop's own service on the session bus. Where there is no such
//! service, or no bus, nothing happens.
class DesktopNotifier : public QObject
{
    Q_OBJECT
public:
    explicit DesktopNotifier(QObject *parent = nullptr);

    //! In the place of what is still shown of the same conversation.
    void show(const ConversationId &conversation, const QString &title, const QString &text);
    //! What it said has been seen.
    void withdraw(const ConversationId &conversation);
    //! For the launcher's icon, where it shows numbers. 0: none.
    void setCount(int count);

Q_SIGNALS:
    //! A message was pressed.
    void opened(const Parlance::ConversationId &conversation);

private Q_SLOTS:
    void onActionInvoked(uint number, const QString &action);
    void onActivationToken(uint number, const QString &token);
    void onClosed(uint number, uint reason);

private:
    struct Shown
    {
        uint number = 0; //!< 0: the service has not answered yet
        bool isWithdrawn = false;
    };

    void onShown(const ConversationId &conversation, uint number);

    QHash<ConversationId, Shown> m_shown;
    int m_count = 0;
    bool m_isListening = false;
};

} // namespace Parlance
