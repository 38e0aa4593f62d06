// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

#include <QStringList>

#include <vector>

namespace Parlance {

class Database;

//! Kept attachments that are not sent yet, as one column holds them. Their bytes are files.
QString attachmentsColumn(const std::vector<Attachment> &attachments);
std::vector<Attachment> attachmentsFrom(const QString &column);

//! The names of all kept files that something refers to.
QStringList keptNames(Database &database);

} // namespace Parlance
