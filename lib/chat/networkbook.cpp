// SPDX-License-Identifier: Apache-2.0
#include "chat/networkbook.h"

#include "chat/agentbook.h"
#include "core/networkjson.h"
#include "core/whendone.h"
#include "transport/hostprobe.h"
#include "transport/networkpolicy.h"

#include <QJsonDocument>
#include <QPromise>
#include <QSettings>

#include <algorithm>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

const QString settingsKey = u"network/settings"_s;

template <typename T> std::shared_ptr<QPromise<T>> begun()
{
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    return promise;
}

template <typename T> void end(const std::shared_ptr<QPromise<T>> &promise, T result)
{
    promise->addResult(std::move(result));
    promise->finish();
}

} // namespace

NetworkBook::NetworkBook(NetworkPolicy *network, SecretStore *secrets, const AgentBook *agents,
                         QString settingsFile, QObject *parent)
    : QObject(parent)
    , m_network(network)
    , m_secrets(secrets)
    , m_agents(agents)
    , m_file(std::move(settingsFile))
{
    if (m_file.isEmpty())
        return;
    const QByteArray kept = QSettings(m_file, QSettings::IniFormat).value(settingsKey).toString().toUtf8();
    m_network->setSettings(networkFrom(QJsonDocument::fromJson(kept).object()));
}

const NetworkSettings &NetworkBook::settings() const
{
    return m_network->settings();
}

void NetworkBook::save(const NetworkSettings &settings)
{
    const NetworkSettings before = m_network->settings();
    m_network->setSettings(settings);
    if (!m_file.isEmpty()) {
        const QByteArray json = QJsonDocument(networkJson(settings)).toJson(QJsonDocument::Compact);
        QSettings(m_file, QSettings::IniFormat).setValue(settingsKey, QString::fromUtf8(json));
    }
    forgetUnused(before);
}

QFuture<Result<void>> NetworkBook::check(const NetworkSettings &settings, const NetworkSecrets &typed)
{
    const QString key = keyPasswordKey(settings);
    if (!m_secrets || key.isEmpty() || !typed.keyPassword.isEmpty())
        return NetworkPolicy::check(settings, typed);
    const auto promise = begun<Result<void>>();
    whenDone(
        m_secrets->read(key), this,
        [this, promise, settings, typed](const Result<std::optional<Secret>> &kept) {
            NetworkSecrets secrets = typed;
            // A keychain that does not answer is no reason against a file that needs no password.
            if (kept)
                secrets.keyPassword = kept->value_or(Secret());
            whenDone(NetworkPolicy::check(settings, secrets), this,
                     [promise](const Result<void> &usable) { end(promise, usable); });
        },
        [promise] { promise->finish(); });
    return promise->future();
}

QFuture<Result<SecretDurability>> NetworkBook::keep(const NetworkSettings &settings,
                                                    const NetworkSecrets &typed)
{
    const auto promise = begun<Result<SecretDurability>>();
    const auto write = [this](const QString &key, const Secret &secret) {
        if (key.isEmpty() || secret.isEmpty() || !m_secrets)
            return QtFuture::makeReadyFuture(Result<SecretDurability>(SecretDurability::Keychain));
        return m_secrets->write(key, secret);
    };
    // Once it is written, as somebody may ask for the old one until then.
    const auto forget = [network = m_network, settings] {
        network->forgetSecret(proxyPasswordKey(settings));
        network->forgetSecret(keyPasswordKey(settings));
    };
    whenDone(
        write(proxyPasswordKey(settings), typed.proxyPassword), this,
        [=, this](const Result<SecretDurability> &first) {
            if (!first) {
                forget();
                end(promise, first);
                return;
            }
            whenDone(
                write(keyPasswordKey(settings), typed.keyPassword), this,
                [promise, first, forget](const Result<SecretDurability> &second) {
                    forget();
                    const bool isSession = second && *first == SecretDurability::SessionOnly;
                    end(promise, isSession ? first : second);
                },
                [promise] { promise->finish(); });
        },
        [promise] { promise->finish(); });
    return promise->future();
}

QFuture<Result<KeptNetworkSecrets>> NetworkBook::kept(const NetworkSettings &settings)
{
    const auto promise = begun<Result<KeptNetworkSecrets>>();
    const auto read = [this](const QString &key) {
        if (key.isEmpty() || !m_secrets)
            return QtFuture::makeReadyFuture(Result<std::optional<Secret>>(std::nullopt));
        return m_secrets->read(key);
    };
    whenDone(
        read(proxyPasswordKey(settings)), this,
        [=, this](const Result<std::optional<Secret>> &proxy) {
            whenDone(
                read(keyPasswordKey(settings)), this,
                [promise, proxy](const Result<std::optional<Secret>> &key) {
                    if (!proxy || !key) {
                        end(promise,
                            Result<KeptNetworkSecrets>(failure(proxy ? key.error() : proxy.error())));
                        return;
                    }
                    end(promise,
                        Result<KeptNetworkSecrets>(KeptNetworkSecrets{.hasProxyPassword = proxy->has_value(),
                                                                      .hasKeyPassword = key->has_value()}));
                },
                [promise] { promise->finish(); });
        },
        [promise] { promise->finish(); });
    return promise->future();
}

QFuture<HostReport> NetworkBook::test(const QUrl &url, const std::optional<NetworkSettings> &own)
{
    return (new HostProbe(m_network, url, this))->start(own);
}

void NetworkBook::forgetUnused(const NetworkSettings &before)
{
    for (const QString &key : {proxyPasswordKey(before), keyPasswordKey(before)}) {
        if (key.isEmpty() || isUsed(key) || !m_secrets)
            continue;
        m_network->forgetSecret(key);
        // Nobody waits for it, and one that stays does no harm.
        (void)m_secrets->remove(key);
    }
}

bool NetworkBook::isUsed(const QString &key) const
{
    const auto uses = [&key](const NetworkSettings &settings) {
        return proxyPasswordKey(settings) == key || keyPasswordKey(settings) == key;
    };
    return uses(m_network->settings())
        || std::ranges::any_of(m_agents->agents(),
                               [&uses](const Agent &agent) { return agent.network && uses(*agent.network); });
}

} // namespace Parlance
