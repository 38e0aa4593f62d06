// SPDX-License-Identifier: Apache-2.0
#include "headless/networkoptions.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

Secret fromEnvironment(const char *name)
{
    QByteArray value = qgetenv(name);
    qunsetenv(name);
    Secret secret = value.isEmpty() ? Secret() : Secret(value);
    value.fill('\0');
    return secret;
}

Result<ProxySettings> proxyFrom(const QString &written)
{
    if (written == u"none"_s)
        return ProxySettings{.kind = ProxyKind::None};
    if (written == u"system"_s)
        return ProxySettings{};
    const QUrl url(written, QUrl::StrictMode);
    const bool isSocks = url.scheme() == u"socks5"_s;
    if (url.scheme() == u"https"_s) {
        return failure(ErrorKind::InvalidTarget,
                       NetworkOptions::tr("A proxy that is itself spoken to over TLS (https://) cannot be "
                                          "used. Most of them take http:// too."));
    }
    if (!url.isValid() || url.host().isEmpty() || (!isSocks && url.scheme() != u"http"_s)
        || url.port() <= 0) {
        return failure(ErrorKind::InvalidTarget,
                       NetworkOptions::tr("--proxy takes none, system, http://HOST:PORT or "
                                          "socks5://HOST:PORT, with USER@ before the host for a login."));
    }
    if (!url.password().isEmpty()) {
        return failure(ErrorKind::InvalidTarget,
                       NetworkOptions::tr("The proxy's password comes from PARLANCE_PROXY_PASSWORD, never "
                                          "from an argument."));
    }
    return ProxySettings{.kind = isSocks ? ProxyKind::Socks5 : ProxyKind::Http,
                         .host = url.host(),
                         .port = quint16(url.port()),
                         .user = url.userName(QUrl::FullyDecoded)};
}

//! The value of the option at that place, which is taken out with it. Absent: it is another option.
std::optional<Result<QString>> valueAt(QStringList &arguments, qsizetype place, const QString &name)
{
    const QString option = u"--"_s + name;
    if (arguments.at(place).startsWith(QString(option + u'=')))
        return arguments.takeAt(place).sliced(option.size() + 1);
    if (arguments.at(place) != option)
        return std::nullopt;
    arguments.removeAt(place);
    if (place >= arguments.size())
        return failure(ErrorKind::InvalidTarget, NetworkOptions::tr("--%1 wants a value.").arg(name));
    return arguments.takeAt(place);
}

} // namespace

Result<NetworkOptions> NetworkOptions::take(QStringList &arguments)
{
    NetworkOptions options;
    std::optional<QString> proxy;
    const std::pair<QString, std::optional<QString> *> known[] = {
        {u"proxy"_s, &proxy},
        {u"ca-file"_s, &options.overrides.authoritiesFile},
        {u"client-certificate"_s, &options.overrides.certificateFile},
        {u"client-key"_s, &options.overrides.keyFile}};
    for (qsizetype place = 0; place < arguments.size() && arguments.at(place) != u"--"_s;) {
        bool isTaken = false;
        for (const auto &[name, target] : known) {
            const std::optional<Result<QString>> value = valueAt(arguments, place, name);
            if (!value)
                continue;
            if (!*value)
                return failure(value->error());
            *target = **value;
            isTaken = true;
            break;
        }
        if (!isTaken)
            ++place;
    }
    if (proxy) {
        const Result<ProxySettings> read = proxyFrom(*proxy);
        if (!read)
            return failure(read.error());
        options.overrides.proxy = *read;
    }
    options.secrets = {.proxyPassword = fromEnvironment("PARLANCE_PROXY_PASSWORD"),
                       .keyPassword = fromEnvironment("PARLANCE_KEY_PASSWORD")};
    return options;
}

} // namespace Parlance
