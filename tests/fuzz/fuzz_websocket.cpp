// SPDX-License-Identifier: Apache-2.0
#include "fuzz/replay.h"
#include "transport/httpreader.h"
#include "transport/websocketcodec.h"
#include "wire/json.h"

using namespace Parlance;

namespace {

struct Read
{
    std::vector<SocketMessage> messages;
    std::optional<SocketClosing> closing;
    std::optional<int> fault;
};

//! wslay looks at the letters of a close's reason as far as they came at once, so only there may one reading
//! find a fault that another does not.
bool meansTheSame(const Read &a, const Read &b)
{
    constexpr int notUtf8 = 1007;
    const bool isReason = a.fault == notUtf8 || b.fault == notUtf8;
    return a.messages == b.messages && (isReason || (a.closing == b.closing && a.fault == b.fault));
}

Read readInPieces(QByteArrayView bytes, qsizetype size)
{
    WebSocketCodec codec(2048);
    Read read;
    for (qsizetype at = 0; at < bytes.size(); at += size)
        codec.feed(bytes.sliced(at, std::min(size, bytes.size() - at)), read.messages);
    read.closing = codec.closing();
    read.fault = codec.fault();
    codec.takeOutgoing();
    return read;
}

} // namespace

//! What a server sends over a WebSocket, and the answer to the handshake, means the same however it is cut.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes = viewOf(data, size);
    const Read whole = readInPieces(bytes, qsizetype(size) + 1);
    for (const qsizetype piece : {1, 2, 7}) {
        if (!meansTheSame(readInPieces(bytes, piece), whole))
            std::abort();
    }
    for (const SocketMessage &message : whole.messages) {
        if (!message.isBinary && !isValidUtf8(message.payload))
            std::abort();
    }
    HttpReader reader;
    QByteArray body;
    reader.feed("HTTP/1.1 101 Switching Protocols\r\nContent-Length: 3\r\n\r\n", body);
    reader.feed(bytes, body);
    if (body != bytes)
        std::abort();
    return 0;
}
