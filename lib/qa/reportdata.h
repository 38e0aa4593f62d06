// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/reports.h"
#include "qa/statistics.h"

#include <QCoreApplication>

namespace Parlance {

//! The words of reports.
struct ReportWords
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Reports)
};

enum class CellFate { Passed, Failed, NoAnswer, Open, Skipped, NotRun };

//! A cell as reports tell of it, without secrets.
struct ReportCell
{
    RunCell cell = {};
    RunCase ofCase = {};
    QString target = {};
    CellFate fate = CellFate::NotRun;
    QString reason = {}; //!< why it failed; empty: it did not, or nobody said
    QStringList requests = {};
    QStringList traces = {};

    bool isFailed() const { return fate == CellFate::Failed || fate == CellFate::NoAnswer; }
    //! With which of the repeats it is, if there are several.
    QString title(const Run &run) const;
};

struct ReportTarget
{
    RunTarget target = {};
    RunCounts counts = {};
    PassRate rate = {};
    Spread firstText = {};
    Spread total = {};
};

struct ReportData
{
    Run run = {};
    RunCounts counts = {};
    PassRate rate = {};
    std::vector<ReportTarget> targets = {};
    std::vector<ReportCell> cells = {}; //!< all of the run's, in the order they are started in
    std::vector<ReportComparison> comparisons = {};
};

ReportData reportData(const RunReport &report);

QString fateName(CellFate fate); //!< stable, as in reports.h
QString fateWord(CellFate fate); //!< for a person
QString changeName(CaseChange change); //!< stable
QString changeWord(CaseChange change); //!< for a person
QString percentWords(const PassRate &rate); //!< "93 % (86–97 %)"
QString milliseconds(std::optional<double> ms); //!< "1234"; empty: absent
QString versionWords(const RunTarget &target); //!< "7", or "7 → 8"
QString timeWords(const QDateTime &time);

} // namespace Parlance
