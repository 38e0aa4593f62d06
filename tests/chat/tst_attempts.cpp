// SPDX-License-Identifier: Apache-2.0
#include "chat/fakesecrets.h"
#include "chat/said.h"
#include "chat/program.h"
#include "core/attachment.h"
#include "chat/scriptedrequest.h"

#include <QTemporaryDir>

using namespace Parlance;
using namespace Parlance::Test;
using namespace Qt::StringLiterals;

//! Attempts at one message or answer, in a conversation whose agent the test plays.
class TestAttempts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_agent = ScriptedAgent();
        m_workspace = std::make_unique<Workspace>(
            Workspace::Collaborators{.secrets = &m_secrets, .makeRequest = m_agent.factory()});
        QSignalSpy ready(m_workspace.get(), &Workspace::ready);
        m_workspace->start();
        QTRY_COMPARE_EQ(ready.count(), 1);
        Agent agent;
        agent.id = AgentId::create();
        agent.name = u"Orders"_s;
        agent.target = UrlTarget{.url = u"http://localhost:8080"_s};
        agent.payloadTemplate = u"{\"messages\": ${messages}}"_s;
        m_workspace->agents()->save(agent);
        m_chat = m_workspace->newConversation(agent.id);
    }

    void anEditedMessageIsAnotherAttempt();
    void sendsTheHistoryOfItsOwnBranchOnly();
    void eachAttemptGoesOnInItsSessionAndQualifier();
    void anotherAttemptStreamsOnWhileOneIsLookedAt();
    void whatIsWrittenInAnotherAttemptWaitsAndIsSentThere();
    void whatWaitsFollowsTheNewAnswer();
    void keepsAttachmentsOfAnEditedMessage();
    void suggestsTheSessionThatKnowsWhatIsAbove();
    void remembersWhatWasShown();

private:
    void answer(const QByteArray &text)
    {
        m_agent.last()->answerHead();
        m_agent.last()->answer({'"' + text + '"'});
        m_agent.last()->finish();
    }
    void converse(const QStringList &words)
    {
        for (const QString &word : words) {
            m_chat->send(word);
            answer("re:" + word.toUtf8());
        }
    }
    MessageId idAt(int index) const { return MessageId(m_chat->messages()->at(index).id); }
    QString said() const { return saidIn(m_chat); }

    FakeSecrets m_secrets;
    ScriptedAgent m_agent;
    std::unique_ptr<Workspace> m_workspace;
    Chat *m_chat = nullptr;
};

void TestAttempts::anEditedMessageIsAnotherAttempt()
{
    converse({u"one"_s, u"two"_s});
    m_chat->sendEdited(idAt(0), u"uno"_s, {}, AttemptSession::New);
    answer("re:uno");
    QCOMPARE_EQ(said(), u"uno(2/2) re:uno"_s);
    m_chat->stepAttempt(idAt(0), -1);
    QCOMPARE_EQ(said(), u"one(1/2) re:one two re:two"_s);
    // Blank words, an answer, and nothing at all are no edits.
    m_chat->sendEdited(idAt(0), u" "_s, {}, AttemptSession::New);
    m_chat->sendEdited(idAt(1), u"x"_s, {}, AttemptSession::New);
    m_chat->sendEdited(MessageId(u"nobody"_s), u"x"_s, {}, AttemptSession::New);
    QCOMPARE_EQ(m_agent.count(), 3);
    QCOMPARE_EQ(said(), u"one(1/2) re:one two re:two"_s);
    // A failed one is kept like any other.
    m_chat->sendEdited(idAt(2), u"dos"_s, {}, AttemptSession::Current);
    m_agent.last()->finish(Error{.kind = ErrorKind::AccessDenied, .httpStatus = 403});
    m_chat->stepAttempt(idAt(2), -1);
    m_chat->stepAttempt(idAt(2), 1);
    QCOMPARE_EQ(m_chat->messages()->at(3).state, MessageState::Failed);
    QCOMPARE_EQ(m_chat->conversation().title, u"one"_s);
}

void TestAttempts::sendsTheHistoryOfItsOwnBranchOnly()
{
    converse({u"one"_s, u"two"_s});
    m_chat->sendEdited(idAt(2), u"dos"_s, {}, AttemptSession::New);
    QCOMPARE_EQ(m_agent.questions.back().body,
                QByteArray("{\"messages\": [{\"role\":\"user\",\"content\":\"one\"},"
                           "{\"role\":\"assistant\",\"content\":\"re:one\"},"
                           "{\"role\":\"user\",\"content\":\"dos\"}]}"));
    answer("re:dos");
    m_chat->retry(idAt(1), AttemptSession::New);
    QCOMPARE_EQ(m_agent.questions.back().body,
                QByteArray("{\"messages\": [{\"role\":\"user\",\"content\":\"one\"}]}"));
    answer("again");
    m_chat->send(u"three"_s);
    QCOMPARE_EQ(m_agent.questions.back().body,
                QByteArray("{\"messages\": [{\"role\":\"user\",\"content\":\"one\"},"
                           "{\"role\":\"assistant\",\"content\":\"again\"},"
                           "{\"role\":\"user\",\"content\":\"three\"}]}"));
}

