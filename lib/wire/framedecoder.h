// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "core/frame.h"

#include <QByteArrayView>

#include <optional>
#include <vector>

namespace Parlance {

//! Turns the bytes of one answer into frames, however the bytes are cut. The frames' sequence and
//! sinceSend are left 0: the request that owns the decoder numbers and times them.
class FrameDecoder
{
public:
    FrameDecoder() = default;
    FrameDecoder(const FrameDecoder &) = delete;
    FrameDecoder &operator=(const FrameDecoder &) = delete;
    virtual ~FrameDecoder() = default;

    //! Appends every frame that is complete now. An error ends the answer: what came before stays in
    //! frames, and further calls do nothing and return the same error.
    virtual std::optional<Error> feed(QByteArrayView bytes, std::vector<Frame> &frames) = 0;
    //! The body has ended. Appends what is still pending; says what was left over as an error.
    virtual std::optional<Error> finish(std::vector<Frame> &frames) = 0;

    //! A frame longer than this is refused (16 MiB).
    static constexpr qsizetype maximumFrameSize = qsizetype(16) * 1024 * 1024;
};

} // namespace Parlance
