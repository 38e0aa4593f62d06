// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QNetworkProxy>
#include <QSslConfiguration>

#include <optional>

namespace Parlance {

//! How one address is reached. Made by NetworkPolicy::prepare().
struct NetworkRoute
{
    QNetworkProxy proxy{QNetworkProxy::NoProxy};
    std::optional<QSslConfiguration> tls = std::nullopt; //!< absent: as the system has it
    bool usesProxy() const { return proxy.type() != QNetworkProxy::NoProxy; }
    QSslConfiguration tlsOrUsual() const { return tls ? *tls : QSslConfiguration::defaultConfiguration(); }
    friend bool operator==(const NetworkRoute &, const NetworkRoute &) = default;
};

} // namespace Parlance
