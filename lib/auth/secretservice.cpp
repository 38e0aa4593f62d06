// SPDX-License-Identifier: Apache-2.0
#include "auth/secretservice.h"

#include <QCoreApplication>
#include <QObject>

#include <qt6keychain/keychain.h>

#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QLibrary>
#endif

#include <optional>

using namespace Qt::StringLiterals;

namespace Parlance {

#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)

namespace {

SecretServiceState stateFrom(const QDBusPendingReply<QDBusVariant> &reply)
{
    if (reply.isValid())
        return reply.value().variant().toBool() ? SecretServiceState::Locked : SecretServiceState::Unlocked;
    return reply.error().type() == QDBusError::AccessDenied ? SecretServiceState::Refusing
                                                            : SecretServiceState::Unknown;
}

} // namespace

bool canReachSecretService()
{
    // As the keychain library looks for it. It stays loaded, so asking again is cheap.
    QLibrary client(u"secret-1"_s, 0);
    return client.load() && client.resolve("secret_password_lookup");
}

void startInSecretService(QKeychain::Job *job)
{
    // The job begins with a queued call of its own. These stand right before and after it, so nothing else
    // sees the changed environment.
    const char *const name = "XDG_CURRENT_DESKTOP";
    const std::optional<QByteArray> told =
        qEnvironmentVariableIsSet(name) ? std::optional(qgetenv(name)) : std::nullopt;
    QCoreApplication *application = QCoreApplication::instance();
    QMetaObject::invokeMethod(
        application, [name] { qputenv(name, "GNOME"); }, Qt::QueuedConnection);
    job->start();
    QMetaObject::invokeMethod(
        application,
        [name, told] {
            if (told)
                qputenv(name, *told);
            else
                qunsetenv(name);
        },
        Qt::QueuedConnection);
}

void askSecretService(QObject *context, std::function<void(SecretServiceState)> answer)
{
    constexpr int limitMs = 2000;
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return answer(SecretServiceState::Unknown);
    QDBusMessage question = QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s,
                                                           u"/org/freedesktop/secrets/aliases/default"_s,
                                                           u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    question.setArguments({u"org.freedesktop.Secret.Collection"_s, u"Locked"_s});
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(question, limitMs), context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context,
                     [answer = std::move(answer)](QDBusPendingCallWatcher *call) {
                         call->deleteLater();
                         const QDBusPendingReply<QDBusVariant> reply = *call;
                         answer(stateFrom(reply));
                     });
}

#else

void startInSecretService(QKeychain::Job *job)
{
    job->start();
}

bool canReachSecretService()
{
    return true;
}

void askSecretService(QObject *, std::function<void(SecretServiceState)> answer)
{
    answer(SecretServiceState::Unknown);
}

#endif

} // namespace Parlance
