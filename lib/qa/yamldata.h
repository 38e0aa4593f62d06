// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/datanode.h"

#include <QByteArray>

namespace Parlance {

enum class RepeatedKeys { Refused, LastTaken };

//! Reads the first document of YAML as js-yaml does: of what is not in quotes, null, true, false and numbers
//! are such, all else is text; aliases are copies, << merges. Error: a sentence that names the line; too much
//! behind aliases is one, too.
Result<DataNode> readYaml(const QByteArray &yaml, RepeatedKeys repeated = RepeatedKeys::Refused);

} // namespace Parlance
