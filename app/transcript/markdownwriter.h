// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/block.h"

namespace Parlance {

//! Blocks as Markdown that is read as the same blocks, without a line end after the last.
QString markdownOf(const std::vector<Block> &blocks);

//! A whole table, with its columns' alignment.
QString tableMarkdown(const Block &table);

} // namespace Parlance
