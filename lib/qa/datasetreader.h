// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/checkreader.h"

#include <QSet>

namespace Parlance {

//! Reads a dataset of AgentCore's evaluations: scenarios whose turns are asked in one session. What an answer
//! should say, and what is asserted, is for a person to judge; the expected trajectory is the tools' path, in
//! order, other tools between them.
class DatasetReader
{
public:
    DatasetReader(FindingList findings, Suite *suite);

    //! True if the first scenario looks like one.
    static bool canRead(const DataNode &scenario);
    void readLines(const QByteArray &bytes);
    void readScenario(const DataNode &scenario);

private:
    void readTurns(const DataNode &turns, SuiteCase &one);
    void readTurn(const DataNode &turn, SuiteCase &one);
    void readAssertions(const DataNode &assertions, SuiteCase &one);
    void readTrajectory(const DataNode &trajectory, SuiteCase &one);

    FindingList m_findings;
    Suite *m_suite;
    QSet<QString> m_ids;
};

} // namespace Parlance
