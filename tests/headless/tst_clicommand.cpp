// SPDX-License-Identifier: Apache-2.0
#include "demo/commandscript.h"
#include "demo/demoserver.h"
#include "headless/terminalsession.h"
#include "support/nodeserver.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int patience = 60'000;
const QString arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/orders-AbCdEf1234"_s;
const QByteArray token = "canary-41cd-token";

} // namespace

//! "parlance-cli command" with a machine that really runs what it is given.
class TestCliCommand : public QObject
{
    Q_OBJECT
private:
    struct Run
    {
        int code = -1;
        QByteArray out = {};
        QByteArray err = {};
    };
    QProcessEnvironment environment() const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"PARLANCE_PROFILE_DIR"_s, m_folder.path());
        environment.insert(u"PARLANCE_BEARER_TOKEN"_s, QString::fromLatin1(token));
        return environment;
    }
    void prepare(QProcess &process) const
    {
        process.setProcessEnvironment(environment());
        // A test that is run by hand has a terminal.
        process.setChildProcessModifier([] { ::setsid(); });
    }
    Run run(const QStringList &arguments, const QByteArray &input = {}) const
    {
        return runProgram(QStringList{u"command"_s} + arguments, input);
    }
    Run runProgram(const QStringList &arguments, const QByteArray &input = {}) const
    {
        QProcess process;
        prepare(process);
        process.start(QStringLiteral(PARLANCE_CLI), arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(patience))
            return {};
        return {.code = process.exitCode(),
                .out = process.readAllStandardOutput(),
                .err = process.readAllStandardError()};
    }
    QStringList there() const
    {
        return {u"--arn"_s, arn, u"--endpoint"_s, m_machine.url().toString(), u"--auth"_s, u"bearer"_s};
    }

    QTemporaryDir m_folder;
    NodeServer m_machine{u"commands.mjs"_s};

