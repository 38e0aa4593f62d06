// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"

#include <QNetworkProxy>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace Parlance {

//! HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY as other programs read them: lower case counts before
//! upper case. NO_PROXY lists hosts, which include what is below them, addresses, networks (10.0.0.0/8),
//! each with a port or without, or "*".
class ProxyEnvironment
{
public:
    static ProxyEnvironment ofProcess();

    //! What an address is reached by: NoProxy is directly. Absent: nothing is said, the desktop may know.
    //! Errors: NetworkUnusable, a kind of proxy that cannot be used.
    Result<std::optional<QNetworkProxy>> proxyFor(const QUrl &url) const;
    bool isExcepted(const QUrl &url) const;

    //! A proxy as people write it: "http://user:password@host:3128", "socks5://host", "host:8080".
    //! Errors: NetworkUnusable.
    static Result<QNetworkProxy> parse(const QString &written);

    QString forHttps = {};
    QString forHttp = {};
    QString forAll = {};
    QStringList exceptions = {};
};

} // namespace Parlance
