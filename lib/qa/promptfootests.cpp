// SPDX-License-Identifier: Apache-2.0
#include "qa/promptfooreader.h"

#include "qa/csvreader.h"
#include "qa/suitetemplate.h"
#include "qa/yamldata.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::PromptfooReader)
};

//! A file of tests may name others, but not itself.
constexpr int deepestFile = 5;

bool endsWithAny(const QString &path, const QStringList &endings)
{
    return std::ranges::any_of(endings, [&](const QString &ending) { return path.endsWith(ending); });
}

void setMember(DataNode &map, const QString &name, DataNode value)
{
    value.name = name;
    const auto found = std::ranges::find(map.items, name, &DataNode::name);
    if (found == map.items.end())
        map.items.push_back(std::move(value));
    else
        *found = std::move(value);
}

void setMembers(DataNode &map, const DataNode &values)
{
    for (const DataNode &value : values.items)
        setMember(map, value.name, value);
}

//! Each choice of one text of every list of texts.
std::vector<DataNode> choicesOf(const DataNode &variables, bool expandsLists, std::size_t most)
{
    std::vector<DataNode> choices{variables};
    for (std::size_t index = 0; expandsLists && index < variables.items.size(); ++index) {
        const DataNode &list = variables.items[index];
        if (!list.isList() || list.items.empty() || !list.items.front().isString())
            continue;
        if (choices.size() * list.items.size() > most)
            return {};
        std::vector<DataNode> more;
        for (const DataNode &choice : choices) {
            for (const DataNode &one : list.items) {
                more.push_back(choice);
                more.back().items[index] = one;
                more.back().items[index].name = list.name;
            }
        }
        choices = std::move(more);
    }
    return choices;
}

} // namespace

void PromptfooReader::readTests(const DataNode &tests)
{
    if (tests.isString())
        readTestFile(tests.text, tests.line);
    else
        readTestList(tests, m_findings);
}

void PromptfooReader::readTestList(const DataNode &list, FindingList &findings)
{
    if (!list.isList()) {
        findings.fault(list.line, Words::tr("The tests are no list."));
        return;
    }
    for (const DataNode &test : list.items) {
        if (test.isString())
            readTestFile(test.text, test.line);
        else
            readTest(test, findings);
    }
}

void PromptfooReader::readTestFile(const QString &reference, int line)
{
    static const QStringList readable{u".csv"_s, u".yaml"_s, u".yml"_s, u".json"_s, u".jsonl"_s};
    const QString scheme = u"file://"_s;
    const QString pattern = reference.startsWith(scheme) ? reference.mid(scheme.size()) : reference;
    const bool isPattern = pattern.contains(u'*') || pattern.contains(u'?');
    const QStringList paths = isPattern ? m_files.find(pattern) : QStringList{pattern};
    if (paths.isEmpty())
        m_findings.fault(line, Words::tr("There is no file “%1”.").arg(pattern));
    if (m_fileDepth == deepestFile) {
        m_findings.fault(line, Words::tr("“%1” is named by files that name each other.").arg(pattern));
        return;
    }
    for (const QString &path : paths) {
        if (!endsWithAny(path, readable)) {
            m_findings.unsupported(line, Words::tr("Tests of “%1” are not read.").arg(path));
            continue;
        }
        const Result<QByteArray> bytes = m_files.read(path);
        ++m_fileDepth;
        if (bytes)
            readTestBytes(path, *bytes);
        else
            m_findings.fault(line, bytes.error().message);
        --m_fileDepth;
    }
}

void PromptfooReader::readTestBytes(const QString &path, const QByteArray &bytes)
{
    FindingList findings = m_findings.forFile(path);
    if (path.endsWith(".csv"_L1)) {
        readTestTable(bytes, findings);
    } else if (path.endsWith(".jsonl"_L1)) {
        readTestLines(bytes, findings);
    } else {
        const Result<DataNode> node =
            path.endsWith(".json"_L1) ? readData(QByteArrayView(bytes)) : readYaml(bytes);
        if (!node)
            findings.fault(0, node.error().message);
        else if (node->isMap())
            readTest(*node, findings);
        else
            readTestList(*node, findings);
    }
}

void PromptfooReader::readTestLines(const QByteArray &bytes, FindingList &findings)
{
    int line = 0;
    for (const QByteArray &one : bytes.split('\n')) {
        ++line;
        if (one.trimmed().isEmpty())
            continue;
        const Result<DataNode> node = readData(QByteArrayView(one), line);
        if (node)
            readTest(*node, findings);
        else
            findings.fault(line, node.error().message);
    }
}

