// SPDX-License-Identifier: Apache-2.0
#include "chat/asking.h"
#include "chat/connectioncheck.h"
#include "chat/framelog.h"
#include "chat/program.h"
#include "support/nodeserver.h"
#include "transport/networkcaller.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int longWait = 20'000;

template <typename Kind> const Kind *lastOf(const Message &message)
{
    const Kind *last = nullptr;
    for (const MessagePart &part : message.parts) {
        if (const auto *one = std::get_if<Kind>(&part.content))
            last = one;
    }
    return last;
}

} // namespace

//! Conversations with agents on the real servers of A2A 1.0 and 0.3.
class TestA2aChat : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_server.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void answersInEitherVersion_data() { versions(); }
    void answersInEitherVersion();
    void readsTheCardOnce();
    void goesOnWithTheTaskThatAsked_data() { versions(); }
    void goesOnWithTheTaskThatAsked();
    void goesOnAfterARestartAndNotInANewSession();
    void callsTheTaskOffWhenStopped_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("1.0") << QString();
        QTest::newRow("0.3") << u"/v03"_s;
    }
    void callsTheTaskOffWhenStopped();
    void looksHowATaskGoesOn_data() { versions(); }
    void looksHowATaskGoesOn();
    void looksNoLongerThanTheAgentsTime();
    void callsATaskOffThatIsLookedAt();
    void showsOnlyWhatIsNewOfATask_data() { versions(); }
    void showsOnlyWhatIsNewOfATask();
    void knowsArtifactsByTheirIds_data() { versions(); }
    void knowsArtifactsByTheirIds();
    void assumesTheOldVersionWithoutACard();
    void isTested();

private:
    static void versions()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("1.0") << QString();
        QTest::newRow("0.3") << u"/v03"_s;
        QTest::newRow("1.0 whole") << u"/whole"_s;
    }
    Agent agent(const QString &path) const
    {
        return {.name = u"Rates"_s,
                .target = UrlTarget{.url = m_server.url().toString() + path},
                .protocol = ServerProtocol::A2a};
    }
    Chat *chat(Program &program, const QString &path) const
    {
        const Result<Agent> saved = program.workspace.agents()->save(agent(path));
        return saved ? program.workspace.newConversation(saved->id) : nullptr;
    }
    static bool ask(Chat *chat, const QString &words)
    {
        chat->send(words);
        return QTest::qWaitFor([chat] { return !chat->isStreaming(); }, longWait);
    }
    static const Message &last(const Chat *chat)
    {
        return chat->messages()->at(chat->messages()->count() - 1);
    }
    //! What the servers have seen so far.
    QJsonArray seen() const
    {
        NetworkPolicy network;
        NetworkCaller caller(&network);
        const auto reply =
            caller.call({.method = "GET", .url = QUrl(m_server.url().toString() + u"/seen"_s)});
        if (!QTest::qWaitFor([&reply] { return reply.isFinished(); }, longWait) || !reply.result())
            return {};
        return QJsonDocument::fromJson(reply.result()->body).array();
    }
    QJsonObject lastSeen(const QString &key) const
    {
        QJsonObject found;
        for (const QJsonArray all = seen(); const auto &one : all) {
            if (one.toObject().contains(key))
                found = one.toObject();
        }
        return found;
    }

    NodeServer m_server{u"a2a.mjs"_s};
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestA2aChat::answersInEitherVersion()
{
    QFETCH(const QString, path);
    Program program(m_folder->path(), {});
    Chat *chat = this->chat(program, path);
    QVERIFY(ask(chat, u"rates"_s));
    const Message &answer = last(chat);
    QCOMPARE(answer.state, MessageState::Complete);
    QVERIFY2(answer.text().contains(u"One euro is 1.08 dollars."_s), qPrintable(answer.text()));
    QVERIFY(answer.text().contains(u"**rates**"_s));
    QCOMPARE(answer.text().count(u"1.08"_s), 1);
    QCOMPARE(lastOf<TaskStatus>(answer)->state, u"completed"_s);
    const auto *table = lastOf<Attachment>(answer);
    QVERIFY(table);
    QCOMPARE(table->name, u"rates.csv"_s);
    QCOMPARE(table->data, "eur,usd\n1,1.08\n"_ba);
    QCOMPARE(lastSeen(u"post"_s)["version"_L1].toString(), path == u"/v03"_s ? QString() : u"1.0"_s);
    QCOMPARE(lastSeen(u"post"_s)["session"_L1].toString(), chat->conversation().session.value());
    QVERIFY(ask(chat, u"strands"_s));
    QVERIFY(last(chat).text().count(u"sky"_s) == 1);
    QVERIFY(ask(chat, u"message"_s));
    QCOMPARE(last(chat).text(), u"Just words"_s);
    QVERIFY(ask(chat, u"fail"_s));
    QCOMPARE(last(chat).state, MessageState::Failed);
    QCOMPARE(lastOf<ErrorPart>(last(chat))->error->serverMessage, u"The rates are closed"_s);
}

