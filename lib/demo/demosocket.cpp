// SPDX-License-Identifier: Apache-2.0
#include "demo/demosocket.h"

namespace Parlance {

DemoSocket::DemoSocket(QWebSocket *socket, QByteArray session, DemoHandler handler)
    : QObject(socket)
    , m_socket(socket)
    , m_session(std::move(session))
    , m_handler(std::move(handler))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &DemoSocket::sendNext);
    connect(m_socket, &QWebSocket::textMessageReceived, this, &DemoSocket::onMessage);
    connect(m_socket, &QWebSocket::disconnected, m_socket, &QObject::deleteLater);
}

void DemoSocket::onMessage(const QString &message)
{
    DemoRequest request{.method = "GET", .path = "/ws", .body = message.toUtf8()};
    request.headers.append(HttpHeader{"Accept", "text/event-stream"});
    if (!m_session.isEmpty())
        request.headers.append(HttpHeader{"X-Amzn-Bedrock-AgentCore-Runtime-Session-Id", m_session});
    const DemoScript script = m_handler(request);
    for (const DemoStep &step : script.steps)
        m_steps.push_back(step);
    m_isCutAfterwards = script.end == DemoEnd::Cut;
    if (!m_timer.isActive())
        sendNext();
}

void DemoSocket::sendNext()
{
    if (m_steps.empty())
        return;
    QByteArray payload = m_steps.front().bytes.trimmed();
    m_steps.pop_front();
    if (payload.startsWith("data: "))
        payload.remove(0, 6);
    m_socket->sendTextMessage(QString::fromUtf8(payload));
    if (!m_steps.empty())
        m_timer.start(m_steps.front().delay);
    else if (m_isCutAfterwards)
        cut();
}

// What was sent arrives first: the other side would lose what it has not read yet.
void DemoSocket::cut()
{
    m_timer.stop();
    m_socket->flush();
    QTimer::singleShot(std::chrono::milliseconds(100), m_socket, &QWebSocket::abort);
}

} // namespace Parlance
