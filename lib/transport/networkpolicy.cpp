// SPDX-License-Identifier: Apache-2.0
#include "transport/networkpolicy.h"

#include "auth/secretstore.h"
#include "core/platform.h"
#include "core/runaside.h"
#include "core/whendone.h"
#include "transport/endpoint.h"
#include "transport/errorsentence.h"
#include "transport/networkroute.h"
#include "transport/routefinder.h"
#include "transport/sleepwatch.h"
#include "transport/streamreply.h"

#include <QHash>
#include <QNetworkAccessManager>
#include <QNetworkCookie>
#include <QNetworkCookieJar>
#include <QNetworkRequest>
#include <QPromise>

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

//! What a proxy for plain http is told at once: asked first, the body would have to be sent twice.
QByteArray basicLogin(const QNetworkProxy &proxy)
{
    return "Basic " + QString(proxy.user() % u':' % proxy.password()).toUtf8().toBase64();
}

class Manager : public QNetworkAccessManager
{
public:
    explicit Manager(SleepWatch *sleep)
        : m_sleep(sleep)
    {
    }
    const NetworkRoute &route() const { return m_route; }

    void setRoute(const NetworkRoute &route)
    {
        m_route = route;
        setProxy(route.proxy);
        // Connections, and what a proxy was told.
        clearAccessCache();
    }

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request,
                                 QIODevice *outgoing) override
    {
        const bool streams = operation == CustomOperation && request.attribute(streamAttribute).toBool();
        QNetworkRequest routed = request;
        if (m_route.tls)
            routed.setSslConfiguration(*m_route.tls);
        const QNetworkProxy &proxy = m_route.proxy;
        const bool isPassedOn = !isSecure(request.url()) && proxy.type() == QNetworkProxy::HttpProxy;
        if (streams && !isPassedOn) {
            auto *reply =
                new StreamReply(routed, routed.attribute(QNetworkRequest::CustomVerbAttribute).toByteArray(),
                                outgoing, this, proxy);
            connect(m_sleep, &SleepWatch::woke, reply, &StreamReply::probe);
            return reply;
        }
        if (isPassedOn && !proxy.user().isEmpty())
            routed.setRawHeader("Proxy-Authorization"_ba, basicLogin(proxy));
        return QNetworkAccessManager::createRequest(operation, routed, outgoing);
    }

private:
    NetworkRoute m_route;
    SleepWatch *m_sleep;
};

} // namespace

struct NetworkPolicy::Slot
{
    explicit Slot(SleepWatch *sleep)
        : manager(sleep)
    {
    }
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

NetworkPolicy::NetworkPolicy(SecretStore *secrets, QObject *parent)
    : QObject(parent)
    , m_secrets(secrets)
    , m_finder(std::make_shared<RouteFinder>())
    , m_sleepWatch(std::make_unique<SleepWatch>(&timeAsleep))
{
}

NetworkPolicy::~NetworkPolicy() = default;

void NetworkPolicy::setSleepClock(std::function<std::chrono::milliseconds()> timeAsleep)
{
    m_sleepWatch = std::make_unique<SleepWatch>(std::move(timeAsleep));
}

void NetworkPolicy::setOverrides(const NetworkOverrides &overrides, const NetworkSecrets &secrets)
{
    m_overrides = overrides;
    m_ownSecrets = secrets;
}

QFuture<Result<NetworkRoute>> NetworkPolicy::prepare(const QUrl &url,
                                                     const std::optional<NetworkSettings> &own)
{
    const auto promise = std::make_shared<QPromise<Result<NetworkRoute>>>();
    promise->start();
    const auto question = std::make_shared<RouteQuestion>(url, m_overrides.on(own.value_or(m_settings)));
    const QString proxyKey = isLoopback(url) ? QString() : proxyPasswordKey(question->settings);
    const QString keyKey = isSecure(question->url) ? keyPasswordKey(question->settings) : QString();
    const auto fail = [promise](const Error &error) {
        promise->addResult(failure(error));
        promise->finish();
    };
    withSecret(proxyKey, m_ownSecrets.proxyPassword, [=, this](const Result<Secret> &proxyPassword) {
        if (!proxyPassword) {
            fail(proxyPassword.error());
            return;
        }
        question->secrets.proxyPassword = *proxyPassword;
        withSecret(keyKey, m_ownSecrets.keyPassword, [=, this](const Result<Secret> &keyPassword) {
            if (!keyPassword) {
                fail(keyPassword.error());
                return;
            }
            question->secrets.keyPassword = *keyPassword;
            findRoute(*question, promise);
        });
    });
    return promise->future();
}

void NetworkPolicy::findRoute(const RouteQuestion &question,
                              const std::shared_ptr<QPromise<Result<NetworkRoute>>> &promise)
{
    if (!RouteFinder::takesTime(question)) {
        promise->addResult(m_finder->find(question));
        promise->finish();
        return;
    }
    whenDone(runAside([finder = m_finder, question] { return finder->find(question); }), this,
             [promise](const Result<NetworkRoute> &route) {
                 promise->addResult(route);
                 promise->finish();
             });
}

void NetworkPolicy::withSecret(const QString &key, const Secret &own,
                               const std::function<void(const Result<Secret> &)> &then)
{
    const auto known = m_known.constFind(key);
    if (key.isEmpty() || !own.isEmpty() || known != m_known.cend() || !m_secrets) {
        then(!own.isEmpty() ? own : known != m_known.cend() ? *known : Secret());
        return;
    }
    whenDone(
        m_secrets->read(key), this,
        [this, key, then](const Result<std::optional<Secret>> &read) {
            if (!read) {
                then(failure(read.error()));
                return;
            }
            m_known.insert(key, read->value_or(Secret()));
            then(read->value_or(Secret()));
        },
        [then] { then(failure(plainError(ErrorKind::Cancelled))); });
}

QFuture<Result<void>> NetworkPolicy::check(const NetworkSettings &settings, const NetworkSecrets &secrets)
{
    return runAside([settings, secrets] { return RouteFinder::check(settings, secrets); });
}

NetworkLease NetworkPolicy::lease(const QUrl &url)
{
    return lease(url, {});
}

NetworkLease NetworkPolicy::lease(const QUrl &url, const NetworkRoute &route)
{
    NetworkLease lease;
    lease.m_policy = this;
    lease.m_host = url.scheme() + u"://"_s + url.authority();
    const auto fits = [&](const std::unique_ptr<Slot> &candidate) {
        return candidate->manager.route() == route
            && candidate->streams.value(lease.m_host) < streamsPerManager;
    };
    const auto isIdle = [](const std::unique_ptr<Slot> &candidate) { return candidate->streams.isEmpty(); };
    auto free = std::ranges::find_if(m_slots, fits);
    if (free == m_slots.end())
        free = std::ranges::find_if(m_slots, isIdle);
    lease.m_index = static_cast<std::size_t>(free - m_slots.begin());
    if (free == m_slots.end()) {
        m_slots.push_back(std::make_unique<Slot>(m_sleepWatch.get()));
        QNetworkAccessManager &manager = m_slots.back()->manager;
        manager.setCookieJar(new NoCookies);
        manager.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    }
    Slot &slot = *m_slots.at(lease.m_index);
    // A connection kept from an earlier question may be dead without anyone having said so, after the
    // machine slept or changed its network, and a question sent into it would wait for the idle timeout.
    if (slot.streams.isEmpty())
        slot.manager.setRoute(route);
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

int NetworkPolicy::managerCount() const
{
    return static_cast<int>(m_slots.size());
}

} // namespace Parlance