void PromptfooReader::readTestTable(const QByteArray &bytes, FindingList &findings)
{
    const Result<std::vector<CsvRow>> rows = readCsv(QString::fromUtf8(bytes));
    if (!rows || rows->empty()) {
        findings.fault(0, rows ? Words::tr("The file names no columns.") : rows.error().message);
        return;
    }
    QStringList columns;
    for (const QString &column : rows->front().fields)
        columns.append(column.trimmed());
    static const QStringList single{u"_expected"_s,    u"_prefix"_s, u"_suffix"_s,
                                    u"_description"_s, u"_metric"_s, u"_threshold"_s};
    for (const QString &column : columns) {
        if (single.contains(column))
            findings.notice(
                1, Words::tr("The column “%1” is a variable: it has one underscore only.").arg(column));
    }
    for (std::size_t index = 1; index < rows->size(); ++index) {
        Test test{.line = (*rows)[index].line};
        readRow(columns, (*rows)[index].fields, test, findings);
        addTest(withDefaults(test), findings);
    }
}

void PromptfooReader::readRow(const QStringList &columns, const QStringList &fields, Test &test,
                              FindingList &findings)
{
    QString metric;
    std::vector<std::pair<int, double>> thresholds;
    for (qsizetype index = 0; index < columns.size(); ++index) {
        const QString &column = columns[index];
        const QString &field = fields[index];
        if (!column.startsWith("__"_L1)) {
            setMember(test.variables, column, textNode(field));
        } else if (column.startsWith("__expected"_L1)) {
            const QString expected = field.trimmed();
            if (!expected.isEmpty()) {
                if (std::optional<Check> check = readExpected(expected, test.line, findings))
                    test.checks.push_back(std::move(*check));
            }
        } else if (column == "__prefix"_L1) {
            test.prefix = field;
        } else if (column == "__suffix"_L1) {
            test.suffix = field;
        } else if (column == "__description"_L1) {
            test.description = field;
        } else if (column == "__metric"_L1) {
            metric = field;
        } else if (column == "__threshold"_L1) {
            bool isNumber = false;
            const double number = field.toDouble(&isNumber);
            if (isNumber)
                test.threshold = number;
        } else if (column.startsWith("__metadata:"_L1)) {
            setMember(test.metadata, column.mid(11), textNode(field));
        } else if (column.startsWith("__config:__expected"_L1) && column.endsWith(":threshold"_L1)) {
            const QString number = column.mid(19).chopped(10);
            thresholds.emplace_back(number.isEmpty() ? 0 : number.toInt() - 1, field.toDouble());
        } else {
            findings.unsupported(1, Words::tr("The column “%1” is passed over.").arg(column));
        }
    }
    for (const auto &[at, threshold] : thresholds) {
        if (at >= 0 && std::size_t(at) < test.checks.size())
            test.checks[std::size_t(at)].threshold = threshold;
    }
    for (Check &check : test.checks)
        check.metric = metric;
}

void PromptfooReader::readTest(const DataNode &node, FindingList &findings)
{
    if (!node.isMap()) {
        findings.fault(node.line, Words::tr("A test is not a map of names and values."));
        return;
    }
    if (node.member(u"path") != nullptr) {
        findings.unsupported(node.line, Words::tr("Tests that a program makes are not read."));
        return;
    }
    addTest(withDefaults(readMembers(node, findings)), findings);
}

PromptfooReader::Test PromptfooReader::readMembers(const DataNode &node, FindingList &findings)
{
    Test test{.line = node.line};
    for (const DataNode &member : node.items)
        readTestMember(member, test, findings);
    return test;
}

void PromptfooReader::readTestMember(const DataNode &member, Test &test, FindingList &findings)
{
    if (member.name == "description"_L1) {
        test.description = member.words();
    } else if (member.name == "vars"_L1 || member.name == "metadata"_L1) {
        DataNode &map = member.name == "vars"_L1 ? test.variables : test.metadata;
        if (member.isMap())
            setMembers(map, member);
        else if (!member.isNull())
            findings.unsupported(member.line,
                                 Words::tr("“%1” in a file of its own is not read.").arg(member.name));
    } else if (member.name == "assert"_L1) {
        test.checks = readChecks(member, findings);
    } else if (member.name == "threshold"_L1) {
        if (member.isNumber())
            test.threshold = member.number();
        else if (!member.isNull())
            findings.fault(member.line, Words::tr("“threshold” is not a number."));
    } else if (member.name == "options"_L1) {
        readTestOptions(member, test, findings);
    } else {
        findings.unsupported(member.line, Words::tr("“%1” of a test is passed over.").arg(member.name));
    }
}

