// SPDX-License-Identifier: Apache-2.0
#include "core/networkjson.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr auto kindNames = std::to_array<std::pair<ProxyKind, QLatin1StringView>>({
    {ProxyKind::System, "system"_L1},
    {ProxyKind::None, "none"_L1},
    {ProxyKind::Http, "http"_L1},
    {ProxyKind::Socks5, "socks5"_L1},
});

void setText(QJsonObject &json, QLatin1StringView name, const QString &text)
{
    if (!text.isEmpty())
        json.insert(name, text);
}

} // namespace

QJsonObject networkJson(const NetworkSettings &settings)
{
    QJsonObject json;
    const auto kind =
        std::ranges::find(kindNames, settings.proxy.kind, &std::pair<ProxyKind, QLatin1StringView>::first);
    if (settings.proxy.kind != ProxyKind::System)
        setText(json, "proxy"_L1, QString(kind->second));
    setText(json, "host"_L1, settings.proxy.host);
    if (settings.proxy.port > 0)
        json.insert("port"_L1, int(settings.proxy.port));
    setText(json, "user"_L1, settings.proxy.user);
    setText(json, "authorities"_L1, settings.authoritiesFile);
    setText(json, "certificate"_L1, settings.certificateFile);
    setText(json, "key"_L1, settings.keyFile);
    return json;
}

NetworkSettings networkFrom(const QJsonObject &json)
{
    const QString name = json["proxy"_L1].toString();
    const auto kind = std::ranges::find_if(kindNames, [&](const auto &row) { return name == row.second; });
    return {.proxy = {.kind = kind == kindNames.end() ? ProxyKind::System : kind->first,
                      .host = json["host"_L1].toString(),
                      .port = quint16(std::clamp(json["port"_L1].toInt(), 0, 65535)),
                      .user = json["user"_L1].toString()},
            .authoritiesFile = json["authorities"_L1].toString(),
            .certificateFile = json["certificate"_L1].toString(),
            .keyFile = json["key"_L1].toString()};
}

} // namespace Parlance
