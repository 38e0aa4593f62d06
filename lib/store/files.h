// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"

#include <QString>

namespace Parlance {

//! Makes the folder of a file (owner only) if it is missing, and an empty file (owner only) likewise.
Result<void> prepareFile(const QString &filePath);

//! Empty if it did not exist; its contents stay if it did. Readable by the owner alone.
bool createOwnerOnly(const QString &filePath);

//! Moves a database with its log to a free name beside it, and returns that name.
Result<QString> setAside(const QString &filePath);

//! Puts one file in the place of another, which is one step for anybody who looks.
Result<void> replaceFile(const QString &newFile, const QString &filePath);

//! For names of files: 20260102T030405Z.
QString utcStamp();

} // namespace Parlance
