// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"

#include <QStringList>

#include <vector>

namespace Parlance {

struct CsvRow
{
    int line = 0; //!< where it begins
    QStringList fields = {};
    friend bool operator==(const CsvRow &, const CsvRow &) = default;
};

//! Reads CSV in promptfoo's dialect: commas; fields in quotes, in which a quote is written twice and lines
//! may break; any other quote is itself; white space counts; a byte order mark is passed over. The first row
//! names the columns; each has as many fields. Empty lines, which promptfoo refuses, are passed over.
//!
//! By hand: libcsv, which Debian has, was last released in 2013, tells no lines, and takes another dialect.
Result<std::vector<CsvRow>> readCsv(const QString &text);

} // namespace Parlance
