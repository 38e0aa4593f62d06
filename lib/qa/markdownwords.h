// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <vector>

namespace Parlance {

//! One word, mark or stretch of white space of a text, and what it is compared by.
struct MarkdownWord
{
    QStringView text; //!< of the text that was taken apart
    QString key = {}; //!< white space in which a paragraph's lines may end is a space

    bool isSpace() const { return key == u' ' || key == u'\n'; }
};

//! The words cover the text, which must outlive them.
std::vector<MarkdownWord> markdownWords(QStringView text);

} // namespace Parlance
