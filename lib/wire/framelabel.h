// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/frame.h"

#include <QString>

namespace Parlance {

//! What a frame is, in a few words for a list: "messageStart", "text “ stays”", "toolUse get_order".
QString frameLabel(const Frame &frame);

} // namespace Parlance
