// SPDX-License-Identifier: Apache-2.0
#include "transcript/readerbus.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QVariantMap>

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

const QString registryName = u"org.a11y.atspi.Registry"_s;
const QString registryPath = u"/org/a11y/atspi/registry"_s;

//! Qt's own connection, which readers know this program by.
QDBusConnection bus()
{
    return QDBusConnection(u"a11y"_s);
}

void signal(QAccessible::Id object, const QString &event, const QString &detail, int first,
            const QVariant &value)
{
    if (!QAccessible::isActive() || !bus().isConnected())
        return;
    const QString path = u"/org/a11y/atspi/accessible/"_s + QString::number(object);
    QDBusMessage message = QDBusMessage::createSignal(path, u"org.a11y.atspi.Event.Object"_s, event);
    message.setArguments(
        {detail, first, 0, QVariant::fromValue(QDBusVariant(value)), QVariant(QVariantMap())});
    bus().send(message);
}

bool hasAnnouncement(const QDBusMessage &answer)
{
    const QVariant first = answer.arguments().value(0);
    if (!first.canConvert<QDBusArgument>())
        return false;
    const auto list = first.value<QDBusArgument>();
    bool isFound = false;
    list.beginArray();
    while (!list.atEnd()) {
        QString listener;
        QString event;
        list.beginStructure();
        list >> listener >> event;
        while (!list.atEnd())
            (void)list.asVariant();
        list.endStructure();
        isFound = isFound || event.startsWith("object:announcement"_L1, Qt::CaseInsensitive)
            || event.compare("object:"_L1, Qt::CaseInsensitive) == 0
            || event.compare("object::"_L1, Qt::CaseInsensitive) == 0;
    }
    list.endArray();
    return isFound;
}

} // namespace

void ReaderBus::tellState(QAccessibleInterface *object, const QString &state, bool isOn)
{
    if (object)
        signal(QAccessible::uniqueId(object), u"StateChanged"_s, state, isOn ? 1 : 0, 0);
}

void ReaderBus::speak(QAccessibleInterface *object, const QString &words, Urgency urgency)
{
    if (!QAccessible::isActive() || !bus().isConnected())
        return;
    m_waiting.push_back({QAccessible::uniqueId(object), words, urgency});
    if (m_listeners == Listeners::Unknown) {
        // Readers come and go.
        for (const QString &change : {u"EventListenerRegistered"_s, u"EventListenerDeregistered"_s})
            bus().connect(registryName, registryPath, registryName, change, this, SLOT(ask()));
        ask();
    } else if (m_listeners != Listeners::Asked) {
        send();
    }
}

void ReaderBus::ask()
{
    m_listeners = Listeners::Asked;
    const QDBusMessage question =
        QDBusMessage::createMethodCall(registryName, registryPath, registryName, u"GetRegisteredEvents"_s);
    bus().callWithCallback(question, this, SLOT(onListeners(QDBusMessage)), SLOT(onNoAnswer()));
}

void ReaderBus::onListeners(const QDBusMessage &answer)
{
    m_listeners = hasAnnouncement(answer) ? Listeners::TakeAnnouncements : Listeners::TakeNotifications;
    send();
}

void ReaderBus::onNoAnswer()
{
    m_listeners = Listeners::TakeNotifications;
    send();
}

void ReaderBus::send()
{
    for (const Words &words : std::exchange(m_waiting, {})) {
        if (m_listeners == Listeners::TakeAnnouncements)
            signal(words.object, u"Announcement"_s, {}, int(words.urgency), words.text);
        else
            signal(words.object, u"StateChanged"_s, u"showing"_s, 1, 0);
    }
}

} // namespace Parlance
