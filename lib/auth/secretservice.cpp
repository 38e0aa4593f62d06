// SPDX-License-Identifier: Apache-2.0
#include "auth/secretservice.h"

#include <QObject>

#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#endif

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

void askSecretService(QObject *, std::function<void(SecretServiceState)> answer)
{
    answer(SecretServiceState::Unknown);
}

#endif

} // namespace Parlance
