// SPDX-License-Identifier: Apache-2.0
#include "chat/errorcatalogue.h"

#include "chat/errorphrases.h"

namespace Parlance {

QString ErrorPhrases::reason(const Error &error)
{
    const QString said = error.serverMessage.simplified();
    if (said.isEmpty())
        return {};
    const QString cut = said.size() > 240 ? QString(said.left(239) + u'…') : said;
    const bool isSentence = QStringView(u".!?…").contains(cut.back());
    return QString((isSentence ? tr("It said: “%1”") : tr("It said: “%1”.")).arg(cut) + u' ');
}

QString ErrorPhrases::details(const Error &error)
{
    QStringList lines = {tr("Kind: %1").arg(errorKindName(error.kind))};
    if (error.httpStatus > 0)
        lines += tr("HTTP status: %1").arg(error.httpStatus);
    if (!error.exceptionType.isEmpty())
        lines += tr("Exception: %1").arg(error.exceptionType);
    if (!error.requestId.isEmpty())
        lines += tr("Request id: %1").arg(error.requestId);
    if (!error.message.isEmpty())
        lines += tr("Message: %1").arg(error.message);
    if (!error.serverMessage.isEmpty())
        lines += tr("Server: %1").arg(error.serverMessage);
    if (!error.rawBody.isEmpty())
        lines += QString(tr("Body:") + u'\n' + QString::fromUtf8(error.rawBody));
    return lines.join(u'\n');
}

ErrorWords errorWords(const Error &error, const Agent *agent)
{
    using Kind = ErrorKind;
    if (agent && agent->auth == AuthMethod::Identity) {
        if (const std::optional<ErrorWords> words = ErrorPhrases::identity(error))
            return *words;
    }
    switch (error.kind) {
    case Kind::Validation:
    case Kind::RuntimeNotMmdsV2:
    case Kind::ServiceQuotaExceeded:
    case Kind::NotFound:
    case Kind::SessionBusy:
    case Kind::Conflict:
    case Kind::AgentContainerFailed:
    case Kind::AgentStartTimedOut:
    case Kind::Throttled:
        return ErrorPhrases::service(error, agent);
    case Kind::AccessDenied:
    case Kind::AuthMethodMismatch:
    case Kind::TokenUnreadable:
    case Kind::SignatureRefused:
    case Kind::TokenMissing:
    case Kind::TokenClaimMismatch:
    case Kind::Unauthorized:
        return ErrorPhrases::permission(error, agent);
    case Kind::InternalServer:
    case Kind::BadGateway:
    case Kind::ServiceUnavailable:
    case Kind::GatewayTimeout:
    case Kind::RequestTimeout:
    case Kind::PayloadTooLarge:
    case Kind::NotAcceptable:
    case Kind::BadRequest:
    case Kind::ServerError:
    case Kind::Redirected:
    case Kind::ProxyPage:
        return ErrorPhrases::server(error);
    case Kind::ConnectionRefused:
    case Kind::HostNotFound:
    case Kind::TlsFailed:
    case Kind::ConnectTimedOut:
    case Kind::IdleTimedOut:
    case Kind::StreamCut:
    case Kind::ProxyFailed:
    case Kind::NetworkFailed:
    case Kind::SocketRefused:
    case Kind::SocketClosed:
        return ErrorPhrases::connection(error, agent);
    case Kind::AgentError:
    case Kind::EmptyAnswer:
    case Kind::FrameTooLarge:
    case Kind::TrailingBytes:
    case Kind::InvalidUtf8:
    case Kind::CorruptFrame:
        return ErrorPhrases::answer(error);
    case Kind::InvalidTarget:
    case Kind::InvalidTemplate:
    case Kind::InvalidHeader:
    case Kind::InsecureHttp:
    case Kind::InvalidCommand:
    case Kind::CommandsUnavailable:
    case Kind::MessageTooLarge:
    case Kind::AddressExpired:
    case Kind::NetworkUnusable:
    case Kind::SecretMissing:
    case Kind::Cancelled:
    case Kind::Internal:
        return ErrorPhrases::ours(error);
    case Kind::KeychainUnavailable:
    case Kind::KeychainLocked:
    case Kind::KeychainRefused:
    case Kind::StoreFull:
    case Kind::StoreReadOnly:
    case Kind::StoreLocked:
    case Kind::StoreCorrupt:
    case Kind::StoreFailed:
        return ErrorPhrases::keeping(error);
    }
    return {};
}

QString errorDetails(const Error &error)
{
    return ErrorPhrases::details(error);
}

} // namespace Parlance
