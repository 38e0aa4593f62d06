// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/requestdraft.h"
#include "core/result.h"

#include <QByteArray>

namespace Parlance {

//! How a WebSocket is asked for over HTTP/1.1, and whether the answer grants it (RFC 6455, section 4).
class WebSocketHandshake
{
public:
    //! The nonce is 16 random bytes, in base64.
    explicit WebSocketHandshake(QByteArray nonce);
    static QByteArray createNonce();

    //! What goes out. What makes it a handshake is not signed. Empty if a header would not stay one.
    QByteArray request(const RequestDraft &draft) const;
    //! Of an answer with status 101: SocketRefused if it does not switch to what was asked for.
    Result<void> check(const QList<HttpHeader> &headers) const;

private:
    QByteArray m_nonce;
};

//! All values that a header has, joined by commas.
QByteArray headerValue(const QList<HttpHeader> &headers, QByteArrayView name);

} // namespace Parlance
