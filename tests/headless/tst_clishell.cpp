// SPDX-License-Identifier: Apache-2.0
#include "headless/terminalsession.h"
#include "headless/typedescape.h"
#include "support/nodeserver.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Parlance;

//! "parlance-cli shell" with a real bash behind the service's protocol.
class TestCliShell : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    NodeServer m_server{u"shells.mjs"_s};

    QProcessEnvironment environment() const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"PARLANCE_PROFILE_DIR"_s, m_folder.path());
        return environment;
    }
    QStringList arguments() const
    {
        return {u"shell"_s, u"--arn"_s,
                u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/agent-AbCdEf1234"_s,
                u"--endpoint"_s, m_server.url().toString()};
    }
    QString command() const { return QStringLiteral(PARLANCE_CLI) + u' ' + arguments().join(u' '); }
    void befall(const QString &what) const
    {
        QNetworkAccessManager manager;
        std::unique_ptr<QNetworkReply> reply(
            manager.get(QNetworkRequest(m_server.url().resolved(QUrl(what)))));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        if (!reply->isFinished())
            finished.wait(30'000);
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_server.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void endsWithTheStatusOfTheShell()
    {
        TerminalSession terminal(u"stty rows 31 cols 97; "_s + command() + u"; echo left with $?; stty -a"_s,
                                 environment());
        QVERIFY(terminal.shows("Opening a shell"));
        QVERIFY2(terminal.shows("$ "), terminal.screen().constData());
        terminal.type("stty size");
        QVERIFY2(terminal.shows("31 97"), terminal.screen().constData());
        // Keys reach the shell one by one, Ctrl+C too.
        // A shell that only begins a command would take the interrupt for its own, as in any terminal.
        terminal.type("bash -c 'echo be\"\"gun; sleep 100'");
        QVERIFY2(terminal.shows("begun"), terminal.screen().constData());
        terminal.press('\x03');
        QVERIFY2(terminal.shows("^C"), terminal.screen().constData());
        QVERIFY2(terminal.shows("$ "), terminal.screen().constData());
        terminal.type("exit 3");
        QVERIFY2(terminal.shows("left with 3"), terminal.screen().constData());
        // And the terminal is as it was.
        QVERIFY2(terminal.shows(" icanon"), terminal.screen().constData());
        QCOMPARE(terminal.exitCode(), 0);
    }

    void leavesAtATildeAndADot()
    {
        TerminalSession terminal(command() + u"; echo left with $?; stty -a"_s, environment());
        QVERIFY2(terminal.shows("$ "), terminal.screen().constData());
        terminal.type("echo a~.b");
        QVERIFY(terminal.shows("a~.b"));
        QVERIFY(terminal.shows("$ "));
        terminal.press('~');
        terminal.press('?');
        QVERIFY2(terminal.shows("~. ends the shell"), terminal.screen().constData());
        terminal.press('~');
        terminal.press('.');
        QVERIFY2(terminal.shows("left with 0"), terminal.screen().constData());
        QVERIFY(terminal.shows(" icanon"));
    }

    void restoresTheTerminalWhenItIsTerminated()
    {
        const QString file = m_folder.filePath(u"pid"_s);
        TerminalSession terminal(
            u"bash -c 'echo $$ > %1; exec %2'; echo left; stty -a"_s.arg(file, command()), environment());
        QVERIFY2(terminal.shows("$ "), terminal.screen().constData());
        QFile pid(file);
        QVERIFY(pid.open(QIODevice::ReadOnly));
        QCOMPARE(QProcess::execute(u"kill"_s, {u"-TERM"_s, QString::fromLatin1(pid.readAll().trimmed())}), 0);
        QVERIFY2(terminal.shows("left"), terminal.screen().constData());
        QVERIFY2(terminal.shows(" icanon"), terminal.screen().constData());
    }

    void goesOnAfterTheConnectionWasLost()
    {
        TerminalSession terminal(command(), environment());
        QVERIFY2(terminal.shows("$ "), terminal.screen().constData());
        befall(u"/cut"_s);
        QVERIFY2(terminal.shows("Connecting again"), terminal.screen().constData());
        QVERIFY2(terminal.shows("Connected again"), terminal.screen().constData());
        terminal.type("echo sti''ll");
        QVERIFY2(terminal.shows("still"), terminal.screen().constData());
        terminal.type("exit");
        QCOMPARE(terminal.exitCode(), 0);
    }

    void takesCommandsFromAPipe()
    {
        QProcess process;
        process.setProcessEnvironment(environment());
        process.start(QStringLiteral(PARLANCE_CLI), arguments());
        process.write("echo from a pi''pe\nexit 7\n");
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(60'000));
        QVERIFY(process.readAllStandardOutput().contains("from a pipe"));
        QCOMPARE(process.exitCode(), 7);
    }

    void asksFirstInProduction()
    {
        const auto run = [this](const QStringList &arguments) {
            QProcess process;
            process.setProcessEnvironment(environment());
            // A test that is run by hand has a terminal.
            process.setChildProcessModifier([] { ::setsid(); });
            process.start(QStringLiteral(PARLANCE_CLI), arguments);
            process.write("exit 7\n");
            process.closeWriteChannel();
            process.waitForFinished(60'000);
            return std::pair(process.exitCode(), process.readAllStandardError());
        };
        QStringList add = arguments();
        QCOMPARE(
            run(QStringList{u"agents"_s, u"add"_s, u"Orders"_s} + add.mid(1) + QStringList{u"--production"_s})
                .first,
            0);
        const QStringList shell{u"shell"_s, u"--agent"_s, u"Orders"_s};
        const auto [code, words] = run(shell);
        QCOMPARE(code, 2);
        QVERIFY2(words.contains("say --yes"), words.constData());
        QCOMPARE(run(shell + QStringList{u"--yes"_s}).first, 7);
        TerminalSession terminal(QStringLiteral(PARLANCE_CLI) + u" shell --agent Orders"_s, environment());
        QVERIFY2(terminal.shows("Go on? [y/N]"), terminal.screen().constData());
        terminal.type("y");
        QVERIFY2(terminal.shows("$ "), terminal.screen().constData());
        terminal.type("exit 3");
        QCOMPARE(terminal.exitCode(), 3);
    }

    void saysWhyThereIsNoShell_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("nothing") << QStringList{u"shell"_s} << QByteArray("Give --agent or --arn.");
        QTest::newRow("url") << QStringList{u"shell"_s, u"--url"_s, u"http://localhost:1"_s}
                             << QByteArray("shell does not take --url.");
        QTest::newRow("words") << QStringList{u"shell"_s, u"--agent"_s, u"Orders"_s, u"ls"_s}
                               << QByteArray("shell takes no words.");
    }
    void saysWhyThereIsNoShell()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, words);
        QProcess process;
        process.setProcessEnvironment(environment());
        process.start(QStringLiteral(PARLANCE_CLI), arguments);
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(process.readAllStandardError().contains(words));
    }

    void readsEscapesAtTheBeginningOfALineOnly_data()
    {
        QTest::addColumn<QByteArray>("typed");
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<bool>("leaves");
        QTest::newRow("plain") << QByteArray("ls\r") << QByteArray("ls\r") << false;
        QTest::newRow("leave") << QByteArray("ls\r~.x") << QByteArray("ls\r") << true;
        QTest::newRow("first") << QByteArray("~.") << QByteArray() << true;
        QTest::newRow("within") << QByteArray("a~.\r") << QByteArray("a~.\r") << false;
        QTest::newRow("twice") << QByteArray("~~.\r") << QByteArray("~.\r") << false;
        QTest::newRow("path") << QByteArray("~/x\r") << QByteArray("~/x\r") << false;
        QTest::newRow("alone") << QByteArray("~\r~.") << QByteArray("~\r") << true;
    }
    void readsEscapesAtTheBeginningOfALineOnly()
    {
        QFETCH(const QByteArray, typed);
        QFETCH(const QByteArray, sent);
        QFETCH(const bool, leaves);
        for (qsizetype cut = 0; cut <= typed.size(); ++cut) {
            TypedEscape escape;
            QByteArray together;
            bool hasLeft = false;
            for (const QByteArray &piece : {typed.first(cut), typed.sliced(cut)}) {
                if (hasLeft)
                    break;
                const TypedEscape::Read read = escape.read(piece);
                together += read.bytes;
                hasLeft = read.wish == TypedEscape::Wish::Leave;
            }
            QCOMPARE(together, sent);
            QCOMPARE(hasLeft, leaves);
        }
    }
};

QTEST_GUILESS_MAIN(TestCliShell)
#include "tst_clishell.moc"
