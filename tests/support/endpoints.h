// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "demo/demoserver.h"
#include "demo/scriptbuilder.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

#include <functional>

namespace Parlance::Test {

//! What was asked of one endpoint of a scripted runtime.
struct EndpointQuestion
{
    QString qualifier = {};
    QString prompt = {};
    QString session = {};
};

inline EndpointQuestion endpointQuestion(const DemoRequest &request)
{
    const QUrlQuery query(QUrl(QString::fromUtf8(request.path)));
    return {.qualifier = query.queryItemValue(QStringLiteral("qualifier")),
            .prompt = QJsonDocument::fromJson(request.body).object()[QLatin1StringView("prompt")].toString(),
            .session = QString::fromLatin1(request.header("X-Amzn-Bedrock-AgentCore-Runtime-Session-Id"))};
}

inline QString scriptedArn()
{
    return QStringLiteral("arn:aws:bedrock-agentcore:eu-west-1:123456789012:runtime/orders-AbCdEf1234");
}

//! A runtime on this machine whose endpoints answer as a test wants it.
class Endpoints
{
public:
    using Script = std::function<DemoScript(const EndpointQuestion &)>; //!< called in the server's thread

    explicit Endpoints(Script script)
        : m_server([script = std::move(script)](const DemoRequest &request) {
            return script(endpointQuestion(request));
        })
        , m_url(m_server.start().value())
    {
    }

    const QUrl &url() const { return m_url; }
    Agent agent() const
    {
        return {.id = AgentId(QStringLiteral("orders")),
                .name = QStringLiteral("Orders"),
                .target = RuntimeTarget{.arn = scriptedArn(), .endpointOverride = m_url.toString()}};
    }
    std::vector<EndpointQuestion> questions() const
    {
        std::vector<EndpointQuestion> asked;
        for (const DemoRequest &request : m_server.requests())
            asked.push_back(endpointQuestion(request));
        return asked;
    }

    std::vector<QByteArray> bodies() const
    {
        std::vector<QByteArray> sent;
        for (const DemoRequest &request : m_server.requests())
            sent.push_back(request.body);
        return sent;
    }

    //! Plain words, as a Strands agent streams them.
    static DemoScript words(const QString &text, std::chrono::milliseconds pace = {})
    {
        ScriptBuilder script(pace);
        script.messageStart();
        script.text(text);
        script.messageEnd({});
        return script.take();
    }

private:
    DemoServer m_server;
    QUrl m_url;
};

} // namespace Parlance::Test
