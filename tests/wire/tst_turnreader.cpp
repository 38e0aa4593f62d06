// SPDX-License-Identifier: Apache-2.0
#include "wire/chooseinterpreter.h"
#include "wire/deltaprinter.h"
#include "wire/framelabel.h"
#include "wire/turnreader.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

Frame message(const QByteArray &payload)
{
    return {.kind = FrameKind::SocketText, .payload = payload};
}

QString read(const QByteArrayList &payloads)
{
    const auto interpreter = makeInterpreter();
    std::vector<Delta> deltas;
    for (const QByteArray &payload : payloads)
        interpreter->interpret(message(payload), deltas);
    interpreter->finish(deltas);
    return printed(deltas);
}

void signRows()
{
    const auto row = [](const char *payload, TurnSign sign) {
        QTest::newRow(QByteArray(payload).trimmed().constData()) << QByteArray(payload) << sign;
    };
    row("data: {\"type\":\"RUN_STARTED\"}"
        "\n\n",
        TurnSign::Begins);
    row("data: {\"type\":\"TEXT_MESSAGE_CONTENT\",\"delta\":\"x\"}"
        "\n\n",
        TurnSign::GoesOn);
    row("data: {\"type\":\"RUN_FINISHED\"}"
        "\n\n",
        TurnSign::Ends);
    row("{\"type\":\"RUN_ERROR\",\"message\":\"x\"}", TurnSign::Ends);
    row("{\"init_event_loop\":true}", TurnSign::Begins);
    row("{\"event\":{\"messageStop\":{\"stopReason\":\"tool_use\"}}}", TurnSign::GoesOn);
    row("{\"event\":{\"messageStop\":{\"stopReason\":\"end_turn\"}}}", TurnSign::MayEnd);
    row("{\"event\":{\"contentBlockDelta\":{\"delta\":{\"text\":\"x\"}}}}", TurnSign::GoesOn);
    row("{\"data\":\"x\",\"delta\":{\"text\":\"x\"}}", TurnSign::GoesOn);
    row("{\"type\":\"bidi_response_start\",\"response_id\":\"r\"}", TurnSign::Begins);
    row("{\"type\":\"bidi_audio_stream\",\"audio\":\"AAAA\"}", TurnSign::GoesOn);
    row("{\"type\":\"bidi_response_complete\",\"response_id\":\"r\"}", TurnSign::MayEnd);
    row("{\"type\":\"bidi_connection_close\"}", TurnSign::Ends);
    row("{\"event\":{\"completionStart\":{}}}", TurnSign::Begins);
    row("{\"event\":{\"contentEnd\":{\"stopReason\":\"PARTIAL_TURN\"}}}", TurnSign::GoesOn);
    row("{\"event\":{\"contentEnd\":{\"stopReason\":\"END_TURN\"}}}", TurnSign::MayEnd);
    row("{\"event\":{\"completionEnd\":{}}}", TurnSign::Ends);
    row("{\"type\":\"error\",\"message\":\"x\"}", TurnSign::MayEnd);
    row("{\"response\":\"x\",\"session_id\":\"s\"}", TurnSign::MayEnd);
    row("{\"echo\":{\"a\":1},\"session\":\"s\"}", TurnSign::MayEnd);
    row("{\"chunk\":\"x\"}", TurnSign::GoesOn);
    row("{\"type\":\"done\"}", TurnSign::Ends);
    row("[DONE]", TurnSign::Ends);
    row("plain words", TurnSign::GoesOn);
    row("{\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":null}]}", TurnSign::GoesOn);
    row("{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}", TurnSign::MayEnd);
    row("{\"type\":\"AIMessageChunk\",\"content\":\"\",\"response_metadata\":{\"stopReason\":\"end_turn\"}}",
        TurnSign::MayEnd);
}

