// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

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

//! What is wanted for one run of a program, whatever is kept. Absent: as it is kept.
struct NetworkOverrides
{
    std::optional<ProxySettings> proxy = std::nullopt;
    std::optional<QString> authoritiesFile = std::nullopt;
    std::optional<QString> certificateFile = std::nullopt;
    std::optional<QString> keyFile = std::nullopt;

    NetworkSettings on(NetworkSettings kept) const
    {
        kept.proxy = proxy.value_or(kept.proxy);
        kept.authoritiesFile = authoritiesFile.value_or(kept.authoritiesFile);
        kept.certificateFile = certificateFile.value_or(kept.certificateFile);
        // A key belongs to its certificate.
        kept.keyFile = keyFile.value_or(certificateFile ? QString() : kept.keyFile);
        return kept;
    }
};

} // namespace Parlance
