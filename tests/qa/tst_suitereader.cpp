// SPDX-License-Identifier: Apache-2.0
#include "qa/suitereader.h"
#include "qa/yamldata.h"

#include <QHash>
#include <QTest>

#include <ctime>
#include <utility>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

SuiteReading read(const QHash<QString, QByteArray> &files, const QString &path)
{
    return readSuite({.read = [files](const QString &name) -> Result<QByteArray> {
                          if (!files.contains(name))
                              return failure(ErrorKind::Internal, u"no "_s + name);
                          return files.value(name);
                      },
                      .find =
                          [files](const QString &pattern) {
                              QStringList names;
                              for (const QString &name : files.keys()) {
                                  if (name.startsWith(pattern.section(u'*', 0, 0)) && name != "suite.yaml"_L1)
                                      names.append(name);
                              }
                              names.sort();
                              return names;
                          }},
                     path);
}

SuiteReading readYamlSuite(const QByteArray &yaml, QHash<QString, QByteArray> files = {})
{
    files.insert(u"suite.yaml"_s, yaml);
    return read(files, u"suite.yaml"_s);
}

//! "suite.yaml:3 The check …", one a line.
QString told(const SuiteReading &reading)
{
    static const QHash<FindingKind, QString> marks{
        {FindingKind::Fault, u"!"_s}, {FindingKind::Unsupported, u"-"_s}, {FindingKind::Notice, u" "_s}};
    QStringList lines;
    for (const SuiteFinding &finding : reading.findings)
        lines.append(marks.value(finding.kind) + finding.file + u':' + QString::number(finding.line) + u' '
                     + finding.message);
    return lines.join(u'\n');
}

QStringList promptsOf(const SuiteReading &reading)
{
    QStringList prompts;
    for (const SuiteCase &one : reading.suite.cases) {
        for (const SuiteTurn &turn : one.turns)
            prompts.append(turn.prompt);
    }
    return prompts;
}

} // namespace

class TestSuiteReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void asksEachTestWithEachPrompt()
    {
        const SuiteReading reading =
            readYamlSuite("description: Orders\n"
                          "prompts: ['A {{x}}', {raw: 'B {{ x }}', label: short}]\n"
                          "evaluateOptions: {maxConcurrency: 8, repeat: 3, delay: 20}\n"
                          "tests:\n"
                          "  - vars: {x: [one, two]}\n"
                          "  - vars: {x: 3}\n");
        QCOMPARE_EQ(told(reading), QString());
        QCOMPARE_EQ(promptsOf(reading),
                    QStringList({u"A one"_s, u"B one"_s, u"A two"_s, u"B two"_s, u"A 3"_s, u"B 3"_s}));
        QCOMPARE_EQ(reading.suite.description, u"Orders"_s);
        QCOMPARE_EQ(reading.suite.concurrency, 8);
        QCOMPARE_EQ(reading.suite.repeats, 3);
        QCOMPARE_EQ(reading.suite.delayMs, 20);
        QVERIFY(reading.isSound());
        QSet<QString> ids;
        for (const SuiteCase &one : reading.suite.cases)
            ids.insert(one.id);
        QCOMPARE_EQ(ids.size(), 6);
        QCOMPARE_EQ(reading.suite.cases.back().line, 6);
    }

    void namesWhatIsNotSupportedWithItsLine()
    {
        const SuiteReading reading = readYamlSuite("prompts: ['{{ q }} {{ lost }}']\n" // 1
                                                   "providers: [openai:gpt-4]\n"
                                                   "extensions: [file://hook.js:before]\n"
                                                   "defaultTest:\n"
                                                   "  options: {provider: openai}\n" // 5
                                                   "tests:\n"
                                                   "  - vars: {q: a}\n"
                                                   "    provider: other\n"
                                                   "    assert:\n"
                                                   "      - type: llm-rubric\n" // 10
                                                   "        value: is nice\n"
                                                   "      - type: javascript\n"
                                                   "        value: output.length\n"
                                                   "      - type: cointains\n"
                                                   "        value: x\n" // 15
                                                   "      - type: similar\n"
                                                   "        value: x\n"
                                                   "      - type: contains\n"
                                                   "      - type: regex\n"
                                                   "        value: '('\n" // 20
                                                   "      - type: is-json\n"
                                                   "        value: {typ: object}\n"
                                                   "      - type: contains\n"
                                                   "        value: fine\n"
                                                   "        transform: output.trim()\n" // 25
                                                   "  - file://generate.py\n"
                                                   "  - file://missing.csv\n");
        QCOMPARE_EQ(told(reading),
                    u" suite.yaml:2 “providers” means nothing here: the agents are chosen for a run.\n"
                    "-suite.yaml:3 “extensions” is passed over.\n"
                    "-suite.yaml:5 “provider” of a test's options is passed over.\n"
                    "-suite.yaml:8 “provider” of a test is passed over.\n"
                    "-suite.yaml:10 The check “llm-rubric” is not supported: a model would have to judge.\n"
                    "-suite.yaml:12 The check “javascript” is not supported: no program of a suite is run.\n"
                    "!suite.yaml:14 There is no check “cointains”.\n"
                    "-suite.yaml:16 The check “similar” is not supported: a model would have to judge.\n"
                    "-suite.yaml:25 “transform” of the check “contains” is passed over.\n"
                    " suite.yaml:1 A test has no variable “lost”: nothing stands for it.\n"
                    "!suite.yaml:18 The check “contains” has no value.\n"
                    "!suite.yaml:19 “(” is not a regular expression: missing closing parenthesis.\n"
                    "!suite.yaml:21 The schema's “typ” is not known.\n"
                    "-suite.yaml:26 Tests of “generate.py” are not read.\n"
                    "!suite.yaml:27 no missing.csv"_s);
        QCOMPARE_EQ(reading.suite.cases.size(), 1U);
        QCOMPARE_EQ(reading.suite.cases[0].turns[0].checks.size(), 1U);
        QVERIFY(!reading.isSound());
    }

    void namesTheLineThatCannotBeRead()
    {
        QCOMPARE_EQ(told(readYamlSuite("prompts: [a]\ntests: [b\n")), u"!suite.yaml:0 Line 3 is not YAML."_s);
        QCOMPARE_EQ(told(readYamlSuite("prompts: [a]\nprompts: [b]\n")),
                    u"!suite.yaml:0 What begins in line 1 has one name twice."_s);
        QCOMPARE_EQ(told(readYamlSuite("prompts: [\"\xff\"]\n")), u"!suite.yaml:0 The file is not UTF-8."_s);
        QCOMPARE_EQ(told(readYamlSuite("a: 1\n")),
                    u"!suite.yaml:0 This is neither a promptfoo configuration nor a dataset of AgentCore."_s);
        QCOMPARE_EQ(told(readYamlSuite("tests: []\n")), u"!suite.yaml:0 There is no prompt to ask."_s);
        QCOMPARE_EQ(told(readYamlSuite("prompts: ['{% if x %}a{% endif %}']\n")),
                    u"!suite.yaml:1 “{% if x %}” is not supported: statements are not carried out.\n"
                    "!suite.yaml:1 “{% endif %}” is not supported: statements are not carried out."_s);
    }

    void readsTestsOfOtherFiles()
    {
        const QHash<QString, QByteArray> files{
            {u"a.csv"_s, "q,__expected,__metadata:kind\n1,contains: x,easy\n"},
            {u"b.yaml"_s, "- vars: {q: 2}\n- vars: {q: 'file://long.txt'}\n"},
            {u"c.json"_s, R"([{"vars": {"q": 4}}])"},
            {u"d.jsonl"_s, "{\"vars\": {\"q\": 5}}\n\n{\"vars\"\n"},
            {u"long.txt"_s, " from a file \n"},
            {u"ask.txt"_s, "First {{q}}\n---\nSecond {{q}}\n"}};
        const SuiteReading reading =
            readYamlSuite("prompts: [file://ask.txt]\ndefaultTest: {vars: {z: 'file://long.txt'}}\ntests: "
                          "[a.csv, b.yaml, 'c*', d.jsonl]\n",
                          files);
        QCOMPARE_EQ(told(reading), u"!d.jsonl:3 Line 3 is not JSON: it ends too early."_s);
        QCOMPARE_EQ(promptsOf(reading).mid(0, 6),
                    QStringList({u"First 1"_s, u"Second 1"_s, u"First 2"_s, u"Second 2"_s,
                                 u"First from a file"_s, u"Second from a file"_s}));
        QCOMPARE_EQ(promptsOf(reading).size(), 10);
        const SuiteCase &first = reading.suite.cases[0];
        QCOMPARE_EQ(first.file, u"a.csv"_s);
        QCOMPARE_EQ(first.line, 2);
        QCOMPARE_EQ(first.variables.member(u"z")->text, u"from a file"_s);
        QCOMPARE_EQ(first.metadata.json(), uR"({"kind":"easy"})"_s);
        QCOMPARE_EQ(checkName(first.turns[0].checks.at(0)), u"contains"_s);
    }

    void refusesWhatWouldNotEnd()
    {
        const QByteArray list = "[" + QByteArray("x,").repeated(300) + "]";
        const SuiteReading many = readYamlSuite("prompts: ['{{a}}{{b}}']\ntests:\n  - vars: {a: " + list
                                                + ", b: " + list + "}\n  - vars: {a: 1, b: 2}\n");
        QCOMPARE_EQ(told(many), u"!suite.yaml:3 There are more than 50000 cases."_s);
        QCOMPARE_EQ(many.suite.cases.size(), 1U);
        const SuiteReading round = readYamlSuite("prompts: [a]\ntests: a.yaml\n",
                                                 {{u"a.yaml"_s, "- b.yaml\n"}, {u"b.yaml"_s, "- a.yaml\n"}});
        QVERIFY(told(round).contains("name each other"_L1));
    }

    void sharesASessionWhereAConversationIsNamed()
    {
        const SuiteReading reading = readYamlSuite("prompts: ['{{q}}']\n"
                                                   "tests:\n"
                                                   "  - {vars: {q: a}, metadata: {conversationId: c1}}\n"
                                                   "  - {vars: {q: b}, metadata: {conversationId: c1}}\n"
                                                   "  - {vars: {q: c}}\n");
        QCOMPARE_EQ(reading.suite.cases[0].setUp, SessionSetUp::Shared);
        QCOMPARE_EQ(reading.suite.cases[1].sharedAs, u"c1"_s);
        QCOMPARE_EQ(reading.suite.cases[2].setUp, SessionSetUp::Fresh);
    }

    void readsDatasetsOfAgentCore()
    {
        const QByteArray lines =
            R"({"scenario_id":"math","turns":[{"input":"15 + 27?","expected_response":"42"},{"input":"And 1?"}],)"
            R"("expected_trajectory":["calculator"],"assertions":["Used the calculator"]})"
            "\n\n"
            R"({"scenario_id":"sim","actor_profile":{"goal":"x"},"input":"Hi"})"
            "\n"
            R"({"scenario_id":"math","turns":[{"input":"again"}]})"
            "\n"
            R"({"scenario_id":"odd","turns":[{"input":{"a":1.0},"tools":1},{"expected_response":"x"}],"tags":[]})"
            "\n{\"scenario_id\":\n";
        const SuiteReading reading = read({{u"d.jsonl"_s, lines}}, u"d.jsonl"_s);
        QCOMPARE_EQ(told(reading),
                    u" d.jsonl:0 What is asserted in words is for a person to judge.\n"
                    "-d.jsonl:3 “sim” is not asked: a model would have to play the person.\n"
                    "!d.jsonl:4 There are two scenarios “math”.\n"
                    " d.jsonl:5 An “input” that is not a text is asked as JSON.\n"
                    "-d.jsonl:5 “tools” of a turn is passed over.\n"
                    "!d.jsonl:5 A turn of “odd” has no “input”.\n"
                    "-d.jsonl:5 “tags” of a scenario is passed over.\n"
                    "!d.jsonl:6 Line 6 is not JSON: it ends too early."_s);
        const SuiteCase &math = reading.suite.cases.at(0);
        QCOMPARE_EQ(math.turns.size(), 2U);
        QCOMPARE_EQ(math.turns[0].expected, u"42"_s);
        QCOMPARE_EQ(checkName(math.turns[0].checks.at(0)), u"human"_s);
        QCOMPARE_EQ(math.checks.size(), 2U);
        QCOMPARE_EQ(checkName(math.checks[0]), u"trajectory:tool-sequence"_s);
        QCOMPARE_EQ(promptsOf(reading).last(), uR"({"a":1.0})"_s);
    }

    void readsADatasetInOneObject()
    {
        const SuiteReading reading =
            read({{u"d.json"_s, R"({"scenarios": [{"scenario_id": "a", "turns": [{"input": "x"}]},
                                             {"scenario_id": "b", "turns": [{"input": "y"}],
                                              "expected_trajectory": {"toolNames": ["t"]}}]})"}},
                 u"d.json"_s);
        QCOMPARE_EQ(told(reading), QString());
        QCOMPARE_EQ(promptsOf(reading), QStringList({u"x"_s, u"y"_s}));
        QCOMPARE_EQ(reading.suite.cases[1].checks.size(), 1U);
    }

    void readsYamlAsJavaScriptDoes_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QString>("json");
        const auto row = [](const char *name, const QByteArray &yaml, const QString &json) {
            QTest::newRow(name) << yaml << json;
        };
        row("scalars", "[null, ~, true, False, yes, 1, 1.50, -2e3, 0x1F, 0o17, '1', \"true\", .5, 1.2.3]",
            uR"([null,null,true,false,"yes",1,1.50,-2e3,31,15,"1","true",.5,"1.2.3"])"_s);
        row("aliases", "a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}",
            uR"({"a":{"b":1},"c":{"b":1},"d":{"b":1,"e":2}})"_s);
        row("blocks", "a: |\n  x\n  y\nb: >-\n  x\n  y\nc:", uR"({"a":"x\ny\n","b":"x y","c":null})"_s);
        row("the first document", "a: 1\n---\nb: 2\n", uR"({"a":1})"_s);
        row("nothing", "", u"null"_s);
    }
    void readsYamlAsJavaScriptDoes()
    {
        QFETCH(QByteArray, yaml);
        const Result<DataNode> node = readYaml(yaml);
        QVERIFY(node);
        QTEST(node->json(), "json");
    }

    void refusesYamlThatUnfoldsWithoutEnd()
    {
        QByteArray yaml = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
        for (int level = 1; level < 12; ++level) {
            const QByteArray alias = "*a" + QByteArray::number(level - 1) + ',';
            yaml += 'a' + QByteArray::number(level) + ": &a" + QByteArray::number(level) + " ["
                + alias.repeated(10) + "]\n";
        }
        const Result<DataNode> node = readYaml(yaml);
        QVERIFY(!node);
        QVERIFY(node.error().message.contains("unfolds"_L1));
        QVERIFY(!readYaml(QByteArray(5000, '[')));
    }

    void readsTenThousandCasesAtOnce()
    {
        QByteArray yaml = "prompts: ['Where is order {{id}} of {{name}}?']\n"
                          "defaultTest:\n  assert:\n    - {type: no-error}\n"
                          "tests:\n";
        for (int index = 0; index < 10'000; ++index) {
            yaml += "  - description: case " + QByteArray::number(index) + "\n    vars:\n      id: A"
                + QByteArray::number(index)
                + "\n      name: Ada\n    assert:\n      - type: contains\n"
                  "        value: '{{id}}'\n      - type: regex\n        value: 'order [A-Z]\\d+'\n";
        }
        std::clock_t begin = std::clock();
        const auto elapsed = [&begin] { return int((std::clock() - begin) * 1000 / CLOCKS_PER_SEC); };
        const SuiteReading reading = readYamlSuite(yaml);
        qInfo("10,000 cases of YAML: %d ms", elapsed());
        QCOMPARE_EQ(reading.suite.cases.size(), 10'000U);
        QCOMPARE_LT(elapsed(), 5'000);

        QByteArray lines;
        for (int index = 0; index < 10'000; ++index)
            lines += "{\"scenario_id\":\"s" + QByteArray::number(index)
                + "\",\"turns\":[{\"input\":\"a\"},"
                  "{\"input\":\"b\"}],\"expected_trajectory\":[\"t\"]}\n";
        begin = std::clock();
        QCOMPARE_EQ(read({{u"d.jsonl"_s, lines}}, u"d.jsonl"_s).suite.cases.size(), 10'000U);
        qInfo("10,000 scenarios: %d ms", elapsed());
        QCOMPARE_LT(elapsed(), 5'000);
    }
};

QTEST_APPLESS_MAIN(TestSuiteReader)
#include "tst_suitereader.moc"
