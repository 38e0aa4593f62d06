// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/check.h"
#include "qa/toolmatch.h"

namespace Parlance {

//! The values a JSONPath leads to: $, .name, ['name'], [2], [-1], .* and [*]. Absent: it is not one of these.
std::optional<std::vector<const DataNode *>> valuesAt(const QString &path, const DataNode &root);

//! Of json-path: a path, which must lead to something, or a map of "path" and "equals", "contains" or
//! "matches", which any of the values it leads to must do.
QString problemWithPathCheck(const Check &check);
CheckOutcome judgePath(const Check &check, const QString &text);

} // namespace Parlance
