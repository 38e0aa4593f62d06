// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"
#include "wire/json.h"

#include <QString>

#include <optional>
#include <vector>

namespace Parlance {

//! Without white space, in which repetitions differ.
QString squeezed(QStringView text);

//! The texts among the parts of an A2A message or artifact. Those of a message stand below each other; those
//! of an artifact are how it came.
QString a2aText(const JsonValue &parts, QStringView between = u"\n");
//! The others: files and data.
std::vector<JsonValue> a2aOthers(const JsonValue &parts);
//! Absent: the part is no file, or not to be read.
std::optional<Attachment> a2aFile(const JsonValue &part);
//! How data is shown.
QString a2aDataBlock(const JsonValue &part);
//! Tells files and data apart without keeping them.
size_t a2aPrint(const JsonValue &part);

bool isSameFile(const Attachment &told, const Attachment &file);
//! Whether a file or data is what was shown before.
bool wasToldAs(const Part &told, const JsonValue &part);

//! What an agent makes has an id within its task. By this it is known again, also in later answers.
QString a2aDocument(const QString &taskId, const QString &artifactId);
//! A file, or data, of it.
QString a2aDocumentPart(const QString &document, size_t index);

} // namespace Parlance
