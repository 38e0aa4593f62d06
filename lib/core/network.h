// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace Parlance {

enum class ProxyKind {
    System, //!< what the desktop or HTTPS_PROXY and NO_PROXY say
    None,
    Http,
    Socks5,
};

struct ProxySettings
{
    ProxyKind kind = ProxyKind::System;
    QString host = {}; //!< of Http and Socks5
    quint16 port = 0;
    QString user = {}; //!< empty: no login; its password is in the keychain
    friend bool operator==(const ProxySettings &, const ProxySettings &) = default;
};

//! How a host is reached, for one agent or for all. This machine itself is always reached directly.
struct NetworkSettings
{
    ProxySettings proxy = {};
    QString authoritiesFile = {}; //!< PEM, trusted beside the system's; empty: AWS_CA_BUNDLE, or none
    QString certificateFile = {}; //!< the client's, PEM or PKCS #12; empty: none
    QString keyFile = {}; //!< its key, PEM; empty: in the same file
    friend bool operator==(const NetworkSettings &, const NetworkSettings &) = default;
};

} // namespace Parlance