void PromptfooReader::readTestOptions(const DataNode &options, Test &test, FindingList &findings)
{
    for (const DataNode &option : options.items) {
        if (option.name == "prefix"_L1)
            test.prefix = option.words();
        else if (option.name == "suffix"_L1)
            test.suffix = option.words();
        else if (option.name == "disableVarExpansion"_L1)
            test.expandsLists = !option.isTrue();
        else if (option.name == "disableDefaultAsserts"_L1)
            test.hasDefaultChecks = !option.isTrue();
        else
            findings.unsupported(option.line,
                                 Words::tr("“%1” of a test's options is passed over.").arg(option.name));
    }
}

//! Variables that name a file become what is in it. False: one cannot be read.
bool PromptfooReader::loadVariables(Test &test, FindingList &findings)
{
    static const QStringList others{u".js"_s,  u".cjs"_s,  u".mjs"_s, u".ts"_s,   u".py"_s,
                                    u".rb"_s,  u".pdf"_s,  u".png"_s, u".jpg"_s,  u".jpeg"_s,
                                    u".gif"_s, u".webp"_s, u".mp4"_s, u".yaml"_s, u".yml"_s};
    for (DataNode &variable : test.variables.items) {
        if (!variable.isString() || !variable.text.startsWith("file://"_L1))
            continue;
        const QString path = variable.text.mid(7);
        if (endsWithAny(path, others)) {
            findings.fault(variable.line,
                           Words::tr("“%1” is not read: a variable's file is text.").arg(path));
            return false;
        }
        const Result<QByteArray> bytes = m_files.read(path);
        if (!bytes) {
            findings.fault(variable.line, bytes.error().message);
            return false;
        }
        variable.text = QString::fromUtf8(*bytes).trimmed();
    }
    return true;
}

PromptfooReader::Test PromptfooReader::withDefaults(const Test &test) const
{
    Test whole = test;
    if (!m_default.variables.items.empty()) {
        whole.variables = m_default.variables;
        setMembers(whole.variables, test.variables);
    }
    if (!m_default.metadata.items.empty()) {
        whole.metadata = m_default.metadata;
        setMembers(whole.metadata, test.metadata);
    }
    if (test.hasDefaultChecks)
        whole.checks.insert(whole.checks.begin(), m_default.checks.begin(), m_default.checks.end());
    if (!whole.threshold)
        whole.threshold = m_default.threshold;
    if (whole.prefix.isEmpty())
        whole.prefix = m_default.prefix;
    if (whole.suffix.isEmpty())
        whole.suffix = m_default.suffix;
    whole.expandsLists = test.expandsLists && m_default.expandsLists;
    if (whole.description.isEmpty())
        whole.description = m_default.description;
    return whole;
}

void PromptfooReader::addTest(Test test, FindingList &findings)
{
    if (!loadVariables(test, findings))
        return;
    const std::vector<DataNode> choices = choicesOf(test.variables, test.expandsLists, m_files.mostCases);
    if (choices.empty() || m_suite->cases.size() + choices.size() * m_prompts.size() > m_files.mostCases) {
        if (!m_isFull)
            findings.fault(test.line, Words::tr("There are more than %1 cases.").arg(m_files.mostCases));
        m_isFull = true;
        return;
    }
    ++m_testCount;
    int number = 0;
    for (const DataNode &choice : choices) {
        const DataNode variables = resolvedVariables(choice);
        for (const Prompt &prompt : m_prompts)
            addCase(test, variables, prompt, ++number, findings);
    }
}

void PromptfooReader::addCase(const Test &test, const DataNode &variables, const Prompt &prompt, int number,
                              FindingList &findings)
{
    const RenderedText rendered = renderPrompt(test.prefix + prompt.text + test.suffix, variables);
    for (const QString &problem : rendered.problems)
        m_findings.fault(prompt.line, problem);
    for (const QString &missing : rendered.missing)
        m_findings.notice(prompt.line,
                          Words::tr("A test has no variable “%1”: nothing stands for it.").arg(missing));
    if (!rendered.problems.isEmpty())
        return;
    SuiteCase one{.id = u"%1.%2"_s.arg(m_testCount).arg(number),
                  .description = renderTemplate(test.description, variables).text,
                  .variables = variables,
                  .metadata = test.metadata,
                  .file = findings.file(),
                  .line = test.line};
    if (const DataNode *shared = test.metadata.member(u"conversationId")) {
        one.setUp = SessionSetUp::Shared;
        one.sharedAs = shared->words();
    }
    one.turns.push_back({.prompt = rendered.text,
                         .checks = renderedChecks(test.checks, variables, m_files, findings),
                         .threshold = test.threshold});
    m_suite->cases.push_back(std::move(one));
}

} // namespace Parlance
