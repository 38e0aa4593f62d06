// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/markdownparser.h"

struct cmark_node;

namespace Parlance {

//! Beyond this depth nested quotes, lists and emphasis are shown flat: the page has no room, and the stack
//! none to waste on what somebody else sent.
inline constexpr int maxMarkdownDepth = 60;

//! The words inside a node of the parser, with their styles. images: where pictures go that stand on lines of
//! their own below the text; null: they are words.
void appendInlines(cmark_node *parent, RichText &out, LineBreaks breaks,
                   std::vector<Block> *images = nullptr);
//! True if a paragraph says nothing besides its images.
bool isOnlyImages(const RichText &text, const std::vector<Block> &images);

//! The text of a node as the parser has it; empty if it has none.
QString nodeLiteral(cmark_node *node);
bool isNodeNamed(cmark_node *node, const char *name);

} // namespace Parlance
