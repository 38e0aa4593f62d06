// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace Parlance {

//! The text of {"event":{"contentBlockDelta":{"delta":{"text":"…"},"contentBlockIndex":0}}}, the event
//! that makes up nearly all of a Converse or Strands answer, read without building a document. Nothing if
//! the payload is spelt in any other way: then the real parser has the word.
std::optional<QString> converseText(QByteArrayView payload);

} // namespace Parlance
