// SPDX-License-Identifier: Apache-2.0
#include "chat/agui.h"
#include "chat/asking.h"
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

template <typename Kind> std::vector<Kind> partsOf(const Message &message)
{
    std::vector<Kind> parts;
    for (const MessagePart &part : message.parts) {
        if (const auto *found = std::get_if<Kind>(&part.content))
            parts.push_back(*found);
    }
    return parts;
}

} // namespace

//! What an AG-UI agent asks and how it is answered, with an agent made of the protocol's own packages.
class TestAnswering : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    QString m_profile;
    std::unique_ptr<NodeServer> m_server;
    std::unique_ptr<Program> m_program;
    Chat *m_chat = nullptr;

    void begin(const QString &payloadTemplate = {})
    {
        static int number = 0;
        m_profile = m_folder.filePath(QString::number(++number));
        m_program = std::make_unique<Program>(m_profile, QUrl());
        QVERIFY(m_program->isReady);
        Agent agent;
        agent.name = u"Bookings"_s;
        agent.target = UrlTarget{.url = m_server->url().toString()};
        agent.payloadTemplate = payloadTemplate;
        agent.facts = RuntimeFacts{.protocol = ServerProtocol::AgUi};
        m_chat = m_program->workspace.newConversation(m_program->workspace.agents()->save(agent)->id);
    }
    void restart()
    {
        const ConversationId id = m_chat->conversation().id;
        QVERIFY(m_program->flush());
        m_program.reset();
        m_program = std::make_unique<Program>(m_profile, QUrl());
        QVERIFY(m_program->isReady);
        m_chat = m_program->workspace.chat(id);
        QTRY_VERIFY_WITH_TIMEOUT(m_chat->isLoaded(), longWait);
    }
    void say(const QString &words)
    {
        m_chat->send(words);
        QTRY_VERIFY_WITH_TIMEOUT(!m_chat->isStreaming(), longWait);
    }
    void answer(const std::vector<InputAnswer> &answers, const QString &words = u"Yes"_s)
    {
        m_chat->answerRequests(answers, words);
        QTRY_VERIFY_WITH_TIMEOUT(!m_chat->isStreaming(), longWait);
    }
    const Message &message(int index) const { return m_chat->messages()->at(index); }
    const Message &last() const { return message(m_chat->messages()->count() - 1); }
    QJsonObject lastAsked() const
    {
        QNetworkAccessManager manager;
        std::unique_ptr<QNetworkReply> reply(
            manager.get(QNetworkRequest(m_server->url().resolved(QUrl(u"/asked"_s)))));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        finished.wait(longWait);
        return QJsonDocument::fromJson(reply->readAll()).array().last().toObject();
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<NodeServer>(u"agui.mjs"_s);
        const QString problem = m_server->start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }
    void cleanup() { m_program.reset(); }

    void asksAsTheProtocolWants()
    {
        begin();
        say(u"Good day"_s);
        QCOMPARE(last().text(), u"You said Good day."_s);
        say(u"And again"_s);
        const QJsonObject asked = lastAsked();
        QCOMPARE(asked.value(u"threadId"_s).toString(), m_chat->conversation().session.value());
        QVERIFY(!asked.value(u"runId"_s).toString().isEmpty());
        const QJsonArray messages = asked.value(u"messages"_s).toArray();
        QCOMPARE(messages.size(), 3);
        QCOMPARE(messages[1].toObject().value(u"role"_s).toString(), u"assistant"_s);
        QCOMPARE(messages[0].toObject().value(u"id"_s).toString(), message(0).id.value());
        QVERIFY(m_chat->sendsHistory());
        QVERIFY(!asked.contains(u"resume"_s));
    }

    // Agents know a message again by its id, and take one with another for a new one.
    void sendsTheIdsThatTheAgentGave_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("ids");
        QTest::newRow("streamed") << u"tool"_s << u"look+call-7 found streamed"_s;
        QTest::newRow("snapshot") << u"rename"_s << u"look+call-7 found kept more"_s;
    }
    void sendsTheIdsThatTheAgentGave()
    {
        QFETCH(const QString, words);
        QFETCH(const QString, ids);
        begin();
        say(words);
        restart();
        say(u"Thanks"_s);
        QStringList sent;
        const QJsonArray messages = lastAsked().value(u"messages"_s).toArray();
        for (const auto &value : messages) {
            QString id = value[u"id"_s].toString();
            for (const QJsonArray calls = value[u"toolCalls"_s].toArray(); const auto &call : calls)
                id += u'+' + call[u"id"_s].toString();
            sent.append(id);
        }
        QCOMPARE(sent.size(), ids.count(u' ') + 3);
        QCOMPARE(sent.first(), message(0).id.value());
        QCOMPARE(sent.sliced(1, sent.size() - 2).join(u' '), ids);
        QCOMPARE(sent.last(), message(2).id.value());
        // An id that the agent gives to two messages names the first.
        say(words);
        say(u"Thanks"_s);
        sent.clear();
        for (const QJsonArray again = lastAsked().value(u"messages"_s).toArray(); const auto &value : again)
            sent.append(value[u"id"_s].toString());
        QCOMPARE(QSet<QString>(sent.begin(), sent.end()).size(), sent.size());
    }

    // What earlier versions wrote into agents that speak AG-UI.
    void asksAsTheProtocolWantsBehindAnOlderTemplate()
    {
        begin(u"{\"threadId\": ${session}, \"runId\": ${uuid},\n \"messages\": [{\"id\": ${uuid}, \"role\": "
              "\"user\", \"content\": ${prompt}}],\n \"tools\": [], \"context\": [], \"state\": {}, "
              "\"forwardedProps\": {}}"_s);
        say(u"state"_s);
        say(u"change"_s);
        QCOMPARE(lastAsked().value(u"state"_s).toObject().value(u"step"_s).toInt(), 1);
        QCOMPARE(lastAsked().value(u"messages"_s).toArray().size(), 3);
        QVERIFY(m_chat->sendsHistory());
    }

    void keepsTheState()
    {
        begin();
        say(u"state"_s);
        const auto values = partsOf<LiveValue>(last());
        QCOMPARE(values.size(), size_t(1));
        QCOMPARE(values[0].json.toString(), u"{\"step\":1,\"items\":[\"first\"]}"_s);
        // The change that does not fit is told, and changes nothing.
        QCOMPARE(partsOf<RawEvent>(last()).size(), size_t(1));
        restart();
        say(u"change"_s);
        QCOMPARE(lastAsked().value(u"state"_s).toObject().value(u"step"_s).toInt(), 1);
        QCOMPARE(partsOf<LiveValue>(last()).at(0).json.toString(), u"{\"step\":10,\"items\":[\"first\"]}"_s);
        say(u"state"_s);
        QCOMPARE(lastAsked().value(u"state"_s).toObject().value(u"step"_s).toInt(), 10);
    }

    void followsAnActivity()
    {
        begin();
        say(u"activity"_s);
        const auto values = partsOf<LiveValue>(last());
        QCOMPARE(values.size(), size_t(1));
        QCOMPARE(values[0].label, u"PLAN"_s);
        QCOMPARE(values[0].json.toString(), u"{\"steps\":[\"look\",\"book\"]}"_s);
        // A later answer goes on with it.
        restart();
        say(u"goon"_s);
        QCOMPARE(partsOf<LiveValue>(last()).at(0).json.toString(),
                 u"{\"steps\":[\"look\",\"book\",\"go\"]}"_s);
    }

    void goesOnWithAnApproval()
    {
        begin();
        say(u"approve"_s);
        QVERIFY(asksThePerson(last()));
        const std::vector<InputRequest> open = m_chat->openRequests();
        QCOMPARE(open.size(), size_t(1));
        QCOMPARE(open[0].callId, u"call-1"_s);
        QCOMPARE(open[0].message.toString(), u"Send **it**?"_s);
        answer({{.requestId = u"send"_s, .json = u"{\"approved\":true}"_s}}, u"Approve"_s);
        QCOMPARE(messageStateName(last().state), u"complete"_s);
        QCOMPARE(last().text(), u"Going on with [{\"approved\":true}]."_s);
        QCOMPARE(partsOf<ToolResult>(last()).at(0).content.toString(), u"sent"_s);
        QCOMPARE(message(2).text(), u"Approve"_s);
        QVERIFY(m_chat->openRequests().empty());
        // An answer is no message of its own to the agent.
        const QJsonObject asked = lastAsked();
        QCOMPARE(asked.value(u"messages"_s).toArray().size(), 2);
        QCOMPARE(asked.value(u"messages"_s)[1].toObject().value(u"toolCalls"_s).toArray().size(), 1);
        QCOMPARE(partsOf<InputRequest>(message(1)).at(0).state, InputState::Answered);
        restart();
        QCOMPARE(partsOf<InputRequest>(message(1)).at(0).state, InputState::Answered);
        say(u"Thanks"_s);
        QCOMPARE(last().text(), u"You said Thanks."_s);
    }

    void asksAgainAfterARestart()
    {
        begin();
        say(u"book"_s);
        m_chat->setRequestDraft(u"booking"_s, u"{\"form\":{\"name\":\"Ann\"}}"_s);
        restart();
        QCOMPARE(m_chat->openRequests().size(), size_t(1));
        QCOMPARE(m_chat->openRequests()[0].draft.toString(), u"{\"form\":{\"name\":\"Ann\"}}"_s);
        answer({{.requestId = u"booking"_s, .json = u"{\"name\":\"Ann\",\"nights\":2}"_s}});
        QCOMPARE(last().text(), u"Going on with [{\"name\":\"Ann\",\"nights\":2}]."_s);
    }

    void doesNotAnswer()
    {
        begin();
        say(u"book"_s);
        answer({{.requestId = u"booking"_s, .isCancelled = true}}, {});
        QCOMPARE(last().text(), u"Going on with [\"cancelled\"]."_s);
        QCOMPARE(partsOf<InputRequest>(message(1)).at(0).state, InputState::Cancelled);
        QCOMPARE(lastAsked().value(u"resume"_s)[0].toObject().keys(),
                 (QStringList{u"interruptId"_s, u"status"_s}));
    }

    void answersAllAtOnce()
    {
        begin();
        say(u"two"_s);
        QCOMPARE(m_chat->openRequests().size(), size_t(2));
        m_chat->answerRequests({{.requestId = u"sure"_s, .json = u"true"_s}}, u"Yes"_s);
        QVERIFY(!m_chat->isStreaming());
        QCOMPARE(m_chat->messages()->count(), 2);
        answer(
            {{.requestId = u"sure"_s, .json = u"true"_s}, {.requestId = u"why"_s, .json = u"\"because\""_s}});
        QCOMPARE(last().text(), u"Going on with [true,\"because\"]."_s);
    }

    void takesWordsForAnAnswer()
    {
        begin();
        say(u"why"_s);
        say(u"Because I \"can\""_s);
        QCOMPARE(last().text(), u"Going on with [\"Because I \\\"can\\\"\"]."_s);
        QCOMPARE(message(2).text(), u"Because I \"can\""_s);
        QCOMPARE(partsOf<InputRequest>(message(1)).at(0).state, InputState::Answered);
    }

    void leavesAFormUnansweredForOtherWords()
    {
        begin();
        say(u"book"_s);
        say(u"Never mind"_s);
        QCOMPARE(last().text(), u"Going on with [\"cancelled\"]."_s);
        QCOMPARE(lastAsked().value(u"messages"_s).toArray().last().toObject().value(u"content"_s).toString(),
                 u"Never mind"_s);
    }

    void holdsWhatWaitsUntilItIsAnswered()
    {
        begin();
        m_chat->send(u"book"_s);
        m_chat->send(u"later"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!m_chat->isStreaming(), longWait);
        QCOMPARE(m_chat->messages()->count(), 3);
        QCOMPARE(last().state, MessageState::Queued);
        m_chat->answerRequests({{.requestId = u"booking"_s, .json = u"{\"name\":\"Ann\",\"nights\":2}"_s}},
                               u"Ann"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_chat->messages()->count(), 6, longWait);
        QTRY_VERIFY_WITH_TIMEOUT(!m_chat->isStreaming(), longWait);
        QCOMPARE(message(2).text(), u"Ann"_s);
        QCOMPARE(message(4).text(), u"later"_s);
        QCOMPARE(last().text(), u"You said later."_s);
    }

    void asksNoLongerOnceItIsOver()
    {
        begin();
        say(u"brief"_s);
        QCOMPARE(m_chat->openRequests().size(), size_t(1));
        QTRY_VERIFY_WITH_TIMEOUT(isExpired(m_chat->openRequests()[0], QDateTime::currentDateTimeUtc()),
                                 longWait);
        say(u"Hello"_s);
        QVERIFY(!lastAsked().contains(u"resume"_s));
        QCOMPARE(last().text(), u"You said Hello."_s);
    }

    void answersOtherwiseInAnotherAttempt()
    {
        begin();
        say(u"why"_s);
        say(u"One"_s);
        m_chat->sendEdited(message(2).id, u"Two"_s, {}, AttemptSession::Current);
        QTRY_VERIFY_WITH_TIMEOUT(!m_chat->isStreaming(), longWait);
        QCOMPARE(partsOf<InputAnswer>(message(2)).size(), size_t(1));
        QCOMPARE(lastAsked().value(u"resume"_s)[0].toObject().value(u"payload"_s).toString(), u"Two"_s);
    }

    void answersBehindATemplate()
    {
        begin(
            u"{\"threadId\":${session},\"runId\":${uuid},\"state\":{},\"tools\":[],\"context\":[],"
            "\"forwardedProps\":{},\"messages\":[{\"id\":\"1\",\"role\":\"user\",\"content\":${prompt}}]}"_s);
        say(u"book"_s);
        answer({{.requestId = u"booking"_s, .json = u"{\"name\":\"Ann\",\"nights\":2}"_s}});
        QCOMPARE(last().text(), u"Going on with [{\"name\":\"Ann\",\"nights\":2}]."_s);
    }
};

QTEST_GUILESS_MAIN(TestAnswering)
#include "tst_answering.moc"
