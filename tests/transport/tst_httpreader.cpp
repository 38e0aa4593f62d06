// SPDX-License-Identifier: Apache-2.0
#include "transport/httpreader.h"

#include <QTest>

using namespace Parlance;

using State = HttpReader::State;

class TestHttpReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAnswers_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<State>("state");
        QTest::addColumn<bool>("isWholeAtEnd");
        const auto add = [](const char *name, const QByteArray &bytes, const QByteArray &body, int status,
                            State state, bool isWholeAtEnd) {
            QTest::newRow(name) << bytes << body << status << state << isWholeAtEnd;
        };
        const QByteArray chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        add("length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello", 200, State::Done, true);
        add("length, cut", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", "hello", 200, State::Body,
            false);
        add("length, and more", "HTTP/1.1 200 OK\r\ncontent-length:5\r\n\r\nhelloHTTP/1.1", "hello", 200,
            State::Done, true);
        add("nothing", "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", "", 500, State::Done, true);
        add("no content", "HTTP/1.1 204 No Content\r\n\r\n", "", 204, State::Done, true);
        add("to the end", "HTTP/1.0 200 OK\r\nA: b\r\n\r\nhello", "hello", 200, State::Body, true);
        add("lone line feeds", "HTTP/1.1 200 OK\nContent-Length: 2\n\nhi", "hi", 200, State::Done, true);
        add("no reason", "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi", "hi", 200, State::Done, true);
        add("chunks",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n",
            "abc0123456789", 200, State::Done, true);
        add("chunks with all that may be",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\nContent-Length: 1\r\n\r\n"
            "0003 ;a=\"b\"\r\na\r\n\r\n2\r\n\n\n\r\n0;x\r\nTrailer: yes\r\n\r\n",
            "a\r\n\n\n", 200, State::Done, true);
        add("chunks, cut", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\nabc", "abc", 200,
            State::Body, false);
        add("chunks, cut between", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", "abc",
            200, State::Body, false);
        add("no chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nabc", "", 200,
            State::Broken, false);
        add("endless chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\nabc",
            "", 200, State::Broken, false);
        add("longer chunk than told", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
            "a", 200, State::Broken, false);
        add("early words", "HTTP/1.1 103 Early\r\nX: y\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na",
            "a", 200, State::Done, true);
        add("negative length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "", 200, State::Broken,
            false);
        add("odd length", "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", "", 200, State::Broken, false);
        add("length with a sign", "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\na", "", 200, State::Broken,
            false);
        add("length beyond all", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\na", "", 200,
            State::Broken, false);
        add("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "", 200,
            State::Broken, false);
        add("one length twice", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nab", "ab",
            200, State::Done, true);
        add("one length twice in a line", "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nab", "ab", 200,
            State::Done, true);
        add("chunk with a sign", chunked + "+1\r\na\r\n0\r\n\r\n", "", 200, State::Broken, false);
        add("chunk with a base", chunked + "0x1\r\na\r\n0\r\n\r\n", "", 200, State::Broken, false);
        add("chunk below nothing", chunked + "-1\r\na\r\n0\r\n\r\n", "", 200, State::Broken, false);
        add("endless chunk line", chunked + "1;" + QByteArray(300'000, 'x'), "", 200, State::Broken, false);
        add("endless trailer", chunked + "0\r\n" + QByteArray("A: b\r\n").repeated(50'000), "", 200,
            State::Broken, false);
        add("many chunks", chunked + QByteArray("1\r\na\r\n").repeated(100'000) + "0\r\n\r\n",
            QByteArray(100'000, 'a'), 200, State::Done, true);
        add("packed chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n1\r\na\r\n", "", 200,
            State::Broken, false);
        add("an encoding like chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n1\r\na\r\n", "",
            200, State::Broken, false);
        add("no encoding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 1\r\n\r\na",
            "a", 200, State::Done, true);
        add("unchanged", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", "", 304, State::Done,
            true);
        add("other protocol", "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\nab", "ab", 101, State::Body, true);
        add("endless early words", QByteArray("HTTP/1.1 100 Go on\r\n\r\n").repeated(20'000), "", 0,
            State::Broken, false);
        add("too many headers", "HTTP/1.1 200 OK\r\n" + QByteArray("A:b\n").repeated(5000) + "\r\n", "", 200,
            State::Broken, false);
        add("mail", "220 mail.example ESMTP\r\n\r\n", "", 0, State::Broken, false);
        add("no colon", "HTTP/1.1 200 OK\r\nhello\r\n\r\n", "", 200, State::Broken, false);
        add("half a head", "HTTP/1.1 200 OK\r\nA: b\r\n", "", 200, State::Head, false);
        add("nothing at all", "", "", 0, State::Head, false);
        add("endless head", "HTTP/1.1 200 OK\r\n" + QByteArray("A: b\r\n").repeated(50'000), "", 200,
            State::Broken, false);
    }
    void readsAnswers()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(State, state);
        QFETCH(bool, isWholeAtEnd);
        for (const qsizetype step : {bytes.size() + 1, qsizetype(7), qsizetype(2), qsizetype(1)}) {
            HttpReader reader;
            QByteArray read;
            for (qsizetype at = 0; at < bytes.size(); at += step)
                reader.feed(QByteArrayView(bytes).sliced(at, std::min(step, bytes.size() - at)), read);
            QCOMPARE_EQ(read, body);
            QCOMPARE_EQ(reader.status(), status);
            QCOMPARE_EQ(int(reader.state()), int(state));
            QCOMPARE_EQ(reader.isWholeAtEnd(), isWholeAtEnd);
        }
    }

    void tellsHeaders()
    {
        HttpReader reader;
        QByteArray body;
        reader.feed("HTTP/1.1 200 OK\r\nContent-Type:  text/event-stream \r\nX-Long: one\r\n\ttwo\r\n\r\n",
                    body);
        QCOMPARE_EQ(reader.headers().size(), 2);
        QCOMPARE_EQ(reader.headers().at(0).name, QByteArray("Content-Type"));
        QCOMPARE_EQ(reader.headers().at(0).value, QByteArray("text/event-stream"));
        QCOMPARE_EQ(reader.headers().at(1).value, QByteArray("one two"));
    }
};

QTEST_APPLESS_MAIN(TestHttpReader)
#include "tst_httpreader.moc"
