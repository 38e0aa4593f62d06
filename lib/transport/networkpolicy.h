// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/networksecrets.h"
#include "core/result.h"

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QNetworkAccessManager;
class QNetworkRequest;

namespace Parlance {

class NetworkPolicy;
class RouteFinder;
class SleepWatch;
class SecretStore;
struct NetworkRoute;
struct RouteQuestion;

//! The right to run one exchange on a manager. Gives its place back when it goes.
class NetworkLease
{
public:
    NetworkLease() = default;
    NetworkLease(NetworkLease &&other) noexcept;
    NetworkLease &operator=(NetworkLease &&other) noexcept;
    NetworkLease(const NetworkLease &) = delete;
    NetworkLease &operator=(const NetworkLease &) = delete;
    ~NetworkLease();

    //! Null if there is no lease, or the policy is gone.
    QNetworkAccessManager *manager() const;
    void giveBack();

private:
    friend class NetworkPolicy;
    QPointer<NetworkPolicy> m_policy;
    std::size_t m_index = 0;
    QString m_host;
};

//! The only maker of network access managers: the proxy, authorities and certificate of the settings but no
//! proxy for this machine, no cookies, no cache, no redirects, HTTP/1.1, and TLS errors end a request. One
//! manager runs six requests to a host and keeps the seventh waiting until a stream ends, so there is a pool
//! of them.
class NetworkPolicy : public QObject
{
    Q_OBJECT
public:
    //! Passwords are read from there when they are needed. Null: there are none.
    explicit NetworkPolicy(SecretStore *secrets = nullptr, QObject *parent = nullptr);
    ~NetworkPolicy() override;

    //! What counts where nothing else is asked for. Requests that run go on as they began.
    void setSettings(const NetworkSettings &settings) { m_settings = settings; }
    const NetworkSettings &settings() const { return m_settings; }
    //! Before all settings. Secrets that are not empty count instead of those that are kept.
    void setOverrides(const NetworkOverrides &overrides, const NetworkSecrets &secrets);
    //! A secret has changed. See core/networksecrets.h for keys.
    void forgetSecret(const QString &key) { m_known.remove(key); }

    //! Finds how an address is reached; own instead of the settings for all. Errors: NetworkUnusable, those
    //! of SecretStore.
    QFuture<Result<NetworkRoute>> prepare(const QUrl &url,
                                          const std::optional<NetworkSettings> &own = std::nullopt);
    //! Whether these can be used: the files are read, the passwords tried on them.
    static QFuture<Result<void>> check(const NetworkSettings &settings, const NetworkSecrets &secrets);

    //! A manager with a free connection to the URL's host.
    NetworkLease lease(const QUrl &url, const NetworkRoute &route);
    //! The same, directly.
    NetworkLease lease(const QUrl &url);

    //! A request that keeps to the policy.
    static QNetworkRequest request(const QUrl &url);
    //! The same for an answer over a connection of its own, which costs less where it streams, and tries
    //! every address of a host: see StreamReply. For sendCustomRequest().
    static QNetworkRequest streamRequest(const QUrl &url);

    //! Tells when the machine has slept.
    SleepWatch *sleepWatch() const { return m_sleepWatch.get(); }
    //! Another way to know how long it slept. Before the first lease.
    void setSleepClock(std::function<std::chrono::milliseconds()> timeAsleep);

    static constexpr int streamsPerManager = 6;
    int managerCount() const;

private:
    friend class NetworkLease;
    struct Slot;
    void giveBack(std::size_t index, const QString &host);
    void withSecret(const QString &key, const Secret &own,
                    const std::function<void(const Result<Secret> &)> &then);
    void findRoute(const RouteQuestion &question,
                   const std::shared_ptr<QPromise<Result<NetworkRoute>>> &promise);

    SecretStore *m_secrets;
    NetworkSettings m_settings;
    NetworkOverrides m_overrides;
    NetworkSecrets m_ownSecrets;
    QHash<QString, Secret> m_known; //!< by key
    std::shared_ptr<RouteFinder> m_finder;
    std::unique_ptr<SleepWatch> m_sleepWatch;
    std::vector<std::unique_ptr<Slot>> m_slots;
};

} // namespace Parlance
