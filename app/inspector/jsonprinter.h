// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace Parlance {

enum class JsonTokenKind { Key, String, Number, Literal, Punctuation };

struct JsonToken
{
    JsonTokenKind kind = JsonTokenKind::Punctuation;
    qsizetype start = 0;
    qsizetype length = 0;
    friend bool operator==(const JsonToken &, const JsonToken &) = default;
};

//! Cuts JSON text into tokens, without turning any of them into values: a number keeps all its digits.
//! Stops at the first character that cannot be JSON. NaN and Infinity, which Python writes, are literals.
//! length of the text when all of it was understood, else the place where it stopped.
qsizetype tokeniseJson(QStringView text, std::vector<JsonToken> &tokens);

//! The tokens of what is one JSON value. Absent: it is not JSON, or nested so deep that nobody could follow.
std::optional<std::vector<JsonToken>> jsonTokens(QStringView text);

//! The same tokens in the same order, one member to a line, short leaves on one. Absent as jsonTokens() is.
std::optional<QString> prettyJson(QStringView text);

//! The text as a JSON string with its quotes.
QString quotedJson(QStringView text);

} // namespace Parlance
