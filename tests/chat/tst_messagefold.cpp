// SPDX-License-Identifier: Apache-2.0
#include "chat/messagefold.h"
#include "wire/choosedecoder.h"
#include "wire/chooseinterpreter.h"

#include <QDir>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

struct Recording
{
    QString name;
    QByteArray type;
    QByteArray body;
};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QList<Recording> recordings()
{
    QList<Recording> found;
    const QDir folder(QStringLiteral(PARLANCE_SOURCE_DIR "/tests/data/recordings"));
    for (const QFileInfo &file : folder.entryInfoList(QDir::Files)) {
        const QByteArray body = contentOf(file.filePath());
        if (file.suffix() == u"sse"_s)
            found.append({file.fileName(), "text/event-stream", body});
        else if (file.suffix() == u"json"_s)
            found.append({file.fileName(), "application/json", body});
        else if (file.suffix() == u"hex"_s)
            found.append({file.fileName(), "application/vnd.amazon.eventstream", QByteArray::fromHex(body)});
    }
    return found;
}

//! The message a body makes when it arrives in these pieces; each frame comes at its own number.
Message replay(const QByteArray &type, const QByteArrayList &pieces)
{
    Message message{.role = Role::Agent, .state = MessageState::Streaming};
    const auto decoder = makeDecoder(type);
    const auto interpreter = makeInterpreter();
    int sequence = 0;
    const auto fold = [&](std::vector<Frame> frames) {
        for (Frame &frame : frames) {
            frame.sequence = sequence++;
            frame.sinceSend = std::chrono::milliseconds(frame.sequence);
            std::vector<Delta> deltas;
            interpreter->interpret(frame, deltas);
            for (const Delta &delta : deltas)
                foldDelta(message, delta, &frame);
        }
    };
    for (const QByteArray &piece : pieces) {
        std::vector<Frame> frames;
        decoder->feed(piece, frames);
        fold(std::move(frames));
    }
    std::vector<Frame> frames;
    decoder->finish(frames);
    fold(std::move(frames));
    std::vector<Delta> rest;
    interpreter->finish(rest);
    for (const Delta &delta : rest)
        foldDelta(message, delta, nullptr);
    finishMessage(message, MessageState::Complete);
    return message;
}

} // namespace

class TestMessageFold : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void givesTheSameMessageHoweverTheBytesAreCut_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        const QList<Recording> all = recordings();
        QVERIFY(all.size() >= 5);
        for (const Recording &recording : all)
            QTest::newRow(qPrintable(recording.name)) << recording.type << recording.body;
    }
    void givesTheSameMessageHoweverTheBytesAreCut()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        const Message whole = replay(type, {body});
        QVERIFY(!whole.parts.empty());
        QByteArrayList bytes;
        for (const char byte : body)
            bytes.append(QByteArray(1, byte));
        QCOMPARE_EQ(replay(type, bytes), whole);
        QRandomGenerator random(7);
        for (int round = 0; round < 50; ++round) {
            QByteArrayList pieces;
            for (qsizetype at = 0; at < body.size();) {
                const qsizetype size = random.bounded(1, 200);
                pieces.append(body.mid(at, size));
                at += size;
            }
            QCOMPARE_EQ(replay(type, pieces), whole);
        }
    }

    void keepsTheOrderOfTextAndTools()
    {
        const QByteArray body =
            "data: {\"data\":\"Let me see.\"}\n\n"
            "data: {\"current_tool_use\":{\"toolUseId\":\"t\",\"name\":\"f\",\"input\":{\"a\":1}}}\n\n"
            "data: {\"data\":\"Done.\"}\n\n";
        const Message message = replay("text/event-stream", {body});
        QCOMPARE_EQ(message.parts.size(), size_t(3));
        QVERIFY(std::holds_alternative<Text>(message.parts[0].content));
        QVERIFY(std::holds_alternative<ToolCall>(message.parts[1].content));
        QCOMPARE_EQ(std::get<ToolCall>(message.parts[1].content).arguments, u"{\"a\":1}"_s);
        QCOMPARE_EQ(std::get<Text>(message.parts[2].content).markdown, u"Done."_s);
        QCOMPARE_EQ(message.parts[2].frames, (FrameSpan{2, 2}));
    }

    void keepsWhatTheAgentCallsThings()
    {
        const auto event = [](const char *json) -> QByteArray {
            return QByteArray("data: ") + json + "\n\n";
        };
        const Message message = replay(
            "text/event-stream",
            {event(R"({"type":"TEXT_MESSAGE_CONTENT","messageId":"m","delta":"Look"})"),
             event(R"({"type":"TOOL_CALL_START","toolCallId":"t","toolCallName":"f","parentMessageId":"m"})"),
             event(R"({"type":"TOOL_CALL_RESULT","messageId":"r","toolCallId":"t","content":"1"})"),
             event(R"({"data":"Words without a name"})")});
        QStringList ids;
        for (const MessagePart &part : message.parts)
            ids.append(*part.givenId);
        QCOMPARE_EQ(ids, (QStringList{u"m"_s, u"m"_s, u"r"_s, QString()}));
    }

    // The indices of parts are what the inspector points to, so what is gone leaves an empty place.
    void putsWhatIsToldAnewInItsPlace()
    {
        Message message{.role = Role::Agent, .state = MessageState::Streaming};
        const auto text = [&message](const QString &words, const QString &id, bool replaces = false) {
            foldDelta(
                message,
                TextDelta{.text = words, .blockKey = id, .kind = KeyKind::Document, .replaces = replaces},
                nullptr);
        };
        const auto file = [&message](const QByteArray &data) {
            foldDelta(message, AttachmentDelta{.attachment = {.data = data}, .documentId = u"f"_s}, nullptr);
        };
        text(u"One"_s, u"a"_s);
        file("x");
        foldDelta(message, ToolStartDelta{.callId = u"t"_s}, nullptr);
        text(u", two"_s, u"a"_s);
        file("xy");
        QCOMPARE_EQ(message.parts.size(), size_t(3));
        QCOMPARE_EQ(message.text(), u"One, two"_s);
        QCOMPARE_EQ(std::get<Attachment>(message.parts[1].content).data, "xy"_ba);
        text(u"Three"_s, u"a"_s, true);
        text({}, u"f"_s, true);
        text({}, u"unknown"_s, true);
        QCOMPARE_EQ(message.parts.size(), size_t(3));
        QCOMPARE_EQ(message.text(), u"Three"_s);
        QVERIFY(std::holds_alternative<Text>(message.parts[1].content));
    }
};

QTEST_GUILESS_MAIN(TestMessageFold)
#include "tst_messagefold.moc"
