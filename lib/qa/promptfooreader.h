// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/checkreader.h"

namespace Parlance {

//! Reads a promptfoo configuration: each of its tests is asked with each of its prompts.
class PromptfooReader
{
public:
    PromptfooReader(const SuiteFiles &files, FindingList findings, Suite *suite);

    //! True if the value looks like one.
    static bool canRead(const DataNode &root);
    void read(const DataNode &root);

private:
    struct Prompt
    {
        QString text = {};
        QString label = {};
        int line = 0;
    };
    //! A test, or what all tests begin with.
    struct Test
    {
        QString description = {};
        DataNode variables = {.kind = DataNode::Kind::Map};
        DataNode metadata = {.kind = DataNode::Kind::Map};
        std::vector<Check> checks = {};
        std::optional<double> threshold = std::nullopt;
        QString prefix = {};
        QString suffix = {};
        bool expandsLists = true;
        bool hasDefaultChecks = true;
        int line = 0;
    };

    void readOptions(const DataNode &options);
    std::optional<int> readCount(const DataNode &option, int least, int most);
    void readPrompts(const DataNode &prompts);
    void readPrompt(const DataNode &prompt);
    void addPrompt(const QString &text, const QString &label, int line);
    void readPromptFile(const QString &path, const QString &label, int line);

    void readTests(const DataNode &tests);
    void readTestFile(const QString &path, int line);
    void readTestBytes(const QString &path, const QByteArray &bytes);
    void readTestList(const DataNode &list, FindingList &findings);
    void readTestLines(const QByteArray &bytes, FindingList &findings);
    void readTestTable(const QByteArray &bytes, FindingList &findings);
    void readRow(const QStringList &columns, const QStringList &fields, Test &test, FindingList &findings);
    void readTest(const DataNode &node, FindingList &findings);

    Test readMembers(const DataNode &node, FindingList &findings);
    void readTestMember(const DataNode &member, Test &test, FindingList &findings);
    void readTestOptions(const DataNode &options, Test &test, FindingList &findings);
    bool loadVariables(Test &test, FindingList &findings);
    Test withDefaults(const Test &test) const;

    void addTest(Test test, FindingList &findings);
    void addCase(const Test &test, const DataNode &variables, const Prompt &prompt, int number,
                 FindingList &findings);

    const SuiteFiles &m_files;
    FindingList m_findings;
    Suite *m_suite;
    std::vector<Prompt> m_prompts;
    Test m_default;
    int m_testCount = 0;
    int m_fileDepth = 0;
    bool m_isFull = false;
};

} // namespace Parlance
