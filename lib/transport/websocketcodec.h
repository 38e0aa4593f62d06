// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace Parlance {

struct SocketMessage
{
    QByteArray payload = {}; //!< of text: UTF-8, checked
    bool isBinary = false;
    friend bool operator==(const SocketMessage &, const SocketMessage &) = default;
};

//! Why a connection ends, as one of its ends told the other.
struct SocketClosing
{
    int code = 1005; //!< 1005: none was told
    QString reason = {};
    friend bool operator==(const SocketClosing &, const SocketClosing &) = default;
};

//! Turns the bytes of a WebSocket connection into messages and back, as a client does: RFC 6455 without
//! extensions. Masks with the system's randomness and answers pings by itself. Knows no network.
class WebSocketCodec
{
public:
    //! A longer message that comes is a fault.
    explicit WebSocketCodec(qsizetype maximumIncoming);
    ~WebSocketCodec();
    WebSocketCodec(const WebSocketCodec &) = delete;
    WebSocketCodec &operator=(const WebSocketCodec &) = delete;

    //! Takes what came, in pieces of any size, and appends the messages that are whole now. After the other
    //! end closed or made a fault, the rest is not read.
    void feed(QByteArrayView bytes, std::vector<SocketMessage> &messages);
    //! Each goes out as one frame.
    void send(const SocketMessage &message);
    void ping();
    void close(const SocketClosing &closing);
    //! What is to be written to the connection now.
    QByteArray takeOutgoing();

    //! The other end has said that it closes.
    std::optional<SocketClosing> closing() const { return m_closing; }
    //! The code of a fault that the other end made, for which it is sent a close: 1002, 1007 or 1009.
    std::optional<int> fault() const { return m_fault; }

private:
    struct Session;
    void afterFeeding();

    std::unique_ptr<Session> m_session;
    QByteArrayView m_incoming;
    QByteArray m_outgoing;
    std::vector<SocketMessage> *m_messages = nullptr;
    bool m_isClosing = false; //!< the frame that comes is a close
    QByteArray m_closePayload;
    std::optional<SocketClosing> m_closing;
    std::optional<int> m_fault;
};

//! What a close code means, as a sentence for a person.
QString closeCodeWords(int code);

} // namespace Parlance
