// SPDX-License-Identifier: Apache-2.0
#include "transport/invokerequest.h"

#include "transport/errorsentence.h"
#include "transport/networkerror.h"
#include "transport/networkroute.h"
#include "transport/uploaddevice.h"
#include "wire/choosedecoder.h"
#include "core/whendone.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslError>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {
namespace {

//! Read in one turn of the event loop: some hundred events, well below a frame's time.
constexpr qint64 readSize = qint64(64) * 1024;
//! What may lie unread before the connection is held back.
constexpr qint64 readBufferSize = qint64(512) * 1024;
//! A refusal is told with what has come of it, rather than waited for as long as for an answer.
constexpr auto refusalTimeout = 10s;

} // namespace

InvokeRequest::InvokeRequest(RequestDraft draft, std::shared_ptr<Authorizer> authorizer,
                             NetworkPolicy *network, std::chrono::milliseconds connectTimeout,
                             std::chrono::milliseconds idleTimeout, QObject *parent)
    : AgentRequest(parent)
    , m_draft(std::move(draft))
    , m_authorizer(std::move(authorizer))
    , m_network(network)
    , m_connectTimeout(connectTimeout)
    , m_idleTimeout(idleTimeout)
    , m_silence(this)
{
    m_connectTimer.setSingleShot(true);
    connect(&m_connectTimer, &QTimer::timeout, this, &InvokeRequest::onConnectTimeout);
    connect(&m_silence, &SilenceTimer::expired, this, &InvokeRequest::onSilence);
}

InvokeRequest::~InvokeRequest()
{
    closeConnection();
}

void InvokeRequest::start()
{
    if (m_state != State::New)
        return;
    m_state = State::Authorizing;
    whenDone(
        m_authorizer->authorize(std::move(m_draft)), this,
        [this](const Result<RequestDraft> &draft) {
            if (m_state != State::Authorizing)
                return;
            if (draft)
                findRoute(*draft);
            else
                finish(draft.error());
        },
        [this] {
            if (m_state == State::Authorizing)
                fail(ErrorKind::Internal);
        });
}

void InvokeRequest::cancel()
{
    if (m_state != State::Done)
        finish(plainError(ErrorKind::Cancelled));
}

void InvokeRequest::findRoute(const RequestDraft &draft)
{
    const QPointer<InvokeRequest> self(this);
    Q_EMIT stepReached(RequestStep::Authorized);
    if (!self || m_state != State::Authorizing)
        return;
    whenDone(
        m_network->prepare(draft.url, draft.network), this,
        [this, draft](const Result<NetworkRoute> &route) {
            if (m_state != State::Authorizing)
                return;
            if (route)
                send(draft, *route);
            else
                finish(route.error());
        },
        [this] {
            if (m_state == State::Authorizing)
                fail(ErrorKind::Internal);
        });
}

void InvokeRequest::send(const RequestDraft &draft, const NetworkRoute &route)
{
    m_state = State::Sent;
    m_usesProxy = route.usesProxy();
    m_mask = SecretMask(draft.secretHeaders);
    QNetworkRequest request = NetworkPolicy::streamRequest(draft.url);
    for (const HttpHeader &header : draft.headers)
        request.setRawHeader(header.name, header.value);
    for (const SecretHeader &header : draft.secretHeaders)
        request.setRawHeader(header.name, header.value.reveal());
    request.setHeader(QNetworkRequest::ContentLengthHeader, draft.body.size());
    request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);

    m_lease = m_network->lease(draft.url, route);
    auto *body = new UploadDevice(draft.body, nullptr);
    m_sinceSend.start();
    m_reply = m_lease.manager()->sendCustomRequest(request, draft.method, body);
    body->setParent(m_reply);
    connect(body, &UploadDevice::broken, this, &InvokeRequest::finish, Qt::QueuedConnection);
    m_reply->setReadBufferSize(readBufferSize);
    connect(m_reply, &QNetworkReply::socketStartedConnecting, this,
            [this] { Q_EMIT stepReached(RequestStep::Connecting); });
    connect(m_reply, &QNetworkReply::encrypted, this, [this] { Q_EMIT stepReached(RequestStep::Secured); });
    connect(m_reply, &QNetworkReply::requestSent, this, &InvokeRequest::onRequestSent);
    connect(m_reply, &QNetworkReply::uploadProgress, this, &InvokeRequest::onUploadProgress);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &InvokeRequest::onHeaders);
    connect(m_reply, &QNetworkReply::readyRead, this, &InvokeRequest::onReadyRead);
    connect(m_reply, &QNetworkReply::finished, this, &InvokeRequest::onReplyFinished);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        if (!errors.isEmpty())
            m_tlsProblem = errors.constFirst().errorString();
    });
    m_connectTimer.start(m_connectTimeout);
}

