// SPDX-License-Identifier: Apache-2.0
#include "desktop/desktopnotifier.h"

#include "core/log.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

const QString service = u"org.freedesktop.Notifications"_s;
const QString path = u"/org/freedesktop/Notifications"_s;
const QString interface = u"org.freedesktop.Notifications"_s;
const QString openAction = u"default"_s; // what a click on the message itself is called

QDBusMessage call(const QString &method, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(service, path, interface, method);
    message.setArguments(arguments);
    return message;
}

} // namespace

DesktopNotifier::DesktopNotifier(QObject *parent)
    : QObject(parent)
{
}

void DesktopNotifier::show(const ConversationId &conversation, const QString &title, const QString &text)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    if (!m_isListening) {
        m_isListening = bus.connect(service, path, interface, u"ActionInvoked"_s, this,
                                    SLOT(onActionInvoked(uint, QString)))
            && bus.connect(service, path, interface, u"NotificationClosed"_s, this,
                           SLOT(onClosed(uint, uint)));
        bus.connect(service, path, interface, u"ActivationToken"_s, this,
                    SLOT(onActivationToken(uint, QString)));
    }
    Shown &shown = m_shown[conversation];
    shown.isWithdrawn = false;
    const QString desktopFile = QGuiApplication::desktopFileName();
    const QVariantMap hints{{u"desktop-entry"_s, desktopFile}, {u"category"_s, u"im.received"_s}};
    const QVariantList arguments{
        QGuiApplication::applicationDisplayName(), shown.number, desktopFile, title, text,
        QStringList{openAction, tr("Open")},       hints,        -1};
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call(u"Notify"_s, arguments)), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, conversation] {
        watcher->deleteLater();
        const QDBusPendingReply<uint> reply = *watcher;
        if (reply.isError()) {
            // A desktop without such a service: the mark in the list remains.
            qCDebug(logApp) << "no notification:" << reply.error().name();
            m_shown.remove(conversation);
            return;
        }
        onShown(conversation, reply.value());
    });
}

void DesktopNotifier::onShown(const ConversationId &conversation, uint number)
{
    const auto shown = m_shown.find(conversation);
    if (shown == m_shown.end())
        return;
    shown->number = number;
    if (shown->isWithdrawn)
        withdraw(conversation);
}

void DesktopNotifier::withdraw(const ConversationId &conversation)
{
    const auto shown = m_shown.find(conversation);
    if (shown == m_shown.end())
        return;
    shown->isWithdrawn = true;
    if (shown->number == 0)
        return;
    const uint number = shown->number;
    m_shown.erase(shown);
    QDBusConnection::sessionBus().asyncCall(call(u"CloseNotification"_s, {number}));
}

void DesktopNotifier::onActionInvoked(uint number, const QString &action)
{
    for (auto shown = m_shown.cbegin(); shown != m_shown.cend(); ++shown) {
        if (shown->number == number && action == openAction) {
            Q_EMIT opened(ConversationId(shown.key()));
            return;
        }
    }
}

// Wayland lets a window come forward only with the right that the click gave.
void DesktopNotifier::onActivationToken(uint number, const QString &token)
{
    for (const Shown &shown : m_shown) {
        if (shown.number == number)
            qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8());
    }
}

void DesktopNotifier::onClosed(uint number, uint reason)
{
    Q_UNUSED(reason)
    m_shown.removeIf([number](const auto &entry) { return entry.value().number == number; });
}

void DesktopNotifier::setCount(int count)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (count == m_count || !bus.isConnected())
        return;
    m_count = count;
    // What the docks of KDE and Ubuntu listen to.
    QDBusMessage update = QDBusMessage::createSignal(u"/dev/parlance/Parlance"_s,
                                                     u"com.canonical.Unity.LauncherEntry"_s, u"Update"_s);
    update.setArguments({QString(u"application://"_s % QGuiApplication::desktopFileName() % u".desktop"_s),
                         QVariantMap{{u"count"_s, qint64(count)}, {u"count-visible"_s, count > 0}}});
    bus.send(update);
}

} // namespace Parlance
