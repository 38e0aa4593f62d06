// SPDX-License-Identifier: Apache-2.0
#include "chat/conversationfile.h"
#include "chat/framelog.h"
#include "chat/program.h"
#include "chat/typedwords.h"
#include "core/consoletext.h"
#include "demo/commandscript.h"
#include "demo/demoserver.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 20'000;

bool isCommand(const DemoRequest &request)
{
    return request.path.contains("/commands");
}

CommandOutput outputOf(const Message &message)
{
    for (const MessagePart &part : message.parts) {
        if (const auto *output = std::get_if<CommandOutput>(&part.content))
            return *output;
    }
    return {};
}

std::optional<ErrorKind> errorOf(const Message &message)
{
    for (const MessagePart &part : message.parts) {
        if (const auto *failed = std::get_if<ErrorPart>(&part.content))
            return failed->error->kind;
    }
    return std::nullopt;
}

//! Writes a line a few times a second for a minute.
DemoScript endless()
{
    CommandScript script;
    for (int i = 0; i < 3000; ++i) {
        script.output(u"line %1\n"_s.arg(i, 4, 10, QChar(u'0')), 20ms);
        if (i % 5 == 4)
            script.error(u"oops\n"_s);
    }
    return script.take();
}

} // namespace

//! Commands in a conversation, over a real store and a real connection.
class TestCommandChat : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<DemoServer>([](const DemoRequest &request) {
            if (!isCommand(request))
                return scripted("data: \"words\"\n\n");
            return request.body.contains("endless") ? endless() : demoCommand(request);
        });
        m_url = *m_server->start();
    }

    void readsWhatIsTyped_data();
    void readsWhatIsTyped();
    void runsInTheSessionAndIsNotTold();
    void keepsWhatCameBeforeAFault_data();
    void keepsWhatCameBeforeAFault();
    void isNeverSentAgainByItself_data();
    void isNeverSentAgainByItself();
    void waitsBehindAnAnswer();
    void isFoundAgain();
    void isFoundAgainWhenKilled();
    void keepsWhatCameWhenCancelled();
    void runsAgainWhenAPersonSaysSo();
    void takesTheTimeThatIsChosen();
    void saysWhyItCannotRun();
    void keepsABoundedPartOfAFlood();
    void standsInEveryFile();

private:
    static bool say(Chat *chat, const QString &typed)
    {
        chat->send(typed);
        return QTest::qWaitFor([&] { return !chat->isStreaming(); }, 60'000);
    }
    static const Message &last(const Chat *chat)
    {
        return chat->messages()->at(chat->messages()->count() - 1);
    }
    int ran() const
    {
        const std::vector<DemoRequest> requests = m_server->requests();
        return int(std::ranges::count_if(requests, isCommand));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DemoServer> m_server;
    QUrl m_url;
};

void TestCommandChat::readsWhatIsTyped_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("words");
    QTest::newRow("command") << u"!ls -la"_s << u"ls -la"_s << QString();
    QTest::newRow("of several lines")
        << u"! for f in *\ndo echo $f\ndone "_s << u"for f in *\ndo echo $f\ndone"_s << QString();
    QTest::newRow("words") << u"ls -la"_s << QString() << u"ls -la"_s;
    QTest::newRow("a mark alone") << u"!"_s << QString() << u"!"_s;
    QTest::newRow("surprise") << u"!!! ?!"_s << QString() << u"!!! ?!"_s;
    QTest::newRow("a blank before it") << u" !ls"_s << QString() << u" !ls"_s;
    QTest::newRow("a backslash before it") << u"\\!important"_s << QString() << u"!important"_s;
    QTest::newRow("two backslashes") << u"\\\\!x"_s << QString() << u"\\!x"_s;
    QTest::newRow("a backslash") << u"\\n"_s << QString() << u"\\n"_s;
    QTest::newRow("in a later line") << u"see:\n!ls"_s << QString() << u"see:\n!ls"_s;
}

void TestCommandChat::readsWhatIsTyped()
{
    QFETCH(QString, typed);
    QFETCH(QString, command);
    QFETCH(QString, words);
    const Message message = typedMessage(typed, 7s);
    const Command *read = commandOf(message);
    QCOMPARE(read ? read->line.toString() : QString(), command);
    QCOMPARE(message.text(), words);
    if (read)
        QCOMPARE(read->timeout, 7s);
    // What is typed again says the same.
    const Message again = typedMessage(typedText(message), 7s);
    QCOMPARE(again.parts, message.parts);
}

