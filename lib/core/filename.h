// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace Parlance {

//! How something is called as a file that is in no other folder than where it is put, is not hidden, and does
//! not look like something else. A suffix stays, also behind a name that is too long. otherwise: if nothing
//! is left of it.
QString fileNameFor(const QString &name, const QString &otherwise = {});

} // namespace Parlance
