// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/search.h"

namespace Parlance {

//! A line of what a message shows around the words that were looked for.
struct Snippet
{
    int part = -1; //!< -1: the message has no text
    QString text = {};
    std::vector<TextMark> marks = {};
};

//! From the first part that has most of the words; from the message's beginning if no words are given.
Snippet snippetOf(const std::vector<MessagePart> &parts, const SearchWords &words);

} // namespace Parlance
