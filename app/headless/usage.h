// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace Parlance {

constexpr int wrongUsage = 2;

//! What the whole program takes.
QString usage();
//! Says what is wrong, with the usage below it if there is one. Returns the exit status for that.
int complain(const QString &sentence, const QString &usage = {});

} // namespace Parlance
