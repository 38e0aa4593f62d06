// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/run.h"

namespace Parlance {

//! How a target went beside what it is held against.
struct ReportComparison
{
    QString target = {}; //!< its label
    QString baseline = {}; //!< what it is held against, in words
    std::vector<ComparedCase> cases = {}; //!< as compareRuns() gives them
    friend bool operator==(const ReportComparison &, const ReportComparison &) = default;
};

struct RunReport
{
    Run run = {};
    std::vector<RunCell> cells = {}; //!< in any order; those that are missing were not run
    std::vector<ReportComparison> comparisons = {};
};

// All of these tell of every cell of the run once, and count as countsOf() does. What looks like a secret is
// masked in them. Any thread.

//! One page that loads nothing and runs nothing, light and dark, fit for print.
QByteArray htmlReport(const RunReport &report);
//! The counts and what failed, for a comment or an issue.
QByteArray markdownReport(const RunReport &report);
//! A line for each cell. What a spreadsheet would take for a formula begins with an apostrophe.
QByteArray csvReport(const RunReport &report);
//! Everything:
//!
//!   {"format": "parlance-run-report", "version": 1, "title", "state", "suite", "suiteSha256", "started",
//!   "ended",
//!    "agent": {"name", "address", "region"}, "environment": {"program", "system"},
//!    "settings": {"repeats", "concurrency"}, "counts", "passRate",
//!    "targets": [{"label", "qualifier", "versions": [{"at", "version"}], "counts", "passRate",
//!                 "firstTextMs": {"p50", "p95"}, "totalMs": {…}}],
//!    "comparisons": [{"target", "baseline", "cases": [{"id", "change"}]}],
//!    "cells": [{"case", "description", "target", "repeat", "outcome", "verdict", "note", "reason", "score",
//!               "session", "requests", "traces", "started", "ended", "firstTextMs", "totalMs",
//!               "checks": [{"name", "outcome", "score", "reason"}],
//!               "turns": [{"prompt", "answer", "error", "version"}]}]}
//!
//! counts: {"cells", "passed", "failed", "open", "notRun", "withoutAnswer"}; passRate: {"rate", "low",
//! "high"} with Wilson's interval of 95 percent, or null. outcome: "passed", "failed", "open", "skipped" or
//! "notRun".
QByteArray jsonReport(const RunReport &report);
//! JUnit's XML: a suite for each target, a test for each cell. A check that failed is a failure, an answer
//! that failed an error; what is open, skipped or not run counts as skipped.
QByteArray junitReport(const RunReport &report);

} // namespace Parlance
