// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"

#include <QRegularExpression>

namespace Parlance {

//! The regular expression of JavaScript, without flags: the ends of the text alone are ^ and $, a dot is no
//! end of a line of any kind, \s is the white space of Unicode, \d and \w are ASCII, [^] is anything, \u0041
//! a letter. Letters beyond the first plane count as one here, and as two there.
Result<QRegularExpression> scriptRegex(const QString &pattern);

//! Found in the text; false also where the search would not end.
bool isFound(const QRegularExpression &regex, const QString &text);

} // namespace Parlance
