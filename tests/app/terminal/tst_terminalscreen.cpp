// SPDX-License-Identifier: Apache-2.0
#include "terminal/terminalscreen.h"
#include "terminal/terminalselection.h"

#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int longWait = 30'000;

QStringList lines(const TerminalScreen &screen)
{
    QStringList all;
    for (int line = 0; line < screen.lineCount(); ++line)
        all.append(screen.text(line));
    while (!all.isEmpty() && all.constLast().isEmpty())
        all.removeLast();
    return all;
}

//! Whether every cell is what it may be.
bool isSound(const TerminalScreen &screen)
{
    for (int line = 0; line < screen.lineCount(); ++line) {
        for (const TerminalCell &cell : screen.line(line)) {
            if (cell.width > 2 || (cell.width == 0 && cell.characters[0] != 0))
                return false;
        }
    }
    const TerminalCursor &cursor = screen.cursor();
    return cursor.row >= 0 && cursor.row < screen.rows() && cursor.column >= 0
        && cursor.column <= screen.columns();
}

//! A real program on a terminal of its own, seen through a screen.
class RunningProgram
{
public:
    RunningProgram(const QString &command, const QString &folder)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"TERM"_s, u"xterm-256color"_s);
        environment.insert(u"LANG"_s, u"C.UTF-8"_s);
        m_process.setProcessEnvironment(environment);
        m_process.setWorkingDirectory(folder);
        QObject::connect(&m_process, &QProcess::readyReadStandardOutput, &m_process, [this] {
            screen.feed(m_process.readAllStandardOutput());
            send();
        });
        // script(1) gives it the terminal.
        m_process.start(u"script"_s,
                        {u"-q"_s, u"-c"_s, QString(u"stty rows 24 cols 80; "_s + command), u"/dev/null"_s});
    }
    ~RunningProgram()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    void send() { m_process.write(screen.takeReply()); }
    void type(const QString &text)
    {
        for (const QChar c : text) {
            const int key = c == u'\r' ? int(Qt::Key_Return)
                : c == u'\x1b'         ? int(Qt::Key_Escape)
                                       : int(Qt::Key_unknown);
            screen.press(key, {}, c);
        }
        send();
    }
    bool shows(const QString &words) const { return lines(screen).join(u'\n').contains(words); }
    bool hasEnded() const { return m_process.state() == QProcess::NotRunning; }

    TerminalScreen screen{80, 24};

private:
    QProcess m_process;
};

} // namespace

