// SPDX-License-Identifier: Apache-2.0
#include "chat/exchange.h"
#include "chat/scriptedrequest.h"

#include <QSignalSpy>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

class TestExchange : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_agent = ScriptedAgent();
        m_message = Message{};
        m_message.state = MessageState::Streaming;
        Agent agent;
        agent.target = RuntimeTarget{};
        m_exchange = std::make_unique<Exchange>(
            AgentQuestion{.agent = agent, .body = "{}"}, m_agent.factory(),
            [this](const std::function<void(Message &)> &function) { function(m_message); });
    }

    void tellsWhatCameInOrderAndItsEndOnce();
    void asksAgainAfterARefusalAndForgetsIt();
    void triesAtOnceWhenAskedTo();
    void keepsNothingOfARefusalWhenTheNextAttemptNeverAnswers();
    void tellsOfTheLastRefusalAfterTheLastAttempt();
    void repeatsOnlyWhatIsSafeToRepeat_data();
    void repeatsOnlyWhatIsSafeToRepeat();
    void neverAsksAgainOnceAnAnswerHasBegun_data();
    void neverAsksAgainOnceAnAnswerHasBegun();
    void stopsWhileItWaitsToAskAgain();
    void stopsFromWithinItsOwnSignal();
    void canBeDestroyedWhileItStreams();
    void failsWithoutARequest();
    void keepsTheAgentsErrorWhenTheConnectionThenBreaks();

private:
    ErrorKind errorOf(const Message &message) const
    {
        const auto *part =
            message.parts.empty() ? nullptr : std::get_if<ErrorPart>(&message.parts.back().content);
        return part ? part->error->kind : ErrorKind::Internal;
    }

    ScriptedAgent m_agent;
    Message m_message;
    std::unique_ptr<Exchange> m_exchange;
};

void TestExchange::tellsWhatCameInOrderAndItsEndOnce()
{
    QSignalSpy headers(m_exchange.get(), &Exchange::headersReceived);
    QSignalSpy folded(m_exchange.get(), &Exchange::folded);
    QSignalSpy finished(m_exchange.get(), &Exchange::finished);
    // Asked long ago, so to speak: what came before it was sent is no part of its times.
    m_message.created = QDateTime::currentDateTimeUtc().addSecs(-3600);
    m_exchange->start();
    m_agent.last()->answerHead();
    QVERIFY(m_message.created.secsTo(QDateTime::currentDateTimeUtc()) < 1800);
    m_agent.last()->answer({"\"a\"", "\"b\""});
    m_agent.last()->answer({"\"c\""});
    QCOMPARE_EQ(folded.count(), 2);
    QCOMPARE_EQ(folded.at(1).at(1).toInt(), 2);
    QCOMPARE_EQ(folded.at(1).at(2).toInt(), 2);
    const QPointer<ScriptedRequest> request = m_agent.last();
    request->finish();
    QCOMPARE_EQ(finished.count(), 1);
    request->finish();
    m_exchange->stop();
    QCOMPARE_EQ(finished.count(), 1);
    QCOMPARE_EQ(headers.count(), 1);
    QCOMPARE_EQ(m_exchange->rows().size(), size_t(3));
    QCOMPARE_EQ(m_message.frameCount, 3);
    QCOMPARE_EQ(m_message.text(), u"abc"_s);
    QCOMPARE_EQ(m_message.state, MessageState::Complete);
    QCOMPARE_EQ(m_message.httpStatus, 200);
    QCOMPARE_EQ(m_message.responseIds->requestId, u"request-1"_s);
    QVERIFY(m_message.timings->headers && m_message.timings->firstByte && m_message.timings->firstText);
    QVERIFY(m_message.timings->total >= m_message.timings->headers);
}

