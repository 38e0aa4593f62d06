// SPDX-License-Identifier: Apache-2.0
#include "wire/turnreader.h"

#include <algorithm>
#include <array>

namespace Parlance {
namespace {

template <std::size_t Size> bool isOneOf(QByteArrayView word, const std::array<QByteArrayView, Size> &words)
{
    return std::ranges::find(words, word) != words.end();
}

//! Pieces of an answer whose end cannot be told from them.
bool isPiece(const JsonValue &object)
{
    static constexpr auto keys = std::to_array<QByteArrayView>(
        {"chunk", "text", "delta", "token", "data", "current_tool_use", "reasoningText", "reasoning",
         "tool_stream_event", "citation", "start", "start_event_loop"});
    return std::ranges::any_of(keys, [&object](QByteArrayView key) { return object.has(key); });
}

bool saysDone(QByteArrayView word)
{
    static constexpr auto words = std::to_array<QByteArrayView>(
        {"done", "end", "complete", "completed", "final", "finished", "message_stop", "response.done",
         "response.completed", "agent_response_complete", "stream_end", "end_of_stream"});
    return isOneOf(word, words);
}

} // namespace

QByteArrayView withoutSseField(QByteArrayView payload)
{
    constexpr QByteArrayView field = "data:";
    if (!payload.startsWith(field))
        return payload;
    payload = payload.sliced(field.size()).trimmed();
    return payload.contains('\n') ? QByteArrayView() : payload;
}

TurnSign TurnReader::read(const Frame &frame)
{
    if (frame.kind == FrameKind::SocketSent || frame.kind == FrameKind::SocketBinary)
        return TurnSign::GoesOn;
    m_hasRead = true;
    const QByteArrayView payload = withoutSseField(frame.payload);
    if (payload.trimmed() == "[DONE]")
        return marks(TurnSign::Ends);
    const JsonValue value = m_json.parse(payload);
    return value.isObject() ? readObject(value) : TurnSign::GoesOn;
}

TurnSign TurnReader::begins()
{
    m_marksBeginnings = true;
    m_marksEnds = true;
    return TurnSign::Begins;
}

TurnSign TurnReader::marks(TurnSign sign)
{
    m_marksEnds = true;
    return sign;
}

TurnSign TurnReader::readObject(const JsonValue &object)
{
    if (const QByteArrayView type = object.find("type").utf8(); !type.isEmpty()) {
        if (const TurnSign sign = readTyped(type, object); sign != TurnSign::GoesOn)
            return sign;
    }
    if (const JsonValue event = object.find("event"); event.isObject())
        return readEvent(event);
    if (object.find("init_event_loop").boolean())
        return begins();
    if (object.find("done").boolean() || object.find("complete").boolean() || object.find("end").boolean())
        return marks(TurnSign::Ends);
    if (const JsonValue choice = object.find("choices").at(0)) {
        const JsonValue reason = choice.find("finish_reason");
        return reason && reason.utf8() != "tool_calls" ? marks(TurnSign::MayEnd) : TurnSign::GoesOn;
    }
    if (object.find("jsonrpc")) {
        const JsonValue result = object.find("result");
        const bool goesOn = result.has("final") && !result.find("final").boolean();
        return goesOn || result.find("artifact") ? TurnSign::GoesOn : TurnSign::MayEnd;
    }
    if (object.find("message_type").utf8() == "agent_response" || object.find("force_stop").boolean())
        return TurnSign::MayEnd;
    if (object.find("result") && marksBeginnings())
        return marks(TurnSign::Ends);
    // An object of one piece is a whole answer, unless it says that it is a part of one.
    const bool isTold = object.find("type").isString() || isPiece(object) || object.find("message").isObject()
        || object.has("event");
    return isTold ? TurnSign::GoesOn : TurnSign::MayEnd;
}

TurnSign TurnReader::readTyped(QByteArrayView type, const JsonValue &object)
{
    if (type == "RUN_STARTED" || type == "bidi_response_start")
        return begins();
    if (type == "RUN_FINISHED" || type == "RUN_ERROR" || type == "bidi_connection_close")
        return marks(TurnSign::Ends);
    if (type == "bidi_response_complete" || type == "bidi_error" || type == "error")
        return marks(TurnSign::MayEnd);
    if (type == "AIMessageChunk" || type == "ai") {
        const JsonValue about = object.find("response_metadata");
        for (const QByteArrayView key :
             {QByteArrayView("stopReason"), QByteArrayView("stop_reason"), QByteArrayView("finish_reason")}) {
            const QByteArrayView reason = about.find(key).utf8();
            if (!reason.isEmpty() && reason != "tool_use" && reason != "tool_calls")
                return marks(TurnSign::MayEnd);
        }
        return TurnSign::GoesOn;
    }
    return saysDone(type) ? marks(TurnSign::Ends) : TurnSign::GoesOn;
}

TurnSign TurnReader::readEvent(const JsonValue &event)
{
    if (event.has("completionStart"))
        return begins();
    if (event.has("completionEnd"))
        return marks(TurnSign::Ends);
    if (const JsonValue end = event.find("contentEnd"))
        return end.find("stopReason").utf8() == "END_TURN" ? marks(TurnSign::MayEnd) : TurnSign::GoesOn;
    if (const JsonValue stop = event.find("messageStop")) {
        const bool callsTool = stop.find("stopReason").utf8() == "tool_use";
        return marks(callsTool ? TurnSign::GoesOn : TurnSign::MayEnd);
    }
    m_marksEnds = m_marksEnds || event.has("messageStart");
    return TurnSign::GoesOn;
}

} // namespace Parlance
