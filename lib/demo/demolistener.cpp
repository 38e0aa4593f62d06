// SPDX-License-Identifier: Apache-2.0
#include "demo/demolistener.h"

#include "demo/commandscript.h"
#include "demo/democonnection.h"
#include "demo/demosocket.h"
#include "demo/scriptbuilder.h"

using namespace Qt::StringLiterals;

namespace Parlance {

DemoListener::DemoListener(DemoHandler handler, std::shared_ptr<DemoRecord> record)
    : m_handler(std::move(handler))
    , m_record(std::move(record))
    , m_server(this)
    , m_webSockets(u"parlance"_s, QWebSocketServer::NonSecureMode, this)
{
    // A person's questions to the built-in agent are nobody's to keep; a test's are.
    m_keepsRequests = bool(m_handler);
    if (!m_handler)
        m_handler = [this](const DemoRequest &request) { return m_agent.answer(request); };
    connect(&m_server, &QTcpServer::newConnection, this, &DemoListener::onNewConnection);
    connect(&m_webSockets, &QWebSocketServer::newConnection, this, [this] {
        while (QWebSocket *socket = m_webSockets.nextPendingConnection())
            new DemoSocket(socket, socket->request().rawHeader("X-Amzn-Bedrock-AgentCore-Runtime-Session-Id"),
                           m_handler);
    });
}

QString DemoListener::listen(quint16 port)
{
    return m_server.listen(QHostAddress::LocalHost, port) ? QString() : m_server.errorString();
}

void DemoListener::onNewConnection()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        {
            const std::scoped_lock lock(m_record->mutex);
            ++m_record->openConnections;
            ++m_record->acceptedConnections;
        }
        connect(socket, &QTcpSocket::disconnected, this, [record = m_record] {
            const std::scoped_lock lock(record->mutex);
            --record->openConnections;
            record->lastClose = std::chrono::steady_clock::now();
        });
        new DemoConnection(
            socket, [this](const DemoRequest &request) { return answer(request); },
            [this](QTcpSocket *upgraded) {
                upgraded->setParent(nullptr);
                m_webSockets.handleConnection(upgraded);
            });
    }
}

DemoScript DemoListener::answer(const DemoRequest &request)
{
    if (m_keepsRequests) {
        const std::scoped_lock lock(m_record->mutex);
        m_record->requests.push_back(request);
    }
    const QByteArray path = request.path.split('?').constFirst();
    if (request.method == "GET" && path == "/ping")
        return ScriptBuilder::json({{u"status"_s, u"Healthy"_s}, {u"time_of_last_update"_s, m_started}});
    // A runtime's paths end the same way, so that a test can stand in for the service.
    if (request.method == "POST" && path.endsWith("/invocations"))
        return m_handler(request);
    if (request.method == "POST" && path.endsWith("/stopruntimesession"))
        return m_keepsRequests ? m_handler(request) : m_agent.endSession(request);
    // Below a path of its own a test can say how it is.
    if (request.method == "GET" && path.endsWith("/ping") && m_keepsRequests)
        return m_handler(request);
    if (request.method == "POST" && path.endsWith("/commands"))
        return m_keepsRequests ? m_handler(request) : demoCommand(request);
    return ScriptBuilder::refusal(404, "ResourceNotFoundException", u"There is nothing at this path."_s);
}

} // namespace Parlance
