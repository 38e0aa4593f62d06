// SPDX-License-Identifier: Apache-2.0
#include "transcript/readerbus.h"

#include <QAccessible>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QVariantMap>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

void send(QAccessibleInterface *object, const QString &event, const QString &detail, int first,
          const QVariant &value)
{
    if (!object || !QAccessible::isActive())
        return;
    // Qt's own connection, which readers know this program by.
    const QDBusConnection bus(u"a11y"_s);
    if (!bus.isConnected())
        return;
    const QString path = u"/org/a11y/atspi/accessible/"_s + QString::number(QAccessible::uniqueId(object));
    QDBusMessage message = QDBusMessage::createSignal(path, u"org.a11y.atspi.Event.Object"_s, event);
    message.setArguments(
        {detail, first, 0, QVariant::fromValue(QDBusVariant(value)), QVariant(QVariantMap())});
    bus.send(message);
}

} // namespace

void ReaderBus::tellState(QAccessibleInterface *object, const QString &state, bool isOn)
{
    send(object, u"StateChanged"_s, state, isOn ? 1 : 0, 0);
}

void ReaderBus::announce(QAccessibleInterface *object, const QString &words, Urgency urgency)
{
    send(object, u"Announcement"_s, {}, int(urgency), words);
}

} // namespace Parlance
