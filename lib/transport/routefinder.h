// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/networksecrets.h"
#include "core/result.h"
#include "transport/networkroute.h"
#include "transport/proxyenvironment.h"

#include <QHash>
#include <QMutex>

namespace Parlance {

//! An address, and what counts for reaching it.
struct RouteQuestion
{
    //! As this process was started: its variables are read here.
    RouteQuestion(QUrl address, NetworkSettings what);

    QUrl url = {};
    NetworkSettings settings = {};
    NetworkSecrets secrets = {};
    ProxyEnvironment environment = {};
    QString authoritiesFile = {}; //!< of the settings, or AWS_CA_BUNDLE
};

//! Finds how addresses are reached. May be asked from any thread.
class RouteFinder
{
public:
    //! Whether finding it reads files or asks the desktop, which runs scripts of the network (PAC).
    static bool takesTime(const RouteQuestion &question);
    //! Errors: NetworkUnusable.
    Result<NetworkRoute> find(const RouteQuestion &question);
    //! Whether what is set can be used at all, wherever it leads.
    static Result<void> check(const NetworkSettings &settings, const NetworkSecrets &secrets);

private:
    static Result<QNetworkProxy> proxyFor(const RouteQuestion &question);
    Result<std::optional<QSslConfiguration>> tlsFor(const RouteQuestion &question);

    QMutex m_mutex;
    QHash<QString, QSslConfiguration> m_known; //!< by the files and their times: reading them takes long
};

} // namespace Parlance
