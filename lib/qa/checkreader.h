// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/suite.h"
#include "qa/suitereader.h"

namespace Parlance {

//! Puts what is found into a list, all of one file.
class FindingList
{
public:
    FindingList(QString file, std::vector<SuiteFinding> *findings)
        : m_file(std::move(file))
        , m_findings(findings)
    {
    }

    void fault(int line, const QString &message) { add(FindingKind::Fault, line, message); }
    void unsupported(int line, const QString &message) { add(FindingKind::Unsupported, line, message); }
    void notice(int line, const QString &message) { add(FindingKind::Notice, line, message); }
    const QString &file() const { return m_file; }
    FindingList forFile(const QString &file) const { return {file, m_findings}; }

private:
    void add(FindingKind kind, int line, const QString &message);

    QString m_file;
    std::vector<SuiteFinding> *m_findings;
};

//! The entries of an "assert" list, as they are written: variables are not filled in yet. What is not one of
//! ours is named, and a person stands in for it.
std::vector<Check> readChecks(const DataNode &list, FindingList &findings);
//! One cell of a CSV's __expected column.
std::optional<Check> readExpected(const QString &cell, int line, FindingList &findings);

//! With the variables filled in; what then cannot be judged is named and left out. A person stands in for
//! what is not supported only where there is nothing else.
std::vector<Check> renderedChecks(const std::vector<Check> &checks, const DataNode &variables,
                                  const SuiteFiles &files, FindingList &findings);

} // namespace Parlance