void InvokeRequest::onRequestSent()
{
    m_connectTimer.stop();
    m_silence.start(m_idleTimeout);
    Q_EMIT stepReached(RequestStep::Sent);
}

// A large body is on its way for longer than a connection may take.
void InvokeRequest::onUploadProgress(qint64 sent, qint64 total)
{
    if (m_state != State::Sent || sent <= 0)
        return;
    m_connectTimer.stop();
    m_silence.start(m_idleTimeout);
    Q_EMIT uploadProgressed(sent, total);
}

void InvokeRequest::onHeaders()
{
    if (m_state != State::Sent)
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0)
        return;
    m_connectTimer.stop();
    m_silence.start(m_idleTimeout);
    m_answer.status = status;
    m_answer.contentType = m_reply->rawHeader("Content-Type"_ba);
    m_answer.errorType = m_reply->rawHeader("x-amzn-ErrorType"_ba);
    m_answer.requestId = m_reply->rawHeader("x-amzn-RequestId"_ba);
    m_answer.wwwAuthenticate = m_reply->rawHeader("WWW-Authenticate"_ba);
    m_answer.date = m_reply->rawHeader("Date"_ba);

    ResponseHead head;
    head.httpStatus = status;
    head.contentType = m_answer.contentType;
    head.ids.sessionId =
        QString::fromLatin1(m_reply->rawHeader("X-Amzn-Bedrock-AgentCore-Runtime-Session-Id"_ba));
    head.ids.requestId = QString::fromLatin1(m_answer.requestId);
    head.ids.traceId = QString::fromLatin1(m_reply->rawHeader("X-Amzn-Trace-Id"_ba));
    if (head.ids.traceId.isEmpty())
        head.ids.traceId = QString::fromLatin1(m_reply->rawHeader("traceparent"_ba));
    for (QString *id : {&head.ids.sessionId, &head.ids.requestId, &head.ids.traceId})
        m_mask.apply(*id);
    head.mcpSession = m_reply->rawHeader("Mcp-Session-Id"_ba);
    head.sinceSend = sinceSend();

    if (status < 200 || status > 299 || !isAnswer(m_answer.contentType)) {
        m_state = State::Refusal;
        m_silence.start(std::min<std::chrono::milliseconds>(m_idleTimeout, refusalTimeout));
    } else {
        m_state = State::Answer;
        m_decoder = makeDecoder(m_answer.contentType);
    }
    const QPointer<InvokeRequest> self(this);
    Q_EMIT headersReceived(head);
    if (self && m_state == State::Refusal && status >= 300 && status < 400)
        finishRefusal();
}

void InvokeRequest::onReadyRead()
{
    m_silence.noteLife();
    if (!m_isReadPending)
        readSome();
}

void InvokeRequest::onReplyFinished()
{
    m_isReplyFinished = true;
    const QPointer<InvokeRequest> self(this);
    onHeaders();
    if (self && m_state != State::Done && !m_isReadPending)
        readSome();
}

void InvokeRequest::readSome()
{
    m_isReadPending = false;
    if (m_state == State::Answer)
        readAnswer();
    else if (m_state == State::Refusal)
        readRefusal();
    else if (m_state == State::Sent && m_isReplyFinished)
        endOfBody();
}

