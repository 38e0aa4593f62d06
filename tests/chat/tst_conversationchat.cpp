// SPDX-License-Identifier: Apache-2.0
#include "chat/framelog.h"
#include "chat/program.h"
#include "demo/demoserver.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

DemoScript endless(const DemoRequest & /*request*/)
{
    DemoScript script = scripted("data: \"begun\"\n\n");
    script.end = DemoEnd::Stall;
    return script;
}

} // namespace

//! A conversation over a real store and a real connection.
class TestConversationChat : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<DemoServer>([](const DemoRequest &) {
            return scripted("data: {\"event\":{\"messageStart\":{\"role\":\"assistant\"}}}\n\n"
                            "data: {\"event\":{\"contentBlockDelta\":{\"delta\":{\"text\":\"Hi\"}}}}\n\n");
        });
        m_url = *m_server->start();
    }

    void sendsNothingWhileTheMessagesCannotBeRead();
    void saysThatADamagedFileCannotBeRead();
    void keepsTheTextOfAStoppedAnswerAndGoesOnAtOnce();
    void asksOnceWhenTheAnswerIsCut_data();
    void asksOnceWhenTheAnswerIsCut();
    void findsADraftForEachConversationAgain();
    void findsWhatWaitedAgain();
    void showsFramesWhileTheyComeAndFromDisk();

