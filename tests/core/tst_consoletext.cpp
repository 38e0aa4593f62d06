// SPDX-License-Identifier: Apache-2.0
#include "core/consoletext.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

ConsoleText seen(const QString &output)
{
    CommandOutput held;
    held.append(CommandStream::Output, output);
    return readConsole(held);
}

//! "text" with the runs behind it: "3+2 ink1 bold".
QString printed(const ConsoleText &text)
{
    QStringList words{text.text};
    for (const auto &[start, length, style] : text.runs) {
        QString run = u"%1+%2"_s.arg(start).arg(length);
        if (style.ink >= 0)
            run += u" ink%1"_s.arg(style.ink);
        if (style.ground >= 0)
            run += u" ground%1"_s.arg(style.ground);
        for (const auto &[is, word] :
             {std::pair(style.isBold, " bold"), std::pair(style.isFaint, " faint"),
              std::pair(style.isItalic, " italic"), std::pair(style.isUnderlined, " underlined"),
              std::pair(style.isStruck, " struck"), std::pair(style.isError, " error")}) {
            if (is)
                run += QLatin1StringView(word);
        }
        words.append(run);
    }
    return words.join(u'|');
}

} // namespace

//! What a command wrote, and what is seen of it.
class TestConsoleText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsWhatATerminalWould_data()
    {
        QTest::addColumn<QString>("output");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QString &output, const QString &expected) {
            QTest::newRow(name) << output << expected;
        };
        row("plain", u"one\ntwo\n"_s, u"one\ntwo\n"_s);
        row("line ends of Windows", u"one\r\ntwo\r\n"_s, u"one\ntwo\n"_s);
        row("the last of a bar of progress", u"10 %\r50 %\r100 %\n"_s, u"100 %\n"_s);
        row("a shorter line leaves an end", u"abcdef\rxy"_s, u"xycdef"_s);
        row("which an erasure takes", u"abcdef\rxy\x1b[K"_s, u"xy"_s);
        row("the whole line", u"abcdef\x1b[2K\rxy"_s, u"xy"_s);
        row("backspace", u"abc\b\bX"_s, u"aXc"_s);
        row("up to the line before", u"one\ntwo\x1b[A\rONE\n"_s, u"ONE\ntwo"_s);
        row("two bars that go on by turns", u"a 1\nb 1\n\x1b[2A\x1b[Ka 2\n\x1b[Kb 2\n"_s, u"a 2\nb 2\n"_s);
        row("to a column", u"abc\x1b[8Gd"_s, u"abc    d"_s);
        row("erased below", u"one\ntwo\nthree\x1b[2A\r\x1b[Jend"_s, u"end"_s);
        row("a colour", u"a\x1b[31mb\x1b[0mc"_s, u"abc|1+1 ink1"_s);
        row("a bright one, bold", u"\x1b[1;92mok\x1b[m"_s, u"ok|0+2 ink10 bold"_s);
        row("of 256, the nearest", u"\x1b[38;5;196mred\x1b[39m"_s, u"red|0+3 ink9"_s);
        row("of 256, one of the sixteen", u"\x1b[38;5;4mblue"_s, u"blue|0+4 ink4"_s);
        row("true colour", u"\x1b[38;2;0;140;0mgreen"_s, u"green|0+5 ink2"_s);
        row("true colour with colons", u"\x1b[38:2::0:140:0mgreen"_s, u"green|0+5 ink2"_s);
        row("a ground", u"\x1b[43mx\x1b[49m"_s, u"x|0+1 ground3"_s);
        row("all the marks", u"\x1b[2;3;4;9mx"_s, u"x|0+1 faint italic underlined struck"_s);
        row("inverse", u"\x1b[7mx\x1b[27my"_s, u"xy|0+1 ground7"_s);
        row("a title and a link are not shown",
            u"\x1b]0;title\x07"
            u"a\x1b]8;;http://x\x1b\\b\x1b]8;;\x1b\\"_s,
            u"ab"_s);
        row("modes of a terminal", u"\x1b[?25la\x1b[?25h\x1b[>4;1m\x1b(B\x1b=b"_s, u"ab"_s);
        row("a sequence without its end", u"a\x1b[3"_s, u"a"_s);
        row("an escape alone", u"a\x1b"_s, u"a"_s);
        row("a sequence that another breaks", u"\x1b[3\x1b[31ma"_s, u"a|0+1 ink1"_s);
        row("control characters",
            u"a\x01\x7f"
            u"b"_s,
            u"ab"_s);
        row("a tab", u"a\tb"_s, u"a\tb"_s);
        row("half a character", QString(u"\U0001F600"_s + u"\rx"_s), QString(u"x\ufffd"_s));
        row("a move beyond all bounds", u"\x1b[999999999Cx"_s, QString(QString(2000, u' ') + u'x'));
    }
    void showsWhatATerminalWould()
    {
        QFETCH(QString, output);
        QFETCH(QString, expected);
        QCOMPARE(printed(seen(output)), expected);
    }

    void marksWhatCameAsAnError()
    {
        CommandOutput output;
        output.append(CommandStream::Output, u"out ");
        output.append(CommandStream::Error, u"err ");
        output.append(CommandStream::Output, u"out");
        QCOMPARE(printed(readConsole(output)), u"out err out|4+4 error"_s);
        QCOMPARE(output.turns, (std::vector<int>{4, 8}));
        QCOMPARE(output.textOf(CommandStream::Output), u"out out"_s);
        QCOMPARE(output.textOf(CommandStream::Error), u"err "_s);
    }

    void beginsWithErrors()
    {
        CommandOutput output;
        output.append(CommandStream::Error, u"no such file");
        QCOMPARE(output.turns, std::vector<int>{0});
        QCOMPARE(output.streamAt(0), CommandStream::Error);
        QCOMPARE(printed(readConsole(output)), u"no such file|0+12 error"_s);
    }

    void keepsTheEndOfWhatIsTooLong()
    {
        CommandOutput output;
        qint64 sent = 0;
        QString tail;
        for (int line = 0; line < 60'000; ++line) {
            const QString words = u"line %1 of many that come\n"_s.arg(line);
            output.append(line % 7 == 0 ? CommandStream::Error : CommandStream::Output, words);
            sent += words.size();
            tail = words;
        }
        const QString kept = output.text.toString();
        QVERIFY(kept.size() <= CommandOutput::mostKept + CommandOutput::mostKept / 4);
        QVERIFY(kept.size() >= CommandOutput::mostKept / 2);
        QCOMPARE(output.dropped + kept.size(), sent);
        QVERIFY(kept.endsWith(tail));
        QVERIFY(kept.startsWith(u"line "_s));
        // Each line is still on its stream.
        qsizetype at = 0;
        for (const QStringView line : QStringView(kept).split(u'\n', Qt::SkipEmptyParts)) {
            const int number = line.split(u' ').at(1).toInt();
            QCOMPARE(output.streamAt(at), number % 7 == 0 ? CommandStream::Error : CommandStream::Output);
            at += line.size() + 1;
        }
    }

    void keepsABoundedNumberOfTurns()
    {
        CommandOutput output;
        for (int i = 0; i < 60'000; ++i) {
            output.append(CommandStream::Output, u"o");
            output.append(CommandStream::Error, u"e");
        }
        QVERIFY(output.turns.size() <= CommandOutput::mostTurns * 5 / 4);
        QCOMPARE(output.dropped + output.text.size(), 120'000);
        const qsizetype last = output.text.size() - 1;
        QCOMPARE(output.streamAt(last), CommandStream::Error);
        QCOMPARE(output.streamAt(last - 1), CommandStream::Output);
    }

    void takesOnlyWhatTheServiceTakes()
    {
        QVERIFY(checkCommand({.line = u"ls"_s}));
        QVERIFY(!checkCommand({.line = u"  "_s}));
        QVERIFY(checkCommand({.line = QString(65'536, u'x')}));
        const Result<void> tooLong = checkCommand({.line = QString(65'537, u'x')});
        QVERIFY(!tooLong);
        QCOMPARE(tooLong.error().kind, ErrorKind::InvalidCommand);
        QVERIFY(tooLong.error().message.contains(u"65,536"_s));
        for (const int seconds : {0, -1, 3601})
            QVERIFY(!checkCommand({.line = u"ls"_s, .timeout = std::chrono::seconds(seconds)}));
        for (const int seconds : {1, 300, 3600})
            QVERIFY(checkCommand({.line = u"ls"_s, .timeout = std::chrono::seconds(seconds)}));
    }
};

QTEST_APPLESS_MAIN(TestConsoleText)
#include "tst_consoletext.moc"
