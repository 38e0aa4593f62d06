// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/framedecoder.h"

namespace Parlance {

//! Server-sent events by the rules of the protocol notes: lines end with LF, CR or CRLF and nothing
//! else, an event still open at the end counts. Lines without any field before the first real one
//! become Line frames, since some agents write plain lines and call them an event stream.
class SseDecoder : public FrameDecoder
{
public:
    std::optional<Error> feed(QByteArrayView bytes, std::vector<Frame> &frames) override;
    std::optional<Error> finish(std::vector<Frame> &frames) override;

private:
    void takeLine(QByteArrayView line, std::vector<Frame> &frames);
    bool takeField(QByteArrayView name, QByteArrayView value);
    void dispatch(std::vector<Frame> &frames);
    void emitFrame(Frame frame, std::vector<Frame> &frames);

    QByteArray m_pending; //!< the line that is not complete yet
    QByteArray m_data;
    QByteArray m_event;
    QByteArray m_id;
    bool m_hasData = false;
    bool m_hasFields = false; //!< a real field or comment was seen: this is SSE
    bool m_skipsLineFeed = false; //!< the last line ended with CR, so a LF next belongs to it
    bool m_isAtStart = true;
    std::optional<Error> m_error;
};

} // namespace Parlance
