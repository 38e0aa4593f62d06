// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/block.h"

namespace Parlance {

//! What is copied out of blocks, for other programs to read. For Markdown see markdownwriter.h.

//! A piece of a text as HTML, with its bold words, code and links.
QString htmlOf(const RichText &text, int start, int length);

//! The same as plain text: formulas with their delimiters, marks of footnotes as they were written.
QString plainOf(const RichText &text, int start, int length);
//! A display formula with its delimiters.
QString formulaSource(const Block &formula);

//! What stands before or after a formula of these styles.
QString mathDelimiter(quint16 style, bool isOpening);

//! A piece of one cell as an element of its row.
QString tableCellHtml(const Block &table, int cell, int start, int length);
//! Comma-separated by RFC 4180, or with tabs, where tabs and line ends in a cell become spaces. Plain text.
QString tableCsv(const Block &table);
QString tableTsv(const Block &table);

} // namespace Parlance
