// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

class QMimeData;

namespace Parlance {

//! The paths of what is dropped or pasted, if all of it is on this machine. Empty: it is no files.
QStringList filesIn(const QMimeData *data);

//! Whether it is a picture that somebody copied, rather than words or files.
bool isPicture(const QMimeData *data);

} // namespace Parlance