private Q_SLOTS:
    void initTestCase()
    {
        m_machine.setEnvironment(u"TOKEN"_s, QString::fromLatin1(token));
        const QString problem = m_machine.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void isAsIfItRanHere_data()
    {
        QTest::addColumn<QStringList>("command");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("out");
        QTest::addColumn<QByteArray>("err");
        QTest::newRow("both streams") << QStringList{u"echo out; echo err >&2; exit 7"_s} << 7 << "out\n"_ba
                                      << "err\n"_ba;
        QTest::newRow("no line end") << QStringList{u"printf abc"_s} << 0 << "abc"_ba << QByteArray();
        QTest::newRow("nothing") << QStringList{u"true"_s} << 0 << QByteArray() << QByteArray();
        QTest::newRow("several words")
            << QStringList{u"echo"_s, u"-n"_s, u"a"_s, u"b"_s} << 0 << "a b"_ba << QByteArray();
        QTest::newRow("control sequences") << QStringList{u"printf '\\033[31mr\\033[0m\\r\\n'"_s} << 0
                                           << "\x1b[31mr\x1b[0m\r\n"_ba << QByteArray();
        QTest::newRow("another exit code")
            << QStringList{u"exit 255"_s} << 255 << QByteArray() << QByteArray();
    }
    void isAsIfItRanHere()
    {
        QFETCH(QStringList, command);
        QFETCH(int, code);
        QFETCH(QByteArray, out);
        QFETCH(QByteArray, err);
        const Run ran = run(there() + QStringList{u"--"_s} + command);
        QCOMPARE(ran.code, code);
        QCOMPARE(ran.out, out);
        QCOMPARE(ran.err, err);
    }

    void takesACommandFromStandardInput()
    {
        const Run ran = run(there() + QStringList{u"-"_s}, "for i in 1 2\ndo echo $i\ndone\n");
        QCOMPARE(ran.code, 0);
        QCOMPARE(ran.out, "1\n2\n"_ba);
    }

    void runsInTheNamedSession()
    {
        const QString session = u"my-session-0123456789-0123456789-0123"_s;
        const Run ran = run(there() + QStringList{u"--session"_s, session, u"--"_s, u"echo $SESSION"_s});
        QCOMPARE(ran.out, session.toUtf8() + '\n');
    }

    void tellsThatTheTimeWasOver()
    {
        const Run ran =
            run(there() + QStringList{u"--timeout"_s, u"1"_s, u"--"_s, u"echo so far; sleep 30"_s});
        QCOMPARE(ran.code, 124);
        QCOMPARE(ran.out, "so far\n"_ba);
        QVERIFY(ran.err.contains("longer"));
    }

    void printsObjects()
    {
        const Run ran = run(there() + QStringList{u"--json"_s, u"--"_s, u"echo é; echo e >&2; exit 3"_s});
        QCOMPARE(ran.code, 3);
        QStringList types;
        for (const QByteArray &line : ran.out.trimmed().split('\n')) {
            const QJsonObject object = QJsonDocument::fromJson(line).object();
            const QString type = object["type"_L1].toString();
            types.append(type);
            if (type == u"stdout"_s)
                QCOMPARE(object["text"_L1].toString(), u"é\n"_s);
            if (type == u"stderr"_s)
                QCOMPARE(object["text"_L1].toString(), u"e\n"_s);
            if (type == u"command_stop"_s)
                QCOMPARE(object["exit_code"_L1].toInt(), 3);
        }
        for (const char *type :
             {"start", "headers", "command_start", "stdout", "stderr", "command_stop", "end"})
            QVERIFY2(types.count(QLatin1StringView(type)) == 1, type);
        QCOMPARE(types.constLast(), u"end"_s);
        QVERIFY(!ran.out.contains(token) && !ran.err.contains(token));
    }

    void refusesBeforeAnythingIsSent_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no command") << QStringList{};
        QTest::newRow("time-out too short") << QStringList{u"--timeout"_s, u"0"_s, u"--"_s, u"ls"_s};
        QTest::newRow("time-out too long") << QStringList{u"--timeout"_s, u"3601"_s, u"--"_s, u"ls"_s};
        QTest::newRow("time-out no number") << QStringList{u"--timeout"_s, u"x"_s, u"--"_s, u"ls"_s};
        QTest::newRow("too long") << QStringList{u"--"_s, QString(65'537, u'x')};
        QTest::newRow("two targets") << QStringList{u"--url"_s, u"http://localhost:1"_s, u"--"_s, u"ls"_s};
        QTest::newRow("unknown option") << QStringList{u"--raw"_s, u"--"_s, u"ls"_s};
    }
    void refusesBeforeAnythingIsSent()
    {
        QFETCH(QStringList, arguments);
        const Run ran = run(there() + arguments);
        QCOMPARE(ran.code, 2);
        QVERIFY(ran.out.isEmpty() && !ran.err.isEmpty());
    }

    void failsWhereItCannotBeRun()
    {
        const Run nobody = run({u"--url"_s, u"http://127.0.0.1:1"_s, u"--"_s, u"ls"_s});
        QCOMPARE(nobody.code, 255);
        QVERIFY(!nobody.err.isEmpty());
        const Run far = run({u"--url"_s, u"http://example.com"_s, u"--"_s, u"ls"_s});
        QCOMPARE(far.code, 2);
        const Run own = run({u"--url"_s, u"http://localhost:1/own/path"_s, u"--"_s, u"ls"_s});
        QCOMPARE(own.code, 2);
        QVERIFY(own.err.contains("runs no commands"));
    }

    void keepsWhatCameBeforeAFault()
    {
        DemoServer server([](const DemoRequest &request) { return demoCommand(request); });
        const QString url = server.start()->toString();
        for (const QString &fault : {u"throttle"_s, u"damage"_s, u"cut"_s}) {
            const Run ran = run({u"--url"_s, url, u"--"_s, fault});
            QCOMPARE(ran.code, 255);
            QVERIFY(!ran.out.isEmpty() && !ran.err.isEmpty());
        }
        DemoServer container([](const DemoRequest &) {
            DemoScript script;
            script.status = 404;
            return script;
        });
        const Run local = run({u"--url"_s, container.start()->toString(), u"--"_s, u"ls"_s});
        QCOMPARE(local.code, 255);
        QVERIFY(local.err.contains("runs no commands"));
    }

    void asksFirstInProduction()
    {
        const Run added = runProgram({u"agents"_s, u"add"_s, u"Orders"_s, u"--arn"_s, arn, u"--endpoint"_s,
                                      m_machine.url().toString(), u"--production"_s});
        QVERIFY2(added.code == 0, added.err.constData());
        const QString mark = m_folder.filePath(u"mark"_s);
        const QStringList command{u"--agent"_s, u"Orders"_s, u"--auth"_s, u"bearer"_s};
        const QString touch = u"touch "_s + mark;
        const Run alone = run(command + QStringList{u"--"_s, touch});
        QCOMPARE(alone.code, 2);
        QVERIFY2(alone.err.contains("say --yes") && alone.err.contains(touch.toUtf8()),
                 alone.err.constData());
        const QString line = QString(QStringLiteral(PARLANCE_CLI) + u" command "_s + command.join(u' ')
                                     + u" -- '"_s + touch + u'\'');
        for (const char *answer : {"n", ""}) {
            TerminalSession terminal(line, environment());
            QVERIFY2(terminal.shows("Go on? [y/N]"), terminal.screen().constData());
            terminal.type(answer);
            QCOMPARE(terminal.exitCode(), 2);
            QVERIFY(terminal.screen().contains("Nothing was done."));
        }
        QVERIFY(!QFile::exists(mark));
        TerminalSession agreed(line, environment());
        QVERIFY2(agreed.shows("Go on? [y/N]"), agreed.screen().constData());
        agreed.type("y");
        QCOMPARE(agreed.exitCode(), 0);
        QVERIFY(QFile::remove(mark));
        QCOMPARE(run(command + QStringList{u"--yes"_s, u"--"_s, touch}).code, 0);
        QVERIFY(QFile::exists(mark));
    }

    // Where standard input is the command, the terminal itself is asked.
    void asksOnTheTerminalBesideAPipe()
    {
        TerminalSession terminal(u"echo 'echo fr\"\"om it' | "_s + QStringLiteral(PARLANCE_CLI)
                                     + u" command --agent Orders --auth bearer -"_s,
                                 environment());
        QVERIFY2(terminal.shows("Go on? [y/N]"), terminal.screen().constData());
        terminal.type("yes");
        QVERIFY2(terminal.shows("from it"), terminal.screen().constData());
        QCOMPARE(terminal.exitCode(), 0);
        TerminalSession interrupted(
            QStringLiteral(PARLANCE_CLI) + u" command --agent Orders --auth bearer ls"_s, environment());
        QVERIFY2(interrupted.shows("Go on? [y/N]"), interrupted.screen().constData());
        interrupted.press('\x03');
        QCOMPARE(interrupted.exitCode(), 130);
    }

    void stopsListeningOnCtrlC()
    {
        QProcess process;
        prepare(process);
        process.start(QStringLiteral(PARLANCE_CLI),
                      QStringList{u"command"_s} + there() + QStringList{u"--"_s, u"echo here; sleep 60"_s});
        QByteArray out;
        QVERIFY(QTest::qWaitFor([&] { return (out += process.readAllStandardOutput()).contains("here"); },
                                patience));
        ::kill(pid_t(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(patience));
        QCOMPARE(process.exitCode(), 130);
    }
};

QTEST_GUILESS_MAIN(TestCliCommand)
#include "tst_clicommand.moc"
