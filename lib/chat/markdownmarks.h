// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

struct cmark_node;
struct cmark_syntax_extension;

namespace Parlance {

//! Formulas and footnotes for the parser: what cmark-gfm does not know, or drops. Formulas and marks of
//! footnotes come as code nodes, display formulas as code blocks, and the notes as custom blocks, all of
//! them naming this extension. Expects a source with stand-ins.
cmark_syntax_extension *markExtension();
//! True if a node is a formula, or the mark of a footnote or its text.
bool isMark(cmark_node *node);

//! A formula without its delimiters.
struct Formula
{
    QString text = {};
    QString delimiter = {}; //!< as it was opened: $, $$, \( or \[
    QString rest = {}; //!< what stands behind the end of a display formula

    bool isDisplay() const;
};

//! The literal of a node of the extension, with stand-ins.
Formula formulaOf(const QString &literal);
//! True if a literal is the mark of a footnote; its label otherwise.
bool isFootnoteMark(const QString &literal);
QString footnoteLabel(const QString &literal);

} // namespace Parlance
