// SPDX-License-Identifier: Apache-2.0
#include "wire/choosedecoder.h"
#include "wire/eventstreamdecoder.h"

#include <QFile>
#include <QTest>

using namespace Parlance;

namespace {

struct Decoded
{
    std::vector<Frame> frames;
    std::optional<Error> error;
};

//! Pieces of plain text belong together however they were cut.
void mergeText(std::vector<Frame> &frames)
{
    std::vector<Frame> merged;
    for (Frame &frame : frames) {
        if (!merged.empty() && frame.kind == FrameKind::Text && merged.back().kind == FrameKind::Text)
            merged.back().payload += frame.payload;
        else
            merged.push_back(std::move(frame));
    }
    frames = std::move(merged);
}

Decoded decode(const QByteArray &type, const QByteArrayList &pieces)
{
    Decoded result;
    const auto decoder = makeDecoder(type);
    for (const QByteArray &piece : pieces)
        decoder->feed(piece, result.frames);
    result.error = decoder->finish(result.frames);
    mergeText(result.frames);
    return result;
}

QByteArray printed(const Decoded &decoded)
{
    QByteArray text;
    for (const Frame &frame : decoded.frames) {
        text += QByteArray::number(int(frame.kind)) + ' ' + frame.event + '|' + frame.id + '|' + frame.payload
            + '\n';
    }
    if (decoded.error)
        text += "error " + errorKindName(decoded.error->kind).toUtf8();
    return text;
}

QByteArray hexFile()
{
    QFile file(QStringLiteral(PARLANCE_SOURCE_DIR "/tests/data/recordings/commands.hex"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QByteArray::fromHex(file.readAll());
}

const QByteArray sse("text/event-stream; charset=utf-8");
const QByteArray eventStream("application/vnd.amazon.eventstream");

} // namespace

class TestDecoders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void decodesTheSameHoweverItIsCut_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const QByteArray &type, const QByteArray &body,
                            const QByteArray &expected) { QTest::newRow(name) << type << body << expected; };
        row("one event", sse, "data: \"Hi\"\n\n", "0 ||\"Hi\"\n");
        row("no space", sse, "data:\"Hi\"\n\n", "0 ||\"Hi\"\n");
        row("carriage returns", sse, "data: a\r\rdata: b\r\r", "0 ||a\n0 ||b\n");
        row("both", sse, "data: a\r\n\r\ndata: b\r\n\r\n", "0 ||a\n0 ||b\n");
        row("several data lines", sse, "data: Hello\ndata: world\n\n", "0 ||Hello\nworld\n");
        row("empty data", sse, "data: \n\ndata:\n\n", "0 ||\n0 ||\n");
        row("names", sse, "event: error\nid: 7\nretry: 5\ndata: {\"error\":\"boom\"}\n\n",
            "0 error|7|{\"error\":\"boom\"}\n");
        row("comments", sse, ": heartbeat\n\ndata: x\n\n", "0 ||x\n");
        row("event without data", sse, "event: ping\n\ndata: x\n\n", "0 ||x\n");
        row("open at the end", sse, "data: a\n\ndata: b", "0 ||a\n0 ||b\n");
        row("mark at the start", sse,
            "\xEF\xBB\xBF"
            "data: a\n\n",
            "0 ||a\n");
        row("separators of Unicode", sse,
            "data: \"a\xE2\x80\xA8"
            "b\xC2\x85"
            "c\"\n\n",
            "0 ||\"a\xE2\x80\xA8"
            "b\xC2\x85"
            "c\"\n");
        row("unknown fields", sse, "data: a\nfoo: bar\n\n", "0 ||a\n");
        row("lines without fields", sse, "Hello\nworld\n", "1 ||Hello\n1 ||world\n");
        row("lines with a blank one", sse, "# Title\n\nNote: this\nid: none\n",
            "1 ||# Title\n1 ||\n1 ||Note: this\n1 ||id: none\n");
        row("lines that look like fields", sse, "Note: this\n\nbye\n", "1 ||Note: this\n1 ||bye\n");
        row("an unknown field before the data", sse, "foo: bar\ndata: x\n\n", "0 ||x\n");
        row("lines, then events", sse, "starting\ndata: x\n\n", "1 ||starting\n0 ||x\n");
        row("a mark alone", sse, "\xEF\xBB\xBF ", "");
        row("text that begins like a comment", "text/plain", ":-) hello", "2 ||:-) hello\n");
        row("text that begins like a name", "application/json", "event: concert\non Friday",
            "3 ||event: concert\non Friday\n");
        row("comments before the data, called JSON", "application/json", ": heartbeat\n\nid: 4\ndata: x\n\n",
            "0 |4|x\n");
        row("a JSON value to a line", sse, "{\"a\":1}\n{\"b\":2}\n", "1 ||{\"a\":1}\n1 ||{\"b\":2}\n");
        row("JSON called an event stream", sse, "{\n \"a\": 1\n}", "3 ||{\n \"a\": 1\n}\n");
        row("an event stream called JSON", "application/json", "data: \"x\"\n\n", "0 ||\"x\"\n");
        row("JSON", "application/json", "{\"result\": \"\xC3\xA9\"}", "3 ||{\"result\": \"\xC3\xA9\"}\n");
        row("raw text called JSON", "application/json; charset=utf-8", "plain \"q\"", "3 ||plain \"q\"\n");
        row("starts like a field", "application/json", "dat", "3 ||dat\n");
        row("plain text", "text/plain; charset=utf-8", "gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80 dich",
            "2 ||gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80 dich\n");
        row("plain text cut in a character", "text/plain", "gr\xC3", "2 ||gr\nerror invalidUtf8");
        row("bad byte in an event", sse, "data: a\n\ndata: \xff\n\ndata: b\n\n", "0 ||a\nerror invalidUtf8");
        row("bad byte in a body", "application/json", "{\"a\":\"\xff\"}", "3 ||{\"a\":\"\nerror invalidUtf8");
        row("bad byte in plain text", "text/plain", "gr\xC3\xBC\xFF!", "2 ||gr\xC3\xBC\nerror invalidUtf8");
        row("nothing", "", "", "");
        row("lines of JSON", "application/x-ndjson", "{\"a\":1}\n{\"b\":2}\n",
            "1 ||{\"a\":1}\n1 ||{\"b\":2}\n");
        row("commands", eventStream, hexFile(),
            "4 chunk|event|{\"contentStart\":{}}\n4 chunk|event|{\"contentDelta\":{\"stdout\":\"hi\\n\"}}\n"
            "4 chunk|event|{\"contentStop\":{\"exitCode\":0,\"status\":\"COMPLETED\"}}\n"
            "4 throttlingException|exception|{\"message\":\"slow down\"}\n");
        row("commands cut", eventStream, hexFile().left(130),
            "4 chunk|event|{\"contentStart\":{}}\nerror trailingBytes");
        QByteArray damaged = hexFile();
        damaged[140] = char(damaged[140] ^ 1);
        row("commands damaged", eventStream, damaged,
            "4 chunk|event|{\"contentStart\":{}}\nerror corruptFrame");
    }
    void decodesTheSameHoweverItIsCut()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, expected);
        QCOMPARE_EQ(printed(decode(type, {body})), expected);
        QByteArrayList bytes;
        for (const char byte : body)
            bytes.append(QByteArray(1, byte));
        QCOMPARE_EQ(printed(decode(type, bytes)), expected);
        for (qsizetype cut = 0; cut <= body.size(); ++cut)
            QCOMPARE_EQ(printed(decode(type, {body.left(cut), body.mid(cut)})), expected);
    }

    void refusesAFrameThatIsTooLargeAndKeepsWhatCameBefore_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("start");
        QTest::addColumn<qsizetype>("before");
        QTest::newRow("event") << sse << QByteArray("data: a\n\ndata: ") << qsizetype(1);
        QTest::newRow("body") << QByteArray("application/json") << QByteArray("\"") << qsizetype(0);
    }
    void refusesAFrameThatIsTooLargeAndKeepsWhatCameBefore()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, start);
        QFETCH(qsizetype, before);
        const auto decoder = makeDecoder(type);
        std::vector<Frame> frames;
        QVERIFY(!decoder->feed(start, frames));
        const QByteArray mebibyte(1024 * 1024, 'x');
        std::optional<Error> error;
        for (int i = 0; i < 17 && !error; ++i)
            error = decoder->feed(mebibyte, frames);
        QVERIFY(error.has_value());
        QCOMPARE_EQ(error->kind, ErrorKind::FrameTooLarge);
        QCOMPARE_EQ(qsizetype(frames.size()), before);
        QCOMPARE_EQ(decoder->finish(frames), error);
    }

    void refusesAnEventStreamMessageThatIsTooLarge()
    {
        // A prelude alone, with a right check sum, that announces 17 MiB.
        const QByteArray prelude = QByteArray::fromHex("0110000000000000ce564339");
        EventStreamDecoder decoder;
        std::vector<Frame> frames;
        const auto error = decoder.feed(prelude, frames);
        QVERIFY(error.has_value());
        QCOMPARE_EQ(error->kind, ErrorKind::FrameTooLarge);
        QVERIFY(frames.empty());
    }
};

QTEST_APPLESS_MAIN(TestDecoders)
#include "tst_decoders.moc"
