// SPDX-License-Identifier: Apache-2.0
#include "chat/framelog.h"
#include "chat/workspace.h"
#include "demo/demoserver.h"
#include "support/collaborators.h"

#include <QDirIterator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

//! Everything a front end has, over one profile folder; made again it is the next start.
struct Program : Collaborators
{
    Program(const QString &folder, const QUrl &builtIn)
        : Collaborators(folder, builtIn)
    {
        QSignalSpy ready(&workspace, &Workspace::ready);
        workspace.start();
        isReady = ready.wait(20'000);
    }
    Chat *newChat() { return workspace.newConversation(AgentBook::builtInId()); }

    bool isReady = false;
};

DemoScript scripted(const QByteArray &body)
{
    DemoScript script;
    script.headers.append(HttpHeader{"Content-Type", "text/event-stream"});
    script.steps.push_back({.bytes = body});
    return script;
}

} // namespace

class TestWorkspace : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsItAgainAfterARestart()
    {
        QTemporaryDir folder;
        DemoServer server;
        const QUrl url = *server.start();
        ConversationId id;
        Message before;
        {
            Program program(folder.path(), url);
            QVERIFY(program.isReady);
            Chat *chat = program.newChat();
            id = chat->conversation().id;
            chat->send(u"call a tool"_s);
            QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), 30'000);
            before = chat->messages()->at(1);
            QCOMPARE_EQ(before.state, MessageState::Complete);
            QVERIFY(before.timings.firstText.has_value());
            QVERIFY(before.usage.totalTokens.has_value());
            chat->setDraft(u"half a thought"_s);
        }
        Program program(folder.path(), url);
        QVERIFY(program.isReady);
        const Conversation *conversation = program.workspace.conversation(id);
        QVERIFY(conversation);
        QCOMPARE_EQ(conversation->title, u"call a tool"_s);
        QCOMPARE_EQ(conversation->draft, u"half a thought"_s);
        Chat *chat = program.workspace.chat(id);
        QTRY_VERIFY_WITH_TIMEOUT(chat->isLoaded(), 10'000);
        QCOMPARE_EQ(chat->messages()->count(), 2);
        QCOMPARE_EQ(chat->messages()->at(1).parts, before.parts);
        const std::unique_ptr<FrameLog> frames = chat->openFrames(before.id);
        QTRY_VERIFY_WITH_TIMEOUT(frames->rows().size() > 20, 10'000);
    }

    void streamsTwentyConversationsAtOnce()
    {
        QTemporaryDir folder;
        DemoServer server([](const DemoRequest &) {
            DemoScript script = scripted("data: \"begun\"\n\n");
            script.end = DemoEnd::Stall;
            return script;
        });
        Program program(folder.path(), *server.start());
        std::vector<Chat *> chats;
        for (int i = 0; i < 20; ++i) {
            chats.push_back(program.newChat());
            chats.back()->send(u"go"_s);
        }
        for (const Chat *chat : chats)
            QTRY_COMPARE_EQ_WITH_TIMEOUT(chat->messages()->at(1).text(), u"begun"_s, 20'000);
        QCOMPARE_EQ(program.workspace.streamingCount(), 20);
        for (Chat *chat : chats)
            chat->stop();
        QCOMPARE_EQ(program.workspace.streamingCount(), 0);
    }

    void keepsATokenOutOfEveryFile()
    {
        const QByteArray canary = "canary-4d1f0c6e-token";
        QTemporaryDir folder;
        DemoServer server([&](const DemoRequest &request) {
            return scripted("data: {\"text\":\"You sent " + request.header("Authorization") + "\"}\n\n");
        });
        const QUrl url = *server.start();
        {
            Program program(folder.path(), url);
            Agent agent;
            agent.name = u"Echo"_s;
            agent.target = UrlTarget{.url = url.toString()};
            agent.auth = AuthMethod::Bearer;
            const Result<Agent> saved = program.workspace.agents()->save(agent);
            QVERIFY(saved.has_value());
            QFuture<Result<SecretDurability>> kept =
                program.workspace.agents()->setToken(saved->id, Secret(canary));
            QTRY_VERIFY(kept.isFinished());
            Chat *chat = program.workspace.newConversation(saved->id);
            chat->send(u"what did I send"_s);
            QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), 20'000);
            QCOMPARE_EQ(server.requests().front().header("Authorization"), QByteArray("Bearer " + canary));
            QVERIFY(chat->messages()->at(1).text().contains(u"You sent"_s));
            QVERIFY(!chat->messages()->at(1).text().contains(QString::fromLatin1(canary)));
        }
        int files = 0;
        QDirIterator each(folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (each.hasNext()) {
            QFile file(each.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains(canary), qPrintable(file.fileName()));
            ++files;
        }
        QVERIFY(files > 0);
    }

    void takesBackAConversationThatWasRemoved()
    {
        QTemporaryDir folder;
        DemoServer server([](const DemoRequest &) { return scripted("data: \"Hi\"\n\n"); });
        Program program(folder.path(), *server.start());
        Chat *chat = program.newChat();
        const ConversationId id = chat->conversation().id;
        chat->send(u"Hello"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), 20'000);
        program.workspace.remove(id);
        QVERIFY(!program.workspace.conversation(id));
        program.workspace.restore(id);
        QVERIFY(program.workspace.conversation(id));
    }

    void refusesAnAgentThatCannotBeAsked()
    {
        const auto check = [](const AgentTarget &target, const QString &payload = {}) {
            Agent agent;
            agent.name = u"x"_s;
            agent.target = target;
            agent.payloadTemplate = payload;
            return AgentBook::checked(agent);
        };
        QCOMPARE_EQ(check(UrlTarget{.url = u"ftp://x"_s}).error().kind, ErrorKind::InvalidTarget);
        QCOMPARE_EQ(check(UrlTarget{.url = u"http://agent.example"_s}).error().kind, ErrorKind::InsecureHttp);
        QCOMPARE_EQ(check(UrlTarget{.url = u"http://localhost:8080"_s}, u"{"_s).error().kind,
                    ErrorKind::InvalidTemplate);
        const QString runtime =
            u"arn:aws:bedrock-agentcore:eu-west-1:123456789012:runtime/orders-Ab12345678"_s;
        const Result<Agent> agent = check(RuntimeTarget{.arn = runtime + u"/runtime-endpoint/canary"_s});
        QVERIFY(agent.has_value());
        QCOMPARE_EQ(std::get<RuntimeTarget>(agent->target).arn, runtime);
        QCOMPARE_EQ(agent->qualifier, u"canary"_s);
    }
};

QTEST_GUILESS_MAIN(TestWorkspace)
#include "tst_workspace.moc"
