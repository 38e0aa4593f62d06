// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/network.h"
#include "core/result.h"

#include <QObject>
#include <QUrl>

#include <optional>

namespace Parlance {

class NetworkPolicy;

//! Looks up the host of an address, as a request to it will, so that how long that takes can be told apart.
class HostLookup : public QObject
{
    Q_OBJECT
public:
    enum class Kind {
        Name,
        Address, //!< there is no name to look up
        ByProxy, //!< the proxy does it
    };

    //! The policy must outlive this. Null: there are no proxies.
    explicit HostLookup(NetworkPolicy *network, QObject *parent = nullptr);
    ~HostLookup() override;

    //! Once.
    void start(const QUrl &url, const std::optional<NetworkSettings> &own);

Q_SIGNALS:
    //! Exactly once, never from inside start(). Errors: HostNotFound, those of NetworkPolicy::prepare().
    void finished(const Parlance::Result<Parlance::HostLookup::Kind> &kind);

private:
    void onRouteFound(const QUrl &url, bool usesProxy);

    NetworkPolicy *m_network;
    std::optional<int> m_lookup;
};

} // namespace Parlance
