// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/framedecoder.h"

namespace Parlance {

//! application/vnd.amazon.eventstream: length-prefixed messages with two CRC-32 sums. A frame's event
//! is the ":event-type", ":exception-type" or ":error-code", its id the ":message-type". An "error"
//! message has no payload, so its ":error-message" becomes {"message": …}.
class EventStreamDecoder : public FrameDecoder
{
public:
    std::optional<Error> feed(QByteArrayView bytes, std::vector<Frame> &frames) override;
    std::optional<Error> finish(std::vector<Frame> &frames) override;

    static constexpr quint32 maximumHeaderSize = 128 * 1024;

private:
    bool takeMessage(std::vector<Frame> &frames);

    QByteArray m_buffer;
    qsizetype m_offset = 0;
    std::optional<Error> m_error;
};

} // namespace Parlance