void TestAttempts::eachAttemptGoesOnInItsSessionAndQualifier()
{
    converse({u"one"_s});
    const RuntimeSessionId first = m_chat->conversation().session;
    m_chat->retry(idAt(1), AttemptSession::Current);
    answer("same");
    QCOMPARE_EQ(m_agent.questions.back().session, first);
    m_chat->setQualifier(u"canary"_s);
    m_chat->retry(idAt(1), AttemptSession::New);
    answer("new");
    const RuntimeSessionId second = m_chat->conversation().session;
    QVERIFY(second != first);
    QCOMPARE_EQ(m_agent.questions.back().session, second);
    QCOMPARE_EQ(m_agent.questions.back().qualifier, u"canary"_s);
    QCOMPARE_EQ(m_chat->messages()->at(1).session, second);
    QCOMPARE_EQ(m_chat->messages()->at(1).qualifier, u"canary"_s);

    m_chat->stepAttempt(idAt(1), -1);
    m_chat->stepAttempt(idAt(1), -1);
    QCOMPARE_EQ(m_chat->messages()->at(1).session, first);
    // It was left with the new endpoint chosen already when the second attempt was made from it.
    m_chat->send(u"two"_s);
    QCOMPARE_EQ(m_agent.questions.back().session, m_chat->conversation().session);
    QCOMPARE_EQ(m_agent.questions.back().session, first);
    QCOMPARE_EQ(m_agent.questions.back().qualifier, QString());
    answer("re:two");
    m_chat->stepAttempt(idAt(1), 1);
    m_chat->stepAttempt(idAt(1), 1);
    QCOMPARE_EQ(m_chat->conversation().session, second);
    QCOMPARE_EQ(m_chat->conversation().qualifier, u"canary"_s);
    // A session begun and not used yet is there again after a look elsewhere.
    m_chat->startNewSession();
    const RuntimeSessionId third = m_chat->conversation().session;
    m_chat->stepAttempt(idAt(1), -1);
    QVERIFY(m_chat->conversation().session != third);
    m_chat->stepAttempt(idAt(1), 1);
    QCOMPARE_EQ(m_chat->conversation().session, third);
}

void TestAttempts::anotherAttemptStreamsOnWhileOneIsLookedAt()
{
    converse({u"one"_s});
    m_chat->retry(idAt(1), AttemptSession::New);
    m_agent.last()->answerHead();
    m_agent.last()->answer({"\"half\""});
    const MessageId live = idAt(1);
    QSignalSpy finished(m_chat, &Chat::answerFinished);
    m_chat->stepAttempt(live, -1);
    QCOMPARE_EQ(said(), u"one re:one(1/2)"_s);
    QVERIFY(m_chat->isStreaming());
    m_agent.last()->answer({"\" and whole\""});
    m_agent.last()->finish();
    QCOMPARE_EQ(finished.count(), 1);
    QVERIFY(!m_chat->isStreaming());
    QCOMPARE_EQ(said(), u"one re:one(1/2)"_s);
    QCOMPARE_EQ(m_chat->find(live)->text(), u"half and whole"_s);
    QVERIFY(m_chat->showAttempt(live));
    QCOMPARE_EQ(said(), u"one half and whole(2/2)"_s);
    QVERIFY(!m_chat->showAttempt(MessageId(u"nobody"_s)));
}

void TestAttempts::whatIsWrittenInAnotherAttemptWaitsAndIsSentThere()
{
    converse({u"one"_s});
    const RuntimeSessionId first = m_chat->conversation().session;
    m_chat->retry(idAt(1), AttemptSession::New);
    m_chat->stepAttempt(idAt(1), -1);
    m_chat->send(u"two"_s);
    QCOMPARE_EQ(m_chat->messages()->at(2).state, MessageState::Queued);
    m_chat->stepAttempt(idAt(1), 1);
    QCOMPARE_EQ(m_chat->messages()->count(), 2);
    answer("again");
    // Sent in its own branch and session, though another is looked at.
    QCOMPARE_EQ(m_agent.count(), 3);
    QCOMPARE_EQ(m_agent.questions.back().session, first);
    QVERIFY(m_agent.questions.back().body.bytes().contains("re:one"));
    answer("re:two");
    QCOMPARE_EQ(said(), u"one again(2/2)"_s);
    m_chat->stepAttempt(idAt(1), -1);
    QCOMPARE_EQ(said(), u"one re:one(1/2) two re:two"_s);
}

void TestAttempts::whatWaitsFollowsTheNewAnswer()
{
    m_chat->send(u"one"_s);
    m_chat->send(u"two"_s);
    m_chat->send(u"three"_s);
    m_chat->stop();
    m_chat->retry(idAt(1), AttemptSession::Current);
    QCOMPARE_EQ(m_chat->messages()->count(), 4);
    QCOMPARE_EQ(m_chat->messages()->at(2).text(), u"two"_s);
    QCOMPARE_EQ(m_chat->withdrawQueued(idAt(2)), u"two"_s);
    answer("again");
    answer("re:three");
    QCOMPARE_EQ(said(), u"one again(2/2) three re:three"_s);
}

