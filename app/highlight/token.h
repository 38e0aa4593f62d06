// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <vector>

namespace Parlance {

//! What a word of a program is, as far as a reader wants to see it.
enum class TokenKind : quint8 { Keyword, Type, Function, String, Number, Comment, Name, Added, Removed };

//! A word of a text. Offsets count UTF-16 units.
struct Token
{
    int start = 0;
    int length = 0;
    TokenKind kind = TokenKind::Keyword;
    friend bool operator==(const Token &, const Token &) = default;
};

//! The tokens of a text from its start to the end of a line, in order, without overlap.
struct Tokens
{
    int covered = 0; //!< how much of the text was looked at
    std::vector<Token> tokens = {};
    friend bool operator==(const Tokens &, const Tokens &) = default;
};

} // namespace Parlance
