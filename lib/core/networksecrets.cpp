// SPDX-License-Identifier: Apache-2.0
#include "core/networksecrets.h"

using namespace Qt::StringLiterals;

namespace Parlance {

QString proxyPasswordKey(const NetworkSettings &settings)
{
    const ProxySettings &proxy = settings.proxy;
    const bool isByHand = proxy.kind == ProxyKind::Http || proxy.kind == ProxyKind::Socks5;
    if (!isByHand || proxy.user.isEmpty())
        return {};
    return u"network/proxy/%1@%2:%3"_s.arg(proxy.user, proxy.host.toLower()).arg(proxy.port);
}

QString keyPasswordKey(const NetworkSettings &settings)
{
    const QString &file = settings.keyFile.isEmpty() ? settings.certificateFile : settings.keyFile;
    return file.isEmpty() ? QString() : u"network/key/"_s + file;
}

} // namespace Parlance
