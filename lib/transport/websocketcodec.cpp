// SPDX-License-Identifier: Apache-2.0
#include "transport/websocketcodec.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <wslay/wslay.h>

#include <algorithm>
#include <cstring>

namespace Parlance {
namespace {

struct CloseCode
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::CloseCode)
};

constexpr int noCodeTold = 1005;

const uint8_t *octets(const QByteArray &bytes)
{
    return reinterpret_cast<const uint8_t *>(bytes.constData());
}

//! A close with a code that was registered after wslay was written, which takes it for a fault.
std::optional<SocketClosing> newerClosing(const QByteArray &payload)
{
    constexpr int first = 1012;
    constexpr int last = 1014;
    if (payload.size() < 2)
        return std::nullopt;
    const int code = (int(static_cast<unsigned char>(payload.at(0))) << 8)
        | int(static_cast<unsigned char>(payload.at(1)));
    if (code < first || code > last)
        return std::nullopt;
    return SocketClosing{.code = code, .reason = QString::fromUtf8(payload.sliced(2))};
}

QByteArrayView payloadOf(const wslay_event_on_msg_recv_arg &message)
{
    return {reinterpret_cast<const char *>(message.msg), qsizetype(message.msg_length)};
}

} // namespace

//! What wslay keeps, and its calls back.
struct WebSocketCodec::Session
{
    Session(WebSocketCodec *codec, qsizetype maximumIncoming)
    {
        wslay_event_callbacks callbacks{};
        callbacks.recv_callback = receive;
        callbacks.send_callback = write;
        callbacks.genmask_callback = makeMask;
        callbacks.on_msg_recv_callback = onMessage;
        callbacks.on_frame_recv_start_callback = onFrame;
        callbacks.on_frame_recv_chunk_callback = onChunk;
        // Fails for want of memory only, of which the program dies anyway.
        const int failed = wslay_event_context_client_init(&context, &callbacks, codec);
        Q_ASSERT(failed == 0);
        if (failed == 0)
            wslay_event_config_set_max_recv_msg_length(context, uint64_t(maximumIncoming));
    }
    ~Session() { wslay_event_context_free(context); }
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    static ssize_t receive(wslay_event_context *context, uint8_t *into, size_t size, int /*flags*/,
                           void *codec)
    {
        QByteArrayView &incoming = static_cast<WebSocketCodec *>(codec)->m_incoming;
        const qsizetype taken = std::min(qsizetype(size), incoming.size());
        if (taken == 0) {
            wslay_event_set_error(context, WSLAY_ERR_WOULDBLOCK);
            return -1;
        }
        std::memcpy(into, incoming.data(), size_t(taken));
        incoming = incoming.sliced(taken);
        return taken;
    }

    static ssize_t write(wslay_event_context * /*context*/, const uint8_t *bytes, size_t size, int /*flags*/,
                         void *codec)
    {
        static_cast<WebSocketCodec *>(codec)->m_outgoing.append(reinterpret_cast<const char *>(bytes),
                                                                qsizetype(size));
        return ssize_t(size);
    }

    static int makeMask(wslay_event_context * /*context*/, uint8_t *into, size_t size, void * /*codec*/)
    {
        for (size_t at = 0; at < size; at += sizeof(quint32)) {
            const quint32 random = QRandomGenerator::system()->generate();
            std::memcpy(into + at, &random, std::min(sizeof random, size - at));
        }
        return 0;
    }

    static void onFrame(wslay_event_context * /*context*/, const wslay_event_on_frame_recv_start_arg *frame,
                        void *codec)
    {
        static_cast<WebSocketCodec *>(codec)->m_isClosing = frame->opcode == WSLAY_CONNECTION_CLOSE;
    }

    static void onChunk(wslay_event_context * /*context*/, const wslay_event_on_frame_recv_chunk_arg *chunk,
                        void *data)
    {
        auto *codec = static_cast<WebSocketCodec *>(data);
        if (codec->m_isClosing)
            codec->m_closePayload.append(reinterpret_cast<const char *>(chunk->data),
                                         qsizetype(chunk->data_length));
    }

