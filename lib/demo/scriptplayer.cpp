// SPDX-License-Identifier: Apache-2.0
#include "demo/scriptplayer.h"

namespace Parlance {
namespace {

constexpr qint64 maximumUnsent = qint64(256) * 1024;

QByteArray reasonOf(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 400:
        return "Bad Request";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    default:
        return status < 400 ? "Answer" : "Error";
    }
}

} // namespace

ScriptPlayer::ScriptPlayer(DemoScript script, QByteArray session, bool keepsAlive, QTcpSocket *socket)
    : QObject(socket)
    , m_script(std::move(script))
    , m_session(std::move(session))
    , m_keepsAlive(keepsAlive)
    , m_socket(socket)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &ScriptPlayer::playSteps);
    connect(m_socket, &QTcpSocket::bytesWritten, this, [this] {
        if (m_isPaused && m_socket->bytesToWrite() < maximumUnsent) {
            m_isPaused = false;
            scheduleStep();
        }
    });
}

void ScriptPlayer::start()
{
    QTimer::singleShot(m_script.headDelay, this, [this] {
        if (m_script.sendsHead)
            writeHead();
        scheduleStep();
    });
}

void ScriptPlayer::writeHead()
{
    QByteArray head =
        "HTTP/1.1 " + QByteArray::number(m_script.status) + ' ' + reasonOf(m_script.status) + "\r\n";
    for (const HttpHeader &header : std::as_const(m_script.headers)) {
        if (header.name.compare("Content-Length", Qt::CaseInsensitive) == 0)
            m_isChunked = false;
        head += header.name + ": " + header.value + "\r\n";
    }
    if (!m_session.isEmpty())
        head += "X-Amzn-Bedrock-AgentCore-Runtime-Session-Id: " + m_session + "\r\n";
    if (m_isChunked)
        head += "Transfer-Encoding: chunked\r\n";
    head += m_keepsAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    m_socket->write(head);
}

void ScriptPlayer::scheduleStep()
{
    const bool isOver = m_next >= m_script.steps.size();
    m_timer.start(isOver ? std::chrono::milliseconds(0) : m_script.steps[m_next].delay);
}

void ScriptPlayer::playSteps()
{
    // Steps without a delay go out together, until the connection has enough to do.
    bool isFirst = true;
    while (m_next < m_script.steps.size()) {
        const DemoStep &step = m_script.steps[m_next];
        if (!isFirst && step.delay.count() > 0) {
            scheduleStep();
            return;
        }
        isFirst = false;
        ++m_next;
        if (!step.bytes.isEmpty())
            m_socket->write(m_isChunked
                                ? QByteArray::number(step.bytes.size(), 16) + "\r\n" + step.bytes + "\r\n"
                                : step.bytes);
        if (m_socket->bytesToWrite() >= maximumUnsent) {
            m_isPaused = true;
            return;
        }
    }
    end();
}

void ScriptPlayer::end()
{
    switch (m_script.end) {
    case DemoEnd::Stall:
        return;
    case DemoEnd::Cut:
        m_socket->disconnectFromHost();
        return;
    case DemoEnd::Whole:
        break;
    }
    if (m_isChunked && m_script.sendsHead)
        m_socket->write("0\r\n\r\n");
    if (!m_keepsAlive || !m_script.sendsHead)
        m_socket->disconnectFromHost();
    Q_EMIT finished();
}

} // namespace Parlance
