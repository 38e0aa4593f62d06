// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/frame.h"
#include "wire/json.h"

namespace Parlance {

//! What a message over a WebSocket says about the answer it belongs to.
enum class TurnSign {
    GoesOn,
    Begins, //!< an answer begins here
    MayEnd, //!< what the agent wanted to say has been said; counts and summaries may follow
    Ends,
};

//! Finds where answers begin and end among the messages of one connection, which has no marks of its own for
//! that: each vocabulary has its own events, some have none.
class TurnReader
{
public:
    TurnSign read(const Frame &frame);

    //! The agent marks the ends of its answers, so that silence within one means nothing.
    bool marksEnds() const { return m_marksEnds; }
    //! It marks the beginnings, too, and this answer's has come.
    bool marksBeginnings() const { return m_marksBeginnings; }
    bool hasRead() const { return m_hasRead; }

private:
    TurnSign readObject(const JsonValue &object);
    TurnSign readTyped(QByteArrayView type, const JsonValue &object);
    TurnSign readEvent(const JsonValue &event);
    TurnSign begins();
    TurnSign marks(TurnSign sign);

    Json m_json;
    bool m_hasRead = false;
    bool m_marksEnds = false;
    bool m_marksBeginnings = false;
};

//! The JSON or text of a message: without the "data: " that some put before it. Empty for what is not one
//! event, which an SSE decoder reads.
QByteArrayView withoutSseField(QByteArrayView payload);

} // namespace Parlance
