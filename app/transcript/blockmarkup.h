// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/block.h"

namespace Parlance {

//! What is copied out of blocks, for other programs to read.

//! A piece of a text as Markdown or HTML, with its bold words, code and links.
QString markdownOf(const RichText &text, int start, int length);
QString htmlOf(const RichText &text, int start, int length);

//! The same as plain text: formulas with their delimiters, marks of footnotes as they were written.
QString plainOf(const RichText &text, int start, int length);
//! A display formula with its delimiters.
QString formulaSource(const Block &formula);

//! What stands before a block's text in Markdown: quote, list and heading marks.
QString markdownPrefix(const Block &block);

//! A whole table. Markdown keeps the columns' alignment.
QString tableMarkdown(const Block &table);
//! The line below the head of such a table, with its line end.
QString tableRule(const Block &table);
//! A piece of one cell as an element of its row.
QString tableCellHtml(const Block &table, int cell, int start, int length);
//! Comma-separated by RFC 4180, or with tabs, where tabs and line ends in a cell become spaces. Plain text.
QString tableCsv(const Block &table);
QString tableTsv(const Block &table);

} // namespace Parlance
