// SPDX-License-Identifier: Apache-2.0
#include "core/consoletext.h"
#include "fuzz/replay.h"
#include "wire/commandinterpreter.h"
#include "wire/framelabel.h"

using namespace Parlance;

namespace {

CommandOutput fold(const std::vector<Delta> &deltas)
{
    CommandOutput output;
    for (const Delta &delta : deltas) {
        if (const auto *written = std::get_if<CommandOutputDelta>(&delta))
            output.append(written->stream, written->text);
    }
    return output;
}

//! What is seen has its marks in order, inside the text.
void checkConsole(const CommandOutput &output)
{
    const ConsoleText seen = readConsole(output);
    int end = 0;
    for (const ConsoleRun &run : seen.runs) {
        if (run.start < end || run.length <= 0 || run.start + run.length > seen.text.size())
            std::abort();
        end = run.start + run.length;
    }
    qsizetype all = 0;
    for (const CommandStream stream : {CommandStream::Output, CommandStream::Error})
        all += output.textOf(stream).size();
    if (all != output.text.size())
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = viewOf(data, size).toByteArray();
    std::vector<Delta> deltas;
    const auto interpreter = makeCommandInterpreter();
    for (const char *id : {"event", "exception", "error", ""}) {
        const Frame frame{.kind = FrameKind::EventStream, .payload = bytes, .event = "chunk", .id = id};
        interpreter->interpret(frame, deltas);
        endsCommand(frame);
        frameLabel(frame);
    }
    interpreter->finish(deltas);
    checkConsole(fold(deltas));
    // As the output itself, by turns on both streams, in pieces that begin with an escape.
    CommandOutput output;
    bool isError = false;
    for (const QByteArray &piece : bytes.split('\n')) {
        output.append(isError ? CommandStream::Error : CommandStream::Output,
                      QString(QChar(0x1b) + QString::fromUtf8(piece)));
        isError = !isError;
    }
    checkConsole(output);
    return 0;
}
