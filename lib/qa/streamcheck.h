// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "core/frame.h"

#include <QString>

#include <optional>
#include <vector>

namespace Parlance {

enum class StreamFaultKind {
    UnclosedToolCall,
    MissingEnd, //!< of a vocabulary that marks its ends
    SseInSse, //!< an event whose data are events
    EventAfterEnd,
    NotUtf8,
    WrongContentType,
};

struct StreamFault
{
    StreamFaultKind kind = StreamFaultKind::MissingEnd;
    int frame = -1; //!< Frame::sequence; -1: none alone
    QString message = {}; //!< a sentence
    friend bool operator==(const StreamFault &, const StreamFault &) = default;
};

//! What is wrong with the form of one whole answer, whatever it says. At most one fault of each kind, the
//! first.
//! endedWith: what the answer's bytes ended with, if not well; frames do not tell of what was no frame.
std::vector<StreamFault> streamFaultsOf(const std::vector<Frame> &frames, const QByteArray &contentType,
                                        std::optional<ErrorKind> endedWith = std::nullopt);

} // namespace Parlance
