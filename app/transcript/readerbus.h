// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAccessible>
#include <QObject>
#include <QString>

#include <vector>

class QDBusMessage;

namespace Parlance {

//! What Qt 6.4 does not tell screen readers itself, said on the bus that it has opened to them, by the names
//! under which it knows its objects there. All of it does nothing where there is no such bus.
class ReaderBus : public QObject
{
    Q_OBJECT
public:
    enum class Urgency { Polite = 1, Assertive = 2 }; //!< as the protocol counts

    using QObject::QObject;

    //! A state of an object began or ended: "busy", "showing".
    static void tellState(QAccessibleInterface *object, const QString &state, bool isOn);

    //! Words to be spoken: as an announcement if a reader asked for such, else as the notification that the
    //! object is. Never as both, or they would be heard twice. Goes out once it is known who listens.
    void speak(QAccessibleInterface *object, const QString &words, Urgency urgency);

private Q_SLOTS:
    void ask();
    void onListeners(const QDBusMessage &answer);
    void onNoAnswer();

private:
    enum class Listeners { Unknown, Asked, TakeAnnouncements, TakeNotifications };
    struct Words
    {
        QAccessible::Id object = 0;
        QString text = {};
        Urgency urgency = Urgency::Polite;
    };

    void send();

    Listeners m_listeners = Listeners::Unknown;
    std::vector<Words> m_waiting;
};

} // namespace Parlance