void TestA2aChat::readsTheCardOnce()
{
    Program program(m_folder->path(), {});
    Chat *chat = this->chat(program, u"/whole"_s);
    const auto cards = [this] {
        qsizetype count = 0;
        for (const QJsonArray all = seen(); const auto &one : all)
            count += one.toObject().contains("card"_L1) ? 1 : 0;
        return count;
    };
    const qsizetype before = cards();
    QVERIFY(ask(chat, u"message"_s));
    QVERIFY(ask(chat, u"message"_s));
    QCOMPARE_EQ(cards(), before + 1);
}

void TestA2aChat::goesOnWithTheTaskThatAsked()
{
    QFETCH(const QString, path);
    Program program(m_folder->path(), {});
    Chat *chat = this->chat(program, path);
    QVERIFY(ask(chat, u"ask"_s));
    const TaskStatus asked = *lastOf<TaskStatus>(last(chat));
    QCOMPARE(asked.state, u"input-required"_s);
    QVERIFY(last(chat).text().contains(u"Which currency?"_s));
    QVERIFY(chat->openRequests().size() == 1 && asksThePerson(last(chat)));
    QVERIFY(ask(chat, u"euro"_s));
    QVERIFY(chat->openRequests().empty());
    QVERIFY2(last(chat).text().contains(u"You said euro"_s), qPrintable(last(chat).text()));
    QJsonObject told = lastSeen(u"words"_s);
    QCOMPARE(told["taskId"_L1].toString(), asked.taskId);
    QCOMPARE(told["contextId"_L1].toString(), asked.contextId);
    QCOMPARE(lastOf<InputRequest>(chat->messages()->at(1))->state, InputState::Answered);
    // The task has ended; the context goes on.
    QVERIFY(ask(chat, u"message"_s));
    told = lastSeen(u"words"_s);
    QCOMPARE(told["contextId"_L1].toString(), asked.contextId);
    QVERIFY(told["taskId"_L1].toString() != asked.taskId);
}

void TestA2aChat::goesOnAfterARestartAndNotInANewSession()
{
    ConversationId id;
    TaskStatus asked;
    {
        Program program(m_folder->path(), {});
        Chat *chat = this->chat(program, QString());
        QVERIFY(ask(chat, u"ask"_s));
        asked = *lastOf<TaskStatus>(last(chat));
        id = chat->conversation().id;
        QVERIFY(program.flush());
    }
    Program program(m_folder->path(), {});
    Chat *chat = program.workspace.chat(id);
    QTRY_VERIFY_WITH_TIMEOUT(chat->isLoaded(), longWait);
    QVERIFY(ask(chat, u"euro"_s));
    QCOMPARE(lastSeen(u"words"_s)["taskId"_L1].toString(), asked.taskId);
    // Another attempt at the answer: its task takes no more.
    chat->retry(last(chat).id);
    QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), longWait);
    QVERIFY(lastSeen(u"words"_s)["taskId"_L1].toString() != asked.taskId);
    QCOMPARE(lastSeen(u"words"_s)["contextId"_L1].toString(), asked.contextId);
    chat->startNewSession();
    QVERIFY(ask(chat, u"message"_s));
    QVERIFY(lastSeen(u"words"_s)["contextId"_L1].toString() != asked.contextId);
}

