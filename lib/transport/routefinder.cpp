// SPDX-License-Identifier: Apache-2.0
#include "transport/routefinder.h"

#include "transport/certificatefiles.h"
#include "transport/endpoint.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QFileInfo>
#include <QMutexLocker>
#include <QNetworkProxyFactory>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::RouteFinder)
};

//! Files that were changed again and again while the program runs.
constexpr qsizetype mostKnown = 16;

QNetworkProxy fromDesktop(const QUrl &url)
{
    QList<QNetworkProxy> proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
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

QString stamp(const QString &path)
{
    if (path.isEmpty())
        return {};
    const QFileInfo file(path);
    return u"%1|%2|%3"_s.arg(path).arg(file.lastModified().toMSecsSinceEpoch()).arg(file.size());
}

} // namespace

RouteQuestion::RouteQuestion(QUrl address, NetworkSettings what)
    : url(std::move(address))
    , settings(std::move(what))
    , environment(ProxyEnvironment::ofProcess())
    , authoritiesFile(settings.authoritiesFile.isEmpty() ? qEnvironmentVariable("AWS_CA_BUNDLE").trimmed()
                                                         : settings.authoritiesFile)
{
}

bool RouteFinder::takesTime(const RouteQuestion &question)
{
    const bool hasFiles = !question.authoritiesFile.isEmpty() || !question.settings.certificateFile.isEmpty();
    if (isSecure(question.url) && hasFiles)
        return true;
    if (question.settings.proxy.kind != ProxyKind::System || isLoopback(question.url))
        return false;
    const Result<std::optional<QNetworkProxy>> said = question.environment.proxyFor(question.url);
    return said && !*said;
}

Result<NetworkRoute> RouteFinder::find(const RouteQuestion &question)
{
    const Result<QNetworkProxy> proxy = proxyFor(question);
    if (!proxy)
        return failure(proxy.error());
    Result<std::optional<QSslConfiguration>> tls = tlsFor(question);
    if (!tls)
        return failure(tls.error());
    return NetworkRoute{.proxy = *proxy, .tls = std::move(*tls)};
}

Result<QNetworkProxy> RouteFinder::proxyFor(const RouteQuestion &question)
{
    const ProxySettings &proxy = question.settings.proxy;
    if (isLoopback(question.url))
        return QNetworkProxy(QNetworkProxy::NoProxy);
    switch (proxy.kind) {
    case ProxyKind::None:
        return QNetworkProxy(QNetworkProxy::NoProxy);
    case ProxyKind::Http:
    case ProxyKind::Socks5: {
        const auto type =
            proxy.kind == ProxyKind::Http ? QNetworkProxy::HttpProxy : QNetworkProxy::Socks5Proxy;
        return QNetworkProxy(type, proxy.host, proxy.port, proxy.user,
                             QString::fromUtf8(question.secrets.proxyPassword.reveal()));
    }
    case ProxyKind::System:
        break;
    }
    const Result<std::optional<QNetworkProxy>> said = question.environment.proxyFor(question.url);
    if (!said)
        return failure(said.error());
    return *said ? **said : fromDesktop(question.url);
}

Result<std::optional<QSslConfiguration>> RouteFinder::tlsFor(const RouteQuestion &question)
{
    const NetworkSettings &settings = question.settings;
    const bool isUsual = question.authoritiesFile.isEmpty() && settings.certificateFile.isEmpty();
    if (!isSecure(question.url) || isUsual)
        return std::optional<QSslConfiguration>();
    const QByteArray password =
        QCryptographicHash::hash(question.secrets.keyPassword.reveal(), QCryptographicHash::Sha256);
    const QString key = QStringList{stamp(question.authoritiesFile), stamp(settings.certificateFile),
                                    stamp(settings.keyFile), QString::fromLatin1(password.toHex())}
                            .join(u'\n');
    const QMutexLocker lock(&m_mutex);
    if (const auto known = m_known.constFind(key); known != m_known.cend())
        return std::optional(*known);
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    if (!question.authoritiesFile.isEmpty()) {
        const Result<QList<QSslCertificate>> own = readAuthorities(question.authoritiesFile);
        if (!own)
            return failure(own.error());
        // With some of its own, Qt looks for no others by itself.
        if (tls.caCertificates().isEmpty())
            tls.setCaCertificates(QSslConfiguration::systemCaCertificates());
        tls.addCaCertificates(*own);
    }
    if (!settings.certificateFile.isEmpty()) {
        const Result<ClientCertificate> client =
            readClientCertificate(settings, question.secrets.keyPassword);
        if (!client)
            return failure(client.error());
        tls.setLocalCertificateChain(client->chain);
        tls.setPrivateKey(client->key);
    }
    if (m_known.size() >= mostKnown)
        m_known.clear();
    m_known.insert(key, tls);
    return std::optional(tls);
}

Result<void> RouteFinder::check(const NetworkSettings &settings, const NetworkSecrets &secrets)
{
    const ProxySettings &proxy = settings.proxy;
    if (proxy.kind == ProxyKind::Http || proxy.kind == ProxyKind::Socks5) {
        if (proxy.host.startsWith("https://"_L1, Qt::CaseInsensitive)) {
            return failure(ErrorKind::NetworkUnusable,
                           Words::tr("A proxy that is itself spoken to over TLS (https://) cannot be used. "
                                     "Most of them take http:// too: give the host without https://."));
        }
        QUrl url;
        url.setScheme(u"http"_s);
        url.setHost(proxy.host);
        if (proxy.host.isEmpty() || url.host().isEmpty() || proxy.port == 0) {
            return failure(ErrorKind::NetworkUnusable,
                           Words::tr("Give the proxy's host, without http://, and its port."));
        }
    }
    if (!settings.authoritiesFile.isEmpty()) {
        if (const auto read = readAuthorities(settings.authoritiesFile); !read)
            return failure(read.error());
    }
    if (settings.certificateFile.isEmpty()) {
        if (!settings.keyFile.isEmpty())
            return failure(ErrorKind::NetworkUnusable,
                           Words::tr("A key is of no use without a certificate."));
        return {};
    }
    if (const auto read = readClientCertificate(settings, secrets.keyPassword); !read)
        return failure(read.error());
    return {};
}

} // namespace Parlance