void TestCommandChat::runsInTheSessionAndIsNotTold()
{
    Program program(m_folder->path(), m_url);
    Agent agent = *program.workspace.agents()->find(AgentBook::builtInId());
    agent.payloadTemplate = u"{\"messages\": ${messages}}"_s;
    agent.qualifier = u"canary"_s;
    QVERIFY(program.workspace.agents()->save(agent));
    Chat *chat = program.newChat();
    QVERIFY(say(chat, u"first"_s));
    QVERIFY(say(chat, u"!false"_s));
    QCOMPARE(chat->messages()->count(), 4);
    QCOMPARE(last(chat).state, MessageState::Complete);
    QCOMPARE(outputOf(last(chat)).exitCode, 1);
    QVERIFY(!chat->conversation().hasFailed);
    QVERIFY(say(chat, u"second"_s));
    const std::vector<DemoRequest> requests = m_server->requests();
    QCOMPARE(requests.size(), 3U);
    const QByteArray session = chat->conversation().session.value().toUtf8();
    for (const DemoRequest &request : requests)
        QCOMPARE(request.header("X-Amzn-Bedrock-AgentCore-Runtime-Session-Id"), session);
    QCOMPARE(requests[1].body, "{\"command\":\"false\",\"timeout\":300}"_ba);
    QVERIFY(!requests[2].body.contains("false"));
    QVERIFY(requests[2].body.contains("first") && requests[2].body.contains("second"));
}

void TestCommandChat::keepsWhatCameBeforeAFault_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("output");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("exception") << u"throttle"_s << u"half of it\n"_s << ErrorKind::Throttled;
    QTest::newRow("damaged") << u"damage"_s << u"before the damage\n"_s << ErrorKind::CorruptFrame;
    QTest::newRow("cut") << u"cut"_s << u"before the cut\n"_s << ErrorKind::StreamCut;
}

void TestCommandChat::keepsWhatCameBeforeAFault()
{
    QFETCH(QString, line);
    QFETCH(QString, output);
    QFETCH(ErrorKind, kind);
    Program program(m_folder->path(), m_url);
    Chat *chat = program.newChat();
    QVERIFY(say(chat, u'!' + line));
    QCOMPARE(last(chat).state, MessageState::Failed);
    QCOMPARE(outputOf(last(chat)).text.toString(), output);
    QCOMPARE(outputOf(last(chat)).status, CommandStatus::Running);
    QCOMPARE(errorOf(last(chat)), kind);
    QCOMPARE(std::ranges::count_if(
                 last(chat).parts,
                 [](const MessagePart &part) { return std::holds_alternative<ErrorPart>(part.content); }),
             1);
    QCOMPARE(ran(), 1);
}

void TestCommandChat::isNeverSentAgainByItself_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::newRow("throttled") << 429 << "ThrottlingException"_ba;
    QTest::newRow("busy") << 409 << "RetryableConflictException"_ba;
    QTest::newRow("unavailable") << 503 << QByteArray();
}

void TestCommandChat::isNeverSentAgainByItself()
{
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    m_server = std::make_unique<DemoServer>([=](const DemoRequest &) {
        DemoScript script;
        script.status = status;
        script.headers = {HttpHeader{"Content-Type", "application/json"},
                          HttpHeader{"x-amzn-ErrorType", type}};
        script.steps.push_back({.bytes = "{\"message\":\"please retry\"}"});
        return script;
    });
    Program program(m_folder->path(), *m_server->start());
    Chat *chat = program.newChat();
    QVERIFY(say(chat, u"!rm x"_s));
    QCOMPARE(last(chat).state, MessageState::Failed);
    QCOMPARE(m_server->requests().size(), 1U);
}

void TestCommandChat::waitsBehindAnAnswer()
{
    Program program(m_folder->path(), m_url);
    Chat *chat = program.newChat();
    chat->send(u"!sleep 1"_s);
    chat->send(u"!echo later"_s);
    QVERIFY(chat->isRunningCommand());
    const MessageId queued = last(chat).id;
    QCOMPARE(last(chat).state, MessageState::Queued);
    QCOMPARE(chat->withdrawQueued(queued), u"!echo later"_s);
    chat->send(u"words"_s);
    chat->editQueued(last(chat).id, u"!echo changed"_s);
    QTRY_COMPARE_EQ_WITH_TIMEOUT(chat->messages()->count(), 4, patience);
    QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), patience);
    QCOMPARE(outputOf(last(chat)).text.toString(), u"changed\n"_s);
}

