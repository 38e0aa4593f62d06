// SPDX-License-Identifier: Apache-2.0
#include "demo/democonnection.h"

#include "demo/scriptplayer.h"

namespace Parlance {
namespace {

constexpr qsizetype maximumHead = qsizetype(64) * 1024;
constexpr qint64 maximumBody = 100'000'000;

} // namespace

DemoConnection::DemoConnection(QTcpSocket *socket, Answer answer, Upgrade upgrade)
    : QObject(socket)
    , m_socket(socket)
    , m_answer(std::move(answer))
    , m_upgrade(std::move(upgrade))
{
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket, &QTcpSocket::readyRead, this, &DemoConnection::onReadyRead);
    connect(m_socket, &QTcpSocket::disconnected, m_socket, &QObject::deleteLater);
}

void DemoConnection::onReadyRead()
{
    while (!m_isAnswering) {
        if (m_bodySize < 0 && !readHead())
            return;
        if (m_request.body.size() < m_bodySize)
            m_request.body += m_socket->read(m_bodySize - m_request.body.size());
        if (m_request.body.size() < m_bodySize)
            return;
        respond();
    }
}

bool DemoConnection::readHead()
{
    const QByteArray seen = m_socket->peek(maximumHead);
    const qsizetype end = seen.indexOf("\r\n\r\n");
    if (end < 0) {
        if (seen.size() >= maximumHead)
            refuse(431, "The header is too large.");
        return false;
    }
    QByteArrayList lines = seen.left(end).split('\n');
    const QByteArrayList start = lines.takeFirst().trimmed().split(' ');
    m_request = {};
    for (const QByteArray &line : std::as_const(lines)) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            m_request.headers.append(
                HttpHeader{.name = line.left(colon).trimmed(), .value = line.mid(colon + 1).trimmed()});
    }
    if (start.size() != 3) {
        refuse(400, "This is not HTTP.");
        return false;
    }
    m_request.method = start.at(0);
    m_request.path = start.at(1);
    if (m_request.path.startsWith("/ws") && m_request.header("Upgrade").toLower() == "websocket") {
        m_socket->disconnect(this);
        m_upgrade(m_socket);
        deleteLater();
        return false;
    }
    m_socket->skip(end + 4);
    m_bodySize = m_request.header("Content-Length").toLongLong();
    if (m_bodySize < 0 || m_bodySize > maximumBody) {
        refuse(413, "The body is too large.");
        return false;
    }
    if (m_request.header("Expect").toLower() == "100-continue")
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
    return true;
}

void DemoConnection::respond()
{
    m_isAnswering = true;
    m_bodySize = -1;
    const bool keepsAlive = m_request.header("Connection").toLower() != "close";
    const QByteArray session = m_request.header("X-Amzn-Bedrock-AgentCore-Runtime-Session-Id");
    auto *player = new ScriptPlayer(m_answer(m_request), session, keepsAlive, m_socket);
    connect(player, &ScriptPlayer::finished, this, [this, player] {
        player->deleteLater();
        m_isAnswering = false;
        onReadyRead();
    });
    player->start();
}

void DemoConnection::refuse(int status, const QByteArray &message)
{
    m_isAnswering = true;
    DemoScript script;
    script.status = status;
    script.headers.append(HttpHeader{"Content-Type", "application/json"});
    script.steps.push_back({.bytes = QByteArray("{\"error\":\"" + message + "\"}")});
    (new ScriptPlayer(script, {}, false, m_socket))->start();
}

} // namespace Parlance
