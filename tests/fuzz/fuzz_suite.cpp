// SPDX-License-Identifier: Apache-2.0
#include "fuzz/replay.h"
#include "qa/csvreader.h"
#include "qa/datadiff.h"
#include "qa/judge.h"
#include "qa/jsonschema.h"
#include "qa/suitereader.h"
#include "qa/suitetemplate.h"
#include "qa/worddiff.h"
#include "qa/yamldata.h"

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

//! Every file that a suite names has the same in it, so that tables and tests are read, too.
SuiteReading readAll(const QByteArray &bytes, const QString &path)
{
    return readSuite({.read = [&bytes](const QString &) -> Result<QByteArray> { return bytes; },
                      .find = [](const QString &) { return QStringList{u"a.csv"_s}; },
                      .mostCases = 100},
                     path);
}

void checkSuite(const QByteArray &bytes)
{
    for (const QString &path : {u"a.yaml"_s, u"a.json"_s, u"a.jsonl"_s}) {
        const SuiteReading reading = readAll(bytes, path);
        if (readAll(bytes, path).suite != reading.suite)
            std::abort();
        if (reading.suite.cases.empty() && reading.findings.empty())
            std::abort();
        for (const SuiteFinding &finding : reading.findings) {
            if (finding.message.isEmpty() || finding.line < 0)
                std::abort();
        }
        // What was read can be judged, whatever is said.
        for (std::size_t index = 0; index < std::min<std::size_t>(reading.suite.cases.size(), 3); ++index) {
            const SuiteTurn &turn = reading.suite.cases[index].turns.at(0);
            judge(turn.checks, turn.threshold, {.text = turn.prompt});
        }
    }
}

void checkData(const QByteArray &bytes)
{
    const Result<DataNode> node = readData(QByteArrayView(bytes));
    if (!node)
        return;
    if (*readData(node->json()) != *node || !diffData(*node, *node).empty() || !meansTheSame(*node, *node))
        std::abort();
    if (const Result<JsonSchema> schema = JsonSchema::read(*node))
        schema->problemWith(*node);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = viewOf(data, size).toByteArray();
    const QString text = QString::fromUtf8(bytes);
    checkSuite(bytes);
    checkData(bytes);
    readCsv(text);
    renderPrompt(text, *readData(u"{\"a\":\"{{b}}\",\"b\":[1]}"));
    objectsIn(text);
    const qsizetype half = text.size() / 2;
    const TextDiff diff = diffWords(text.first(half), text.sliced(half));
    QString before;
    QString after;
    for (const TextPiece &piece : diff.pieces) {
        before += piece.before;
        after += piece.after;
    }
    if (before != text.first(half) || after != text.sliced(half))
        std::abort();
    return 0;
}