void TestCommandChat::isFoundAgain()
{
    ConversationId id;
    Message before;
    {
        Program program(m_folder->path(), m_url);
        Chat *chat = program.newChat();
        QVERIFY(say(chat, u"!make"_s));
        id = chat->conversation().id;
        before = last(chat);
        QVERIFY(outputOf(before).hasErrors());
        QVERIFY(program.flush());
    }
    Program program(m_folder->path(), m_url);
    Chat *chat = program.workspace.chat(id);
    QTRY_VERIFY_WITH_TIMEOUT(chat->isLoaded(), patience);
    QCOMPARE(chat->messages()->count(), 2);
    QCOMPARE(commandOf(chat->messages()->at(0))->line.toString(), u"make"_s);
    QCOMPARE(outputOf(last(chat)), outputOf(before));
    const auto frames = chat->openFrames(last(chat).id);
    QTRY_VERIFY_WITH_TIMEOUT(frames->rows().size() > 60, patience);
}

void TestCommandChat::isFoundAgainWhenKilled()
{
    QProcess program;
    program.start(QStringLiteral(ATTEMPT_HELPER), {u"command"_s, m_folder->path(), m_url.toString()});
    QByteArray output;
    QElapsedTimer since;
    qsizetype early = 0;
    QVERIFY(QTest::qWaitFor(
        [&] {
            output += program.readAllStandardOutput();
            if (!since.isValid() && output.count("letters ") > 20) {
                since.start();
                early = output.sliced(output.lastIndexOf("letters ") + 8).trimmed().toInt();
            }
            return since.isValid() && since.elapsed() > 700;
        },
        patience));
    program.kill(); // SIGKILL
    QVERIFY(program.waitForFinished(patience));
    const qsizetype at = output.indexOf("conversation ") + 13;
    const QByteArray id = output.sliced(at, output.indexOf('\n', at) - at);

    Program again(m_folder->path(), QUrl(u"http://127.0.0.1:1"_s));
    QVERIFY(again.isReady);
    Chat *chat = again.workspace.chat(ConversationId(QString::fromUtf8(id)));
    QVERIFY(chat);
    QTRY_VERIFY_WITH_TIMEOUT(chat->isLoaded(), patience);
    QCOMPARE(last(chat).state, MessageState::Interrupted);
    const CommandOutput kept = outputOf(last(chat));
    QVERIFY2(early > 100 && kept.text.size() >= early, qPrintable(QString::number(early)));
    QCOMPARE(kept.status, CommandStatus::Running);
    // Each line is on its stream, also the last that were written.
    QVERIFY(kept.textOf(CommandStream::Output).startsWith(u"line 0000\nline 0001\n"_s));
    QVERIFY(!kept.textOf(CommandStream::Output).contains(u"oops"_s));
    QVERIFY(kept.textOf(CommandStream::Error).startsWith(u"oops\noops\n"_s));
}

void TestCommandChat::keepsWhatCameWhenCancelled()
{
    Program program(m_folder->path(), m_url);
    Chat *chat = program.newChat();
    chat->send(u"!endless"_s);
    QTRY_VERIFY_WITH_TIMEOUT(outputOf(last(chat)).text.size() > 50, patience);
    chat->stop();
    QVERIFY(!chat->isStreaming());
    QCOMPARE(last(chat).state, MessageState::Stopped);
    QVERIFY(outputOf(last(chat)).text.size() > 50);
    QVERIFY(!errorOf(last(chat)));
    QTRY_COMPARE_EQ_WITH_TIMEOUT(m_server->openConnections(), 0, patience);
    QVERIFY(say(chat, u"!echo on"_s));
    QCOMPARE(outputOf(last(chat)).text.toString(), u"on\n"_s);
}

void TestCommandChat::runsAgainWhenAPersonSaysSo()
{
    Program program(m_folder->path(), m_url);
    Chat *chat = program.newChat();
    QVERIFY(say(chat, u"!echo one"_s));
    const MessageId question = chat->messages()->at(0).id;
    QCOMPARE(chat->suggestedSession(last(chat).id), AttemptSession::Current);
    chat->retry(MessageId(last(chat).id.value()));
    QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), patience);
    QCOMPARE(chat->messages()->attempt(1).count, 2);
    QCOMPARE(outputOf(last(chat)).text.toString(), u"one\n"_s);
    chat->sendEdited(MessageId(question.value()), u"!echo two"_s, {}, AttemptSession::Current);
    QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), patience);
    QCOMPARE(outputOf(last(chat)).text.toString(), u"two\n"_s);
    QCOMPARE(chat->messages()->at(0).parts.size(), 1U);
    chat->sendEdited(MessageId(chat->messages()->at(0).id.value()), u"words now"_s, {},
                     AttemptSession::Current);
    QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), patience);
    QCOMPARE(last(chat).text(), u"words"_s);
    QVERIFY(!commandOf(chat->messages()->at(0)));
}

