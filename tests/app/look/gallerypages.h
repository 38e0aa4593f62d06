// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

#include <QStringList>

#include <vector>

namespace Parlance::Test {

//! Pages of messages that together show everything a transcript can show.
QStringList galleryPageNames();
std::vector<Message> galleryPage(const QString &name);

} // namespace Parlance::Test
