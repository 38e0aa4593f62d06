// SPDX-License-Identifier: Apache-2.0
#include "chat/mcprequest.h"

#include "chat/jsontext.h"
#include "wire/mcpvocabulary.h"

#include <QPointer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// What the servers on AgentCore are written for; each says in its answer what it speaks.
constexpr auto offeredVersion = "2025-03-26";
constexpr auto greetingId = "parlance-initialize";

QByteArray request(const QByteArray &method, const QString &id, const QByteArray &parameters)
{
    return "{\"jsonrpc\":\"2.0\",\"id\":" + jsonString(id) + ",\"method\":\"" + method
        + "\",\"params\":" + parameters + '}';
}

QByteArray greeting()
{
    return request("initialize", QString::fromLatin1(greetingId),
                   QByteArray("{\"protocolVersion\":\"") + offeredVersion
                       + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"Parlance\",\"version\":\""
                       + PARLANCE_VERSION + "\"}}");
}

} // namespace

QByteArray mcpCall(const QString &id, const QString &tool, const QByteArray &arguments)
{
    return request("tools/call", id,
                   "{\"name\":" + jsonString(tool)
                       + ",\"arguments\":" + (arguments.trimmed().isEmpty() ? QByteArray("{}") : arguments)
                       + ",\"_meta\":{\"progressToken\":" + jsonString(id) + "}}");
}

QByteArray mcpList(const QString &id, const QString &cursor)
{
    return request("tools/list", id,
                   cursor.isEmpty() ? QByteArray("{}")
                                    : QByteArray("{\"cursor\":" + jsonString(cursor) + '}'));
}

Error takesNoWords()
{
    return {.kind = ErrorKind::Validation,
            .message = McpRequest::tr("An MCP server answers calls of its tools, and no words.")};
}

Result<QByteArray> toolCallBody(const Message &message)
{
    for (const MessagePart &part : message.parts) {
        if (const auto *call = std::get_if<ToolCall>(&part.content))
            return mcpCall(call->callId, call->name, call->arguments.toString().toUtf8());
    }
    return failure(takesNoWords());
}

McpRequest::McpRequest(QByteArray body, Make make, std::shared_ptr<McpSession> session)
    : m_body(std::move(body))
    , m_id(mcpId(m_body))
    , m_make(std::move(make))
    , m_session(std::move(session))
{
}

McpRequest::~McpRequest() = default;

void McpRequest::start()
{
    if (m_step != Step::New)
        return;
    m_wasKnown = m_session->isOpen;
    begin(m_wasKnown ? Step::Message : Step::Greeting);
}

void McpRequest::cancel()
{
    finish(Error{.kind = ErrorKind::Cancelled});
}

std::vector<Secret> McpRequest::secrets() const
{
    return m_request ? m_request->secrets() : std::vector<Secret>();
}

void McpRequest::begin(Step step)
{
    m_step = step;
    dropRequest();
    QList<HttpHeader> headers;
    if (step != Step::Greeting) {
        headers.append({"Mcp-Protocol-Version", m_session->protocolVersion});
        if (!m_session->id.isEmpty())
            headers.append({"Mcp-Session-Id", m_session->id});
    }
    static const QByteArray thanks = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    Result<std::unique_ptr<AgentRequest>> made = m_make(step == Step::Greeting     ? greeting()
                                                            : step == Step::Thanks ? thanks
                                                                                   : m_body,
                                                        headers);
    if (!made) {
        finish(made.error());
        return;
    }
    m_request = std::move(*made);
    connectRequest();
    m_request->start();
}

void McpRequest::connectRequest()
{
    // Each step is reached once, and the connection is made for the first.
    if (!std::exchange(m_hasBegun, true))
        connect(m_request.get(), &AgentRequest::stepReached, this, &AgentRequest::stepReached);
    connect(m_request.get(), &AgentRequest::headersReceived, this, &McpRequest::onHeaders);
    connect(m_request.get(), &AgentRequest::framesReceived, this, &McpRequest::onFrames);
    connect(m_request.get(), &AgentRequest::finished, this, &McpRequest::onFinished);
}

void McpRequest::onHeaders(const ResponseHead &head)
{
    if (m_step == Step::Greeting)
        m_session->id = head.mcpSession;
    // A refusal of a session that is gone is not the answer yet.
    const bool isForgotten = m_step == Step::Message && m_wasKnown && head.httpStatus == 404;
    if (m_step == Step::Message && !isForgotten)
        Q_EMIT headersReceived(head);
}

void McpRequest::onFrames(const std::vector<Frame> &frames)
{
    if (m_step == Step::Greeting) {
        for (const Frame &frame : frames) {
            if (m_step == Step::Greeting)
                onGreeted(frame);
        }
        return;
    }
    if (m_step != Step::Message)
        return;
    const QPointer<McpRequest> self(this);
    Q_EMIT framesReceived(frames);
    // The stream may stay open for what the server has to say of itself.
    const bool isAnswered = std::ranges::any_of(
        frames, [this](const Frame &frame) { return mcpReply(frame.payload, m_id).has_value(); });
    if (self && isAnswered && m_step == Step::Message)
        finish(std::nullopt);
}

void McpRequest::onGreeted(const Frame &frame)
{
    const std::optional<McpReply> reply = mcpReply(frame.payload, QString::fromLatin1(greetingId));
    if (!reply)
        return;
    if (!reply->greeting) {
        m_refusal = reply->error;
        return;
    }
    m_session->protocolVersion = reply->greeting->protocolVersion.toLatin1();
    m_session->isOpen = true;
    begin(Step::Thanks);
}

void McpRequest::onFinished(const std::optional<Error> &error)
{
    const bool isForgotten = error && error->httpStatus == 404 && m_step == Step::Message && m_wasKnown;
    if (isForgotten) {
        m_wasKnown = false;
        *m_session = {};
        begin(Step::Greeting);
    } else if (m_step == Step::Thanks && (!error || error->kind == ErrorKind::EmptyAnswer)) {
        // There is nothing to say to that.
        begin(Step::Message);
    } else if (m_step == Step::Greeting && !error) {
        finish(Error{.kind = ErrorKind::AgentError,
                     .message = m_refusal.isEmpty()
                         ? tr("The server did not introduce itself as MCP wants it.")
                         : m_refusal});
    } else {
        finish(error);
    }
}

void McpRequest::finish(std::optional<Error> error)
{
    if (m_step == Step::Done)
        return;
    m_step = Step::Done;
    if (m_request)
        m_request->disconnect(this);
    if (m_request)
        m_request->cancel();
    QMetaObject::invokeMethod(
        this, [this, error = std::move(error)] { Q_EMIT finished(error); }, Qt::QueuedConnection);
}

void McpRequest::dropRequest()
{
    if (!m_request)
        return;
    m_request->disconnect(this);
    m_request->cancel();
    // Not deleted here: this may have been called from one of its signals.
    m_request.release()->deleteLater();
}

} // namespace Parlance
