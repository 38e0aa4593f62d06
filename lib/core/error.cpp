// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr auto kindNames = std::to_array<std::pair<ErrorKind, QLatin1StringView>>({
    {ErrorKind::Validation, "validation"_L1},
    {ErrorKind::RuntimeNotMmdsV2, "runtimeNotMmdsV2"_L1},
    {ErrorKind::ServiceQuotaExceeded, "serviceQuotaExceeded"_L1},
    {ErrorKind::AccessDenied, "accessDenied"_L1},
    {ErrorKind::AuthMethodMismatch, "authMethodMismatch"_L1},
    {ErrorKind::TokenUnreadable, "tokenUnreadable"_L1},
    {ErrorKind::SignatureRefused, "signatureRefused"_L1},
    {ErrorKind::TokenMissing, "tokenMissing"_L1},
    {ErrorKind::TokenClaimMismatch, "tokenClaimMismatch"_L1},
    {ErrorKind::Unauthorized, "unauthorized"_L1},
    {ErrorKind::NotFound, "notFound"_L1},
    {ErrorKind::SessionBusy, "sessionBusy"_L1},
    {ErrorKind::Conflict, "conflict"_L1},
    {ErrorKind::AgentContainerFailed, "agentContainerFailed"_L1},
    {ErrorKind::AgentStartTimedOut, "agentStartTimedOut"_L1},
    {ErrorKind::Throttled, "throttled"_L1},
    {ErrorKind::InternalServer, "internalServer"_L1},
    {ErrorKind::BadGateway, "badGateway"_L1},
    {ErrorKind::ServiceUnavailable, "serviceUnavailable"_L1},
    {ErrorKind::GatewayTimeout, "gatewayTimeout"_L1},
    {ErrorKind::RequestTimeout, "requestTimeout"_L1},
    {ErrorKind::PayloadTooLarge, "payloadTooLarge"_L1},
    {ErrorKind::NotAcceptable, "notAcceptable"_L1},
    {ErrorKind::BadRequest, "badRequest"_L1},
    {ErrorKind::ServerError, "serverError"_L1},
    {ErrorKind::Redirected, "redirected"_L1},
    {ErrorKind::ProxyPage, "proxyPage"_L1},
    {ErrorKind::ConnectionRefused, "connectionRefused"_L1},
    {ErrorKind::HostNotFound, "hostNotFound"_L1},
    {ErrorKind::TlsFailed, "tlsFailed"_L1},
    {ErrorKind::ConnectTimedOut, "connectTimedOut"_L1},
    {ErrorKind::IdleTimedOut, "idleTimedOut"_L1},
    {ErrorKind::StreamCut, "streamCut"_L1},
    {ErrorKind::ProxyFailed, "proxyFailed"_L1},
    {ErrorKind::NetworkFailed, "networkFailed"_L1},
    {ErrorKind::SocketRefused, "socketRefused"_L1},
    {ErrorKind::SocketClosed, "socketClosed"_L1},
    {ErrorKind::AgentError, "agentError"_L1},
    {ErrorKind::EmptyAnswer, "emptyAnswer"_L1},
    {ErrorKind::FrameTooLarge, "frameTooLarge"_L1},
    {ErrorKind::TrailingBytes, "trailingBytes"_L1},
    {ErrorKind::InvalidUtf8, "invalidUtf8"_L1},
    {ErrorKind::CorruptFrame, "corruptFrame"_L1},
    {ErrorKind::InvalidTarget, "invalidTarget"_L1},
    {ErrorKind::InvalidTemplate, "invalidTemplate"_L1},
    {ErrorKind::InvalidHeader, "invalidHeader"_L1},
    {ErrorKind::InsecureHttp, "insecureHttp"_L1},
    {ErrorKind::InvalidCommand, "invalidCommand"_L1},
    {ErrorKind::CommandsUnavailable, "commandsUnavailable"_L1},
    {ErrorKind::MessageTooLarge, "messageTooLarge"_L1},
    {ErrorKind::AddressExpired, "addressExpired"_L1},
    {ErrorKind::NetworkUnusable, "networkUnusable"_L1},
    {ErrorKind::SecretMissing, "secretMissing"_L1},
    {ErrorKind::KeychainUnavailable, "keychainUnavailable"_L1},
    {ErrorKind::KeychainLocked, "keychainLocked"_L1},
    {ErrorKind::KeychainRefused, "keychainRefused"_L1},
    {ErrorKind::StoreFull, "storeFull"_L1},
    {ErrorKind::StoreReadOnly, "storeReadOnly"_L1},
    {ErrorKind::StoreLocked, "storeLocked"_L1},
    {ErrorKind::StoreCorrupt, "storeCorrupt"_L1},
    {ErrorKind::StoreFailed, "storeFailed"_L1},
    {ErrorKind::Cancelled, "cancelled"_L1},
    {ErrorKind::Internal, "internal"_L1},
});

} // namespace

QString errorKindName(ErrorKind kind)
{
    const auto found = std::ranges::find(kindNames, kind, &std::pair<ErrorKind, QLatin1StringView>::first);
    return found == kindNames.end() ? u"internal"_s : QString(found->second);
}

ErrorKind errorKindFromName(const QString &name)
{
    const auto found = std::ranges::find_if(kindNames, [&](const auto &row) { return name == row.second; });
    return found == kindNames.end() ? ErrorKind::Internal : found->first;
}

} // namespace Parlance
