// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/httpcaller.h"

#include <QObject>
#include <QPointer>

#include <chrono>

namespace Parlance {

class NetworkPolicy;

//! Small requests by the network policy: sign-in services, the control plane. Calls that run when this
//! goes end as cancelled.
class NetworkCaller : public QObject, public HttpCaller
{
    Q_OBJECT
public:
    //! The limit is for a whole call. The policy must outlive this.
    explicit NetworkCaller(NetworkPolicy *network, std::chrono::milliseconds limit = std::chrono::seconds(30),
                           QObject *parent = nullptr);

    //! Plain http goes to this machine alone: InsecureHttp.
    QFuture<Result<HttpReply>> call(RequestDraft draft) override;

    static constexpr qint64 maximumBody = 8 * 1024 * 1024;

private:
    QPointer<NetworkPolicy> m_network;
    std::chrono::milliseconds m_limit;
};

} // namespace Parlance