    static void onMessage(wslay_event_context * /*context*/, const wslay_event_on_msg_recv_arg *message,
                          void *data)
    {
        auto *codec = static_cast<WebSocketCodec *>(data);
        const QByteArrayView payload = payloadOf(*message);
        if (message->opcode == WSLAY_CONNECTION_CLOSE) {
            // Its payload begins with the code, if there is one.
            const QByteArrayView reason = payload.size() > 2 ? payload.sliced(2) : QByteArrayView();
            codec->m_closing =
                SocketClosing{.code = message->status_code == 0 ? noCodeTold : int(message->status_code),
                              .reason = QString::fromUtf8(reason)};
        } else if (!wslay_is_ctrl_frame(message->opcode)) {
            codec->m_messages->push_back(
                {.payload = payload.toByteArray(), .isBinary = message->opcode == WSLAY_BINARY_FRAME});
        }
    }

    wslay_event_context_ptr context = nullptr;
};

WebSocketCodec::WebSocketCodec(qsizetype maximumIncoming)
    : m_session(std::make_unique<Session>(this, maximumIncoming))
{
}

WebSocketCodec::~WebSocketCodec() = default;

void WebSocketCodec::feed(QByteArrayView bytes, std::vector<SocketMessage> &messages)
{
    m_incoming = bytes;
    m_messages = &messages;
    const int failed = wslay_event_recv(m_session->context);
    m_incoming = {};
    m_messages = nullptr;
    // So broken that no frame came of it. The other end is told of a close without a code.
    if (failed != 0 && !m_closing && !m_fault)
        m_fault = WSLAY_CODE_PROTOCOL_ERROR;
    afterFeeding();
}

// What is answered now is on its way before anybody asks for it.
void WebSocketCodec::afterFeeding()
{
    wslay_event_send(m_session->context);
    if (m_fault || m_closing || wslay_event_get_read_enabled(m_session->context) != 0)
        return;
    const int told = int(wslay_event_get_status_code_sent(m_session->context));
    if (told == WSLAY_CODE_PROTOCOL_ERROR)
        m_closing = newerClosing(m_closePayload);
    if (!m_closing)
        m_fault = told;
}

void WebSocketCodec::send(const SocketMessage &message)
{
    const wslay_event_msg queued{.opcode = uint8_t(message.isBinary ? WSLAY_BINARY_FRAME : WSLAY_TEXT_FRAME),
                                 .msg = octets(message.payload),
                                 .msg_length = size_t(message.payload.size())};
    wslay_event_queue_msg(m_session->context, &queued);
}

void WebSocketCodec::ping()
{
    const wslay_event_msg queued{.opcode = WSLAY_PING, .msg = nullptr, .msg_length = 0};
    wslay_event_queue_msg(m_session->context, &queued);
}

void WebSocketCodec::close(const SocketClosing &closing)
{
    const QByteArray reason = closing.reason.toUtf8();
    wslay_event_queue_close(m_session->context, uint16_t(closing.code), octets(reason),
                            size_t(reason.size()));
}

QByteArray WebSocketCodec::takeOutgoing()
{
    wslay_event_send(m_session->context);
    return std::exchange(m_outgoing, {});
}

QString closeCodeWords(int code)
{
    switch (code) {
    case 1000:
        return CloseCode::tr("The agent closed the connection.");
    case 1001:
        return CloseCode::tr("The server went away: it is stopping or was restarted.");
    case 1002:
        return CloseCode::tr("A frame did not keep to the WebSocket protocol.");
    case 1003:
        return CloseCode::tr("The agent does not take messages of this kind.");
    case 1005:
        return CloseCode::tr("The connection was closed without a reason.");
    case 1006:
        return CloseCode::tr("The connection was lost.");
    case 1007:
        return CloseCode::tr("A message was not in the form that it claims to be.");
    case 1008:
        return CloseCode::tr("A rule or a limit of the service ended the connection.");
    case 1009:
        return CloseCode::tr("A message was too large for the other end.");
    case 1010:
        return CloseCode::tr("The server wants an extension that was not agreed on.");
    case 1011:
        return CloseCode::tr("The agent failed.");
    case 1012:
        return CloseCode::tr("The server restarts.");
    case 1013:
        return CloseCode::tr("The server is too busy at the moment.");
    case 1014:
        return CloseCode::tr("A server on the way got no usable answer.");
    case 1015:
        return CloseCode::tr("The secure connection failed.");
    case 4000:
        return CloseCode::tr("Another client took the connection over.");
    default:
        return CloseCode::tr("The agent closed the connection with code %1.").arg(code);
    }
}

} // namespace Parlance
