// SPDX-License-Identifier: Apache-2.0
#include "fuzz/replay.h"

#include <array>

using namespace Parlance;

//! The last byte chooses the Content-Type, so that recordings are seeds as they are.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static constexpr std::array<QByteArrayView, 4> types{"application/json", "text/plain; charset=utf-8",
                                                         "application/x-ndjson", ""};
    const std::size_t choice = size == 0 ? 0 : data[size - 1] % types.size();
    checkCutting(types.at(choice), viewOf(data, size));
    return 0;
}
