// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace Parlance {

//! What a host's certificate says, and who vouches for it.
struct CertificateFacts
{
    QString subject = {};
    QString issuer = {};
    QDateTime from = {};
    QDateTime to = {};
    QByteArray sha256 = {}; //!< in hexadecimal digits
    bool isAuthority = false; //!< it is among those that are trusted here
};

//! One of the addresses of a host.
struct AddressFacts
{
    QString address = {};
    std::optional<std::chrono::milliseconds> connected =
        std::nullopt; //!< how long it took; absent: it did not
    QString problem = {};
};

//! How far one comes on the way to a host, and what was seen there.
struct HostReport
{
    enum class Fault { None, Network, Lookup, Connection, Proxy, Tls };
    enum class TlsFault { None, Other, SelfSigned, UnknownIssuer, Expired, NotYetValid, OtherHost };

    QString host = {};
    int port = 0;
    bool isSecure = true;
    QString proxy = {}; //!< "host:port"; empty: directly
    std::vector<AddressFacts> addresses = {}; //!< none through a proxy
    QString protocol = {}; //!< of TLS
    QString cipher = {};
    std::vector<CertificateFacts> chain = {}; //!< the host's own first
    Fault fault = Fault::None;
    TlsFault tlsFault = TlsFault::None;
    int proxyStatus = 0; //!< what the proxy refused with, by HTTP's numbers; 0: it did not
    QStringList problems = {}; //!< what went wrong, as the system says it
};

} // namespace Parlance
