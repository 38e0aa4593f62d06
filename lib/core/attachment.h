// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

#include <vector>

namespace Parlance {

//! Where the bytes of a kept attachment are; empty: they are not in a file. A path that is whole stays as it
//! is.
QString keptPath(const QString &folder, const Attachment &attachment);
//! Bytes of an attachment that are here, in memory or kept.
qint64 sizeOf(const Attachment &attachment);
//! The attachments of a message, in order.
std::vector<Attachment> attachmentsOf(const Message &message);

} // namespace Parlance