void TestExchange::asksAgainAfterARefusalAndForgetsIt()
{
    QSignalSpy waiting(m_exchange.get(), &Exchange::waiting);
    m_exchange->start();
    m_agent.last()->answerHead(429);
    QCOMPARE_EQ(m_message.httpStatus, 429);
    m_agent.last()->finish(Error{.kind = ErrorKind::Throttled, .httpStatus = 429});
    QCOMPARE_EQ(waiting.count(), 1);
    QCOMPARE_EQ(waiting.front().at(1).toInt(), 2);
    // Before the next attempt is made: one that never answers must not show the first one's status.
    QCOMPARE_EQ(m_message.httpStatus, 0);
    QCOMPARE_EQ(*m_message.responseIds, ResponseIds());
    QCOMPARE_EQ(*m_message.timings, Timings());
    QVERIFY(m_message.parts.empty());
    QTRY_COMPARE_EQ_WITH_TIMEOUT(m_agent.count(), 2, 20'000);
    QCOMPARE_EQ(m_agent.questions.at(0).body, m_agent.questions.at(1).body);
    m_agent.last()->answerHead();
    m_agent.last()->answer({"\"Hi\""});
    m_agent.last()->finish();
    QCOMPARE_EQ(m_message.httpStatus, 200);
    QCOMPARE_EQ(m_message.parts.size(), size_t(1));
    QCOMPARE_EQ(m_message.timings->headers, std::optional(std::chrono::microseconds(3'000)));
    QCOMPARE_EQ(m_message.state, MessageState::Complete);
    QCOMPARE_EQ(m_message.failedTries->size(), size_t(1));
    QCOMPARE_EQ(m_message.failedTries->front().error.kind, ErrorKind::Throttled);
    QCOMPARE_EQ(m_message.failedTries->front().error.httpStatus, 429);
    QVERIFY(m_message.failedTries->front().pause.count() > 0);
    QVERIFY(m_message.failedTries->front().at.isValid());
}

void TestExchange::triesAtOnceWhenAskedTo()
{
    m_exchange->tryNow();
    QCOMPARE_EQ(m_agent.count(), 0);
    m_exchange->start();
    m_agent.last()->finish(Error{.kind = ErrorKind::Throttled, .httpStatus = 429});
    QVERIFY(m_exchange->isWaiting());
    m_exchange->tryNow();
    QCOMPARE_EQ(m_agent.count(), 2);
    QVERIFY(!m_exchange->isWaiting());
    m_exchange->tryNow();
    QCOMPARE_EQ(m_agent.count(), 2);
}

void TestExchange::keepsNothingOfARefusalWhenTheNextAttemptNeverAnswers()
{
    m_exchange->start();
    m_agent.last()->answerHead(503);
    m_agent.last()->finish(Error{.kind = ErrorKind::ServiceUnavailable, .httpStatus = 503});
    QTRY_COMPARE_EQ_WITH_TIMEOUT(m_agent.count(), 2, 20'000);
    m_agent.last()->finish(Error{.kind = ErrorKind::ConnectTimedOut});
    QCOMPARE_EQ(m_message.state, MessageState::Failed);
    QCOMPARE_EQ(m_message.httpStatus, 0);
    QCOMPARE_EQ(*m_message.responseIds, ResponseIds());
    QVERIFY(!m_message.timings->headers);
    QCOMPARE_EQ(m_message.parts.size(), size_t(1));
    QCOMPARE_EQ(errorOf(m_message), ErrorKind::ConnectTimedOut);
}

void TestExchange::tellsOfTheLastRefusalAfterTheLastAttempt()
{
    QSignalSpy finished(m_exchange.get(), &Exchange::finished);
    m_exchange->start();
    for (int attempt = 1; attempt <= 4; ++attempt) {
        QTRY_COMPARE_EQ_WITH_TIMEOUT(m_agent.count(), attempt, 20'000);
        m_agent.last()->answerHead(503);
        m_agent.last()->finish(Error{.kind = ErrorKind::ServiceUnavailable, .httpStatus = 503});
    }
    QCOMPARE_EQ(finished.count(), 1);
    QCOMPARE_EQ(m_message.httpStatus, 503);
    QCOMPARE_EQ(m_message.state, MessageState::Failed);
    QCOMPARE_EQ(m_message.parts.size(), size_t(1));
}

void TestExchange::repeatsOnlyWhatIsSafeToRepeat_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<bool>("isRepeated");
    for (const ErrorKind kind :
         {ErrorKind::SessionBusy, ErrorKind::Throttled, ErrorKind::ServiceUnavailable, ErrorKind::BadGateway,
          ErrorKind::ConnectionRefused, ErrorKind::HostNotFound, ErrorKind::InternalServer})
        QTest::newRow(qPrintable(errorKindName(kind))) << kind << true;
    for (const ErrorKind kind :
         {ErrorKind::AgentContainerFailed, ErrorKind::AgentStartTimedOut, ErrorKind::GatewayTimeout,
          ErrorKind::IdleTimedOut, ErrorKind::ConnectTimedOut, ErrorKind::StreamCut, ErrorKind::TlsFailed,
          ErrorKind::AccessDenied, ErrorKind::Unauthorized, ErrorKind::Validation, ErrorKind::NotFound,
          ErrorKind::ProxyPage, ErrorKind::EmptyAnswer, ErrorKind::NetworkFailed})
        QTest::newRow(qPrintable(errorKindName(kind))) << kind << false;
}

void TestExchange::repeatsOnlyWhatIsSafeToRepeat()
{
    QFETCH(ErrorKind, kind);
    QFETCH(bool, isRepeated);
    QSignalSpy waiting(m_exchange.get(), &Exchange::waiting);
    m_exchange->start();
    m_agent.last()->finish(Error{.kind = kind});
    QCOMPARE_EQ(waiting.count(), isRepeated ? 1 : 0);
    QCOMPARE_EQ(m_exchange->isFinished(), !isRepeated);
}

void TestExchange::neverAsksAgainOnceAnAnswerHasBegun_data()
{
    QTest::addColumn<bool>("hasFrame");
    QTest::newRow("a frame has come") << true;
    QTest::newRow("a good head, and half a frame perhaps") << false;
}

void TestExchange::neverAsksAgainOnceAnAnswerHasBegun()
{
    QFETCH(bool, hasFrame);
    QSignalSpy waiting(m_exchange.get(), &Exchange::waiting);
    m_exchange->start();
    m_agent.last()->answerHead();
    if (hasFrame)
        m_agent.last()->answer({"\"Hi\""});
    m_agent.last()->finish(Error{.kind = ErrorKind::ServiceUnavailable});
    QCOMPARE_EQ(waiting.count(), 0);
    QVERIFY(m_exchange->isFinished());
    QCOMPARE_EQ(m_agent.count(), 1);
    QCOMPARE_EQ(m_message.text(), hasFrame ? u"Hi"_s : QString());
    QCOMPARE_EQ(errorOf(m_message), ErrorKind::ServiceUnavailable);
}

void TestExchange::stopsWhileItWaitsToAskAgain()
{
    QSignalSpy finished(m_exchange.get(), &Exchange::finished);
    m_exchange->start();
    m_agent.last()->finish(Error{.kind = ErrorKind::ConnectionRefused});
    QVERIFY(!m_exchange->isFinished());
    m_exchange->stop();
    QCOMPARE_EQ(finished.count(), 1);
    QCOMPARE_EQ(m_message.state, MessageState::Stopped);
    QCOMPARE_EQ(errorOf(m_message), ErrorKind::ConnectionRefused);
    QVERIFY(m_message.failedTries->empty());
    // Longer than the longest first pause.
    QVERIFY(!QTest::qWaitFor([this] { return m_agent.count() > 1; }, 600));
}

void TestExchange::stopsFromWithinItsOwnSignal()
{
    QSignalSpy finished(m_exchange.get(), &Exchange::finished);
    connect(m_exchange.get(), &Exchange::folded, this, [this] { m_exchange->stop(); });
    m_exchange->start();
    m_agent.last()->answerHead();
    const QPointer<ScriptedRequest> request = m_agent.last();
    request->answer({"\"one\""});
    QCOMPARE_EQ(finished.count(), 1);
    QVERIFY(request && request->isCancelled);
    request->answer({"\"two\""});
    QCOMPARE_EQ(m_message.text(), u"one"_s);
    QCOMPARE_EQ(m_message.state, MessageState::Stopped);
}

void TestExchange::canBeDestroyedWhileItStreams()
{
    m_exchange->start();
    m_agent.last()->answerHead();
    m_agent.last()->answer({"\"one\""});
    m_exchange.reset();
    QVERIFY(!m_agent.last());
}

void TestExchange::failsWithoutARequest()
{
    const Exchange::Access access = [this](const std::function<void(Message &)> &function) {
        function(m_message);
    };
    Exchange exchange(
        AgentQuestion{},
        [](const AgentQuestion &) -> Result<std::unique_ptr<AgentRequest>> {
            return failure(ErrorKind::InvalidTarget, u"The address cannot be used."_s);
        },
        access);
    QSignalSpy finished(&exchange, &Exchange::finished);
    exchange.start();
    QCOMPARE_EQ(finished.count(), 0);
    QTRY_COMPARE_EQ(finished.count(), 1);
    QCOMPARE_EQ(m_message.state, MessageState::Failed);
    QCOMPARE_EQ(errorOf(m_message), ErrorKind::InvalidTarget);
}

void TestExchange::keepsTheAgentsErrorWhenTheConnectionThenBreaks()
{
    m_exchange->start();
    m_agent.last()->answerHead();
    m_agent.last()->answer({R"({"error":"boom","error_type":"RuntimeError"})"});
    m_agent.last()->finish(Error{.kind = ErrorKind::StreamCut});
    QCOMPARE_EQ(m_message.parts.size(), size_t(1));
    QCOMPARE_EQ(errorOf(m_message), ErrorKind::AgentError);
    QCOMPARE_EQ(m_message.state, MessageState::Failed);
}

QTEST_GUILESS_MAIN(TestExchange)
#include "tst_exchange.moc"
