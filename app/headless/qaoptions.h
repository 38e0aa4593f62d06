// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "headless/askoptions.h"

namespace Parlance {

//! Files to write a run's report to; empty: it is not written there.
struct QaFiles
{
    QString junit = {};
    QString html = {};
    QString json = {};
    QString markdown = {};
    QString csv = {};
    QString bundle = {}; //!< evidence, which is no report
};

//! What "parlance-cli qa run" was asked to do.
struct QaRunOptions
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::QaRunOptions)
public:
    AskOptions asked = {}; //!< the agent
    bool namesAgent = false; //!< one of the options tells which it is
    QString suite = {}; //!< empty: that of the run which goes on
    QStringList qualifiers = {};
    QString baseline = {}; //!< a qualifier of these, or a run that is kept
    std::optional<int> repeats = std::nullopt;
    std::optional<int> concurrency = std::nullopt;
    std::optional<double> rate = std::nullopt; //!< starts per second
    bool endsSessions = false;
    QString resumed = {}; //!< the run that goes on; empty: a new one
    bool retriesFailed = false; //!< what failed in it is asked anew
    QaFiles files = {};
    QString agentWords = {}; //!< the options that name the agent, for a command to go on with

    static QString usage();
};

//! Errors: InvalidTarget with the sentence to print before the usage.
Result<QaRunOptions> parseQaRunOptions(const QStringList &arguments);

//! The values that name an agent.
QStringList qaAgentValues();
//! The values that say where reports go.
QStringList qaFileValues();
QaFiles qaFilesFrom(const Arguments &arguments);

} // namespace Parlance
