// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

#include <QString>

namespace Parlance {

//! What a part shows, as the search reads it.
QString searchedText(const Part &part);

//! The words of a message for the index. Words of different parts do not stand one after another.
QString searchedWords(const std::vector<MessagePart> &parts);

} // namespace Parlance