class TestTerminalScreen : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsTheSameHoweverTheBytesAreCut()
    {
        const QByteArray bytes =
            u"\x1b[1;31mred\x1b[0m wörds 語e\u0301\r\n\x1b[48;5;200m200\x1b[38;2;1;2;3mrgb\x1b[m"
            "\x1b]2;first\x07\x1b]2;titlé\x1b\\\x1b[5;5Hx\x1b[2J\x1b[?1049h\x1b[Hfull\x1b[?1049lback\r\n\x1b[7mturned\x1b[m"_s
                .toUtf8();
        TerminalScreen whole(20, 6);
        whole.feed(bytes);
        QVERIFY(lines(whole).contains(u"turned"_s));
        for (qsizetype cut = 1; cut < bytes.size(); ++cut) {
            TerminalScreen screen(20, 6);
            screen.feed(bytes.first(cut));
            screen.feed(bytes.sliced(cut));
            QCOMPARE(lines(screen), lines(whole));
            QVERIFY(screen.cursor() == whole.cursor());
            QCOMPARE(screen.title(), u"titlé"_s);
            for (int line = 0; line < screen.lineCount(); ++line)
                QVERIFY(screen.line(line) == whole.line(line));
        }
    }

    void readsColoursAndStyles()
    {
        TerminalScreen screen(40, 4);
        screen.feed("a\x1b[31mb\x1b[92mc\x1b[38;5;200md\x1b[48;2;1;2;3me\x1b[0;1;3;4;7;9mf");
        const TerminalLine &line = screen.line(0);
        QCOMPARE(line.size(), size_t(6));
        using Kind = TerminalColour::Kind;
        QVERIFY(line[0].style == TerminalStyle());
        QVERIFY((line[1].style.ink == TerminalColour{.kind = Kind::Indexed, .value = {1, 0, 0}}));
        QVERIFY((line[2].style.ink == TerminalColour{.kind = Kind::Indexed, .value = {10, 0, 0}}));
        QVERIFY((line[3].style.ink == TerminalColour{.kind = Kind::Indexed, .value = {200, 0, 0}}));
        QVERIFY((line[4].style.ground == TerminalColour{.kind = Kind::Rgb, .value = {1, 2, 3}}));
        const TerminalStyle &all = line[5].style;
        QVERIFY(all.isBold && all.isItalic && all.isUnderlined && all.isReversed && all.isStruck);
    }

    void givesWideCharactersTwoCellsAndMarksNone()
    {
        TerminalScreen screen(10, 2);
        screen.feed(u"語e\u0301x"_s.toUtf8());
        const TerminalLine &line = screen.line(0);
        QCOMPARE(line.size(), size_t(4));
        QCOMPARE(int(line[0].width), 2);
        QCOMPARE(int(line[1].width), 0);
        QCOMPARE(line[2].text(), u"e\u0301"_s);
        QCOMPARE(screen.text(0), u"語e\u0301x"_s);
        QCOMPARE(screen.cursor().column, 4);
    }

    void keepsWhatLeftTheTopUpToALimit()
    {
        TerminalScreen screen(20, 3, 5);
        for (int i = 0; i < 20; ++i)
            screen.feed(QByteArray("line " + QByteArray::number(i) + "\r\n"));
        QCOMPARE(screen.scrollback(), 5);
        QCOMPARE(screen.forgotten(), 13);
        QCOMPARE(lines(screen).constFirst(), u"line 13"_s);
        QCOMPARE(lines(screen).constLast(), u"line 19"_s);
        // A screen that grows takes them back.
        screen.resize(20, 5);
        QCOMPARE(screen.scrollback(), 3);
        QCOMPARE(lines(screen).constLast(), u"line 19"_s);
        QCOMPARE(lines(screen).size(), 7);
        QVERIFY(isSound(screen));
        // And a new shell begins below what the last one left.
        screen.begin();
        QCOMPARE(screen.scrollback(), 5);
        screen.feed("new");
        QCOMPARE(lines(screen).constLast(), u"new"_s);
        QCOMPARE(screen.cursor().row, 0);
    }

    void keepsNothingOfAProgramWithTheWholeScreen()
    {
        TerminalScreen screen(20, 3);
        screen.feed("before\r\n\x1b[?1049h\x1b[?1000h\x1b[?2004h\x1b[4 q");
        QVERIFY(screen.isAlternate() && screen.knowsPaste());
        QVERIFY(screen.mouseWish() == MouseWish::Clicks);
        QVERIFY(screen.cursor().shape == CursorShape::Underline);
        for (int i = 0; i < 20; ++i)
            screen.feed("full\r\n");
        QCOMPARE(screen.scrollback(), 0);
        screen.feed("\x1b[?1049l\x1b[?1000l\x1b[?2004l");
        QVERIFY(!screen.isAlternate() && !screen.knowsPaste());
        QVERIFY(screen.mouseWish() == MouseWish::None);
        QCOMPARE(lines(screen), QStringList{u"before"_s});
    }

    void turnsKeysIntoBytes_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("modifiers");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char *name, int key, int modifiers, const QString &text,
                            const QByteArray &bytes) {
            QTest::newRow(name) << key << modifiers << text << bytes;
        };
        constexpr int shift = int(Qt::ShiftModifier);
        constexpr int control = int(Qt::ControlModifier);
        constexpr int alt = int(Qt::AltModifier);
        row("letter", Qt::Key_A, 0, u"a"_s, "a");
        row("umlaut", Qt::Key_unknown, 0, u"ö"_s, "\xc3\xb6");
        row("enter", Qt::Key_Return, 0, u"\r"_s, "\r");
        row("shift enter", Qt::Key_Return, shift, u"\r"_s, "\r");
        row("tab", Qt::Key_Tab, 0, u"\t"_s, "\t");
        row("backtab", Qt::Key_Backtab, shift, {}, "\x1b[Z");
        row("backspace", Qt::Key_Backspace, 0, u"\b"_s, "\x7f");
        row("escape", Qt::Key_Escape, 0, u"\x1b"_s, "\x1b");
        row("up", Qt::Key_Up, 0, {}, "\x1b[A");
        row("ctrl right", Qt::Key_Right, control, {}, "\x1b[1;5C");
        row("delete", Qt::Key_Delete, 0, {}, "\x1b[3~");
        row("f1", Qt::Key_F1, 0, {}, "\x1bOP");
        row("f12", Qt::Key_F12, 0, {}, "\x1b[24~");
        row("ctrl c", Qt::Key_C, control, u"\x03"_s, "\x03");
        row("ctrl i", Qt::Key_I, control, u"\t"_s, "\t");
        row("ctrl [", Qt::Key_BracketLeft, control, u"\x1b"_s, "\x1b");
        row("ctrl space", Qt::Key_Space, control, u" "_s, QByteArray(1, '\0'));
        row("alt x", Qt::Key_X, alt, u"x"_s, "\x1bx");
        row("shift alone", Qt::Key_Shift, shift, {}, {});
    }
    void turnsKeysIntoBytes()
    {
        QFETCH(const int, key);
        QFETCH(const int, modifiers);
        QFETCH(const QString, text);
        QFETCH(const QByteArray, bytes);
        TerminalScreen screen(20, 3);
        QCOMPARE(screen.press(key, Qt::KeyboardModifiers(modifiers), text), !bytes.isEmpty());
        QCOMPARE(screen.takeReply(), bytes);
    }

    void answersWhatAProgramAsks()
    {
        TerminalScreen screen(20, 3);
        screen.feed("ab\x1b[6n");
        QCOMPARE(screen.takeReply(), QByteArray("\x1b[1;3R"));
        // Arrow keys mean another thing where a program wants it.
        screen.feed("\x1b[?1h");
        screen.press(Qt::Key_Up, {}, {});
        QCOMPARE(screen.takeReply(), QByteArray("\x1bOA"));
        screen.feed("\x1b[?1000h\x1b[?1006h");
        screen.mouse(1, 4, 1, true, {});
        QCOMPARE(screen.takeReply(), QByteArray("\x1b[<0;5;2M"));
    }

    void keepsAPasteInItsBrackets()
    {
        TerminalScreen screen(20, 3);
        screen.paste(u"one\r\ntwo\nthree"_s);
        QCOMPARE(screen.takeReply(), QByteArray("one\rtwo\rthree"));
        screen.feed("\x1b[?2004h");
        QVERIFY(screen.knowsPaste() && screen.takeReply().isEmpty());
        screen.paste(u"a\x1b[201~rm"_s);
        QCOMPARE(screen.takeReply(), QByteArray("\x1b[200~a[201~rm\x1b[201~"));
    }

    void choosesWordsAndWholeLines()
    {
        TerminalScreen screen(10, 5, 100);
        screen.feed(u"see /a/b.cok\r\nnext 語語\r\n"_s.toUtf8());
        TerminalSelection selection;
        selection.begin(screen, {0, 5}, SelectionUnit::Word);
        QCOMPARE(selection.text(screen), u"/a/b.c"_s);
        // The line that the edge broke is one.
        selection.begin(screen, {1, 0}, SelectionUnit::Line);
        QCOMPARE(selection.text(screen), u"see /a/b.cok"_s);
        selection.begin(screen, {2, 6}, SelectionUnit::Character);
        selection.extend(screen, {2, 7});
        QCOMPARE(selection.text(screen), u"語"_s);
        // It stays with its words while others come.
        for (int i = 0; i < 10; ++i)
            screen.feed("more\r\n");
        QCOMPARE(selection.text(screen), u"語"_s);
        selection.clear();
        QVERIFY(selection.isEmpty() && selection.text(screen).isEmpty());
    }

    void standsAnything()
    {
        QRandomGenerator random(4711);
        const QByteArray likely = "\x1b[]?;0123456789hlmHJKLMPSTr\r\n\t\x07\x08 abc\xc3\xa9\xe8\xaa\x9e\xff";
        TerminalScreen screen(17, 7, 50);
        for (int round = 0; round < 3000; ++round) {
            QByteArray bytes;
            for (int i = random.bounded(40); i > 0; --i)
                bytes += likely.at(random.bounded(int(likely.size())));
            screen.feed(bytes);
            if (random.bounded(10) == 0)
                screen.resize(1 + random.bounded(40), 1 + random.bounded(20));
            if (random.bounded(50) == 0)
                screen.begin();
            screen.takeReply();
            QVERIFY(isSound(screen));
            QCOMPARE_LE(screen.scrollback(), 50);
        }
    }

    void runsVim()
    {
        const QTemporaryDir folder;
        RunningProgram vim(u"vi -u NONE -N -i NONE file"_s, folder.path());
        QTRY_VERIFY_WITH_TIMEOUT(vim.screen.isAlternate() && vim.shows(u"file"_s), longWait);
        vim.type(u"ihello 語"_s);
        QTRY_VERIFY_WITH_TIMEOUT(vim.shows(u"INSERT"_s), longWait);
        QTRY_COMPARE_WITH_TIMEOUT(vim.screen.text(vim.screen.scrollback()), u"hello 語"_s, longWait);
        vim.type(u"\x1b"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!vim.shows(u"INSERT"_s), longWait);
        vim.type(u":wq\r"_s);
        QTRY_VERIFY_WITH_TIMEOUT(vim.hasEnded(), longWait);
        QVERIFY(!vim.screen.isAlternate());
        QFile file(folder.filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), u"hello 語\n"_s.toUtf8());
    }

    void runsTop()
    {
        const QTemporaryDir folder;
        RunningProgram top(u"top"_s, folder.path());
        QTRY_VERIFY_WITH_TIMEOUT(top.shows(u"PID"_s) && top.shows(u"COMMAND"_s), longWait);
        bool isTurned = false;
        for (int line = 0; line < top.screen.lineCount(); ++line)
            isTurned = isTurned || cellAt(top.screen.line(line), 4).style.isReversed;
        QVERIFY(isTurned);
        top.type(u"q"_s);
        QTRY_VERIFY_WITH_TIMEOUT(top.hasEnded(), longWait);
    }
};

QTEST_GUILESS_MAIN(TestTerminalScreen)
#include "tst_terminalscreen.moc"
