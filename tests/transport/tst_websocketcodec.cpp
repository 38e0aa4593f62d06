// SPDX-License-Identifier: Apache-2.0
#include "transport/websocketcodec.h"
#include "transport/websockethandshake.h"

#include <QTest>
#include <QtEndian>

#include <set>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr qsizetype limit = 1000;

//! As a server sends it, with nothing masked.
QByteArray frame(int opcode, const QByteArray &payload, bool isLast = true)
{
    QByteArray bytes;
    bytes += char((isLast ? 0x80 : 0) | opcode);
    if (payload.size() < 126) {
        bytes += char(payload.size());
    } else {
        bytes += char(126);
        bytes += char(payload.size() >> 8);
        bytes += char(payload.size() & 0xff);
    }
    return bytes + payload;
}

//! What a client's frame says once the mask is taken off it.
QByteArray unmasked(const QByteArray &bytes)
{
    const auto length = static_cast<unsigned char>(bytes.at(1)) & 0x7FU;
    const qsizetype start = length == 126 ? 4 : length == 127 ? 10 : 2;
    QByteArray payload = bytes.mid(start + 4);
    for (qsizetype i = 0; i < payload.size(); ++i)
        payload[i] = char(payload.at(i) ^ bytes.at(start + i % 4));
    return payload;
}

} // namespace

