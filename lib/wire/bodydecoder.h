// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/framedecoder.h"

#include <memory>

namespace Parlance {

//! Takes a body by what its first bytes look like, with the Content-Type as a hint only: agents call
//! JSON an event stream and an event stream JSON. Event streams go to an SseDecoder; plain text comes
//! out as it arrives, cut where UTF-8 allows; anything else is one frame at the end. Bytes that are not
//! UTF-8 end the answer; the text before them is kept.
class BodyDecoder : public FrameDecoder
{
public:
    enum class Hint { EventStream, Json, Text, Lines };
    explicit BodyDecoder(Hint hint);
    ~BodyDecoder() override;

    std::optional<Error> feed(QByteArrayView bytes, std::vector<Frame> &frames) override;
    std::optional<Error> finish(std::vector<Frame> &frames) override;

private:
    enum class Mode { Undecided, Sse, Text, Whole };
    Mode decide(bool isEnd);
    std::optional<Error> take(std::vector<Frame> &frames);
    void takeText(std::vector<Frame> &frames);

    Hint m_hint;
    Mode m_mode = Mode::Undecided;
    QByteArray m_buffer;
    qsizetype m_searched = 0; //!< how much of the buffer has no line end
    std::unique_ptr<FrameDecoder> m_sse;
    std::optional<Error> m_error;
};

} // namespace Parlance
