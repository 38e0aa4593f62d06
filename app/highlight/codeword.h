// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <vector>

namespace Parlance {

//! What a word of a program is, as far as a reader wants to see it.
enum class CodeWordKind : quint8 { Keyword, Type, Function, String, Number, Comment, Name, Added, Removed };

//! A word of a text. Offsets count UTF-16 units.
struct CodeWord
{
    int start = 0;
    int length = 0;
    CodeWordKind kind = CodeWordKind::Keyword;
    friend bool operator==(const CodeWord &, const CodeWord &) = default;
};

//! The words of a text from its start to the end of a line, in order, without overlap.
struct CodeWords
{
    int covered = 0; //!< how much of the text was looked at
    std::vector<CodeWord> list = {};
    friend bool operator==(const CodeWords &, const CodeWords &) = default;
};

} // namespace Parlance
