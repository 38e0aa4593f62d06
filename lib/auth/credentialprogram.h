// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"

#include <QFuture>
#include <QProcessEnvironment>
#include <QStringList>

#include <chrono>

class QObject;

namespace Parlance {

//! Runs a program without a shell and brings its standard output, which holds keys. Never blocks.
//! Errors: SecretMissing; what the program said on its standard error is in Error::serverMessage.
//! The program is killed at the limit, and when the parent goes.
QFuture<Result<QByteArray>> runCredentialProgram(const QStringList &command,
                                                 const QProcessEnvironment &environment,
                                                 std::chrono::milliseconds limit, QObject *parent);

} // namespace Parlance