private:
    QString file() const { return m_folder->filePath(u"parlance.sqlite"_s); }
    //! What another program does to the file while this one has it open.
    bool helped(const QString &what) const
    {
        return QProcess::execute(QStringLiteral(STORE_HELPER), {what, file()}) == 0;
    }
    //! A conversation with so many questions and answers.
    ConversationId converse(int turns)
    {
        Program program(m_folder->path(), m_url);
        Chat *chat = program.newChat();
        for (int i = 0; i < turns; ++i) {
            chat->send(u"question %1"_s.arg(i));
            if (!QTest::qWaitFor([&] { return !chat->isStreaming(); }, 20'000))
                return {};
        }
        return chat->conversation().id;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DemoServer> m_server;
    QUrl m_url;
};

void TestConversationChat::sendsNothingWhileTheMessagesCannotBeRead()
{
    const ConversationId id = converse(2);
    {
        Program program(m_folder->path(), m_url);
        QVERIFY(helped(u"hideMessages"_s));
        Chat *chat = program.workspace.chat(id);
        QSignalSpy failed(chat, &Chat::loadFailed);
        chat->setDraft(u"half a thought"_s);
        chat->send(u"sent early"_s);
        QTRY_COMPARE_EQ_WITH_TIMEOUT(failed.count(), 1, 20'000);
        QVERIFY(chat->loadError() && chat->loadError()->message.endsWith(u'.'));
        QVERIFY(!chat->isLoaded());
        QCOMPARE_EQ(chat->conversation().draft, u"sent early\n\nhalf a thought"_s);
        chat->send(u"sent later"_s);
        QCOMPARE_EQ(chat->messages()->count(), 0);
        QVERIFY(!chat->isStreaming());

        chat->reload();
        QTRY_COMPARE_EQ_WITH_TIMEOUT(failed.count(), 2, 20'000);
        QVERIFY(helped(u"showMessages"_s));
        chat->reload();
        QTRY_VERIFY_WITH_TIMEOUT(chat->isLoaded(), 20'000);
        QVERIFY(!chat->loadError());
        QCOMPARE_EQ(chat->messages()->count(), 4);
        chat->send(u"and on"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), 20'000);
    }
    Program program(m_folder->path(), m_url);
    Chat *chat = program.workspace.chat(id);
    QTRY_VERIFY_WITH_TIMEOUT(chat->isLoaded(), 20'000);
    QStringList said;
    for (int i = 0; i < chat->messages()->count(); ++i)
        said.append(chat->messages()->at(i).text());
    QCOMPARE_EQ(said,
                (QStringList{u"question 0"_s, u"Hi"_s, u"question 1"_s, u"Hi"_s, u"and on"_s, u"Hi"_s}));
}

void TestConversationChat::saysThatADamagedFileCannotBeRead()
{
    const ConversationId id = converse(1);
    {
        // More than SQLite keeps in memory, so that it must look at the file again.
        Store store(file());
        const QFuture<Result<StoredState>> open = store.open();
        QTRY_VERIFY_WITH_TIMEOUT(open.isFinished(), 20'000);
        for (int i = 2; i < 3000; ++i)
            store.saveMessage(id, i, userMessage(u"some words "_s.repeated(250)));
        // A store that is let go waits for a busy disk no longer than a person would.
        const auto flushed = store.flush();
        QTRY_VERIFY_WITH_TIMEOUT(flushed.isFinished(), 60'000);
    }
    const int answers = int(m_server->requests().size());
    Program program(m_folder->path(), m_url);
    QVERIFY(program.isReady);
    QFile damaged(file());
    QVERIFY(damaged.open(QIODevice::ReadWrite) && damaged.seek(4096));
    QVERIFY(damaged.write(QByteArray(damaged.size() - 4096, '\xff')) > 0);
    damaged.close();
    Chat *chat = program.workspace.chat(id);
    QTRY_VERIFY_WITH_TIMEOUT(chat->loadError().has_value(), 20'000);
    QCOMPARE_EQ(errorKindName(chat->loadError()->kind), errorKindName(ErrorKind::StoreCorrupt));
    chat->send(u"Hello"_s);
    QCOMPARE_EQ(chat->messages()->count(), 0);
    QCOMPARE_EQ(int(m_server->requests().size()), answers);
}

void TestConversationChat::keepsTheTextOfAStoppedAnswerAndGoesOnAtOnce()
{
    DemoServer server(endless);
    Program program(m_folder->path(), *server.start());
    Chat *chat = program.newChat();
    chat->send(u"one"_s);
    QTRY_COMPARE_EQ_WITH_TIMEOUT(chat->messages()->at(1).text(), u"begun"_s, 20'000);
    QCOMPARE_EQ(server.openConnections(), 1);
    QElapsedTimer clock;
    clock.start();
    const auto asked = std::chrono::steady_clock::now();
    chat->stop();
    QVERIFY(!chat->isStreaming());
    QVERIFY(clock.elapsed() < 100);
    QCOMPARE_EQ(chat->messages()->at(1).state, MessageState::Stopped);
    QCOMPARE_EQ(chat->messages()->at(1).text(), u"begun"_s);
    QTRY_VERIFY_WITH_TIMEOUT(server.lastClose().has_value(), 20'000);
    QVERIFY(*server.lastClose() - asked < std::chrono::milliseconds(100));
    chat->send(u"two"_s);
    QVERIFY(chat->isStreaming());
    QTRY_COMPARE_EQ_WITH_TIMEOUT(chat->messages()->at(3).text(), u"begun"_s, 20'000);
    chat->stop();
}

void TestConversationChat::asksOnceWhenTheAnswerIsCut_data()
{
    QTest::addColumn<bool>("sendsHead");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("before its head") << false << QByteArray() << QString();
    QTest::newRow("after its head") << true << QByteArray() << QString();
    // What came of a cut event is kept as it is.
    QTest::newRow("in its first event") << true << QByteArray("data: half an ev") << u"half an ev"_s;
    QTest::newRow("after an event") << true << QByteArray("data: {\"text\":\"one\"}\n\n") << u"one"_s;
}

void TestConversationChat::asksOnceWhenTheAnswerIsCut()
{
    QFETCH(bool, sendsHead);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    DemoServer server([=](const DemoRequest &) {
        DemoScript script = scripted(bytes);
        script.sendsHead = sendsHead;
        script.end = DemoEnd::Cut;
        return script;
    });
    Program program(m_folder->path(), *server.start());
    Chat *chat = program.newChat();
    chat->send(u"go"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), 20'000);
    QCOMPARE_EQ(chat->messages()->at(1).state, MessageState::Failed);
    QCOMPARE_EQ(chat->messages()->at(1).text(), text);
    QCOMPARE_EQ(server.requests().size(), size_t(1));
}

void TestConversationChat::findsADraftForEachConversationAgain()
{
    const ConversationId one = converse(1);
    const ConversationId two = converse(1);
    {
        Program program(m_folder->path(), m_url);
        program.workspace.chat(one)->setDraft(u"first thought"_s);
        program.workspace.chat(two)->setDraft(u"second thought"_s);
        program.workspace.chat(two)->setDraft(u"second thoughts"_s);
    }
    Program program(m_folder->path(), m_url);
    QCOMPARE_EQ(program.workspace.chat(one)->conversation().draft, u"first thought"_s);
    QCOMPARE_EQ(program.workspace.chat(two)->conversation().draft, u"second thoughts"_s);
    program.workspace.chat(two)->setDraft({});
    QVERIFY(program.flush());
    QCOMPARE_EQ(program.workspace.chat(two)->conversation().draft, QString());
}

void TestConversationChat::findsWhatWaitedAgain()
{
    DemoServer server(endless);
    ConversationId id;
    {
        Program program(m_folder->path(), *server.start());
        Chat *chat = program.newChat();
        id = chat->conversation().id;
        chat->send(u"one"_s);
        chat->send(u"two"_s);
        chat->send(u"three"_s);
        QTRY_COMPARE_EQ_WITH_TIMEOUT(chat->messages()->at(1).text(), u"begun"_s, 20'000);
        chat->send(u"four"_s);
        chat->withdrawQueued(chat->messages()->at(2).id);
        chat->withdrawQueued(chat->messages()->at(2).id);
        chat->editQueued(chat->messages()->at(2).id, u"vier"_s);
        chat->send(u"five"_s);
    }
    Program program(m_folder->path(), m_url);
    Chat *chat = program.workspace.chat(id);
    QTRY_VERIFY_WITH_TIMEOUT(chat->isLoaded(), 20'000);
    QCOMPARE_EQ(chat->messages()->count(), 4);
    QCOMPARE_EQ(chat->messages()->at(1).state, MessageState::Interrupted);
    QCOMPARE_EQ(chat->messages()->at(2).state, MessageState::Queued);
    QCOMPARE_EQ(chat->messages()->at(3).text(), u"five"_s);
    QVERIFY(!chat->isStreaming());
    chat->sendQueued(chat->messages()->at(2).id);
    QTRY_COMPARE_EQ_WITH_TIMEOUT(m_server->requests().size(), size_t(2), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), 20'000);
    QCOMPARE_EQ(m_server->requests().at(0).body, QByteArray("{\"prompt\": \"vier\"}"));
    QCOMPARE_EQ(m_server->requests().at(1).body, QByteArray("{\"prompt\": \"five\"}"));
}

void TestConversationChat::showsFramesWhileTheyComeAndFromDisk()
{
    DemoServer server([](const DemoRequest &) {
        DemoScript script = scripted("data: {\"event\":{\"messageStart\":{\"role\":\"assistant\"}}}\n\n");
        for (const char *word : {"one ", "two ", "three"})
            script.steps.push_back({.bytes = QByteArray("event: word\nid: ") + word
                                        + "\ndata: {\"event\":{\"contentBlockDelta\":{\"delta\":{\"text\":\""
                                        + word + "\"}}}}\n\n",
                                    .delay = std::chrono::milliseconds(30)});
        return script;
    });
    std::vector<FrameRow> live;
    ConversationId id;
    MessageId answer;
    {
        Program program(m_folder->path(), *server.start());
        Chat *chat = program.newChat();
        id = chat->conversation().id;
        chat->send(u"go"_s);
        answer = chat->messages()->at(1).id;
        const std::unique_ptr<FrameLog> log = chat->openFrames(answer);
        QSignalSpy appended(log.get(), &FrameLog::rowsAppended);
        QTRY_COMPARE_EQ_WITH_TIMEOUT(log->rows().size(), size_t(4), 20'000);
        QVERIFY(appended.count() > 1);
        QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), 20'000);
        live = log->rows();
        QVERIFY(live.front().frame.sinceSend < live.back().frame.sinceSend);
        QCOMPARE_EQ(live.front().part, -1);
        QCOMPARE_EQ(live.back().part, 0);
    }
    Program program(m_folder->path(), m_url);
    Chat *chat = program.workspace.chat(id);
    QTRY_VERIFY_WITH_TIMEOUT(chat->isLoaded(), 20'000);
    const std::unique_ptr<FrameLog> log = chat->openFrames(answer);
    QVERIFY(log->isLoading());
    QTRY_VERIFY_WITH_TIMEOUT(!log->isLoading(), 20'000);
    QCOMPARE_EQ(log->rows().size(), live.size());
    for (size_t i = 0; i < live.size(); ++i) {
        QCOMPARE_EQ(log->rows()[i].frame, live[i].frame);
        QCOMPARE_EQ(log->rows()[i].label, live[i].label);
        QCOMPARE_EQ(log->rows()[i].part, live[i].part);
    }
}

QTEST_GUILESS_MAIN(TestConversationChat)
#include "tst_conversationchat.moc"
