// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <chrono>
#include <optional>

namespace Parlance {

enum class FrameKind {
    Sse, //!< one SSE event; payload is its data, lines joined with LF
    Line, //!< one line of a body that calls itself SSE and has no "data:" in it
    Text, //!< a piece of a plain text body, cut at a UTF-8 boundary
    Body, //!< a whole body: JSON, or something unknown
    EventStream, //!< one message of application/vnd.amazon.eventstream; payload is its payload
    SocketText, //!< one text message of a WebSocket
    SocketBinary, //!< one binary message of a WebSocket
    SocketSent, //!< what we sent over it, among what came
};

//! One unit of an answer as it came, with the time it came. Kept for the inspector and the evidence.
struct Frame
{
    int sequence = 0; //!< 0, 1, 2 … within one answer
    std::chrono::microseconds sinceSend{0}; //!< arrival, counted from the moment the request was sent
    FrameKind kind = FrameKind::Sse;
    QByteArray payload = {};
    //! SSE event name, or the event stream's ":exception-type"/":event-type"; of a WebSocket "late": it
    //! belongs to an answer that was ended before, and is not read.
    QByteArray event = {};
    QByteArray id = {}; //!< SSE id
    friend bool operator==(const Frame &, const Frame &) = default;
};

} // namespace Parlance
