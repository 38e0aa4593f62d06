// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>

namespace Parlance {

//! The words of an export and of reading one.
struct ExportWords
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::ExportWords)
};

} // namespace Parlance