void TestCommandChat::takesTheTimeThatIsChosen()
{
    Program program(m_folder->path(), m_url);
    Chat *chat = program.newChat();
    chat->setCommandTimeout(1s);
    QVERIFY(say(chat, u"!sleep 60"_s));
    QCOMPARE(last(chat).state, MessageState::Complete);
    QCOMPARE(outputOf(last(chat)).status, CommandStatus::TimedOut);
    QVERIFY(m_server->requests().back().body.contains("\"timeout\":1"));
}

void TestCommandChat::saysWhyItCannotRun()
{
    Program program(m_folder->path(), m_url);
    Chat *chat = program.newChat();
    QVERIFY(say(chat, u'!' + QString(70'000, u'x')));
    QCOMPARE(errorOf(last(chat)), ErrorKind::InvalidCommand);
    QCOMPARE(ran(), 0);

    Agent pasted{.id = AgentId::create(), .name = u"Pasted"_s};
    pasted.target = UrlTarget{.url = m_url.toString()};
    pasted.transport = AgentTransport::WebSocket;
    pasted.auth = AuthMethod::Bearer;
    QVERIFY(program.workspace.agents()->save(pasted));
    Chat *other = program.workspace.newConversation(pasted.id);
    QVERIFY(say(other, u"!ls"_s));
    QCOMPARE(errorOf(last(other)), ErrorKind::CommandsUnavailable);
    QCOMPARE(ran(), 0);

    // An agent that is asked over a WebSocket has a machine all the same.
    pasted.auth = AuthMethod::None;
    QVERIFY(program.workspace.agents()->save(pasted));
    QVERIFY(say(other, u"!pwd"_s));
    QCOMPARE(outputOf(last(other)).text.toString(), u"/app\n"_s);
}

void TestCommandChat::keepsABoundedPartOfAFlood()
{
    const QString line = QString(u"0123456789abcdef"_s).repeated(3990);
    DemoServer server([&line](const DemoRequest &) {
        CommandScript script;
        for (int i = 0; i < 1000; ++i)
            script.output(u"%1 %2\n"_s.arg(i).arg(line));
        script.stop(0);
        return script.take();
    });
    Program program(m_folder->path(), *server.start());
    Chat *chat = program.newChat();
    QElapsedTimer longest;
    qint64 worst = 0;
    QTimer beat;
    connect(&beat, &QTimer::timeout, &beat, [&] {
        if (longest.isValid())
            worst = std::max(worst, longest.elapsed());
        longest.start();
    });
    beat.start(5);
    QVERIFY(say(chat, u"!flood"_s));
    const CommandOutput output = outputOf(last(chat));
    QCOMPARE(output.exitCode, 0);
    QVERIFY(output.text.size() <= CommandOutput::mostKept * 5 / 4);
    QVERIFY(output.dropped > 60'000'000);
    QVERIFY(output.text.toString().endsWith(QString(line.right(20) % u'\n')));
    // Sixty megabytes went through, and the thread was never away for long.
    qInfo("longest pause %lld ms", worst);
    QVERIFY2(worst < 500, qPrintable(QString::number(worst)));
}

void TestCommandChat::standsInEveryFile()
{
    Program program(m_folder->path(), m_url);
    Chat *chat = program.newChat();
    QVERIFY(say(chat, u"!ls"_s));
    QVERIFY(say(chat, u"!nosuch"_s));
    ConversationFile file{.conversation = chat->conversation(), .agent = {}};
    for (int i = 0; i < chat->messages()->count(); ++i)
        file.messages.push_back(chat->messages()->at(i));
    const QByteArray markdown = conversationMarkdown(file);
    QVERIFY(markdown.contains("```sh\nls\n```"));
    QVERIFY(markdown.contains("agent.py") && !markdown.contains('\x1b'));
    QVERIFY(markdown.contains("*Exit code 0*") && markdown.contains("*Exit code 127*"));
    const QByteArray html = conversationHtml(file);
    QVERIFY(html.contains("<pre><code>ls</code></pre>") && html.contains("agent.py"));
    QVERIFY(!html.contains('\x1b') && !html.contains("\xef\xbf\xbd"));
    QVERIFY(html.contains("Exit code 127"));
}

QTEST_GUILESS_MAIN(TestCommandChat)
#include "tst_commandchat.moc"
