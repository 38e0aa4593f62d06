// SPDX-License-Identifier: Apache-2.0
#include "support/networkcalls.h"

#include "support/waited.h"

#include "transport/networkcaller.h"
#include "transport/networkpolicy.h"

namespace Parlance {
namespace {

class OwnNetworkCaller : public HttpCaller
{
public:
    QFuture<Result<HttpReply>> call(RequestDraft draft) override { return m_caller.call(std::move(draft)); }

private:
    NetworkPolicy m_network;
    NetworkCaller m_caller{&m_network};
};

} // namespace

std::unique_ptr<HttpCaller> makeNetworkCaller()
{
    return std::make_unique<OwnNetworkCaller>();
}

QByteArray asked(const QUrl &url)
{
    const auto caller = makeNetworkCaller();
    const Result<HttpReply> reply = waited(caller->call({.method = "GET", .url = url}));
    return reply ? reply->body : QByteArray();
}

} // namespace Parlance
