// SPDX-License-Identifier: Apache-2.0
#include "fuzz/replay.h"

using namespace Parlance;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    checkCutting("text/event-stream", viewOf(data, size));
    return 0;
}
