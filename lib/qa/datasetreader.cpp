// SPDX-License-Identifier: Apache-2.0
#include "qa/datasetreader.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::DatasetReader)
};

//! What is said of an answer: a text, or an object with the text in it, as the service has it.
QString saidIn(const DataNode &node)
{
    const DataNode *text = node.isMap() ? node.member(u"text") : nullptr;
    return text != nullptr ? text->words() : node.words();
}

Check verdictOn(const QString &text, int line)
{
    return {.kind = CheckKind::Verdict, .value = textNode(text), .line = line};
}

} // namespace

DatasetReader::DatasetReader(FindingList findings, Suite *suite)
    : m_findings(std::move(findings))
    , m_suite(suite)
{
}

bool DatasetReader::canRead(const DataNode &scenario)
{
    return scenario.member(u"scenario_id") != nullptr
        || (scenario.member(u"turns") != nullptr && scenario.member(u"vars") == nullptr);
}

void DatasetReader::readLines(const QByteArray &bytes)
{
    int line = 0;
    for (const QByteArray &one : bytes.split('\n')) {
        ++line;
        if (one.trimmed().isEmpty())
            continue;
        const Result<DataNode> scenario = readData(QByteArrayView(one), line);
        if (scenario)
            readScenario(*scenario);
        else
            m_findings.fault(line, scenario.error().message);
    }
}

void DatasetReader::readScenario(const DataNode &scenario)
{
    SuiteCase one{.variables = {.kind = DataNode::Kind::Map},
                  .metadata = {.kind = DataNode::Kind::Map},
                  .file = m_findings.file(),
                  .line = scenario.line};
    if (const DataNode *id = scenario.member(u"scenario_id"))
        one.id = id->words();
    one.isNamed = !one.id.isEmpty();
    if (scenario.member(u"actor_profile") != nullptr) {
        m_findings.unsupported(
            scenario.line,
            Words::tr("“%1” is not asked: a model would have to play the person.").arg(one.id));
        return;
    }
    for (const DataNode &member : scenario.items) {
        if (member.name == "turns"_L1)
            readTurns(member, one);
        else if (member.name == "assertions"_L1)
            readAssertions(member, one);
        else if (member.name == "expected_trajectory"_L1)
            readTrajectory(member, one);
        else if (member.name == "metadata"_L1 && member.isMap())
            one.metadata = member;
        else if (member.name == "description"_L1)
            one.description = member.words();
        else if (member.name != "scenario_id"_L1)
            m_findings.unsupported(member.line,
                                   Words::tr("“%1” of a scenario is passed over.").arg(member.name));
    }
    one.metadata.name.clear();
    if (one.turns.empty()) {
        m_findings.fault(scenario.line, Words::tr("“%1” has no turns.").arg(one.id));
        return;
    }
    if (one.id.isEmpty())
        one.id = QString::number(m_suite->cases.size() + 1);
    if (m_ids.contains(one.id)) {
        m_findings.fault(scenario.line, Words::tr("There are two scenarios “%1”.").arg(one.id));
        return;
    }
    m_ids.insert(one.id);
    m_suite->cases.push_back(std::move(one));
}

void DatasetReader::readTurns(const DataNode &turns, SuiteCase &one)
{
    if (!turns.isList())
        m_findings.fault(turns.line, Words::tr("“turns” is not a list."));
    for (const DataNode &turn : turns.isList() ? turns.items : std::vector<DataNode>())
        readTurn(turn, one);
}

void DatasetReader::readTurn(const DataNode &turn, SuiteCase &one)
{
    const DataNode *input = turn.member(u"input");
    if (input == nullptr || (input->isString() && input->text.isEmpty()) || input->isNull()) {
        m_findings.fault(turn.line, Words::tr("A turn of “%1” has no “input”.").arg(one.id));
        return;
    }
    if (!input->isString())
        m_findings.notice(input->line, Words::tr("An “input” that is not a text is asked as JSON."));
    SuiteTurn read{.prompt = input->isString() ? input->text : input->json()};
    for (const DataNode &member : turn.items) {
        if (member.name == "expected_response"_L1 || member.name == "expected_output"_L1) {
            read.expected = saidIn(member);
            if (!read.expected.isEmpty() && !member.isNull())
                read.checks.push_back(verdictOn(read.expected, member.line));
        } else if (member.name != "input"_L1) {
            m_findings.unsupported(member.line, Words::tr("“%1” of a turn is passed over.").arg(member.name));
        }
    }
    one.turns.push_back(std::move(read));
}

void DatasetReader::readAssertions(const DataNode &assertions, SuiteCase &one)
{
    if (!assertions.isList() && !assertions.isNull())
        m_findings.fault(assertions.line, Words::tr("“assertions” is not a list."));
    for (const DataNode &assertion : assertions.isList() ? assertions.items : std::vector<DataNode>())
        one.checks.push_back(verdictOn(saidIn(assertion), assertion.line));
    if (!one.checks.empty())
        m_findings.notice(0, Words::tr("What is asserted in words is for a person to judge."));
}

void DatasetReader::readTrajectory(const DataNode &trajectory, SuiteCase &one)
{
    const DataNode *names = trajectory.isMap() ? trajectory.member(u"toolNames") : &trajectory;
    if (names == nullptr || !names->isList()) {
        if (!trajectory.isNull())
            m_findings.fault(trajectory.line, Words::tr("“expected_trajectory” is no list of tools."));
        return;
    }
    if (names->items.empty()) {
        m_findings.unsupported(trajectory.line,
                               Words::tr("“expected_trajectory” is empty: the tools are not looked at."));
        return;
    }
    DataNode steps = *names;
    steps.name.clear();
    one.checks.push_back(
        {.kind = CheckKind::ToolSequence, .value = std::move(steps), .line = trajectory.line});
    const QString problem = problemWithCheck(one.checks.back());
    if (problem.isEmpty())
        return;
    m_findings.fault(trajectory.line, problem);
    one.checks.pop_back();
}

} // namespace Parlance
