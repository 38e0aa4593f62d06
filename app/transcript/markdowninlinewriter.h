// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/block.h"
#include "transcript/markdownwords.h"

namespace Parlance {

//! A text with its runs as Markdown that is read as the same text.
QString writtenInlines(const RichText &text, MarkdownPlace place);

} // namespace Parlance
