// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QStringList>

#include <vector>

namespace Parlance {

//! What was written in Markdown as HTML: tables and code, formulas as code, footnotes as links to their
//! notes and back, markup of its own as text, no remote content.
struct SafeHtml
{
    std::vector<QByteArray> texts = {};
    QByteArray notes = {}; //!< what stands below all of them
};

//! In a person's message a line end is one.
enum class HtmlLines { Soft, Kept };

//! The texts of one message: a mark leads to the note of its own text, else to that of another one.
//! place: letters and digits that no other message on the page has, for the ids of its notes.
SafeHtml safeHtml(const QStringList &markdown, HtmlLines lines, const QByteArray &place);

} // namespace Parlance
