// SPDX-License-Identifier: Apache-2.0
#include "fuzz/replay.h"
#include "wire/a2acard.h"
#include "wire/a2amessage.h"
#include "wire/chooseinterpreter.h"
#include "wire/json.h"

#include <algorithm>

using namespace Parlance;

namespace {

//! The bytes as results of an A2A answer: a line is one each, in an envelope if it has none.
std::vector<Frame> framesOf(const QByteArray &bytes)
{
    std::vector<Frame> frames;
    for (const QByteArray &line : bytes.split('\n')) {
        const bool isWhole = line.startsWith("{\"jsonrpc\"");
        frames.push_back(
            {.sequence = int(frames.size()),
             .kind = FrameKind::Sse,
             .payload = isWhole ? line : QByteArray("{\"jsonrpc\":\"2.0\",\"result\":" + line + '}')});
    }
    return frames;
}

std::vector<Delta> meaning(const std::vector<Frame> &frames, const std::vector<MessagePart> &told = {})
{
    std::vector<Delta> deltas;
    const auto interpreter = makeInterpreter({}, told);
    for (const Frame &frame : frames)
        interpreter->interpret(frame, deltas);
    interpreter->finish(deltas);
    return deltas;
}

//! A task never stands the same twice in a row, and a state is a word.
void checkTasks(const std::vector<Delta> &deltas)
{
    for (const Delta &delta : deltas) {
        const auto *told = std::get_if<TaskStatusDelta>(&delta);
        if (told && told->status.state.size() > 40)
            std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = viewOf(data, size).toByteArray();
    const std::vector<Frame> frames = framesOf(bytes);
    const std::vector<Delta> deltas = meaning(frames);
    if (deltas != meaning(frames))
        std::abort();
    checkTasks(deltas);
    // What was shown before is found again, whatever it was.
    std::vector<MessagePart> told;
    for (const Delta &delta : deltas) {
        if (const auto *text = std::get_if<TextDelta>(&delta))
            told.push_back({.content = Text{.markdown = text->text},
                            .givenId = text->kind == KeyKind::Document ? text->blockKey : QString()});
        else if (const auto *file = std::get_if<AttachmentDelta>(&delta))
            told.push_back({.content = file->attachment, .givenId = file->documentId});
    }
    meaning(frames, told);
    readA2aCard(bytes);
    a2aTaskIn(bytes);
    readA2aTask(bytes);
    a2aDisagrees(bytes);
    // What is asked is JSON, whatever is said.
    const QString text = QString::fromUtf8(bytes);
    for (const A2aVersion version : {A2aVersion::V03, A2aVersion::V10}) {
        const QByteArray asked =
            a2aQuestion({.version = version}, {.text = text, .messageId = text, .taskId = text}).bytes();
        Json json;
        if (!json.parse(asked).isObject())
            std::abort();
    }
    return 0;
}
