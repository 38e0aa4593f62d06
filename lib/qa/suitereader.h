// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "qa/suite.h"

#include <QStringList>

#include <functional>

namespace Parlance {

//! Where a suite's files come from. Paths are as the suite writes them.
struct SuiteFiles
{
    std::function<Result<QByteArray>(const QString &path)> read;
    //! In order; with * and ? in the last part alone.
    std::function<QStringList(const QString &pattern)> find;
    std::size_t mostCases = 50'000; //!< more are a mistake, such as two long lists of variables
};

//! Those below a folder, and what they name elsewhere.
SuiteFiles filesOnDisk(const QString &folder);

//! Reads promptfoo's YAML or JSON (with its CSV, JSON Lines and YAML of tests), and AgentCore's datasets,
//! JSON Lines or JSON: by what is in it. Blocking; any thread.
SuiteReading readSuite(const SuiteFiles &files, const QString &path);
SuiteReading readSuite(const QString &path);

} // namespace Parlance
