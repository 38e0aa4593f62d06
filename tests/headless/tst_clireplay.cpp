// SPDX-License-Identifier: Apache-2.0
// Old conversations asked again without a window.
#include "headless/cliprogram.h"

#include "chat/agentbook.h"
#include "chat/conversationfile.h"
#include "chat/typedwords.h"
#include "demo/commandscript.h"
#include "support/endpoints.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QTest>

#include <atomic>
#include <csignal>

using namespace Parlance;
using namespace Parlance::Test;
using namespace Qt::StringLiterals;

namespace {

QJsonObject jsonOf(const QByteArray &bytes)
{
    return QJsonDocument::fromJson(bytes).object();
}

//! A file with a conversation in which these were asked and each got the same answer. Empty: not written.
QString conversationWith(const QStringList &asked, const QString &path,
                         const std::vector<Attachment> &files = {})
{
    ConversationFile file{.conversation = {.id = ConversationId::create(),
                                           .agent = AgentBook::builtInId(),
                                           .title = u"Old"_s,
                                           .isTitleChosen = true,
                                           .session = RuntimeSessionId::create()}};
    file.conversation.created = file.conversation.lastActive = QDateTime::currentDateTimeUtc();
    for (const QString &words : asked) {
        Message question = typedMessage(words);
        attach(question, files);
        Message answer{.id = MessageId::create(), .role = Role::Agent, .state = MessageState::Complete};
        answer.created = question.created;
        answer.answerTo = question.id;
        answer.parts.push_back({.content = Text{.markdown = u"It leaves tomorrow."_s}});
        file.messages.push_back(std::move(question));
        file.messages.push_back(std::move(answer));
    }
    QFile out(path);
    const bool isWritten = out.open(QIODevice::WriteOnly)
        && out.write(jsonHead(u"test"_s, QDateTime::currentDateTimeUtc()) + conversationJson(file)
                     + jsonTail())
            > 0;
    return isWritten ? path : QString();
}

QByteArray told(const CliProgram::Run &run)
{
    return run.err + run.out;
}

} // namespace

