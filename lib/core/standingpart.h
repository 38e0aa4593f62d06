// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

#include <QJsonObject>

#include <optional>

namespace Parlance {

//! A part that tells how an agent's work stands, from its kept form: a request or an answer to one, a task,
//! or a live value. text: its longest one, which is kept beside the fields. Absent: it is none of them.
std::optional<Part> standingPart(const QString &kind, const QJsonObject &fields, const PackedText &text);

} // namespace Parlance
