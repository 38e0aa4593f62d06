// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QPointer>
#include <QString>
#include <QUrl>

#include <memory>
#include <vector>

class QNetworkAccessManager;
class QNetworkProxy;
class QNetworkRequest;

namespace Parlance {

class NetworkPolicy;

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

//! The only maker of network access managers: the system's proxy but never for this machine, no
//! cookies, no cache, no redirects, HTTP/1.1, and TLS errors end a request. One manager runs six
//! requests to a host and keeps the seventh waiting until a stream ends, so there is a pool of them.
class NetworkPolicy : public QObject
{
    Q_OBJECT
public:
    explicit NetworkPolicy(QObject *parent = nullptr);
    ~NetworkPolicy() override;

    //! A manager with a free connection to the URL's host.
    NetworkLease lease(const QUrl &url);

    //! A request that keeps to the policy.
    static QNetworkRequest request(const QUrl &url);
    //! The same for an answer that streams, which costs less: see StreamReply. For sendCustomRequest().
    static QNetworkRequest streamRequest(const QUrl &url);

    //! Whether requests to this URL go through a proxy.
    static bool usesProxy(const QUrl &url);

    //! The proxy that a connection to this URL's host goes through, as a socket takes it.
    static QNetworkProxy proxyFor(const QUrl &url);

    static constexpr int streamsPerManager = 6;
    int managerCount() const;

private:
    friend class NetworkLease;
    struct Slot;
    void giveBack(std::size_t index, const QString &host);

    std::vector<std::unique_ptr<Slot>> m_slots;
};

} // namespace Parlance
