// SPDX-License-Identifier: Apache-2.0
#include "transport/proxyenvironment.h"

#include "transport/endpoint.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::ProxyEnvironment)
};

constexpr quint16 usualHttpPort = 80;
constexpr quint16 usualSocksPort = 1080;

QString variable(const char *lowerCase, const char *upperCase)
{
    const QString lower = qEnvironmentVariable(lowerCase).trimmed();
    return lower.isEmpty() ? qEnvironmentVariable(upperCase).trimmed() : lower;
}

struct Exception
{
    QString host = {};
    int port = 0; //!< 0: any
};

Exception parsed(const QString &entry)
{
    static const QRegularExpression bracketed(uR"(\A\[([^\]]+)\](?::([0-9]+))?\z)"_s);
    if (const QRegularExpressionMatch match = bracketed.match(entry); match.hasMatch())
        return {.host = match.captured(1), .port = match.captured(2).toInt()};
    // More than one colon is an address of IPv6.
    if (entry.count(u':') != 1)
        return {.host = entry};
    return {.host = entry.section(u':', 0, 0), .port = entry.section(u':', 1).toInt()};
}

bool covers(const QString &exception, const QString &host)
{
    if (exception == "*"_L1)
        return true;
    const QHostAddress address(host);
    if (exception.contains(u'/')) {
        const auto network = QHostAddress::parseSubnet(exception);
        return !address.isNull() && network.second >= 0 && address.isInSubnet(network);
    }
    if (const QHostAddress excepted(exception); !excepted.isNull())
        return excepted == address;
    QString name = exception;
    if (name.startsWith(u'*'))
        name.remove(0, 1);
    if (name.startsWith(u'.'))
        name.remove(0, 1);
    if (name.isEmpty())
        return false;
    return host.compare(name, Qt::CaseInsensitive) == 0
        || host.endsWith(QString(u'.' + name), Qt::CaseInsensitive);
}

} // namespace

ProxyEnvironment ProxyEnvironment::ofProcess()
{
    static const QRegularExpression between(u"[,\\s]+"_s);
    ProxyEnvironment environment;
    environment.forHttps = variable("https_proxy", "HTTPS_PROXY");
    environment.forHttp = variable("http_proxy", "HTTP_PROXY");
    environment.forAll = variable("all_proxy", "ALL_PROXY");
    environment.exceptions = variable("no_proxy", "NO_PROXY").split(between, Qt::SkipEmptyParts);
    return environment;
}

bool ProxyEnvironment::isExcepted(const QUrl &url) const
{
    QString host = url.host();
    if (host.endsWith(u'.'))
        host.chop(1);
    return std::ranges::any_of(exceptions, [&](const QString &entry) {
        const Exception exception = parsed(entry);
        return (exception.port == 0 || exception.port == portOf(url)) && covers(exception.host, host);
    });
}

Result<std::optional<QNetworkProxy>> ProxyEnvironment::proxyFor(const QUrl &url) const
{
    if (isExcepted(url))
        return std::optional(QNetworkProxy(QNetworkProxy::NoProxy));
    if (forHttps.isEmpty() && forHttp.isEmpty() && forAll.isEmpty())
        return std::optional<QNetworkProxy>();
    const QString &own = isSecure(url) ? forHttps : forHttp;
    const QString &written = own.isEmpty() ? forAll : own;
    if (written.isEmpty())
        return std::optional(QNetworkProxy(QNetworkProxy::NoProxy));
    return parse(written).map([](const QNetworkProxy &proxy) { return std::optional(proxy); });
}

Result<QNetworkProxy> ProxyEnvironment::parse(const QString &written)
{
    const QString whole = written.contains("://"_L1) ? written : QString("http://"_L1 + written);
    const QUrl url(whole, QUrl::StrictMode);
    const QString scheme = url.scheme();
    if (!url.isValid() || url.host().isEmpty()) {
        return failure(ErrorKind::NetworkUnusable,
                       Words::tr("A proxy is written as http://host:port or socks5://host:port."));
    }
    const bool isSocks = scheme == "socks5"_L1 || scheme == "socks5h"_L1 || scheme == "socks"_L1;
    if (!isSocks && scheme != "http"_L1) {
        return failure(ErrorKind::NetworkUnusable,
                       Words::tr("The proxy %1://%2 of the environment cannot be used: only http:// and "
                                 "socks5:// proxies can.")
                           .arg(scheme, url.host()));
    }
    return QNetworkProxy(isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, url.host(),
                         quint16(url.port(isSocks ? usualSocksPort : usualHttpPort)),
                         url.userName(QUrl::FullyDecoded), url.password(QUrl::FullyDecoded));
}

} // namespace Parlance
