// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>

namespace Parlance {

//! cmark's extensions change a table that all its parsers share: who finishes a parser holds this meanwhile,
//! in whatever thread.
std::mutex &markdownParsing();

} // namespace Parlance
