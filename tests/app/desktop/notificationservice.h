// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QObject>
#include <QStringList>
#include <QVariantMap>

#include <vector>

namespace Parlance {

//! What a desktop's notification service does, on a real bus, and what it was asked for.
class NotificationService : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    struct Shown
    {
        uint number = 0;
        uint replaces = 0;
        QString application = {};
        QString title = {};
        QString text = {};
        QStringList actions = {};
        QVariantMap hints = {};
    };

    explicit NotificationService(QObject *parent = nullptr)
        : QObject(parent)
        , m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("notifications")))
    {
        m_bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), this,
                             QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals);
        isRunning = m_bus.registerService(QStringLiteral("org.freedesktop.Notifications"));
        m_bus.connect(QString(), QString(), QStringLiteral("com.canonical.Unity.LauncherEntry"),
                      QStringLiteral("Update"), this, SLOT(onLauncherUpdate(QString, QVariantMap)));
    }
    ~NotificationService() override
    {
        m_bus.unregisterService(QStringLiteral("org.freedesktop.Notifications"));
        QDBusConnection::disconnectFromBus(QStringLiteral("notifications"));
    }

    void press(uint number) { Q_EMIT ActionInvoked(number, QStringLiteral("default")); }

    bool isRunning = false;
    std::vector<Shown> shown;
    std::vector<uint> closed;
    QVariantMap launcher;
    QString launcherApplication;

public Q_SLOTS:
    // The names and the order are the specification's.
    // NOLINTNEXTLINE(readability-identifier-naming)
    uint Notify(const QString &application, uint replaces, const QString & /*icon*/, const QString &title,
                const QString &text, const QStringList &actions, const QVariantMap &hints, int /*timeout*/)
    {
        const uint number = replaces > 0 ? replaces : ++m_last;
        shown.push_back({.number = number,
                         .replaces = replaces,
                         .application = application,
                         .title = title,
                         .text = text,
                         .actions = actions,
                         .hints = hints});
        return number;
    }
    // NOLINTNEXTLINE(readability-identifier-naming)
    void CloseNotification(uint number) { closed.push_back(number); }
    void onLauncherUpdate(const QString &application, const QVariantMap &values)
    {
        launcherApplication = application;
        launcher = values;
    }

Q_SIGNALS:
    // NOLINTNEXTLINE(readability-identifier-naming)
    void ActionInvoked(uint number, const QString &action);
    // NOLINTNEXTLINE(readability-identifier-naming)
    void NotificationClosed(uint number, uint reason);

private:
    QDBusConnection m_bus;
    uint m_last = 0;
};

} // namespace Parlance
