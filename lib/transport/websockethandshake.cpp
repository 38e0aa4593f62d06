// SPDX-License-Identifier: Apache-2.0
#include "transport/websockethandshake.h"

#include "auth/sigv4.h"
#include "transport/errorsentence.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QRandomGenerator>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Handshake
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::WebSocketHandshake)
};

QByteArray acceptFor(const QByteArray &nonce)
{
    const QByteArray salted = nonce + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    return QCryptographicHash::hash(salted, QCryptographicHash::Sha1).toBase64();
}

bool isOneHeader(const QByteArray &name, const QByteArray &value)
{
    const auto breaksLine = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
    return !name.isEmpty() && !name.contains(':') && std::ranges::none_of(name, breaksLine)
        && std::ranges::none_of(value, breaksLine);
}

bool hasToken(const QByteArray &list, QByteArrayView token)
{
    return std::ranges::any_of(list.split(','), [token](const QByteArray &item) {
        return item.trimmed().compare(token, Qt::CaseInsensitive) == 0;
    });
}

Result<void> refused(const QString &why)
{
    Error error = plainError(ErrorKind::SocketRefused);
    error.httpStatus = 101;
    error.serverMessage = why;
    return failure(error);
}

} // namespace

WebSocketHandshake::WebSocketHandshake(QByteArray nonce)
    : m_nonce(std::move(nonce))
{
}

QByteArray WebSocketHandshake::createNonce()
{
    std::array<quint32, 4> random{};
    QRandomGenerator::system()->fillRange(random.data(), qsizetype(random.size()));
    return QByteArray(reinterpret_cast<const char *>(random.data()), qsizetype(sizeof random)).toBase64();
}

QByteArray WebSocketHandshake::request(const RequestDraft &draft) const
{
    QUrl target = draft.url;
    if (target.path().isEmpty())
        target.setPath(u"/"_s);
    QByteArray head = "GET "
        + target.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment)
        + " HTTP/1.1\r\nHost: " + hostHeader(draft.url) + "\r\n";
    bool isWhole = true;
    const auto add = [&](const QByteArray &name, const QByteArray &value) {
        isWhole = isWhole && isOneHeader(name, value);
        head += name + ": " + value + "\r\n";
    };
    add("Connection", "Upgrade");
    add("Upgrade", "websocket");
    add("Sec-WebSocket-Version", "13");
    add("Sec-WebSocket-Key", m_nonce);
    for (const HttpHeader &header : draft.headers)
        add(header.name, header.value);
    for (const SecretHeader &header : draft.secretHeaders)
        add(header.name, header.value.reveal());
    return isWhole ? QByteArray(head + "\r\n") : QByteArray();
}

Result<void> WebSocketHandshake::check(const QList<HttpHeader> &headers) const
{
    if (!hasToken(headerValue(headers, "Upgrade"), "websocket")
        || !hasToken(headerValue(headers, "Connection"), "upgrade"))
        return refused(Handshake::tr("The answer does not switch to WebSocket."));
    if (headerValue(headers, "Sec-WebSocket-Accept") != acceptFor(m_nonce))
        return refused(Handshake::tr("Sec-WebSocket-Accept does not fit the key that was sent."));
    // None was asked for, and frames would mean something else with one.
    if (!headerValue(headers, "Sec-WebSocket-Extensions").isEmpty()
        || !headerValue(headers, "Sec-WebSocket-Protocol").isEmpty())
        return refused(Handshake::tr("The server chose an extension or a subprotocol that was not offered."));
    return {};
}

QByteArray headerValue(const QList<HttpHeader> &headers, QByteArrayView name)
{
    QByteArrayList values;
    for (const HttpHeader &header : headers) {
        if (header.name.compare(name, Qt::CaseInsensitive) == 0)
            values.append(header.value);
    }
    return values.join(", ");
}

} // namespace Parlance
