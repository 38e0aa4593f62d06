// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace Parlance {

//! What went wrong, as far as the program acts on it or explains it differently.
//! The words for a person are in chat/errorcatalogue; Error::message is the plain fallback sentence.
enum class ErrorKind {
    // Said by the service (modelled exceptions and measured refusals)
    Validation, //!< 400 ValidationException
    RuntimeNotMmdsV2, //!< 400 ValidationException "not MMDSv2-enabled"
    ServiceQuotaExceeded, //!< 402
    AccessDenied, //!< 403, any reason not listed below
    AuthMethodMismatch, //!< 403 "Authorization method mismatch"
    TokenUnreadable, //!< 403 "Failed to parse token"
    SignatureRefused, //!< 403 expired or invalid signature, unknown client, expired token
    TokenMissing, //!< 401 "Missing Authentication Token"
    TokenClaimMismatch, //!< 401 "Claim '…' value mismatch"
    Unauthorized, //!< 401, any other
    NotFound, //!< 404
    SessionBusy, //!< 409 RetryableConflictException
    Conflict, //!< 409 ConflictException
    AgentContainerFailed, //!< 424 RuntimeClientError
    AgentStartTimedOut, //!< 424 "initialization time exceeded"
    Throttled, //!< 429
    InternalServer, //!< 500
    BadGateway, //!< 502
    ServiceUnavailable, //!< 503
    GatewayTimeout, //!< 504
    RequestTimeout, //!< 408
    PayloadTooLarge, //!< 413, or over the limit before sending
    NotAcceptable, //!< 406
    BadRequest, //!< other 4xx
    ServerError, //!< other 5xx
    Redirected, //!< 3xx: never followed with credentials
    ProxyPage, //!< an HTML page where an agent's answer was expected
    // The connection
    ConnectionRefused,
    HostNotFound,
    TlsFailed,
    ConnectTimedOut,
    IdleTimedOut,
    StreamCut, //!< the connection ended before the answer did
    ProxyFailed,
    NetworkFailed, //!< any other network failure
    SocketRefused, //!< no refusal of HTTP, but no WebSocket either
    SocketClosed, //!< a WebSocket was closed, or lost, before the answer was whole
    // The answer
    AgentError, //!< an error the agent itself reported inside a 200 answer
    EmptyAnswer,
    FrameTooLarge, //!< one frame over 16 MiB
    TrailingBytes, //!< bytes left over at the end
    InvalidUtf8,
    CorruptFrame, //!< a check sum or a length that cannot be
    // Our side
    InvalidTarget, //!< URL or ARN cannot be used
    InvalidTemplate, //!< payload template is not JSON
    InvalidHeader,
    InsecureHttp, //!< plain http to another machine, not allowed for this agent
    InvalidCommand, //!< an empty or too long command, or a time-out out of range; nothing was sent
    CommandsUnavailable, //!< there is nothing at this agent that runs commands
    MessageTooLarge, //!< over what a WebSocket's frame may hold; nothing was sent
    AddressExpired, //!< a presigned address, used too late
    NetworkUnusable, //!< the proxy, CA file or certificate that is set cannot be used; nothing was sent
    SecretMissing, //!< the agent wants a token and none is kept
    KeychainUnavailable,
    KeychainLocked,
    KeychainRefused,
    StoreFull,
    StoreReadOnly,
    StoreLocked,
    StoreCorrupt,
    StoreFailed,
    Cancelled,
    Internal,
};

//! One failure. message is one sentence for a person and never holds a secret; the rest is evidence
//! for the Details of an error card.
struct Error
{
    ErrorKind kind = ErrorKind::Internal;
    QString message = {}; //!< plain sentence, translated
    int httpStatus = 0; //!< 0: there was no HTTP answer
    QString exceptionType = {}; //!< for example "ThrottlingException"
    QString serverMessage = {}; //!< what the server said, verbatim
    QString requestId = {}; //!< x-amzn-RequestId
    QByteArray rawBody = {}; //!< the body as received, at most 64 KiB, secrets masked
    QString authenticate = {}; //!< WWW-Authenticate of a 401: tells where to sign in
    QByteArray serverDate = {}; //!< Date of the answer: shows whether this machine's clock is off
    friend bool operator==(const Error &, const Error &) = default;
};

//! Stable name of a kind, for JSON output and the database, for example "accessDenied".
QString errorKindName(ErrorKind kind);
//! The kind for a stable name; Internal if the name is not known.
ErrorKind errorKindFromName(const QString &name);

} // namespace Parlance
