// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "core/message.h"
#include "core/result.h"
#include "transport/agentrequest.h"

#include <functional>
#include <memory>

namespace Parlance {

//! What an MCP server and we agreed on at the beginning; lives as long as the program.
struct McpSession
{
    bool isOpen = false;
    QByteArray id = {}; //!< empty: the server keeps none
    QByteArray protocolVersion = {};
};

//! The body that calls a tool. arguments: JSON, an object. id: of the call, which the answer names.
QByteArray mcpCall(const QString &id, const QString &tool, const QByteArray &arguments);
//! Says that an MCP server has tools.
Error takesNoWords();
//! The body of a person's message, which must be a call.
Result<QByteArray> toolCallBody(const Message &message);
//! The body that asks for a page of the tools. Empty cursor: the first.
QByteArray mcpList(const QString &id, const QString &cursor);

//! One message to an MCP server and its answer. Introduces itself first where that was not done yet, and once
//! more if the server no longer knows the session. Only the frames of the message itself are told.
class McpRequest : public AgentRequest
{
    Q_OBJECT
public:
    //! Makes the request for one body.
    using Make = std::function<Result<std::unique_ptr<AgentRequest>>(const QByteArray &body,
                                                                     const QList<HttpHeader> &headers)>;
    McpRequest(QByteArray body, Make make, std::shared_ptr<McpSession> session);
    ~McpRequest() override;

    void start() override;
    void cancel() override;
    std::vector<Secret> secrets() const override;

private:
    enum class Step { New, Greeting, Thanks, Message, Done };

    void begin(Step step);
    void connectRequest();
    void onHeaders(const ResponseHead &head);
    void onFrames(const std::vector<Frame> &frames);
    void onGreeted(const Frame &frame);
    void onFinished(const std::optional<Error> &error);
    void finish(std::optional<Error> error);
    void dropRequest();

    QByteArray m_body;
    QString m_id;
    Make m_make;
    std::shared_ptr<McpSession> m_session;
    std::unique_ptr<AgentRequest> m_request;
    Step m_step = Step::New;
    bool m_hasBegun = false;
    bool m_wasKnown = false; //!< the session was begun before this message
    QString m_refusal; //!< of the greeting
};

} // namespace Parlance
