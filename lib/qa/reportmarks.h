// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace Parlance {

//! On one line, with nothing in it that Markdown or HTML would take for its own, and mentioning nobody.
QString plainMarkdown(QString text);
//! A block of code that what is in it cannot end.
QString markdownBlock(const QString &text);
//! Of a table; the cells are Markdown already.
QString markdownRow(const QStringList &cells);

} // namespace Parlance
