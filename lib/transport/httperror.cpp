// SPDX-License-Identifier: Apache-2.0
#include "transport/httperror.h"

#include "transport/errorsentence.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <optional>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

//! What a body says about a failure, whichever envelope it uses.
struct Complaint
{
    QString type = {}; //!< __type or code, or AG-UI's code
    QString message = {};
    std::optional<int> rpcCode = std::nullopt; //!< of a JSON-RPC error
    bool isContainerError = false; //!< the container's own {"error": "…"}
};

QString shortType(QString type)
{
    type = type.section(u':', 0, 0);
    return type.section(u'#', -1).trimmed();
}

//! The JSON of a body that may be one SSE event.
QByteArray jsonOf(const QByteArray &body)
{
    QByteArray trimmed = body.trimmed();
    if (trimmed.startsWith('{'))
        return trimmed;
    for (QByteArray line : trimmed.split('\n')) {
        line = line.trimmed();
        if (line.startsWith("data:"))
            return line.mid(5).trimmed();
    }
    return {};
}

Complaint complaintOf(const QByteArray &body)
{
    Complaint complaint;
    const QJsonObject object = QJsonDocument::fromJson(jsonOf(body)).object();
    const QJsonValue error = object.value("error"_L1);
    if (error.isObject()) {
        const QJsonObject inner = error.toObject();
        complaint.message = inner.value("message"_L1).toString();
        if (const QJsonValue code = inner.value("code"_L1); code.isDouble())
            complaint.rpcCode = code.toInt();
        else
            complaint.type = code.toString();
        return complaint;
    }
    complaint.type = object.value("__type"_L1).toString();
    if (complaint.type.isEmpty())
        complaint.type = object.value("code"_L1).toString();
    for (const QLatin1StringView key : {"message"_L1, "Message"_L1, "errorMessage"_L1}) {
        if (complaint.message.isEmpty())
            complaint.message = object.value(key).toString();
    }
    if (complaint.message.isEmpty() && error.isString()) {
        complaint.message = error.toString();
        complaint.isContainerError = true;
        if (const QString details = object.value("details"_L1).toString(); !details.isEmpty())
            complaint.message += u": "_s + details;
    }
    return complaint;
}

bool says(const QString &message, QLatin1StringView words)
{
    return message.contains(words, Qt::CaseInsensitive);
}

ErrorKind kindOf400(const QString &message)
{
    return says(message, "MMDSv2"_L1) ? ErrorKind::RuntimeNotMmdsV2 : ErrorKind::Validation;
}

ErrorKind kindOf401(const QString &message)
{
    if (says(message, "Missing Authentication Token"_L1))
        return ErrorKind::TokenMissing;
    if (says(message, "Claim '"_L1) && says(message, "mismatch"_L1))
        return ErrorKind::TokenClaimMismatch;
    return ErrorKind::Unauthorized;
}

ErrorKind kindOf403(const QString &message)
{
    if (says(message, "Authorization method mismatch"_L1))
        return ErrorKind::AuthMethodMismatch;
    if (says(message, "Failed to parse token"_L1))
        return ErrorKind::TokenUnreadable;
    const auto aboutSignature = {"security token included in the request"_L1, "signature expired"_L1,
                                 "request signature we calculated"_L1, "signature not yet current"_L1};
    if (std::ranges::any_of(aboutSignature, [&](QLatin1StringView words) { return says(message, words); }))
        return ErrorKind::SignatureRefused;
    return ErrorKind::AccessDenied;
}

ErrorKind kindOf409(const QString &message)
{
    return says(message, "in progress"_L1) || says(message, "please retry"_L1) ? ErrorKind::SessionBusy
                                                                               : ErrorKind::Conflict;
}

ErrorKind kindOf424(const QString &message)
{
    return says(message, "initialization time exceeded"_L1) ? ErrorKind::AgentStartTimedOut
                                                            : ErrorKind::AgentContainerFailed;
}

struct NamedKind
{
    QLatin1StringView name;
    ErrorKind kind;
};

//! Exceptions of the service, and codes of AG-UI's RUN_ERROR, whose kind the name alone decides.
constexpr auto namedKinds = std::to_array<NamedKind>({
    {"ServiceQuotaExceededException"_L1, ErrorKind::ServiceQuotaExceeded},
    {"ResourceNotFoundException"_L1, ErrorKind::NotFound},
    {"RetryableConflictException"_L1, ErrorKind::SessionBusy},
    {"ConflictException"_L1, ErrorKind::Conflict},
    {"ThrottlingException"_L1, ErrorKind::Throttled},
    {"TooManyRequestsException"_L1, ErrorKind::Throttled},
    {"InternalServerException"_L1, ErrorKind::InternalServer},
    {"ExpiredTokenException"_L1, ErrorKind::SignatureRefused},
    {"ExpiredToken"_L1, ErrorKind::SignatureRefused},
    {"InvalidSignatureException"_L1, ErrorKind::SignatureRefused},
    {"SignatureDoesNotMatch"_L1, ErrorKind::SignatureRefused},
    {"UnrecognizedClientException"_L1, ErrorKind::SignatureRefused},
    {"InvalidClientTokenId"_L1, ErrorKind::SignatureRefused},
    {"IncompleteSignatureException"_L1, ErrorKind::SignatureRefused},
    {"RequestExpired"_L1, ErrorKind::SignatureRefused},
    {"RATE_LIMIT_EXCEEDED"_L1, ErrorKind::Throttled},
    {"SERVICE_QUOTA_EXCEEDED"_L1, ErrorKind::ServiceQuotaExceeded},
    {"SESSION_BUSY"_L1, ErrorKind::SessionBusy},
    {"AGENT_ERROR"_L1, ErrorKind::AgentError},
    {"INTERNAL_ERROR"_L1, ErrorKind::InternalServer},
});

