// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace Parlance {

//! A block of code in Markdown that nothing in the text can end. language may be empty.
QString fencedCode(const QString &text, const QString &language = {});

} // namespace Parlance
