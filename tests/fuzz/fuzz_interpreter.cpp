// SPDX-License-Identifier: Apache-2.0
#include "fuzz/replay.h"
#include "wire/chooseinterpreter.h"
#include "wire/framelabel.h"
#include "wire/json.h"
#include "wire/turnreader.h"

using namespace Parlance;

namespace {

std::vector<Delta> meaning(const std::vector<Frame> &frames)
{
    std::vector<Delta> deltas;
    const auto interpreter = makeInterpreter();
    for (const Frame &frame : frames)
        interpreter->interpret(frame, deltas);
    interpreter->finish(deltas);
    return deltas;
}

//! What we write is what we read.
void checkJson(QByteArrayView bytes)
{
    Json json;
    if (const JsonValue value = json.parse(bytes)) {
        const QByteArray written = value.compact();
        Json again;
        if (again.parse(written).compact() != written)
            std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes = viewOf(data, size);
    std::vector<Frame> frames = replay("text/event-stream", bytes, qsizetype(size) + 1).frames;
    const std::vector<Delta> deltas = meaning(frames);
    if (deltas != meaning(frames))
        std::abort();
    for (const Frame &frame : frames) {
        frameLabel(frame);
        checkJson(frame.payload);
    }
    const Frame body{.kind = FrameKind::Body, .payload = bytes.toByteArray()};
    meaning({body});
    const Frame event{.kind = FrameKind::EventStream, .payload = bytes.toByteArray(), .event = "chunk"};
    meaning({event});
    TurnReader reader;
    for (const FrameKind kind : {FrameKind::SocketText, FrameKind::SocketBinary}) {
        const Frame message{.kind = kind, .payload = bytes.toByteArray()};
        meaning({message, message});
        frameLabel(message);
        reader.read(message);
    }
    frameLabel(body);
    checkJson(bytes);
    return 0;
}
