// SPDX-License-Identifier: Apache-2.0
#include "transport/proxytunnel.h"

#include "transport/endpoint.h"

#include <QTcpSocket>

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int loginWanted = 407;
constexpr qsizetype longestWords = 200;

QByteArray basicLogin(const QNetworkProxy &proxy)
{
    return "Basic " + QString(proxy.user() % u':' % proxy.password()).toUtf8().toBase64();
}

//! Without "HTTP/1.1", and without what a terminal would act on.
QString wordsOf(const QByteArray &firstLine)
{
    const qsizetype blank = firstLine.indexOf(' ');
    QString words = QString::fromUtf8(firstLine.mid(blank + 1)).simplified().left(longestWords);
    words.removeIf([](QChar c) { return c.category() == QChar::Other_Control; });
    return words;
}

} // namespace

ProxyTunnel::ProxyTunnel(QTcpSocket *socket, const QUrl &target, const QNetworkProxy &proxy, bool saysLogin)
    : m_socket(socket)
{
    const QByteArray host = target.host(QUrl::FullyEncoded).toLatin1();
    const QByteArray place =
        (host.contains(':') ? '[' + host + ']' : host) + ':' + QByteArray::number(portOf(target));
    m_question = "CONNECT " + place + " HTTP/1.1\r\nHost: " + place
        + "\r\nUser-Agent: Parlance/" PARLANCE_VERSION "\r\nProxy-Connection: keep-alive\r\n";
    if (saysLogin)
        m_question += "Proxy-Authorization: " + basicLogin(proxy) + "\r\n";
    m_question += "\r\n";
}

void ProxyTunnel::start()
{
    connect(m_socket, &QTcpSocket::readyRead, this, &ProxyTunnel::onReadyRead);
    connect(m_socket, &QTcpSocket::disconnected, this, [this] {
        onReadyRead();
        refuse({});
    });
    m_socket->write(std::exchange(m_question, {}));
}

// By lines, so that nothing is read that comes from the host.
void ProxyTunnel::onReadyRead()
{
    while (!m_isDone && m_socket->canReadLine()) {
        const QByteArray line = m_socket->readLine();
        if (m_firstLine.isEmpty())
            m_firstLine = line;
        QByteArray body;
        if (m_reader.feed(line, body) == HttpReader::State::Broken && !m_reader.hasHead())
            refuse({});
        else if (m_reader.hasHead())
            onHead();
    }
}

void ProxyTunnel::onHead()
{
    const int status = m_reader.status();
    if (status >= 200 && status <= 299) {
        m_isDone = true;
        m_socket->disconnect(this);
        Q_EMIT opened();
        return;
    }
    Refusal refusal{.status = status, .words = wordsOf(m_firstLine)};
    for (const HttpHeader &header : m_reader.headers()) {
        if (status != loginWanted || header.name.compare("Proxy-Authenticate", Qt::CaseInsensitive) != 0)
            continue;
        if (header.value.trimmed().toLower().startsWith("basic"))
            refusal.wantsBasicLogin = true;
        else
            refusal.wantsOtherLogin = true;
    }
    refusal.wantsBasicLogin = refusal.wantsBasicLogin && !refusal.wantsOtherLogin;
    refuse(refusal);
}

void ProxyTunnel::refuse(const Refusal &refusal)
{
    if (std::exchange(m_isDone, true))
        return;
    m_socket->disconnect(this);
    Q_EMIT refused(refusal);
}

} // namespace Parlance