void InvokeRequest::readAnswer()
{
    const QByteArray bytes = m_reply ? m_reply->read(readSize) : QByteArray();
    if (!bytes.isEmpty()) {
        std::vector<Frame> frames;
        std::optional<Error> error = m_decoder->feed(bytes, frames);
        if (!deliver(frames))
            return;
        if (error) {
            finish(std::move(error));
            return;
        }
    }
    if (m_reply && m_reply->bytesAvailable() > 0)
        readLater();
    else if (m_isReplyFinished)
        endOfBody();
}

void InvokeRequest::readRefusal()
{
    if (m_reply)
        m_answer.body += m_reply->read(maximumErrorBody - m_answer.body.size());
    if (m_answer.body.size() >= maximumErrorBody || m_isReplyFinished)
        finishRefusal();
}

void InvokeRequest::readLater()
{
    m_isReadPending = true;
    QMetaObject::invokeMethod(this, &InvokeRequest::readSome, Qt::QueuedConnection);
}

void InvokeRequest::endOfBody()
{
    const QNetworkReply::NetworkError code =
        m_reply ? m_reply->error() : QNetworkReply::OperationCanceledError;
    std::optional<Error> error;
    if (m_decoder) {
        std::vector<Frame> frames;
        error = m_decoder->finish(frames);
        if (!deliver(frames))
            return;
    }
    if (!m_tlsProblem.isEmpty())
        fail(ErrorKind::TlsFailed, m_tlsProblem);
    else if (code != QNetworkReply::NoError && m_decoder)
        fail(ErrorKind::StreamCut, m_reply ? m_reply->errorString() : QString());
    else if (code != QNetworkReply::NoError)
        finish(m_reply ? networkFailure(*m_reply, m_usesProxy) : plainError(networkErrorKind(code)));
    else if (error)
        finish(std::move(error));
    else if (const std::optional<ErrorKind> missing = missingAtEnd())
        fail(*missing);
    else
        finish(std::nullopt);
}

void InvokeRequest::finishRefusal()
{
    finish(refusal(m_answer));
}

bool InvokeRequest::isAnswer(QByteArrayView contentType) const
{
    return !isWebPage(contentType);
}

std::optional<ErrorKind> InvokeRequest::missingAtEnd() const
{
    return m_hasFrames ? std::nullopt : std::optional(ErrorKind::EmptyAnswer);
}

void InvokeRequest::onConnectTimeout()
{
    fail(ErrorKind::ConnectTimedOut);
}

void InvokeRequest::onSilence()
{
    if (m_state == State::Refusal)
        finishRefusal();
    else
        fail(ErrorKind::IdleTimedOut);
}

void InvokeRequest::fail(ErrorKind kind, const QString &detail)
{
    Error error = plainError(kind);
    error.httpStatus = m_answer.status;
    error.requestId = QString::fromLatin1(m_answer.requestId);
    error.serverMessage = detail;
    finish(std::move(error));
}

void InvokeRequest::finish(std::optional<Error> error)
{
    if (m_state == State::Done)
        return;
    m_state = State::Done;
    closeConnection();
    if (error)
        m_mask.apply(*error);
    QMetaObject::invokeMethod(
        this, [this, error = std::move(error)] { Q_EMIT finished(error); }, Qt::QueuedConnection);
}

void InvokeRequest::closeConnection()
{
    m_connectTimer.stop();
    m_silence.stop();
    if (QNetworkReply *reply = std::exchange(m_reply, nullptr).data(); reply != nullptr) {
        // abort() tells of itself before it returns, which would look like an answer that failed.
        reply->disconnect(this);
        reply->abort();
        reply->deleteLater();
    }
    m_lease.giveBack();
}

bool InvokeRequest::deliver(std::vector<Frame> &frames)
{
    if (frames.empty())
        return true;
    const std::chrono::microseconds now = sinceSend();
    for (Frame &frame : frames) {
        frame.sequence = m_nextSequence++;
        frame.sinceSend = now;
        m_mask.apply(frame);
    }
    m_hasFrames = true;
    onFramesRead(frames);
    const QPointer<InvokeRequest> self(this);
    Q_EMIT framesReceived(frames);
    return self && m_state == State::Answer;
}

std::chrono::microseconds InvokeRequest::sinceSend() const
{
    return std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::nanoseconds(m_sinceSend.nsecsElapsed()));
}

} // namespace Parlance
