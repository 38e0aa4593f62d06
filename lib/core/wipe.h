// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace Parlance {

//! Overwrites memory that held a secret. The write is not optimised away although nobody reads it again.
inline void wipe(void *memory, std::size_t size)
{
    volatile auto *bytes = static_cast<unsigned char *>(memory);
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = 0;
}

} // namespace Parlance
