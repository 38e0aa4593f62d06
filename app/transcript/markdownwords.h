// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace Parlance {

//! Where words are written, which says what in them would be taken for a mark.
enum class MarkdownPlace {
    Lines, //!< a paragraph: each of its lines could begin a block
    Line, //!< a heading, where none does
    Cell, //!< of a table, where a bar would end it
    Link, //!< between the brackets of a link or an image
};

//! Plain words as Markdown that is read as those words. They are a piece of a text, since their neighbours
//! count; a line end is a hard break. A mark follows if the piece ends before its text.
QString escapedWords(const QString &text, qsizetype from, qsizetype to, MarkdownPlace place);

//! Code between as many backticks as it needs.
QString writtenCode(const QString &code);

//! Where a link or an image leads, between its round brackets.
QString writtenAddress(const QString &url);

} // namespace Parlance
