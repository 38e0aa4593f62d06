// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

#include <QString>

namespace Parlance {

//! How words of a message are shown. In an answer that is complete what is JSON and nothing else is set as a
//! table, if it is a list of objects that are alike, else as indented code. All else stays as it is.
QString shownMarkdown(const Message &message, const Text &text);

//! The JSON that a part is, or holds; empty: it is none. An object or a list.
QString jsonOf(const Part &part);

} // namespace Parlance
