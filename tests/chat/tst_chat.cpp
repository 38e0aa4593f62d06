// SPDX-License-Identifier: Apache-2.0
#include "chat/errorcatalogue.h"
#include "chat/framelog.h"
#include "chat/workspace.h"
#include "chat/fakesecrets.h"
#include "chat/scriptedrequest.h"

#include <QSignalSpy>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

class TestChat : public QObject
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
        m_chat = m_workspace->newConversation(m_workspace->agents()->agents().front().id);
    }

    void streamsAnAnswer()
    {
        QSignalSpy finished(m_chat, &Chat::answerFinished);
        m_chat->send(u"Hello"_s);
        QVERIFY(m_chat->isStreaming());
        QCOMPARE_EQ(m_chat->messages()->count(), 2);
        m_agent.last()->answerHead();
        m_agent.last()->answer({"\"Hi \"", "\"there\""});
        QVERIFY(!m_chat->messages()->at(1).text().isEmpty());
        m_agent.last()->finish();
        QCOMPARE_EQ(finished.count(), 1);
        QCOMPARE_EQ(m_chat->messages()->at(1).state, MessageState::Complete);
        QCOMPARE_EQ(m_chat->conversation().title, u"Hello"_s);
        const std::unique_ptr<FrameLog> frames = m_chat->openFrames(m_chat->messages()->at(1).id);
        QCOMPARE_EQ(frames->rows().size(), size_t(2));
    }

    void keepsPartialAnswerWhenStopped()
    {
        m_chat->send(u"Hello"_s);
        m_agent.last()->answerHead();
        m_agent.last()->answer({"\"Hi \""});
        const QPointer<ScriptedRequest> request = m_agent.last();
        m_chat->stop();
        QVERIFY(!request || request->isCancelled);
        QVERIFY(!m_chat->isStreaming());
        QCOMPARE_EQ(m_chat->messages()->at(1).state, MessageState::Stopped);
        QVERIFY(m_chat->messages()->at(1).text().startsWith(u"Hi"_s));
    }

    void queuesBehindAnAnswerAndSendsInOrder()
    {
        m_chat->send(u"one"_s);
        m_chat->send(u"two"_s);
        QCOMPARE_EQ(m_agent.count(), 1);
        QCOMPARE_EQ(m_chat->messages()->at(2).state, MessageState::Queued);
        m_chat->editQueued(m_chat->messages()->at(2).id, u"deux"_s);
        m_agent.last()->answerHead();
        m_agent.last()->answer({"\"1\""});
        m_agent.last()->finish();
        QTRY_COMPARE_EQ(m_agent.count(), 2);
        QVERIFY(m_agent.questions.at(1).body.bytes().contains("deux"));
        QCOMPARE_EQ(m_agent.questions.at(0).session, m_agent.questions.at(1).session);
    }

    void sendsWhatWaitsOneAfterTheOther()
    {
        for (const QString &words : {u"one"_s, u"two"_s, u"three"_s, u"four"_s})
            m_chat->send(words);
        QCOMPARE_EQ(states(), u"complete streaming queued queued queued"_s);
        m_chat->withdrawQueued(m_chat->messages()->at(3).id);
        // Emptied is taken back.
        m_chat->editQueued(m_chat->messages()->at(3).id, u"  "_s);
        QCOMPARE_EQ(states(), u"complete streaming queued"_s);
        m_chat->send(u"five"_s);
        for (int answered = 1; answered <= 3; ++answered) {
            QCOMPARE_EQ(m_agent.count(), answered);
            m_agent.last()->answerHead();
            m_agent.last()->answer({"\"ok\""});
            m_agent.last()->finish();
        }
        QCOMPARE_EQ(states(), u"complete complete complete complete complete complete"_s);
        QCOMPARE_EQ(m_agent.questions.at(1).body, QByteArray("{\"prompt\": \"two\"}"));
        QCOMPARE_EQ(m_agent.questions.at(2).body, QByteArray("{\"prompt\": \"five\"}"));
        // What was sent is no longer anybody's to change.
        m_chat->editQueued(m_chat->messages()->at(0).id, u"else"_s);
        QCOMPARE_EQ(m_chat->messages()->at(0).text(), u"one"_s);
        QCOMPARE_EQ(m_chat->withdrawQueued(m_chat->messages()->at(0).id), QString());
    }

    void leavesTheQueueToThePersonAfterAFailure()
    {
        m_chat->send(u"one"_s);
        m_chat->send(u"two"_s);
        m_agent.last()->finish(Error{.kind = ErrorKind::AccessDenied, .httpStatus = 403});
        QCOMPARE_EQ(states(), u"complete failed queued"_s);
        QCOMPARE_EQ(m_agent.count(), 1);
        QVERIFY(m_chat->conversation().hasFailed);
        m_chat->sendQueued(m_chat->messages()->at(2).id);
        QCOMPARE_EQ(m_agent.count(), 2);
        QCOMPARE_EQ(states(), u"complete failed complete streaming"_s);
        QVERIFY(!m_chat->conversation().hasFailed);
        // While one streams, nothing more is sent.
        m_chat->send(u"three"_s);
        m_chat->sendQueued(m_chat->messages()->at(4).id);
        QCOMPARE_EQ(m_chat->messages()->at(4).state, MessageState::Queued);
        m_chat->retry(m_chat->messages()->at(1).id);
        QCOMPARE_EQ(m_agent.count(), 2);
    }

    void sendsTheOneThatWasChosenBeforeThoseThatWait()
    {
        for (const QString &words : {u"one"_s, u"two"_s, u"three"_s})
            m_chat->send(words);
        m_chat->stop();
        QCOMPARE_EQ(states(), u"complete stopped queued queued"_s);
        m_chat->sendQueued(m_chat->messages()->at(1).id);
        QCOMPARE_EQ(m_agent.count(), 1);
        m_chat->sendQueued(m_chat->messages()->at(3).id);
        QCOMPARE_EQ(m_agent.count(), 2);
        QCOMPARE_EQ(states(), u"complete stopped complete streaming queued"_s);
        QCOMPARE_EQ(m_agent.questions.at(1).body, QByteArray("{\"prompt\": \"three\"}"));
        QCOMPARE_EQ(m_chat->messages()->at(4).text(), u"two"_s);
    }

    void ignoresBlankWords()
    {
        m_chat->send(u" \n\t"_s);
        QCOMPARE_EQ(m_chat->messages()->count(), 0);
        QCOMPARE_EQ(m_agent.count(), 0);
    }

    void leavesTheQueueToThePersonAfterAStop()
    {
        m_chat->send(u"one"_s);
        m_chat->send(u"two"_s);
        m_chat->stop();
        QCOMPARE_EQ(m_agent.count(), 1);
        const MessageId queued = m_chat->messages()->at(m_chat->messages()->count() - 1).id;
        QCOMPARE_EQ(m_chat->withdrawQueued(queued), u"two"_s);
        QCOMPARE_EQ(m_chat->messages()->indexOf(queued), -1);
    }

    void retryKeepsTheFailedAttempt()
    {
        m_chat->send(u"Hello"_s);
        m_agent.last()->finish(Error{.kind = ErrorKind::AgentContainerFailed, .httpStatus = 424});
        QCOMPARE_EQ(m_chat->messages()->at(1).state, MessageState::Failed);
        QVERIFY(m_chat->conversation().hasFailed);
        m_chat->retry(m_chat->messages()->at(1).id);
        QCOMPARE_EQ(m_agent.count(), 2);
        QCOMPARE_EQ(states(), u"complete streaming"_s);
        QCOMPARE_EQ(m_chat->messages()->at(1).attempt, 2);
        QCOMPARE_EQ(m_chat->messages()->attempt(1),
                    (AttemptPlace{.index = 1, .count = 2, .saysSession = true}));
        QCOMPARE_EQ(m_agent.questions.at(0).body, m_agent.questions.at(1).body);
        m_agent.last()->answerHead();
        m_agent.last()->answer({"\"better\""});
        m_agent.last()->finish();
        m_chat->retry(m_chat->messages()->at(1).id);
        QCOMPARE_EQ(states(), u"complete streaming"_s);
        QCOMPARE_EQ(m_chat->messages()->at(1).attempt, 3);
        m_chat->stop();
        m_chat->stepAttempt(m_chat->messages()->at(1).id, -1);
        QCOMPARE_EQ(m_chat->messages()->at(1).text(), u"better"_s);
        m_chat->stepAttempt(m_chat->messages()->at(1).id, -1);
        QCOMPARE_EQ(m_chat->messages()->at(1).state, MessageState::Failed);
        QCOMPARE_EQ(m_chat->messages()->attempt(1).index, 0);
        // There is none before the first.
        m_chat->stepAttempt(m_chat->messages()->at(1).id, -1);
        QCOMPARE_EQ(m_chat->messages()->attempt(1).index, 0);
    }

    void aRetryAnswersItsOwnQuestion()
    {
        for (const QString &words : {u"one"_s, u"two"_s}) {
            m_chat->send(words);
            m_agent.last()->answerHead();
            m_agent.last()->answer({"\"ok\""});
            m_agent.last()->finish();
        }
        m_chat->retry(m_chat->messages()->at(1).id);
        QCOMPARE_EQ(states(), u"complete streaming"_s);
        QCOMPARE_EQ(m_agent.questions.at(2).body, m_agent.questions.at(0).body);
        QCOMPARE_EQ(m_chat->messages()->at(1).answerTo, m_chat->messages()->at(0).id);
        // Only an answer can be asked for again.
        m_chat->stop();
        m_chat->retry(m_chat->messages()->at(0).id);
        QCOMPARE_EQ(m_agent.count(), 3);
    }

    void tellsThatItTriesAgainUntilAnAnswerBegins()
    {
        QSignalSpy note(m_chat, &Chat::progressNoteChanged);
        m_chat->send(u"Hello"_s);
        m_agent.last()->answerHead(503);
        m_agent.last()->finish(Error{.kind = ErrorKind::ServiceUnavailable, .httpStatus = 503});
        QVERIFY(m_chat->progressNote().contains(u'2'));
        QVERIFY(m_chat->isStreaming());
        QTRY_COMPARE_EQ_WITH_TIMEOUT(m_agent.count(), 2, 20'000);
        m_agent.last()->answerHead();
        QVERIFY(m_chat->progressNote().isEmpty());
        QCOMPARE_EQ(note.count(), 2);
        QCOMPARE_EQ(m_chat->messages()->count(), 2);
    }

    void doesNotAskAgainByItselfOnceAByteHasCome()
    {
        m_chat->send(u"Hello"_s);
        m_agent.last()->answerHead();
        m_agent.last()->answer({"\"Hi\""});
        m_agent.last()->finish(Error{.kind = ErrorKind::StreamCut});
        QCOMPARE_EQ(m_chat->messages()->at(1).state, MessageState::Failed);
        QVERIFY(m_chat->messages()->at(1).text().startsWith(u"Hi"_s));
        QCOMPARE_EQ(m_agent.count(), 1);
    }

    void saysThatAnEmptyAnswerIsEmpty()
    {
        m_chat->send(u"Hello"_s);
        m_agent.last()->answerHead();
        m_agent.last()->finish();
        const Message &answer = m_chat->messages()->at(1);
        QCOMPARE_EQ(answer.state, MessageState::Failed);
        const auto *error = std::get_if<ErrorPart>(&answer.parts.back().content);
        QVERIFY(error);
        QCOMPARE_EQ(error->error->kind, ErrorKind::EmptyAnswer);
    }

    void failsOnAnErrorInsideAGoodAnswer()
    {
        m_chat->send(u"Hello"_s);
        m_agent.last()->answerHead();
        m_agent.last()->answer({"\"Hi\"", R"({"error":"boom","error_type":"RuntimeError"})"});
        m_agent.last()->finish();
        QCOMPARE_EQ(m_chat->messages()->at(1).state, MessageState::Failed);
    }

    void asksNothingWithATemplateThatCannotBeUsed()
    {
        Agent agent = AgentBook::builtInAgent();
        agent.payloadTemplate = u"{"_s;
        m_workspace->agents()->load({agent});
        m_chat->send(u"Hello"_s);
        QTRY_COMPARE_EQ(m_chat->messages()->at(1).state, MessageState::Failed);
        QCOMPARE_EQ(m_agent.count(), 0);
    }

    void aNewSessionOrQualifierHasANewSessionId()
    {
        const RuntimeSessionId first = m_chat->conversation().session;
        QVERIFY(first.value().size() >= 33 && first.value().size() <= 100);
        m_chat->startNewSession();
        const RuntimeSessionId second = m_chat->conversation().session;
        QVERIFY(second != first);
        m_chat->setQualifier(u"canary"_s);
        QVERIFY(m_chat->conversation().session != second);
        QCOMPARE_EQ(m_chat->conversation().qualifier, u"canary"_s);
        const RuntimeSessionId third = m_chat->conversation().session;
        m_chat->setQualifier(u"canary"_s);
        QCOMPARE_EQ(m_chat->conversation().session, third);
    }

    void anAnswerBelongsToTheSessionAndQualifierItWasAskedIn()
    {
        m_chat->send(u"one"_s);
        const RuntimeSessionId first = m_chat->conversation().session;
        m_chat->setQualifier(u"canary"_s);
        QCOMPARE_EQ(m_chat->messages()->at(1).qualifier, QString());
        m_chat->stop();
        m_chat->send(u"two"_s);
        QCOMPARE_EQ(m_agent.questions.at(0).session, first);
        QCOMPARE_EQ(m_agent.questions.at(0).qualifier, QString());
        QCOMPARE_EQ(m_agent.questions.at(1).session, m_chat->conversation().session);
        QVERIFY(m_agent.questions.at(1).session != first);
        QCOMPARE_EQ(m_agent.questions.at(1).qualifier, u"canary"_s);
        QCOMPARE_EQ(m_chat->messages()->at(3).qualifier, u"canary"_s);
    }

private:
    //! The state of each message, in order.
    QString states() const
    {
        QStringList list;
        for (int i = 0; i < m_chat->messages()->count(); ++i)
            list.append(messageStateName(m_chat->messages()->at(i).state));
        return list.join(u' ');
    }

    FakeSecrets m_secrets;
    ScriptedAgent m_agent;
    std::unique_ptr<Workspace> m_workspace;
    Chat *m_chat = nullptr;
};

QTEST_GUILESS_MAIN(TestChat)
#include "tst_chat.moc"