void shapeRows()
{
    QTest::newRow("AG-UI with its field")
        << QByteArrayList{"data: {\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m\",\"delta\":\"Hi\"}"
                          "\n\n"}
        << u"text Hi"_s;
    QTest::newRow("several events in a message")
        << QByteArrayList{"data: \"a\"\n\ndata: \"b\"\n\n"} << u"text ab"_s;
    QTest::newRow("AWS echo") << QByteArrayList{"{\"msg\":\"hi\"}"} << u"text hi"_s;
    QTest::newRow("echo of words") << QByteArrayList{"{\"echo\":\"hi\",\"session\":\"s\"}"} << u"text hi"_s;
    QTest::newRow("unknown object") << QByteArrayList{"{\"status\":1}"}
                                    << u"text ```json\n{\"status\":1}\n```"_s;
    QTest::newRow("guide sample")
        << QByteArrayList{"{\"response\":\"Hello\",\"session_id\":\"s\",\"message_type\":\"agent_response\"}"}
        << u"text Hello"_s;
    QTest::newRow("transcripts of both")
        << QByteArrayList{"{\"type\":\"bidi_transcript_stream\",\"text\":\"What\",\"role\":\"user\",\"is_"
                          "final\":false}",
                          "{\"type\":\"bidi_transcript_stream\",\"text\":\" "
                          "time?\",\"role\":\"user\",\"is_final\":true}",
                          "{\"type\":\"bidi_transcript_stream\",\"text\":\"Noon\",\"role\":\"assistant\"}",
                          "{\"type\":\"bidi_transcript_stream\",\"text\":\"Noon\",\"role\":\"assistant\","
                          "\"is_final\":true}"}
        << u"text > What time?\ntext Noon"_s;
    QTest::newRow("Sonic says ahead what it then says")
        << QByteArrayList{"{\"event\":{\"contentStart\":{\"role\":\"ASSISTANT\",\"additionalModelFields\":\"{"
                          "\\\"generationStage\\\":\\\"SPECULATIVE\\\"}\"}}}",
                          "{\"event\":{\"textOutput\":{\"content\":\"Hello.\",\"role\":\"ASSISTANT\"}}}",
                          "{\"event\":{\"contentStart\":{\"role\":\"ASSISTANT\",\"additionalModelFields\":\"{"
                          "\\\"generationStage\\\":\\\"FINAL\\\"}\"}}}",
                          "{\"event\":{\"textOutput\":{\"content\":\"Hello.\",\"role\":\"ASSISTANT\"}}}",
                          "{\"event\":{\"completionEnd\":{}}}"}
        << u"text Hello."_s;
    QTest::newRow("bidi error")
        << QByteArrayList{"{\"type\":\"bidi_error\",\"message\":\"no voice\",\"code\":\"x\"}"} << u"error"_s;
}

QByteArray soundOf(const QByteArray &samples)
{
    return "{\"type\":\"bidi_audio_stream\",\"audio\":\"" + samples.toBase64()
        + "\",\"format\":\"pcm\",\"sample_rate\":16000,\"channels\":1}";
}

} // namespace

//! What messages of a WebSocket mean, and where answers begin and end among them.
class TestTurnReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knowsBeginningsAndEnds_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<TurnSign>("sign");
        signRows();
    }
    void knowsBeginningsAndEnds()
    {
        QFETCH(const QByteArray, payload);
        QFETCH(const TurnSign, sign);
        TurnReader reader;
        QCOMPARE(int(reader.read(message(payload))), int(sign));
        QCOMPARE(reader.marksBeginnings(), sign == TurnSign::Begins);
        // What we sent says nothing of the answer.
        QCOMPARE(int(reader.read({.kind = FrameKind::SocketSent, .payload = payload})),
                 int(TurnSign::GoesOn));
    }

    void readsShapes_data()
    {
        QTest::addColumn<QByteArrayList>("payloads");
        QTest::addColumn<QString>("expected");
        shapeRows();
    }
    void readsShapes()
    {
        QFETCH(const QByteArrayList, payloads);
        QFETCH(const QString, expected);
        const QString told = read(payloads);
        if (expected == u"error"_s)
            QVERIFY2(told.contains(u"no voice"_s), qPrintable(told));
        else
            QCOMPARE(told, expected);
    }

    void leavesOutWhatIsLateOrOurs()
    {
        const auto interpreter = makeInterpreter();
        std::vector<Delta> deltas;
        Frame late = message("{\"response\":\"old\"}");
        late.event = "late";
        interpreter->interpret(late, deltas);
        interpreter->interpret({.kind = FrameKind::SocketSent, .payload = "{\"response\":\"mine\"}"}, deltas);
        interpreter->finish(deltas);
        QVERIFY(deltas.empty());
    }

    void givesSoundAsOneFile()
    {
        const QByteArray samples(48'000, '\x01');
        const auto interpreter = makeInterpreter();
        std::vector<Delta> deltas;
        for (int i = 0; i < 2; ++i) {
            interpreter->interpret(message(soundOf(samples)), deltas);
        }
        QVERIFY(deltas.empty());
        interpreter->interpret({.kind = FrameKind::SocketBinary, .payload = QByteArray("\xff\x00", 2)},
                               deltas);
        interpreter->finish(deltas);
        QCOMPARE(deltas.size(), size_t(2));
        QCOMPARE(std::get<AttachmentDelta>(deltas[0]).attachment.data, QByteArray("\xff\x00", 2));
        const Attachment sound = std::get<AttachmentDelta>(deltas[1]).attachment;
        QCOMPARE(sound.name, u"audio 3.0 s.wav"_s);
        QCOMPARE(sound.data.size(), 44 + 96'000);
        QCOMPARE(sound.data.mid(24, 4), QByteArray("\x80\x3e\x00\x00", 4)); // 16,000
    }

    void labelsWhatCame()
    {
        QCOMPARE(frameLabel({.kind = FrameKind::SocketBinary, .payload = "abc"}), u"binary, 3 bytes"_s);
        QCOMPARE(frameLabel({.kind = FrameKind::SocketSent, .payload = "{\"prompt\":\"x\"}"}),
                 u"→ {\"prompt\":\"x\"}"_s);
        QCOMPARE(frameLabel(message("data: {\"type\":\"RUN_STARTED\"}\n\n")), u"RUN_STARTED"_s);
    }
};

QTEST_APPLESS_MAIN(TestTurnReader)
#include "tst_turnreader.moc"
