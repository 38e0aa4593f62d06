// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/choosedecoder.h"

#include <cstdint>
#include <cstdlib>
#include <vector>

namespace Parlance {

struct Replay
{
    std::vector<Frame> frames = {};
    std::optional<Error> error = std::nullopt;
    friend bool operator==(const Replay &, const Replay &) = default;
};

//! Decodes bytes in pieces of that size. Pieces of plain text are joined: where they are cut is chance.
inline Replay replay(QByteArrayView contentType, QByteArrayView bytes, qsizetype pieceSize)
{
    Replay result;
    std::vector<Frame> frames;
    const auto decoder = makeDecoder(contentType);
    for (; !bytes.isEmpty() && !result.error; bytes = bytes.sliced(std::min(pieceSize, bytes.size())))
        result.error = decoder->feed(bytes.first(std::min(pieceSize, bytes.size())), frames);
    const std::optional<Error> atEnd = decoder->finish(frames);
    if (result.error && result.error != atEnd)
        std::abort(); // an error must stay the same error
    result.error = atEnd;
    for (Frame &frame : frames) {
        if (!result.frames.empty() && frame.kind == FrameKind::Text
            && result.frames.back().kind == FrameKind::Text)
            result.frames.back().payload += frame.payload;
        else
            result.frames.push_back(std::move(frame));
    }
    return result;
}

//! Stops the fuzzer unless the bytes mean the same whole, byte by byte and in pieces of any size.
inline void checkCutting(QByteArrayView contentType, QByteArrayView bytes)
{
    const Replay whole = replay(contentType, bytes, std::max<qsizetype>(1, bytes.size()));
    for (const qsizetype pieceSize : {1, 2, 3, 7, 64}) {
        if (replay(contentType, bytes, pieceSize) != whole)
            std::abort();
    }
}

inline QByteArrayView viewOf(const std::uint8_t *data, std::size_t size)
{
    return {data, qsizetype(size)};
}

} // namespace Parlance