void TestA2aChat::callsTheTaskOffWhenStopped()
{
    QFETCH(const QString, path);
    Program program(m_folder->path(), {});
    Chat *chat = this->chat(program, path);
    chat->send(u"endless"_s);
    QTRY_VERIFY_WITH_TIMEOUT(last(chat).text().contains(u"3"_s), longWait);
    const QString task = lastOf<TaskStatus>(last(chat))->taskId;
    chat->stop();
    QCOMPARE(last(chat).state, MessageState::Stopped);
    QTRY_COMPARE_EQ_WITH_TIMEOUT(lastOf<TaskStatus>(last(chat))->state, u"canceled"_s, longWait);
    QCOMPARE(last(chat).state, MessageState::Stopped);
    int calls = 0;
    for (const QJsonArray all = seen(); const auto &one : all)
        calls += one.toObject()["canceled"_L1].toString() == task ? 1 : 0;
    QCOMPARE(calls, 1);
}

void TestA2aChat::looksHowATaskGoesOn()
{
    QFETCH(const QString, path);
    Program program(m_folder->path(), {});
    Chat *chat = this->chat(program, path);
    QSignalSpy notes(chat, &Chat::progressNoteChanged);
    QVERIFY(ask(chat, u"later"_s));
    QCOMPARE(last(chat).state, MessageState::Complete);
    QCOMPARE(lastOf<TaskStatus>(last(chat))->state, u"completed"_s);
    QCOMPARE(last(chat).text(), u"Half and whole"_s);
    QVERIFY(notes.size() >= 2);
    QCOMPARE(chat->progressNote(), QString());
    // Only what tells something new is among the events, each with its place.
    const std::unique_ptr<FrameLog> log = chat->openFrames(last(chat).id);
    QTRY_VERIFY_WITH_TIMEOUT(!log->rows().empty(), longWait);
    for (std::size_t row = 0; row < log->rows().size(); ++row)
        QCOMPARE(log->rows()[row].frame.sequence, int(row));
    QCOMPARE(log->rows().back().label, u"task completed"_s);
}

void TestA2aChat::looksNoLongerThanTheAgentsTime()
{
    Program program(m_folder->path(), {});
    Agent impatient = agent(u"/whole"_s);
    impatient.idleTimeout = std::chrono::seconds(2);
    Chat *chat = program.workspace.newConversation(program.workspace.agents()->save(impatient)->id);
    QVERIFY(ask(chat, u"never"_s));
    QCOMPARE(last(chat).state, MessageState::Failed);
    QCOMPARE(lastOf<ErrorPart>(last(chat))->error->kind, ErrorKind::IdleTimedOut);
    QCOMPARE(last(chat).text(), u"Half "_s);
}

void TestA2aChat::callsATaskOffThatIsLookedAt()
{
    Program program(m_folder->path(), {});
    Chat *chat = this->chat(program, u"/whole"_s);
    chat->send(u"never"_s);
    QTRY_VERIFY_WITH_TIMEOUT(last(chat).text().contains(u"Half"_s), longWait);
    chat->stop();
    QCOMPARE(last(chat).state, MessageState::Stopped);
    QTRY_COMPARE_EQ_WITH_TIMEOUT(lastOf<TaskStatus>(last(chat))->state, u"canceled"_s, longWait);
}

