// SPDX-License-Identifier: Apache-2.0
#include "chat/framelog.h"
#include "chat/program.h"
#include "support/nodeserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int longWait = 30'000;

} // namespace

//! Conversations over a WebSocket, with an agent on the SDK's own server.
class TestConversationSocket : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    std::unique_ptr<NodeServer> m_server;
    std::unique_ptr<Program> m_program;

    Chat *chatWith(const SocketSettings &settings = {}, AgentTransport transport = AgentTransport::WebSocket)
    {
        Agent agent;
        agent.name = u"Talker"_s;
        agent.target = UrlTarget{.url = m_server->url().toString()};
        agent.transport = transport;
        agent.socket = settings;
        return m_program->workspace.newConversation(m_program->workspace.agents()->save(agent)->id);
    }
    QJsonObject told(const QString &path = u"/told"_s) const
    {
        QNetworkAccessManager manager;
        std::unique_ptr<QNetworkReply> reply(
            manager.get(QNetworkRequest(m_server->url().resolved(QUrl(path)))));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        finished.wait(longWait);
        return QJsonDocument::fromJson(reply->readAll()).object();
    }
    qsizetype messagesTold() const { return told().value(u"messages"_s).toArray().size(); }
    static QString lastText(const Chat *chat)
    {
        return chat->messages()->at(chat->messages()->count() - 1).text();
    }
    static MessageState lastState(const Chat *chat)
    {
        return chat->messages()->at(chat->messages()->count() - 1).state;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<NodeServer>(u"talk.mjs"_s);
        const QString problem = m_server->start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }
    void init()
    {
        told(u"/forget"_s);
        static int number = 0;
        m_program = std::make_unique<Program>(m_folder.filePath(QString::number(++number)), QUrl());
        QVERIFY(m_program->isReady);
    }
    void cleanup() { m_program.reset(); }

    void readsEveryShape_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("strands") << u"The sky is blue."_s;
        QTest::newRow("agui") << u"Over a socket."_s;
        QTest::newRow("whole") << u"All at once"_s;
        QTest::newRow("pieces") << u"one two three"_s;
        QTest::newRow("bidi") << u"Hello there"_s;
        QTest::newRow("binary") << u"with bytes"_s;
        QTest::newRow("closes") << u"Goodbye"_s;
    }
    void readsEveryShape()
    {
        QFETCH(const QString, text);
        Chat *chat = chatWith();
        chat->send(QString::fromLatin1(QTest::currentDataTag()));
        QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), longWait);
        QCOMPARE(chat->messages()->count(), 2);
        const Message &answer = chat->messages()->at(1);
        QCOMPARE(messageStateName(answer.state), u"complete"_s);
        QCOMPARE(answer.text(), text);
        QCOMPARE(answer.httpStatus, 101);
        const auto frames = chat->openFrames(answer.id);
        QTRY_VERIFY_WITH_TIMEOUT(frames->rows().size() > 1, longWait);
        QCOMPARE(frames->rows().front().frame.kind, FrameKind::SocketSent);
        QVERIFY(frames->rows().front().frame.payload.contains("prompt"));
        if (text == u"The sky is blue."_s)
            QCOMPARE(answer.usage->totalTokens, 15);
        if (text != u"Hello there"_s)
            return;
        QCOMPARE(answer.usage->totalTokens, 7);
        const auto *sound = std::get_if<Attachment>(&answer.parts.back().content);
        QVERIFY(sound);
        QCOMPARE(sound->mimeType, u"audio/wav"_s);
        QCOMPARE(sound->data.size(), 44 + 2 * 24000);
        QVERIFY(sound->data.startsWith("RIFF"));
    }

    void keepsOneConnectionForAConversation()
    {
        Chat *chat = chatWith();
        for (int i = 0; i < 3; ++i) {
            chat->send(u"agui"_s);
            QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), longWait);
        }
        QCOMPARE(chat->messages()->count(), 6);
        QCOMPARE(told().value(u"connections"_s).toInt(), 1);
        QCOMPARE(chat->connection().state, ConnectionState::Open);
        // Another session is another connection.
        chat->startNewSession();
        QCOMPARE(chat->connection().state, ConnectionState::Closed);
        chat->send(u"agui"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), longWait);
        QCOMPARE(told().value(u"connections"_s).toInt(), 2);
        QCOMPARE(messagesTold(), 4);
    }

    void letsTheAgentSpeakByItself()
    {
        Chat *chat = chatWith();
        chat->send(u"later"_s);
        QTRY_COMPARE_WITH_TIMEOUT(chat->messages()->count(), 3, longWait);
        QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), longWait);
        QCOMPARE(chat->messages()->at(1).text(), u"soon"_s);
        QCOMPARE(chat->messages()->at(2).text(), u"By the way"_s);
        QCOMPARE(chat->messages()->at(2).role, Role::Agent);
        QVERIFY(chat->messages()->at(2).answerTo.isEmpty());
        // And what it said is kept.
        const ConversationId id = chat->conversation().id;
        QVERIFY(m_program->flush());
        const auto kept = m_program->workspace.messages(id);
        QTRY_VERIFY_WITH_TIMEOUT(kept.isFinished(), longWait);
        QCOMPARE(kept.result()->size(), size_t(3));
    }

    void sendsOpeningMessagesOncePerConnection()
    {
        Chat *chat = chatWith({.opening = u"[{\"hello\": ${session}}, {\"second\": true}]"_s});
        chat->openConnection();
        QTRY_COMPARE_WITH_TIMEOUT(chat->connection().state, ConnectionState::Open, longWait);
        QTRY_COMPARE_WITH_TIMEOUT(messagesTold(), 2, longWait);
        chat->send(u"whole"_s);
        QTRY_COMPARE_WITH_TIMEOUT(lastText(chat), u"All at once"_s, longWait);
        const QJsonArray messages = told().value(u"messages"_s).toArray();
        QCOMPARE(messages.size(), 3);
        QCOMPARE(messages.at(0).toObject().value(u"hello"_s).toString(),
                 chat->conversation().session.value());
    }

    void interruptsAnAnswer()
    {
        Chat *chat = chatWith();
        chat->send(u"slow"_s);
        QTRY_VERIFY_WITH_TIMEOUT(lastText(chat).contains(u"old3"_s), longWait);
        chat->send(u"interrupts"_s);
        QCOMPARE(messageStateName(chat->messages()->at(1).state), u"stopped"_s);
        QTRY_COMPARE_WITH_TIMEOUT(messageStateName(lastState(chat)), u"complete"_s, longWait);
        QCOMPARE(chat->messages()->count(), 4);
        // What the old run still said is not taken for the new one's words, but is kept.
        QCOMPARE(lastText(chat), u"Over a socket."_s);
        QVERIFY(!chat->messages()->at(1).text().contains(u"straggler"_s));
        const auto frames = chat->openFrames(chat->messages()->at(3).id);
        QTRY_VERIFY_WITH_TIMEOUT(
            std::ranges::any_of(frames->rows(),
                                [](const FrameRow &row) { return row.frame.payload.contains("straggler"); }),
            longWait);
        QCOMPARE(told().value(u"connections"_s).toInt(), 1);
    }

    void addsToAnAnswer()
    {
        Chat *chat = chatWith({.whileAnswering = WhileAnswering::Add});
        chat->send(u"busy"_s);
        QTRY_VERIFY_WITH_TIMEOUT(chat->messages()->count() == 2 && lastText(chat).contains(u"first"_s),
                                 longWait);
        chat->send(u"busy"_s);
        QVERIFY(chat->isStreaming());
        QTRY_COMPARE_WITH_TIMEOUT(messagesTold(), 2, longWait);
        QTRY_VERIFY_WITH_TIMEOUT(chat->messages()->count() == 4 && !chat->isStreaming(), longWait);
        for (const int answer : {1, 3}) {
            QVERIFY(!chat->messages()->isFolded(answer - 1));
            QCOMPARE(chat->messages()->at(answer).role, Role::Agent);
            QCOMPARE(chat->messages()->at(answer).text(), u"first last"_s);
            QCOMPARE(chat->messages()->at(answer).answerTo, chat->messages()->at(answer - 1).id);
        }
        QCOMPARE(messagesTold(), 2);
    }

    // One of several questions has no answer of its own then. It says so, also after a restart.
    void tellsThatAQuestionWentIntoTheAnswerAbove()
    {
        const QString folder = m_folder.filePath(u"gathers"_s);
        m_program = std::make_unique<Program>(folder, QUrl());
        QVERIFY(m_program->isReady);
        Chat *chat = chatWith({.whileAnswering = WhileAnswering::Add});
        chat->send(u"gathers"_s);
        QTRY_VERIFY_WITH_TIMEOUT(chat->messages()->count() == 2 && lastText(chat).contains(u"one"_s),
                                 longWait);
        chat->send(u"gathers"_s);
        QTRY_COMPARE_WITH_TIMEOUT(chat->messages()->at(1).text(), u"one and two"_s, longWait);
        QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), longWait);
        QCOMPARE(chat->messages()->count(), 3);
        // An answer of its own may still come.
        QVERIFY(!chat->messages()->isFolded(2));
        QTRY_VERIFY_WITH_TIMEOUT(chat->messages()->isFolded(2), longWait);
        QVERIFY(!chat->messages()->isFolded(0) && !chat->messages()->isFolded(1));
        // That the connection ends is no failure of it.
        told(u"/drop"_s);
        QTRY_VERIFY_WITH_TIMEOUT(chat->connection().state != ConnectionState::Open, longWait);
        QCOMPARE(chat->messages()->count(), 3);
        const ConversationId id = chat->conversation().id;
        QVERIFY(m_program->flush());
        m_program.reset();
        m_program = std::make_unique<Program>(folder, QUrl());
        QVERIFY(m_program->isReady);
        Chat *again = m_program->workspace.chat(id);
        QTRY_COMPARE_WITH_TIMEOUT(again->messages()->count(), 3, longWait);
        QVERIFY(again->messages()->isFolded(2));
        // What is asked next is another matter.
        again->send(u"whole"_s);
        QTRY_COMPARE_WITH_TIMEOUT(lastText(again), u"All at once"_s, longWait);
        QVERIFY(again->messages()->isFolded(2));
        QVERIFY(!again->messages()->isFolded(3));
    }

    void stopsAnAnswerAndHearsNoMoreOfIt()
    {
        Chat *chat = chatWith();
        chat->send(u"busy"_s);
        QTRY_VERIFY_WITH_TIMEOUT(chat->messages()->count() == 2 && lastText(chat).contains(u"first"_s),
                                 longWait);
        chat->stop();
        QVERIFY(!chat->isStreaming());
        chat->send(u"agui"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), longWait);
        QCOMPARE(chat->messages()->count(), 4);
        QVERIFY(!chat->messages()->at(1).text().contains(u"last"_s));
    }

    // Nothing of its words could be told from an answer that the agent gives by itself.
    void hearsNothingOfAnAnswerThatWasStoppedBeforeItBegan()
    {
        Chat *chat = chatWith();
        chat->send(u"thinks"_s);
        QTRY_COMPARE_WITH_TIMEOUT(messagesTold(), 1, longWait);
        chat->stop();
        QSignalSpy more(chat, &Chat::streamingChanged);
        QVERIFY(!more.wait(1'500));
        chat->send(u"agui"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), longWait);
        QCOMPARE(chat->messages()->count(), 4);
        QCOMPARE(lastText(chat), u"Over a socket."_s);
        QCOMPARE(told().value(u"connections"_s).toInt(), 1);
    }

    void connectsAnewWhereTheRestOfAStoppedAnswerWouldMixWithTheNext_data()
    {
        QTest::addColumn<bool>("hasBegun");
        QTest::newRow("thinks") << false;
        QTest::newRow("chunks") << true;
    }
    void connectsAnewWhereTheRestOfAStoppedAnswerWouldMixWithTheNext()
    {
        QFETCH(const bool, hasBegun);
        Chat *chat = chatWith();
        chat->send(QString::fromLatin1(QTest::currentDataTag()));
        QTRY_COMPARE_WITH_TIMEOUT(messagesTold(), 1, longWait);
        if (hasBegun)
            QTRY_VERIFY_WITH_TIMEOUT(lastText(chat).contains(u"c1 "_s), longWait);
        chat->stop();
        chat->send(u"busy"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), longWait);
        QCOMPARE(lastText(chat), u"first last"_s);
        QCOMPARE(chat->messages()->count(), 4);
        QCOMPARE(told().value(u"connections"_s).toInt(), 2);
        QCOMPARE(messagesTold(), 2);
    }

    void failsOnceWhereTheConnectionEndsWithinAnAnswer_data()
    {
        QTest::addColumn<QString>("words");
        QTest::newRow("fails") << u"The agent failed."_s;
        QTest::newRow("dies") << u"The connection was lost."_s;
    }
    void failsOnceWhereTheConnectionEndsWithinAnAnswer()
    {
        QFETCH(const QString, words);
        Chat *chat = chatWith();
        chat->send(QString::fromLatin1(QTest::currentDataTag()));
        QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), longWait);
        const Message &answer = chat->messages()->at(1);
        QCOMPARE(messageStateName(answer.state), u"failed"_s);
        QCOMPARE(answer.text(), u"So far "_s);
        const auto *part = std::get_if<ErrorPart>(&answer.parts.back().content);
        QVERIFY(part);
        QCOMPARE(part->error->kind, ErrorKind::SocketClosed);
        QCOMPARE(part->error->message, words);
        QCOMPARE(chat->connection().state, ConnectionState::Closed);
        QCOMPARE(chat->connection().words, words);
        // Nothing was sent twice, and nothing connects by itself where something was under way.
        QCOMPARE(messagesTold(), 1);
        QCOMPARE(told().value(u"connections"_s).toInt(), 1);
        chat->send(u"agui"_s);
        QTRY_COMPARE_WITH_TIMEOUT(lastText(chat), u"Over a socket."_s, longWait);
    }

    void connectsAgainByItselfWhereNothingWasUnderWay()
    {
        Chat *chat = chatWith();
        chat->send(u"leaves"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), longWait);
        QTRY_COMPARE_WITH_TIMEOUT(chat->connection().state, ConnectionState::Waiting, longWait);
        QTRY_COMPARE_WITH_TIMEOUT(chat->connection().state, ConnectionState::Open, longWait);
        QCOMPARE(told().value(u"connections"_s).toInt(), 2);
        QCOMPARE(messagesTold(), 1);
    }

    void refusesWhatIsTooLargeBeforeItConnects()
    {
        Chat *chat = chatWith();
        chat->send(QString(70'000, u'x'));
        QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), longWait);
        const auto *part = std::get_if<ErrorPart>(&chat->messages()->at(1).parts.back().content);
        QVERIFY(part);
        QCOMPARE(part->error->kind, ErrorKind::MessageTooLarge);
        QCOMPARE(told().value(u"connections"_s).toInt(), 0);
    }

    void closesAndOpensAsThePersonWants()
    {
        Chat *chat = chatWith();
        chat->openConnection();
        QTRY_COMPARE_WITH_TIMEOUT(chat->connection().state, ConnectionState::Open, longWait);
        chat->send(u"never"_s);
        QTRY_COMPARE_WITH_TIMEOUT(messagesTold(), 1, longWait);
        QVERIFY(chat->isStreaming());
        chat->closeConnection();
        QVERIFY(!chat->isStreaming());
        QTRY_COMPARE_WITH_TIMEOUT(chat->connection().state, ConnectionState::Closed, longWait);
        QVERIFY(!chat->connection().isFailure);
    }

    void leavesHttpAsItWas()
    {
        Chat *chat = chatWith({}, AgentTransport::Http);
        chat->send(u"x"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), longWait);
        QCOMPARE(lastText(chat), u"over HTTP"_s);
        QCOMPARE(chat->connection().state, ConnectionState::None);
    }
};

QTEST_GUILESS_MAIN(TestConversationSocket)
#include "tst_conversationsocket.moc"
