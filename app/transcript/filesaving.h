// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <functional>

class QWidget;

namespace Parlance {

//! What an agent sent, as a file.
struct SavedFile
{
    QString title = {}; //!< of the dialog
    QString name = {}; //!< as the agent has it: what leads out of a folder is taken out
    QString suffix = {}; //!< put behind the name; empty: the name has its own
    QByteArray bytes = {};
    QString copyOf = {}; //!< a file with the bytes instead
};

//! Asks where to, and writes away from the window's thread. A file that was there stays as it was if that
//! fails. onEnd gets the path, or what went wrong; it is not called if the dialog is left, or the parent
//! gone.
void saveFile(const SavedFile &file, QWidget *parent,
              const std::function<void(const Result<QString> &)> &onEnd);

} // namespace Parlance