class TestWebSocketCodec : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsMessagesHoweverTheBytesAreCut()
    {
        const QByteArray bytes = frame(0x1, u"wörds"_s.toUtf8()) + frame(0x9, "ping")
            + frame(0x1, "{\"a\":", false) + frame(0x9, {}) + frame(0x0, "\xe8\xaa", false)
            + frame(0x0, "\x9e}") + frame(0x2, QByteArray(300, '\xff')) + frame(0xa, {});
        const std::vector<SocketMessage> wanted = {{.payload = u"wörds"_s.toUtf8()},
                                                   {.payload = u"{\"a\":語}"_s.toUtf8()},
                                                   {.payload = QByteArray(300, '\xff'), .isBinary = true}};
        for (qsizetype size = 1; size <= bytes.size(); ++size) {
            WebSocketCodec codec(limit);
            std::vector<SocketMessage> messages;
            for (qsizetype at = 0; at < bytes.size(); at += size)
                codec.feed(bytes.mid(at, size), messages);
            QCOMPARE(messages, wanted);
            QVERIFY(!codec.fault() && !codec.closing());
            // A pong for each ping, masked.
            const QByteArray out = codec.takeOutgoing();
            QCOMPARE(out.size(), 6 + 4 + 6);
            QCOMPARE(out.at(0), char(0x8a));
            QCOMPARE(unmasked(out.first(10)), "ping");
        }
    }

    void sendsOneMaskedFrameForAMessage()
    {
        WebSocketCodec codec(limit);
        std::set<QByteArray> masks;
        for (int i = 0; i < 20; ++i) {
            codec.send({.payload = "hello"});
            const QByteArray out = codec.takeOutgoing();
            QCOMPARE(out.first(2), QByteArray("\x81\x85"));
            QCOMPARE(unmasked(out), "hello");
            masks.insert(out.mid(2, 4));
        }
        QVERIFY(masks.size() > 15);
        codec.send({.payload = QByteArray(64 * 1024, 'x'), .isBinary = true});
        const QByteArray large = codec.takeOutgoing();
        QCOMPARE(large.size(), 2 + 8 + 4 + 64 * 1024);
        QCOMPARE(large.at(0), char(0x82));
        QCOMPARE(unmasked(large), QByteArray(64 * 1024, 'x'));
        codec.ping();
        QCOMPARE(codec.takeOutgoing().first(2), QByteArray("\x89\x80"));
    }

    void tellsWhyTheOtherEndCloses()
    {
        WebSocketCodec codec(limit);
        std::vector<SocketMessage> messages;
        const QByteArray came = frame(0x8, QByteArray("\x03\xf3", 2) + "broke") + frame(0x1, "late");
        codec.feed(came, messages);
        QCOMPARE(*codec.closing(), (SocketClosing{.code = 1011, .reason = u"broke"_s}));
        QVERIFY(messages.empty());
        QVERIFY(!codec.fault());
        // The close is answered with the same code.
        QCOMPARE(unmasked(codec.takeOutgoing()).first(2), QByteArray("\x03\xf3", 2));
        WebSocketCodec restarting(limit);
        for (const char byte : frame(0x8, QByteArray("\x03\xf4", 2) + "back soon"))
            restarting.feed(QByteArray(1, byte), messages);
        QCOMPARE(*restarting.closing(), (SocketClosing{.code = 1012, .reason = u"back soon"_s}));
        WebSocketCodec wordless(limit);
        wordless.feed(frame(0x8, {}), messages);
        QCOMPARE(wordless.closing()->code, 1005);
    }

    void tellsTheOtherEndItsFaults_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("isWordless");
        QTest::newRow("masked") << QByteArray("\x81\x81\x01\x02\x03\x04\x60") << 1002 << false;
        QTest::newRow("reserved bit") << frame(0x1 | 0x40, "x") << 1002 << false;
        QTest::newRow("reserved opcode") << frame(0x3, "x") << 1002 << false;
        QTest::newRow("continues nothing") << frame(0x0, "x") << 1002 << false;
        QTest::newRow("begins within another") << (frame(0x1, "a", false) + frame(0x1, "b")) << 1002 << false;
        QTest::newRow("long ping") << frame(0x9, QByteArray(126, 'x')) << 1002 << true;
        QTest::newRow("ping in pieces") << frame(0x9, "x", false) << 1002 << true;
        QTest::newRow("text that is not UTF-8") << frame(0x1, "a\xff") << 1007 << false;
        QTest::newRow("half a letter at the end") << frame(0x1, "a\xe8\xaa") << 1007 << false;
        QTest::newRow("surrogate") << frame(0x1, "\xed\xa0\x80") << 1007 << false;
        QTest::newRow("too long") << frame(0x2, QByteArray(int(limit) + 1, 'x')) << 1009 << false;
        QTest::newRow("too long together")
            << (frame(0x2, QByteArray(600, 'x'), false) + frame(0x0, QByteArray(600, 'x'))) << 1009 << false;
        QTest::newRow("claims to be endless")
            << QByteArray("\x82\x7f\x7f\xff\xff\xff\xff\xff\xff\xffx") << 1009 << false;
    }
    void tellsTheOtherEndItsFaults()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const int, code);
        QFETCH(const bool, isWordless);
        for (const qsizetype size : {qsizetype(1), qsizetype(3), bytes.size()}) {
            WebSocketCodec codec(limit);
            std::vector<SocketMessage> messages;
            for (qsizetype at = 0; at < bytes.size(); at += size)
                codec.feed(bytes.mid(at, size), messages);
            QVERIFY(messages.empty());
            QCOMPARE(codec.fault().value_or(0), code);
            const QByteArray out = codec.takeOutgoing();
            QCOMPARE(out.at(0), char(0x88));
            const QByteArray told = unmasked(out);
            if (!told.isEmpty())
                QCOMPARE(int(qFromBigEndian<quint16>(told.constData())), code);
            QCOMPARE(told.isEmpty(), isWordless);
        }
    }

    void checksWhatGrantsTheHandshake()
    {
        // The example of RFC 6455, section 1.3.
        const WebSocketHandshake handshake("dGhlIHNhbXBsZSBub25jZQ==");
        const QList<HttpHeader> good = {{"upgrade", "WebSocket"},
                                        {"Connection", "keep-alive, Upgrade"},
                                        {"Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="}};
        QVERIFY(handshake.check(good).has_value());
        for (qsizetype i = 0; i < good.size(); ++i) {
            QList<HttpHeader> without = good;
            without.removeAt(i);
            QCOMPARE(handshake.check(without).error().kind, ErrorKind::SocketRefused);
        }
        QVERIFY(!handshake.check(good + QList<HttpHeader>{{"Sec-WebSocket-Protocol", "chat"}}));
        QVERIFY(!handshake.check(good + QList<HttpHeader>{{"Sec-WebSocket-Extensions", "x"}}));
        QVERIFY(WebSocketHandshake::createNonce() != WebSocketHandshake::createNonce());
        QCOMPARE(QByteArray::fromBase64(WebSocketHandshake::createNonce()).size(), 16);
    }

    void asksForASocketWithoutBreakingALine()
    {
        RequestDraft draft{.method = "GET",
                           .url = QUrl::fromEncoded("https://host.example/runtimes/arn%3Aaws%2Fx/ws?q=a%2Bb"),
                           .headers = {{"X-One", "1"}},
                           .secretHeaders = {{.name = "Authorization", .value = Secret("Bearer t")}}};
        const WebSocketHandshake handshake("bm9uY2U=");
        QCOMPARE(handshake.request(draft),
                 "GET /runtimes/arn%3Aaws%2Fx/ws?q=a%2Bb HTTP/1.1\r\nHost: host.example\r\n"
                 "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                 "Sec-WebSocket-Key: bm9uY2U=\r\nX-One: 1\r\nAuthorization: Bearer t\r\n\r\n");
        draft.headers[0].value = "1\r\nX-Two: 2";
        QVERIFY(handshake.request(draft).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestWebSocketCodec)
#include "tst_websocketcodec.moc"