void TestAttempts::keepsAttachmentsOfAnEditedMessage()
{
    const QTemporaryDir folder;
    ConversationId id;
    Message message = userMessage(u"look"_s);
    message.parts.push_back(
        MessagePart{.content = Attachment{.name = u"a.png"_s, .mimeType = u"image/png"_s, .data = "x"}});
    {
        Program program(folder.path(), QUrl(u"http://127.0.0.1:1"_s));
        Chat *chat = program.newChat();
        chat->setDraft(u"x"_s);
        id = chat->conversation().id;
        program.store.saveMessage(id, 0, message);
        QVERIFY(program.flush());
    }
    Program program(folder.path(), QUrl(u"http://127.0.0.1:1"_s));
    Chat *chat = program.workspace.chat(id);
    QTRY_VERIFY_WITH_TIMEOUT(chat->isLoaded(), 20'000);
    chat->sendEdited(message.id, u"look again"_s, attachmentsOf(message), AttemptSession::Current);
    QCOMPARE_EQ(chat->messages()->at(0).parts.size(), size_t(2));
    QCOMPARE_EQ(chat->messages()->at(0).parts.at(1), message.parts.at(1));
    QCOMPARE_EQ(chat->messages()->at(0).text(), u"look again"_s);
}

void TestAttempts::suggestsTheSessionThatKnowsWhatIsAbove()
{
    converse({u"one"_s, u"two"_s});
    QVERIFY(m_chat->sendsHistory());
    QCOMPARE_EQ(m_chat->suggestedSession(idAt(2)), AttemptSession::New);
    Agent agent = m_chat->agent();
    agent.payloadTemplate.clear();
    m_workspace->agents()->save(agent);
    QVERIFY(!m_chat->sendsHistory());
    // The first loses nothing in a new session; what follows needs the session to be understood.
    QCOMPARE_EQ(m_chat->suggestedSession(idAt(0)), AttemptSession::New);
    QCOMPARE_EQ(m_chat->suggestedSession(idAt(1)), AttemptSession::New);
    QCOMPARE_EQ(m_chat->suggestedSession(idAt(2)), AttemptSession::Current);
    QCOMPARE_EQ(m_chat->suggestedSession(idAt(3)), AttemptSession::Current);
    m_chat->startNewSession();
    QCOMPARE_EQ(m_chat->suggestedSession(idAt(3)), AttemptSession::New);
}

void TestAttempts::remembersWhatWasShown()
{
    const QTemporaryDir folder;
    ScriptedAgent agent;
    ConversationId id;
    RuntimeSessionId session;
    const auto collaborators = [&](Store *store) {
        return Workspace::Collaborators{
            .store = store, .secrets = &m_secrets, .makeRequest = agent.factory()};
    };
    const auto opened = [](Workspace &workspace) {
        QSignalSpy ready(&workspace, &Workspace::ready);
        workspace.start();
        return ready.wait(20'000);
    };
    {
        Store store(folder.filePath(u"p.sqlite"_s));
        Workspace workspace(collaborators(&store));
        QVERIFY(opened(workspace));
        Chat *chat = workspace.newConversation(AgentBook::builtInId());
        id = chat->conversation().id;
        for (const char *words : {"one", "two"}) {
            chat->send(QString::fromLatin1(words));
            agent.last()->answerHead();
            agent.last()->answer({QByteArray("\"re:") + words + '"'});
            agent.last()->finish();
        }
        session = chat->conversation().session;
        chat->sendEdited(MessageId(chat->messages()->at(0).id), u"uno"_s, {}, AttemptSession::New);
        agent.last()->finish(Error{.kind = ErrorKind::AccessDenied, .httpStatus = 403});
        chat->retry(MessageId(chat->messages()->at(1).id), AttemptSession::Current);
        chat->stop();
        chat->stepAttempt(MessageId(chat->messages()->at(0).id), -1);
        chat->setEdit(MessageId(chat->messages()->at(2).id), u"half changed"_s, {});
    }
    Store store(folder.filePath(u"p.sqlite"_s));
    Workspace workspace(collaborators(&store));
    QVERIFY(opened(workspace));
    Chat *chat = workspace.chat(id);
    QTRY_VERIFY_WITH_TIMEOUT(chat->isLoaded(), 20'000);
    QCOMPARE_EQ(saidIn(chat), u"one(1/2) re:one two re:two"_s);
    QCOMPARE_EQ(chat->conversation().session, session);
    QCOMPARE_EQ(chat->conversation().editedMessage, chat->messages()->at(2).id);
    QCOMPARE_EQ(chat->conversation().edit, u"half changed"_s);
    chat->stepAttempt(MessageId(chat->messages()->at(0).id), 1);
    QCOMPARE_EQ(chat->messages()->at(1).state, MessageState::Stopped);
    chat->stepAttempt(MessageId(chat->messages()->at(1).id), -1);
    QCOMPARE_EQ(chat->messages()->at(1).state, MessageState::Failed);
    QVERIFY(chat->conversation().session != session);
}

QTEST_GUILESS_MAIN(TestAttempts)
#include "tst_attempts.moc"
