// SPDX-License-Identifier: Apache-2.0
#include "wire/shellcodec.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

QByteArray status(const QByteArray &json)
{
    return QByteArray(1, '\x03') + json;
}

const QByteArray confirmed = status(
    R"({"kind":"Status","apiVersion":"v1","metadata":{"shellId":"s-1","reconnected":true,"bytesDropped":70},"status":"Success"})");
const QByteArray killed = status(
    R"({"metadata":{},"status":"Failure","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"137"},{"reason":"Signal","message":"9"}]}})");

} // namespace

class TestShellCodec : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsEveryChannel()
    {
        const QByteArray raw("\x01\x00\xff\x1b[0m", 7);
        QCOMPARE(ShellCodec::decode(raw), ShellEvent(ShellOutput{raw.mid(1)}));
        QCOMPARE(ShellCodec::decode("\x02machine \xc3\xa9"), ShellEvent(ShellDiagnostic{u"machine é"_s}));
        QCOMPARE(ShellCodec::decode(QByteArray(1, '\x05')), ShellEvent(ShellHeartbeat{}));
        QCOMPARE(ShellCodec::decode(QByteArray(1, '\xff')), ShellEvent(ShellClosing{}));
        QCOMPARE(ShellCodec::decode(confirmed),
                 ShellEvent(ShellConfirmed{.shellId = u"s-1"_s, .isReconnected = true, .bytesDropped = 70}));
    }

    void readsHowTheShellEnded_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("signal");
        QTest::newRow("success") << QByteArray(R"({"metadata":{},"status":"Success"})") << 0 << 0;
        QTest::newRow("no metadata") << QByteArray(R"({"status":"Success"})") << 0 << 0;
        QTest::newRow("code") << QByteArray(
            R"({"metadata":{},"status":"Failure","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"3"}]}})")
                              << 3 << 0;
        QTest::newRow("number") << QByteArray(
            R"({"status":"Failure","details":{"causes":[{"reason":"ExitCode","message":3}]}})")
                                << 3 << 0;
        QTest::newRow("killed") << killed.mid(1) << 137 << 9;
        QTest::newRow("signal alone")
            << QByteArray(R"({"status":"Failure","details":{"causes":[{"reason":"Signal","message":"15"}]}})")
            << 143 << 15;
    }
    void readsHowTheShellEnded()
    {
        QFETCH(const QByteArray, json);
        QFETCH(const int, code);
        QFETCH(const int, signal);
        const ShellEvent event = ShellCodec::decode(status(json));
        const auto *exit = std::get_if<ShellExit>(&event);
        QVERIFY(exit);
        QCOMPARE(exit->code, code);
        QCOMPARE(exit->signal.value_or(0), signal);
    }

    void tellsAFaultOfThePlatformFromAnExit()
    {
        const QByteArray json =
            R"({"metadata":{},"status":"Failure","reason":"InternalError","message":"no machine","code":500})";
        QCOMPARE(ShellCodec::decode(status(json)),
                 ShellEvent(ShellFault{.reason = u"InternalError"_s, .message = u"no machine"_s}));
    }

    void keepsWhatItDoesNotKnow()
    {
        for (const QByteArray &frame :
             {QByteArray(), QByteArray("\x07later"), QByteArray("\x03{\"stat"), QByteArray("\x03[1]"),
              QByteArray("\x03{}"), QByteArray("\x00typed", 6), QByteArray("\x04{}", 3)})
            QCOMPARE(ShellCodec::decode(frame), ShellEvent(ShellUnknown{frame}));
    }

    void takesAStatusThatIsCutForNothingElse()
    {
        for (const QByteArray &frame : {confirmed, killed}) {
            for (qsizetype size = 0; size < frame.size(); ++size)
                QCOMPARE(ShellCodec::decode(frame.first(size)), ShellEvent(ShellUnknown{frame.first(size)}));
        }
    }

    void passesOutputOnHoweverItIsCut()
    {
        const QByteArray bytes = u"\x1b[31mwörds 語\r\n"_s.toUtf8();
        for (qsizetype size = 0; size <= bytes.size(); ++size) {
            QByteArray together;
            for (const QByteArray &piece : {bytes.first(size), bytes.sliced(size)})
                together += std::get<ShellOutput>(ShellCodec::decode(QByteArray('\x01' + piece))).bytes;
            QCOMPARE(together, bytes);
        }
    }

    void writesWhatThePlatformReads()
    {
        QCOMPARE(ShellCodec::resize(220, 50), QByteArray("\x04{\"width\":220,\"height\":50}"));
        QCOMPARE(ShellCodec::heartbeat(), QByteArray(1, '\x05'));
        QCOMPARE(ShellCodec::close(), QByteArray(1, '\xff'));
        QCOMPARE(ShellCodec::input("ls\n"), std::vector<QByteArray>{QByteArray("\x00ls\n", 4)});
        QVERIFY(ShellCodec::input({}).empty());
    }

    void splitsALongPasteWithinTheLimit()
    {
        QByteArray paste;
        for (int i = 0; paste.size() < 3 * 64 * 1024; ++i)
            paste += QByteArray::number(i);
        const std::vector<QByteArray> frames = ShellCodec::input(paste);
        QByteArray together;
        for (const QByteArray &frame : frames) {
            QCOMPARE_LE(frame.size(), 64 * 1024);
            QCOMPARE(frame.front(), '\0');
            together += frame.mid(1);
        }
        QCOMPARE(together, paste);
        QCOMPARE(frames.size(), size_t(4));
    }
};

QTEST_APPLESS_MAIN(TestShellCodec)
#include "tst_shellcodec.moc"
