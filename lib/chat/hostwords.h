// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/hostreport.h"

#include <QString>
#include <QStringList>

namespace Parlance {

//! What a test of a host came to, line by line, without secrets.
QStringList hostReportLines(const HostReport &report);
//! What went wrong and what helps. Empty: nothing did.
QString hostAdvice(const HostReport &report);

} // namespace Parlance