class TestCliReplay : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_program = std::make_unique<CliProgram>();
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void replaysAConversationAtAnotherEndpoint()
    {
        const Endpoints endpoints([](const EndpointQuestion &asked) {
            const bool isOther = asked.qualifier == "canary"_L1 && asked.prompt == "two"_L1;
            return Endpoints::words(isOther ? u"It leaves today."_s : u"It leaves tomorrow."_s);
        });
        const QString file = m_folder->filePath(u"old.json"_s);
        QVERIFY(!conversationWith({u"one"_s, u"two"_s, u"three"_s}, file).isEmpty());
        QCOMPARE_EQ(m_program->run({u"conversations"_s, u"import"_s, file}).code, 0);
        const auto replay = [&](const QStringList &more) {
            return m_program->run(at(endpoints, QStringList{u"Old"_s} + more));
        };
        const CliProgram::Run same = replay({u"--qualifier"_s, u"prod"_s});
        QVERIFY2(same.code == 0 && same.out.contains("3 of 3 turns replayed, 0 different."),
                 told(same).constData());
        QCOMPARE_EQ(endpoints.questions().size(), 3U);
        const CliProgram::Run differs = replay({u"--qualifier"_s, u"canary"_s});
        QVERIFY2(differs.code == 1 && differs.out.contains("3 of 3 turns replayed, 1 different."),
                 told(differs).constData());
        QVERIFY2(differs.out.contains("Removed: tomorrow") && differs.out.contains("Added: today"),
                 told(differs).constData());
        const CliProgram::Run stopped =
            replay({u"--qualifier"_s, u"canary"_s, u"--stop-at-difference"_s, u"--json"_s});
        QCOMPARE_EQ(stopped.code, 1);
        QCOMPARE_EQ(jsonOf(stopped.out)["replayed"_L1].toInt(), 2);
        QCOMPARE_EQ(jsonOf(stopped.out)["turns"_L1][1]["differences"_L1].toArray().size(), 2);
        QCOMPARE_EQ(endpoints.questions().size(), 8U);
        // Each is kept as a conversation of its own.
        const QByteArray kept = m_program->run({u"conversations"_s, u"list"_s}).out;
        QVERIFY2(kept.count("Replay: Old") == 3, kept.constData());
        QCOMPARE_EQ(m_program->run({u"qa"_s, u"replay"_s, u"none of that name"_s}).code, 2);
        QCOMPARE_EQ(m_program->run({u"qa"_s, u"replay"_s}).code, 2);
    }

    void replaysOnAfterAFailureUnlessToldToStop()
    {
        const Endpoints endpoints([](const EndpointQuestion &asked) {
            return asked.prompt == "two"_L1 ? ScriptBuilder::refusal(424, "RuntimeClientError", u"No."_s)
                                            : Endpoints::words(u"It leaves tomorrow."_s);
        });
        const QString file = m_folder->filePath(u"old.json"_s);
        QVERIFY(!conversationWith({u"one"_s, u"two"_s, u"three"_s}, file).isEmpty());
        QCOMPARE_EQ(m_program->run({u"conversations"_s, u"import"_s, file}).code, 0);
        const QStringList words = at(endpoints, {u"Old"_s});
        const CliProgram::Run whole = m_program->run(words);
        QVERIFY2(whole.code == 1 && whole.out.contains("3 of 3 turns replayed, 1 different."),
                 told(whole).constData());
        const CliProgram::Run stopped = m_program->run(words + QStringList{u"--stop-at-difference"_s});
        QVERIFY2(stopped.code == 1 && stopped.out.contains("2 of 3 turns replayed, 1 different."),
                 told(stopped).constData());
    }

    void replaysCommandsOnceTold()
    {
        std::atomic_int listed = 0;
        DemoServer server([&listed](const DemoRequest &request) {
            if (!request.path.contains("/commands"))
                return Endpoints::words(u"It leaves tomorrow."_s);
            CommandScript script;
            script.output(u"run %1\n"_s.arg(++listed));
            script.stop(0, u"COMPLETED"_s);
            return script.take();
        });
        const QString url = server.start().value().toString();
        const QString file = m_folder->filePath(u"old.json"_s);
        QVERIFY(!conversationWith({u"one"_s, u"!ls"_s}, file).isEmpty());
        QCOMPARE_EQ(m_program->run({u"conversations"_s, u"import"_s, file}).code, 0);
        const QStringList words{u"qa"_s,         u"replay"_s, u"--arn"_s,  scriptedArn(),
                                u"--endpoint"_s, url,         u"--auth"_s, u"none"_s};
        const CliProgram::Run refused = m_program->run(words + QStringList{u"Old"_s});
        QVERIFY2(refused.code == 2 && refused.err.contains("Turn 2 is a command"), told(refused).constData());
        QVERIFY(server.requests().empty());
        const CliProgram::Run run = m_program->run(words + QStringList{u"Old"_s, u"--with-commands"_s});
        QVERIFY2(run.code == 1 && run.out.contains("Turn 2: !ls") && run.out.contains("run 1"),
                 told(run).constData());
        QCOMPARE_EQ(QJsonDocument::fromJson(server.requests().at(1).body)["command"_L1].toString(), u"ls"_s);
        // It is kept as the command it is, and what it writes is compared.
        const CliProgram::Run again =
            m_program->run(words + QStringList{u"Replay: Old"_s, u"--with-commands"_s});
        QVERIFY2(again.code == 1 && again.out.contains("2 of 2 turns replayed, 1 different."),
                 told(again).constData());
        QVERIFY2(again.out.contains("Removed: 1") && again.out.contains("Added: 2"), told(again).constData());
    }

    void replaysFiles()
    {
        const Endpoints endpoints([](const EndpointQuestion &) { return Endpoints::words(u"Seen."_s); });
        const QString file = m_folder->filePath(u"old.json"_s);
        const Attachment note{
            .name = u"note.txt"_s, .mimeType = u"text/plain"_s, .data = "The lamp is broken."};
        QVERIFY(!conversationWith({u"Read it"_s}, file, {note}).isEmpty());
        QCOMPARE_EQ(m_program->run({u"conversations"_s, u"import"_s, file}).code, 0);
        QStringList words = at(endpoints, {u"Old"_s});
        QCOMPARE_EQ(m_program->run(words).code, 1);
        QVERIFY2(endpoints.bodies().at(0).contains(note.data.toBase64()),
                 endpoints.bodies().at(0).constData());
        // And again from what was kept of it.
        words[words.indexOf(u"Old"_s)] = u"Replay: Old"_s;
        QCOMPARE_EQ(m_program->run(words).code, 0);
        QVERIFY2(endpoints.bodies().at(1).contains(note.data.toBase64()),
                 endpoints.bodies().at(1).constData());
    }

    void keepsWhatWasSaidThoughItIsInterrupted_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("Ctrl+C") << SIGINT;
        QTest::newRow("killed") << SIGKILL;
    }

    void keepsWhatWasSaidThoughItIsInterrupted()
    {
        QFETCH(int, signal);
        // The second answer stops in the middle.
        const Endpoints endpoints([](const EndpointQuestion &asked) {
            if (asked.prompt != "two"_L1)
                return Endpoints::words(u"It leaves today."_s);
            ScriptBuilder builder({});
            builder.messageStart();
            builder.text(u"It will"_s);
            DemoScript script = builder.take();
            script.end = DemoEnd::Stall;
            return script;
        });
        const QString file = m_folder->filePath(u"old.json"_s);
        QVERIFY(!conversationWith({u"one"_s, u"two"_s, u"three"_s}, file).isEmpty());
        QCOMPARE_EQ(m_program->run({u"conversations"_s, u"import"_s, file}).code, 0);
        const std::unique_ptr<QProcess> process = m_program->start(at(endpoints, {u"Old"_s}));
        QTRY_COMPARE_EQ_WITH_TIMEOUT(endpoints.questions().size(), 2U, 30'000);
        const QString profile = m_program->environment().value(u"PARLANCE_PROFILE_DIR"_s);
        const auto isOnDisk = [&profile](const QByteArray &words) {
            QDirIterator files(profile, QDir::Files, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile one(files.next());
                if (one.open(QIODevice::ReadOnly) && one.readAll().contains(words))
                    return true;
            }
            return false;
        };
        // Who is killed has written what came, and who is asked to end does so then.
        if (signal == SIGKILL)
            QTRY_VERIFY_WITH_TIMEOUT(isOnDisk("It will"), 30'000);
        ::kill(pid_t(process->processId()), signal);
        const CliProgram::Run run = CliProgram::ended(*process);
        if (signal == SIGINT)
            QCOMPARE_EQ(run.code, 130);
        const QString out = m_folder->filePath(u"kept.json"_s);
        const CliProgram::Run shown = m_program->run({u"conversations"_s, u"export"_s, out, u"Replay: Old"_s,
                                                      u"--format"_s, u"json"_s, u"--events"_s});
        QVERIFY2(shown.code == 0, told(shown).constData());
        QFile kept(out);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        const QByteArray said = kept.readAll();
        QVERIFY2(said.contains("It leaves today."), said.constData());
        if (signal == SIGKILL)
            QVERIFY2(said.contains("It will"), said.constData());
    }

private:
    static QStringList at(const Endpoints &endpoints, const QStringList &arguments)
    {
        return QStringList{u"qa"_s,       u"replay"_s,     u"--arn"_s,
                           scriptedArn(), u"--endpoint"_s, endpoints.url().toString(),
                           u"--auth"_s,   u"none"_s}
        + arguments;
    }

    std::unique_ptr<CliProgram> m_program;
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestCliReplay)
#include "tst_clireplay.moc"
