// SPDX-License-Identifier: Apache-2.0
#include "auth/loopbacklistener.h"

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>

namespace Parlance {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype maximumHead = 64 * 1024;

QByteArray page(const QString &title, const QString &text)
{
    const QString html =
        u"<!doctype html><html><head><meta charset=\"utf-8\"><title>%1</title>"
        "<meta name=\"viewport\" content=\"width=device-width\"><style>"
        "body{font:16px/1.5 system-ui,sans-serif;display:grid;place-items:center;min-height:90vh;"
        "margin:0;color-scheme:light dark}main{max-width:28rem;padding:2rem;text-align:center}"
        "h1{font-size:1.25rem}</style></head><body><main><h1>%1</h1><p>%2</p></main></body></html>"_s;
    return html.arg(title.toHtmlEscaped(), text.toHtmlEscaped()).toUtf8();
}

QMap<QByteArray, QByteArray> fieldsOf(const QByteArray &query)
{
    QMap<QByteArray, QByteArray> fields;
    for (QByteArray pair : query.split('&')) {
        pair.replace('+', "%20");
        const qsizetype equals = pair.indexOf('=');
        if (equals > 0)
            fields.insert(QByteArray::fromPercentEncoding(pair.first(equals)),
                          QByteArray::fromPercentEncoding(pair.sliced(equals + 1)));
    }
    return fields;
}

} // namespace

LoopbackListener::LoopbackListener(const QUrl &redirectUri, QObject *parent)
    : QObject(parent)
    , m_redirectUri(redirectUri)
{
}

LoopbackListener::~LoopbackListener() = default;

Result<void> LoopbackListener::listen()
{
    const QString host = m_redirectUri.host();
    const bool isLocalhost = host == u"localhost";
    const int port = m_redirectUri.port(80);
    if (m_redirectUri.scheme() != u"http" || (!isLocalhost && !QHostAddress(host).isLoopback()))
        return failure(
            ErrorKind::InvalidTarget,
            tr("The redirect URI must be on this machine, for example http://localhost:8765/callback."));
    // Browsers take either address for "localhost"; one that this machine lacks does no harm.
    QList<QHostAddress> addresses{isLocalhost ? QHostAddress(QHostAddress::LocalHost) : QHostAddress(host)};
    if (isLocalhost)
        addresses.append(QHostAddress(QHostAddress::LocalHostIPv6));
    for (const QHostAddress &address : addresses) {
        auto server = std::make_unique<QTcpServer>();
        if (!server->listen(address, quint16(port))) {
            if (server->serverError() != QAbstractSocket::AddressInUseError && !m_servers.empty())
                continue;
            m_servers.clear();
            return failure(
                ErrorKind::Conflict,
                tr("Port %1 of the redirect URI cannot be used: another program has it. Close that "
                   "program, then try again.")
                    .arg(port));
        }
        connect(server.get(), &QTcpServer::newConnection, this,
                [this, raw = server.get()] { onConnection(raw); });
        m_servers.push_back(std::move(server));
    }
    return {};
}

void LoopbackListener::close()
{
    for (const auto &server : m_servers)
        server->close();
}

void LoopbackListener::onConnection(QTcpServer *server)
{
    while (QTcpSocket *socket = server->nextPendingConnection()) {
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { onReadyRead(socket); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    }
}

void LoopbackListener::onReadyRead(QTcpSocket *socket)
{
    const QByteArray head = socket->peek(maximumHead);
    if (!head.contains("\r\n\r\n") && head.size() < maximumHead)
        return;
    socket->readAll();
    const QList<QByteArray> words = head.left(head.indexOf('\r')).split(' ');
    if (words.size() != 3 || words.first() != "GET") {
        answer(socket, "405 Method Not Allowed", {});
        return;
    }
    const QByteArray &target = words.at(1);
    const qsizetype question = target.indexOf('?');
    const QByteArray path = question < 0 ? target : target.first(question);
    QByteArray expected = m_redirectUri.path(QUrl::FullyEncoded).toLatin1();
    if (expected.isEmpty())
        expected = "/";
    if (path != expected || m_isAnswered) {
        answer(socket, "404 Not Found", page(tr("Nothing here"), tr("This sign-in has ended.")));
        return;
    }
    m_isAnswered = true;
    const QMap<QByteArray, QByteArray> fields =
        fieldsOf(question < 0 ? QByteArray() : target.sliced(question + 1));
    const bool isGood = fields.contains("code");
    answer(socket, "200 OK",
           isGood ? page(tr("You can go back to Parlance"), tr("This page can be closed."))
                  : page(tr("The sign-in did not work"), tr("Parlance tells why. This page can be closed.")));
    close();
    Q_EMIT redirected(fields);
}

void LoopbackListener::answer(QTcpSocket *socket, const QByteArray &status, const QByteArray &page)
{
    socket->write("HTTP/1.1 " + status
                  + "\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n"
                    "Referrer-Policy: no-referrer\r\nContent-Security-Policy: default-src 'none'; "
                    "style-src 'unsafe-inline'\r\nConnection: close\r\nContent-Length: "
                  + QByteArray::number(page.size()) + "\r\n\r\n" + page);
    // The page must reach the browser even if the sign-in is over, and this gone, in a moment.
    socket->disconnect(this);
    socket->setParent(nullptr);
    socket->disconnectFromHost();
}

} // namespace Parlance
