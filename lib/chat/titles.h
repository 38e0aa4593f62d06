// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace Parlance {

//! A conversation's title from its first message: the first line with words, without Markdown's marks,
//! at most 60 characters, cut at a word.
QString titleFromMessage(const QString &markdown);

//! The first line with words, without Markdown's marks.
QString plainFirstLine(const QString &markdown);

} // namespace Parlance