// A task that goes on tells its artifacts again.
void TestA2aChat::showsOnlyWhatIsNewOfATask()
{
    QFETCH(const QString, path);
    ConversationId id;
    {
        Program program(m_folder->path(), {});
        Chat *chat = this->chat(program, path);
        QVERIFY(ask(chat, u"rates-then-ask"_s));
        QVERIFY(last(chat).text().contains(u"1.08"_s) && lastOf<Attachment>(last(chat)));
        id = chat->conversation().id;
        QVERIFY(program.flush());
    }
    Program program(m_folder->path(), {});
    Chat *chat = program.workspace.chat(id);
    QTRY_VERIFY_WITH_TIMEOUT(chat->isLoaded(), longWait);
    QVERIFY(ask(chat, u"euro"_s));
    QCOMPARE(last(chat).text(), u"You said euro"_s);
    QVERIFY(!lastOf<Attachment>(last(chat)));
}

void TestA2aChat::knowsArtifactsByTheirIds()
{
    QFETCH(const QString, path);
    const auto files = [](const Message &message) {
        return std::ranges::count_if(message.parts, [](const MessagePart &part) {
            return std::holds_alternative<Attachment>(part.content);
        });
    };
    ConversationId id;
    {
        Program program(m_folder->path(), {});
        Chat *chat = this->chat(program, path);
        // By turns, and each stands in its place.
        QVERIFY(ask(chat, u"turns"_s));
        QCOMPARE(last(chat).text(), u"**first**\n\nOne two\n\n**second**\n\nUno dos"_s);
        QCOMPARE(files(last(chat)), 1);
        // Told otherwise: what it says now is all there is.
        QVERIFY(ask(chat, u"otherwise"_s));
        QCOMPARE(last(chat).text(), u"The rates."_s);
        QCOMPARE(files(last(chat)), 1);
        QCOMPARE(lastOf<Attachment>(last(chat))->data, "eur,usd"_ba);
        QVERIFY(ask(chat, u"twin-then-ask"_s));
        id = chat->conversation().id;
        QVERIFY(program.flush());
    }
    Program program(m_folder->path(), {});
    Chat *chat = program.workspace.chat(id);
    QTRY_VERIFY_WITH_TIMEOUT(chat->isLoaded(), longWait);
    QCOMPARE(files(chat->messages()->at(3)), 1);
    QCOMPARE(chat->messages()->at(3).text(), u"The rates."_s);
    // The same words in another artifact are another answer.
    QVERIFY(ask(chat, u"euro"_s));
    QCOMPARE(last(chat).text(), u"You said euro"_s);
}

void TestA2aChat::assumesTheOldVersionWithoutACard()
{
    NodeServer cardless(u"a2a.mjs"_s);
    cardless.setEnvironment(u"PARLANCE_CARDLESS"_s, u"1"_s);
    const QString problem = cardless.start();
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    Program program(m_folder->path(), {});
    Agent agent = this->agent(QString());
    agent.target = UrlTarget{.url = cardless.url().toString() + u"/v03"_s};
    Chat *chat = program.workspace.newConversation(program.workspace.agents()->save(agent)->id);
    QSignalSpy notes(chat, &Chat::progressNoteChanged);
    QVERIFY(ask(chat, u"message"_s));
    QCOMPARE(last(chat).text(), u"Just words"_s);
    QVERIFY(!notes.isEmpty());
    QCOMPARE(notes.first().first().toString(),
             u"The agent’s card could not be read (HTTP 404), so A2A 0.3 is assumed."_s);
    QCOMPARE(chat->progressNote(), QString());
}

void TestA2aChat::isTested()
{
    Program program(m_folder->path(), {});
    const auto check = program.workspace.connectionCheck();
    QSignalSpy finished(check.get(), &ConnectionCheck::finished);
    check->start(agent(QString()), u"rates"_s);
    QTRY_COMPARE_EQ_WITH_TIMEOUT(finished.count(), 1, longWait);
    QVERIFY(check->isGood());
    const auto card = std::ranges::find(check->rows(), CheckStep::Card, &CheckRow::step);
    QVERIFY(card != check->rows().end() && card->state == CheckRow::State::Done);
}

QTEST_GUILESS_MAIN(TestA2aChat)
#include "tst_a2achat.moc"
