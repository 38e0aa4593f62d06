// SPDX-License-Identifier: Apache-2.0
#include "transport/networkpolicy.h"

#include "transport/endpoint.h"
#include "transport/streamreply.h"

#include <QHash>
#include <QNetworkAccessManager>
#include <QNetworkCookie>
#include <QNetworkCookieJar>
#include <QNetworkProxyFactory>
#include <QNetworkRequest>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

//! Set on a request whose answer streams.
constexpr auto streamAttribute = QNetworkRequest::Attribute(QNetworkRequest::User + 1);

class NoCookies : public QNetworkCookieJar
{
public:
    using QNetworkCookieJar::QNetworkCookieJar;
    QList<QNetworkCookie> cookiesForUrl(const QUrl &) const override { return {}; }
    bool setCookiesFromUrl(const QList<QNetworkCookie> &, const QUrl &) override { return false; }
};

class ProxyRules : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        QUrl peer = query.url();
        if (peer.host().isEmpty())
            peer.setHost(query.peerHostName());
        if (isLoopback(peer))
            return {QNetworkProxy(QNetworkProxy::NoProxy)};
        return systemProxyForQuery(query);
    }
};

bool needsProxy(const QUrl &url)
{
    const QList<QNetworkProxy> proxies = ProxyRules().queryProxy(QNetworkProxyQuery(url));
    return !proxies.isEmpty() && proxies.constFirst().type() != QNetworkProxy::NoProxy;
}

class Manager : public QNetworkAccessManager
{
protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request,
                                 QIODevice *outgoing) override
    {
        const bool streams = operation == CustomOperation && request.attribute(streamAttribute).toBool();
        if (!streams || needsProxy(request.url()))
            return QNetworkAccessManager::createRequest(operation, request, outgoing);
        return new StreamReply(request, request.attribute(QNetworkRequest::CustomVerbAttribute).toByteArray(),
                               outgoing, this);
    }
};

} // namespace

struct NetworkPolicy::Slot
{
    Manager manager;
    QHash<QString, int> streams; //!< by host and port
};

NetworkLease::NetworkLease(NetworkLease &&other) noexcept
    : m_policy(std::exchange(other.m_policy, nullptr))
    , m_index(other.m_index)
    , m_host(std::move(other.m_host))
{
}

NetworkLease &NetworkLease::operator=(NetworkLease &&other) noexcept
{
    if (this != &other) {
        giveBack();
        m_policy = std::exchange(other.m_policy, nullptr);
        m_index = other.m_index;
        m_host = std::move(other.m_host);
    }
    return *this;
}

NetworkLease::~NetworkLease()
{
    giveBack();
}

QNetworkAccessManager *NetworkLease::manager() const
{
    const NetworkPolicy *policy = m_policy.data();
    return policy != nullptr ? &policy->m_slots.at(m_index)->manager : nullptr;
}

void NetworkLease::giveBack()
{
    NetworkPolicy *policy = std::exchange(m_policy, nullptr).data();
    if (policy != nullptr)
        policy->giveBack(m_index, m_host);
}

NetworkPolicy::NetworkPolicy(QObject *parent)
    : QObject(parent)
{
}

NetworkPolicy::~NetworkPolicy() = default;

NetworkLease NetworkPolicy::lease(const QUrl &url)
{
    NetworkLease lease;
    lease.m_policy = this;
    lease.m_host = url.scheme() + u"://"_s + url.authority();
    const auto free = std::ranges::find_if(m_slots, [&](const std::unique_ptr<Slot> &candidate) {
        return candidate->streams.value(lease.m_host) < streamsPerManager;
    });
    lease.m_index = static_cast<std::size_t>(free - m_slots.begin());
    if (free == m_slots.end()) {
        m_slots.push_back(std::make_unique<Slot>());
        QNetworkAccessManager &manager = m_slots.back()->manager;
        manager.setProxyFactory(new ProxyRules);
        manager.setCookieJar(new NoCookies);
        manager.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    }
    Slot &slot = *m_slots.at(lease.m_index);
    // A connection kept from an earlier question may be dead without anyone having said so, after the
    // machine slept or changed its network, and a question sent into it would wait for the idle timeout.
    if (slot.streams.isEmpty())
        slot.manager.clearConnectionCache();
    ++slot.streams[lease.m_host];
    return lease;
}

void NetworkPolicy::giveBack(std::size_t index, const QString &host)
{
    QHash<QString, int> &streams = m_slots.at(index)->streams;
    if (--streams[host] <= 0)
        streams.remove(host);
}

QNetworkRequest NetworkPolicy::request(const QUrl &url)
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::HttpPipeliningAllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setRawHeader("User-Agent"_ba, "Parlance/" PARLANCE_VERSION ""_ba);
    request.setRawHeader("Accept-Encoding"_ba, "identity"_ba);
    return request;
}

QNetworkRequest NetworkPolicy::streamRequest(const QUrl &url)
{
    QNetworkRequest streaming = request(url);
    streaming.setAttribute(streamAttribute, true);
    return streaming;
}

bool NetworkPolicy::usesProxy(const QUrl &url)
{
    return needsProxy(url);
}

QNetworkProxy NetworkPolicy::proxyFor(const QUrl &url)
{
    QList<QNetworkProxy> proxies = ProxyRules().queryProxy(QNetworkProxyQuery(url));
    // One that only passes on whole requests cannot carry a connection.
    const auto carries = [](const QNetworkProxy &proxy) {
        return proxy.type() != QNetworkProxy::FtpCachingProxy;
    };
    const auto found = std::ranges::find_if(proxies, carries);
    if (found == proxies.end())
        return {QNetworkProxy::NoProxy};
    if (found->type() == QNetworkProxy::HttpCachingProxy)
        found->setType(QNetworkProxy::HttpProxy);
    return *found;
}

int NetworkPolicy::managerCount() const
{
    return static_cast<int>(m_slots.size());
}

} // namespace Parlance