std::optional<ErrorKind> kindOfType(const QString &type, const QString &message)
{
    const auto named = std::ranges::find(namedKinds, type, &NamedKind::name);
    if (named != namedKinds.end())
        return named->kind;
    if (type == "ValidationException"_L1 || type == "VALIDATION_ERROR"_L1)
        return kindOf400(message);
    if (type == "AccessDeniedException"_L1 || type == "ACCESS_DENIED"_L1)
        return kindOf403(message);
    if (type == "UnauthorizedException"_L1 || type == "UNAUTHORIZED"_L1)
        return kindOf401(message);
    if (type == "RuntimeClientError"_L1 || type == "RuntimeClientErrorException"_L1)
        return kindOf424(message);
    return std::nullopt;
}

//! MCP's codes are -32001 to -32011, A2A's -32051 to -32055.
std::optional<ErrorKind> kindOfRpcCode(int code, const QString &message)
{
    switch (code) {
    case -32001:
        return kindOf401(message);
    case -32002:
        return kindOf403(message);
    case -32003:
    case -32053:
        return says(message, "quota"_L1) ? ErrorKind::ServiceQuotaExceeded : ErrorKind::Throttled;
    case -32004:
    case -32051:
        return ErrorKind::NotFound;
    case -32005:
    case -32054:
        return kindOf409(message);
    case -32006:
    case -32052:
        return kindOf400(message);
    case -32010:
    case -32055:
        return kindOf424(message);
    case -32011:
        return ErrorKind::NotAcceptable;
    case -32603:
        return ErrorKind::InternalServer;
    default:
        return std::nullopt;
    }
}

ErrorKind kindOfStatus(int status, const Complaint &complaint)
{
    switch (status) {
    case 400:
        return says(complaint.message, "MMDSv2"_L1) ? ErrorKind::RuntimeNotMmdsV2 : ErrorKind::BadRequest;
    case 401:
        return kindOf401(complaint.message);
    case 402:
        return ErrorKind::ServiceQuotaExceeded;
    case 403:
        return kindOf403(complaint.message);
    case 404:
        return ErrorKind::NotFound;
    case 406:
        return ErrorKind::NotAcceptable;
    case 407:
        return ErrorKind::ProxyFailed;
    case 408:
        return ErrorKind::RequestTimeout;
    case 409:
        return kindOf409(complaint.message);
    case 413:
        return ErrorKind::PayloadTooLarge;
    case 424:
        return kindOf424(complaint.message);
    case 429:
        return ErrorKind::Throttled;
    case 500:
        // Only a container that is asked directly says so itself: the service puts 424 in its place.
        return complaint.isContainerError ? ErrorKind::AgentError : ErrorKind::InternalServer;
    case 502:
        return ErrorKind::BadGateway;
    case 503:
        return ErrorKind::ServiceUnavailable;
    case 504:
        return ErrorKind::GatewayTimeout;
    default:
        return status >= 500 ? ErrorKind::ServerError : ErrorKind::BadRequest;
    }
}

ErrorKind kindOf(const HttpAnswer &answer, const QString &type, const Complaint &complaint)
{
    if (answer.status >= 300 && answer.status < 400)
        return ErrorKind::Redirected;
    if (isWebPage(answer.contentType) && answer.errorType.isEmpty())
        return ErrorKind::ProxyPage;
    if (const auto named = kindOfType(type, complaint.message))
        return *named;
    if (complaint.rpcCode) {
        if (const auto coded = kindOfRpcCode(*complaint.rpcCode, complaint.message))
            return *coded;
    }
    return kindOfStatus(answer.status, complaint);
}

} // namespace

bool isWebPage(QByteArrayView contentType)
{
    const qsizetype end = contentType.indexOf(';');
    const QByteArray name =
        contentType.first(end < 0 ? contentType.size() : end).toByteArray().trimmed().toLower();
    return name == "text/html" || name == "application/xhtml+xml";
}

Error httpError(const HttpAnswer &answer)
{
    Complaint complaint = complaintOf(answer.body);
    // The npm SDK's server, asked for a stream, answers an agent's failure so: empty, as a stream.
    if (answer.body.isEmpty() && answer.contentType.startsWith("text/event-stream"))
        complaint.isContainerError = true;
    QString type = shortType(QString::fromLatin1(answer.errorType));
    if (type.isEmpty())
        type = shortType(complaint.type);
    Error error = plainError(kindOf(answer, type, complaint));
    error.httpStatus = answer.status;
    error.exceptionType = type;
    error.serverMessage = complaint.message;
    error.requestId = QString::fromLatin1(answer.requestId);
    error.authenticate = QString::fromLatin1(answer.wwwAuthenticate);
    error.serverDate = answer.date;
    error.rawBody = answer.body.first(std::min(answer.body.size(), maximumErrorBody));
    return error;
}

} // namespace Parlance
