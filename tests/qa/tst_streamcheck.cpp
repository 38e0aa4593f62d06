// SPDX-License-Identifier: Apache-2.0
#include "qa/answer.h"
#include "wire/choosedecoder.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

//! "3 An event came after the end."
QStringList told(const QByteArray &contentType, const QByteArray &bytes)
{
    std::vector<Frame> frames;
    const auto decoder = makeDecoder(contentType);
    decoder->feed(bytes, frames);
    const std::optional<Error> error = decoder->finish(frames);
    for (std::size_t index = 0; index < frames.size(); ++index)
        frames[index].sequence = int(index);
    QStringList faults;
    for (const StreamFault &fault :
         streamFaultsOf(frames, contentType, error ? std::optional<ErrorKind>(error->kind) : std::nullopt))
        faults.append(QString::number(fault.frame) + u' ' + fault.message);
    return faults;
}

const QByteArray stream = "text/event-stream";

QByteArray events(const QList<QByteArray> &payloads)
{
    QByteArray bytes;
    for (const QByteArray &payload : payloads)
        bytes += "data: " + payload + "\n\n";
    return bytes;
}

const QByteArray begin = R"({"type":"RUN_STARTED","threadId":"t","runId":"r"})";
const QByteArray end = R"({"type":"RUN_FINISHED","threadId":"t","runId":"r"})";
const QByteArray call = R"({"type":"TOOL_CALL_START","toolCallId":"c","toolCallName":"search"})";
const QByteArray callEnd = R"({"type":"TOOL_CALL_END","toolCallId":"c"})";

} // namespace

class TestStreamCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsNoFaultInWhatIsWellFormed()
    {
        QCOMPARE_EQ(told(stream, events({begin, call, callEnd, end})), QStringList());
        QCOMPARE_EQ(told("application/json; charset=utf-8", R"({"result":"x"})"), QStringList());
        QCOMPARE_EQ(told("text/plain", "words"), QStringList());
        QCOMPARE_EQ(told(stream,
                         events({R"({"choices":[{"delta":{"content":"a"}}]})",
                                 R"({"choices":[{"delta":{},"finish_reason":"stop"}]})", "[DONE]"})),
                    QStringList());
        QCOMPARE_EQ(streamFaultsOf({}, {}), std::vector<StreamFault>());
    }

    void findsEachFault_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QStringList>("faults");
        QTest::newRow("unclosed call") << stream << events({begin, call, end})
                                       << QStringList{u"1 The call of the tool “search” was not closed."_s};
        QTest::newRow("no end") << stream << events({begin, call, callEnd})
                                << QStringList{u"-1 The answer has no end."_s};
        QTest::newRow("after the end")
            << stream
            << events({begin, end, R"({"type":"TEXT_MESSAGE_CONTENT","messageId":"m","delta":"x"})"})
            << QStringList{u"2 An event came after the end."_s};
        QTest::newRow("events in events")
            << stream << events({"data: {\"a\":1}"})
            << QStringList{u"0 The data of an event are themselves an event."_s};
        QTest::newRow("not UTF-8") << stream << events({"{\"a\":\"\xff\"}"})
                                   << QStringList{u"-1 What came is not UTF-8."_s};
        QTest::newRow("events called JSON")
            << QByteArray("application/json") << events({begin, end})
            << QStringList{u"-1 The Content-Type is application/json, but what came are events."_s};
        QTest::newRow("JSON called events")
            << stream << QByteArray(R"({"result":"x"})")
            << QStringList{u"-1 The Content-Type is text/event-stream, but what came are no events."_s};
        QTest::newRow("text called JSON")
            << QByteArray("application/json") << QByteArray("words")
            << QStringList{u"-1 The Content-Type is application/json, but what came is not JSON."_s};
        QTest::newRow("no type") << QByteArray() << QByteArray("words")
                                 << QStringList{u"-1 The answer does not tell its Content-Type."_s};
    }
    void findsEachFault()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, bytes);
        QTEST(told(type, bytes), "faults");
    }

    void findsInTheRecordingsWhatIsInThem()
    {
        const QDir folder(QStringLiteral(PARLANCE_SOURCE_DIR) + u"/tests/data/recordings"_s);
        QStringList lines;
        for (const QString &name : folder.entryList({u"*.sse"_s, u"*.json"_s, u"*.txt"_s}, QDir::Files)) {
            QFile file(folder.filePath(name));
            QFile type(folder.filePath(name.section(u'.', 0, 0) + u".type"_s));
            QVERIFY(file.open(QIODevice::ReadOnly) && type.open(QIODevice::ReadOnly));
            for (const QString &fault : told(type.readAll().trimmed(), file.readAll()))
                lines.append(name + u' ' + fault);
        }
        // All others are sound.
        const QStringList expected{
            u"agui.sse 19 The call of the tool “note” was not closed."_s,
            u"lines.sse -1 The Content-Type is text/event-stream; charset=utf-8, but what came are no events."_s,
            u"typescript-string.json -1 The Content-Type is application/json; charset=utf-8, but what came is not JSON."_s};
        QCOMPARE_EQ(lines, expected);
    }

    void takesAnAnswerOutOfAMessage()
    {
        Message message = userMessage(u"one"_s);
        message.timings.change().total = std::chrono::milliseconds(1500);
        message.parts.push_back(
            {.content = ToolCall{.callId = u"c"_s, .name = u"t"_s, .arguments = u"{}"_s}});
        message.parts.push_back(
            {.content = ToolResult{.callId = u"c"_s, .content = u"r"_s, .isError = true}});
        message.parts.push_back({.content = ToolResult{.callId = u"d"_s, .name = u"u"_s, .content = u"s"_s}});
        message.parts.push_back({.content = Text{.markdown = u"two"_s}});
        const Answer answer = answerOf(message);
        QCOMPARE_EQ(answer.text, u"one\n\ntwo"_s);
        QCOMPARE_EQ(answer.totalMs, 1500.0);
        QCOMPARE_EQ(answer.firstTextMs, std::nullopt);
        QCOMPARE_EQ(
            answer.tools,
            (std::vector<ToolStep>{
                {.name = u"t"_s, .arguments = u"{}"_s, .result = u"r"_s, .hasResult = true, .isError = true},
                {.name = u"u"_s, .result = u"s"_s, .hasResult = true}}));
        QVERIFY(!answer.isFailed);
        message.state = MessageState::Stopped;
        QVERIFY(answerOf(message).isFailed);
        const Answer both = joinedAnswers({answer, answerOf(message)});
        QCOMPARE_EQ(both.totalMs, 3000.0);
        QCOMPARE_EQ(both.tools.size(), 4U);
        QVERIFY(both.isFailed);
    }
};

QTEST_APPLESS_MAIN(TestStreamCheck)
#include "tst_streamcheck.moc"
