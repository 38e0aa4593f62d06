// SPDX-License-Identifier: Apache-2.0
#include "fuzz/replay.h"
#include "wire/shellcodec.h"

using namespace Parlance;

//! Whatever comes as a frame of a shell is read as something, the same each time; what the shell wrote is
//! passed on byte for byte, and what is typed can be put together again from its frames.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes = viewOf(data, size);
    const ShellEvent event = ShellCodec::decode(bytes);
    if (event != ShellCodec::decode(bytes))
        std::abort();
    if (const auto *output = std::get_if<ShellOutput>(&event); output && output->bytes != bytes.sliced(1))
        std::abort();
    if (const auto *unknown = std::get_if<ShellUnknown>(&event); unknown && unknown->frame != bytes)
        std::abort();
    QByteArray status(1, '\x03');
    status.append(bytes);
    (void)ShellCodec::decode(status);
    QByteArray typed;
    for (const QByteArray &frame : ShellCodec::input(bytes)) {
        if (frame.size() > ShellCodec::maximumFrame || frame.front() != '\0')
            std::abort();
        typed.append(QByteArrayView(frame).sliced(1));
    }
    if (typed != bytes)
        std::abort();
    return 0;
}
