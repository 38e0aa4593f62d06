// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/framedecoder.h"

#include <QByteArrayList>

namespace Parlance {

//! Server-sent events by the rules of the protocol notes: lines end with LF, CR or CRLF and nothing
//! else, an event still open at the end counts. Until the first data, lines that are no field become
//! Line frames, blank ones between them too, since some agents write plain lines and call them an event
//! stream. "[DONE]" is a frame like any other. An event that is not UTF-8 ends the answer.
class SseDecoder : public FrameDecoder
{
public:
    std::optional<Error> feed(QByteArrayView bytes, std::vector<Frame> &frames) override;
    std::optional<Error> finish(std::vector<Frame> &frames) override;

private:
    void takeLine(QByteArrayView line, std::vector<Frame> &frames);
    void takeData(QByteArrayView value);
    bool takeField(QByteArrayView line);
    void takePlainLine(QByteArrayView line, std::vector<Frame> &frames);
    void flushHeld(std::vector<Frame> &frames);
    void dispatch(std::vector<Frame> &frames);
    void emitFrame(Frame frame, std::vector<Frame> &frames);

    QByteArray m_pending; //!< the line that is not complete yet
    QByteArray m_data;
    QByteArray m_event;
    QByteArray m_id;
    bool m_hasData = false;
    bool m_isSse = false; //!< data or a comment was seen: lines that are no field mean nothing
    bool m_isLines = false; //!< a Line frame was made, and no data seen since
    QByteArrayList m_held; //!< lines that may be text or unknown fields; the next line tells
    bool m_skipsLineFeed = false; //!< the last line ended with CR, so a LF next belongs to it
    bool m_isAtStart = true;
    std::optional<Error> m_error;
};

} // namespace Parlance
