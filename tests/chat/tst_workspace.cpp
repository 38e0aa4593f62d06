// SPDX-License-Identifier: Apache-2.0
#include "chat/framelog.h"
#include "chat/program.h"
#include "demo/demoserver.h"

#include <QDirIterator>
#include <QPointer>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Parlance;

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
            QVERIFY(before.timings->firstText.has_value());
            QVERIFY(before.usage->totalTokens.has_value());
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
            DemoScript script = scripted("data: \"0\"\n\n");
            for (int i = 1; i < 10; ++i)
                script.steps.push_back({.bytes = "data: \"" + QByteArray::number(i) + "\"\n\n",
                                        .delay = std::chrono::milliseconds(20)});
            script.end = DemoEnd::Stall;
            return script;
        });
        Program program(folder.path(), *server.start());
        std::vector<Chat *> chats;
        for (int i = 0; i < 20; ++i) {
            chats.push_back(program.newChat());
            chats.back()->send(u"go"_s);
        }
        // None ends, so each has its whole answer while all others are open.
        for (const Chat *chat : chats)
            QTRY_COMPARE_EQ_WITH_TIMEOUT(chat->messages()->at(1).text(), u"0123456789"_s, 20'000);
        QCOMPARE_EQ(program.workspace.streamingCount(), 20);
        QCOMPARE_EQ(server.openConnections(), 20);
        for (Chat *chat : chats)
            chat->stop();
        QCOMPARE_EQ(program.workspace.streamingCount(), 0);
        QTRY_COMPARE_EQ_WITH_TIMEOUT(server.openConnections(), 0, 20'000);
    }

    void letsGoOfWhatNobodyLooksAt()
    {
        constexpr int count = 12;
        QTemporaryDir folder;
        DemoServer server([](const DemoRequest &request) {
            DemoScript script = scripted("data: \"yes\"\n\n");
            if (request.body.contains("stall"))
                script.end = DemoEnd::Stall;
            return script;
        });
        Program program(folder.path(), *server.start());
        std::vector<ConversationId> ids;
        std::vector<QPointer<Chat>> chats;
        for (int i = 0; i < count; ++i) {
            chats.emplace_back(program.newChat());
            ids.push_back(chats.back()->conversation().id);
            chats.back()->send(i == 1 ? u"stall"_s : u"question %1"_s.arg(i));
            chats.back()->setDraft(u"draft %1"_s.arg(i));
        }
        for (int i = 0; i < count; ++i)
            QTRY_COMPARE_EQ_WITH_TIMEOUT(chats[size_t(i)]->messages()->at(1).text(), u"yes"_s, 20'000);
        QTRY_COMPARE_EQ_WITH_TIMEOUT(program.workspace.streamingCount(), 1, 20'000);
        program.workspace.letChatsGoAfter(std::chrono::milliseconds(50));
        program.workspace.setFront(ids[0]);
        const auto open = [&chats] {
            return std::ranges::count_if(chats, [](const QPointer<Chat> &chat) { return !chat.isNull(); });
        };
        QTRY_COMPARE_EQ_WITH_TIMEOUT(open(), 2, 20'000);
        QVERIFY(chats[0]); // is looked at
        QVERIFY(chats[1]); // its answer comes

        for (int i = 2; i < count; ++i) {
            Chat *again = program.workspace.chat(ids[size_t(i)]);
            again->send(u"and more"_s);
            QTRY_COMPARE_EQ_WITH_TIMEOUT(again->messages()->count(), 4, 20'000);
            QCOMPARE_EQ(again->messages()->at(0).text(), u"question %1"_s.arg(i));
            QCOMPARE_EQ(again->messages()->at(1).text(), u"yes"_s);
            QCOMPARE_EQ(again->conversation().draft, u"draft %1"_s.arg(i));
        }
    }

    void keepsATokenOutOfEveryFile()
    {
        const QByteArray canary = "canary-4d1f0c6e-token";
        QTemporaryDir folder;
        DemoServer server([&](const DemoRequest &request) {
            const QByteArray sent = request.header("Authorization");
            QByteArray body = "data: {\"text\":\"You sent " + sent + " and \"}\n\n";
            // As a model says it: in pieces that tell nothing each.
            for (qsizetype at = 0; at < sent.size(); at += 3)
                body += "data: {\"text\":\"" + sent.mid(at, 3) + "\"}\n\n";
            return scripted(body + "data: {\"text\":\", no more\"}\n\n");
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
            QVERIFY(chat->messages()->at(1).text().endsWith(u"••••, no more"_s));
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
};

QTEST_GUILESS_MAIN(TestWorkspace)
#include "tst_workspace.moc"
