// SPDX-License-Identifier: Apache-2.0
#include "support/nodeserver.h"
#include "transport/exchange.h"
#include "transport/invocation.h"
#include "transport/networkpolicy.h"
#include "wire/chooseinterpreter.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace std::chrono_literals;

namespace {

constexpr int longWait = 60'000;

QString textOf(const Exchange &exchange)
{
    const auto interpreter = makeInterpreter();
    std::vector<Delta> deltas;
    for (const Frame &frame : exchange.frames)
        interpreter->interpret(frame, deltas);
    interpreter->finish(deltas);
    QString text;
    for (const Delta &delta : deltas) {
        if (const auto *piece = std::get_if<TextDelta>(&delta))
            text += piece->text;
    }
    return text;
}

QList<QByteArray> payloads(const Exchange &exchange)
{
    QList<QByteArray> all;
    for (const Frame &frame : exchange.frames)
        all.append(frame.payload);
    return all;
}

} // namespace

//! Every way in which the real SDK's server answers.
class TestSdkServer : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<Exchange> ask(const QByteArray &prompt, ExchangeOptions options = {})
    {
        options.body = "{\"prompt\":\"" + prompt + "\"}";
        auto exchange = std::make_unique<Exchange>(QUrl(m_server.url().toString() + u"/invocations"_s),
                                                   &m_network, options);
        exchange->request->start();
        return exchange;
    }
    std::unique_ptr<Exchange> answerTo(const QByteArray &prompt, const ExchangeOptions &options = {})
    {
        auto exchange = ask(prompt, options);
        if (!QTest::qWaitFor([&] { return exchange->isFinished(); }, longWait))
            qWarning("no end of the answer");
        return exchange;
    }
    static void setHeader(ExchangeOptions &options, const QByteArray &name, const QByteArray &value)
    {
        options.headers.removeIf([&](const HttpHeader &header) { return header.name == name; });
        if (!value.isEmpty())
            options.headers.append({name, value});
    }

    NodeServer m_server{u"agent.mjs"_s};
    NetworkPolicy m_network;

private Q_SLOTS:
    void initTestCase()
    {
        m_server.setEnvironment(u"PARLANCE_HEARTBEAT_MS"_s, u"100"_s);
        m_server.setEnvironment(u"PARLANCE_QUIET_MS"_s, u"1500"_s);
        const QString problem = m_server.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void readsStringYields()
    {
        const auto exchange = answerTo("strings");
        QVERIFY(!exchange->error);
        QCOMPARE_EQ(exchange->head.contentType, QByteArray("text/event-stream"));
        const QList<QByteArray> expected = {"Hello\nworld", " é \"quoted\"", "", "!"};
        QCOMPARE_EQ(payloads(*exchange), expected);
        QCOMPARE_EQ(textOf(*exchange), u"Hello\nworld é \"quoted\"!"_s);
    }

    void readsObjectYields()
    {
        const auto exchange = answerTo("objects");
        QVERIFY(!exchange->error);
        QCOMPARE_EQ(exchange->frames.size(), size_t(8));
        QCOMPARE_EQ(textOf(*exchange), u"The sky is blue."_s);
    }

    void readsSseMessageYields()
    {
        const auto exchange = answerTo("messages");
        QVERIFY(!exchange->error);
        const QList<QByteArray> expected = {R"({"text":"one"})", "\"two\"", "5", "null"};
        QCOMPARE_EQ(payloads(*exchange), expected);
        QCOMPARE_EQ(exchange->frames.front().id, QByteArray("1"));
        QCOMPARE_EQ(exchange->frames.front().event, QByteArray("greeting"));
    }

    void readsAReturnedObject()
    {
        const auto exchange = answerTo("json");
        QVERIFY(!exchange->error);
        QCOMPARE_EQ(exchange->head.contentType, QByteArray("application/json; charset=utf-8"));
        QCOMPARE_EQ(exchange->frames.size(), size_t(1));
        QCOMPARE_EQ(exchange->frames.front().kind, FrameKind::Body);
        QCOMPARE_EQ(textOf(*exchange), u"All at once é"_s);
    }

    // The server says JSON and sends the bare text.
    void readsAReturnedString()
    {
        const auto exchange = answerTo("string");
        QVERIFY(!exchange->error);
        QCOMPARE_EQ(exchange->text(), QByteArray("plain \"q\""));
        QCOMPARE_EQ(textOf(*exchange), u"plain \"q\""_s);
    }

    void callsUndefinedAnEmptyAnswer()
    {
        const auto exchange = answerTo("nothing");
        QVERIFY(exchange->error);
        QCOMPARE_EQ(exchange->error->kind, ErrorKind::EmptyAnswer);
        QCOMPARE_EQ(exchange->error->httpStatus, 200);
    }

    void tellsAThrowBeforeTheStream()
    {
        // Asked for a stream, the server keeps the reason to itself.
        const auto exchange = answerTo("throws");
        QVERIFY(exchange->error);
        QCOMPARE_EQ(exchange->error->httpStatus, 500);
        QCOMPARE_EQ(exchange->error->kind, ErrorKind::AgentError);
        QCOMPARE_EQ(exchange->error->serverMessage, QString());

        ExchangeOptions json;
        setHeader(json, "Accept", "application/json");
        const auto told = answerTo("throws", json);
        QVERIFY(told->error);
        QCOMPARE_EQ(told->error->kind, ErrorKind::AgentError);
        QCOMPARE_EQ(told->error->serverMessage, u"bad"_s);
    }

    void readsAThrowInTheMiddle()
    {
        const auto exchange = answerTo("throwsInTheMiddle");
        // The answer ended as HTTP wants it; that it failed is for the interpreter to say.
        QVERIFY(!exchange->error);
        QCOMPARE_EQ(exchange->frames.back().event, QByteArray("error"));
        QCOMPARE_EQ(exchange->frames.back().payload, QByteArray(R"({"error":"boom"})"));
        QCOMPARE_EQ(textOf(*exchange), u"So far "_s);
    }

    void tellsAnAnswerThatCannotBeStreamed()
    {
        ExchangeOptions options;
        setHeader(options, "Accept", "application/json");
        const auto exchange = answerTo("strings", options);
        QVERIFY(exchange->error);
        QCOMPARE_EQ(exchange->error->kind, ErrorKind::NotAcceptable);
        QCOMPARE_EQ(exchange->error->httpStatus, 406);
        QVERIFY(exchange->error->serverMessage.startsWith(u"Streaming response requires"_s));
    }

    void tellsAMissingSession()
    {
        ExchangeOptions options;
        setHeader(options, "X-Amzn-Bedrock-AgentCore-Runtime-Session-Id", {});
        const auto silent = answerTo("json", options);
        QVERIFY(silent->error);
        QCOMPARE_EQ(silent->error->kind, ErrorKind::AgentError);

        setHeader(options, "Accept", "application/json");
        const auto exchange = answerTo("json", options);
        QVERIFY(exchange->error);
        QCOMPARE_EQ(exchange->error->kind, ErrorKind::BadRequest);
        QCOMPARE_EQ(exchange->error->httpStatus, 400);
        QVERIFY(exchange->error->serverMessage.startsWith(u"Missing sessionId"_s));
    }

    // The heartbeats, a comment every 100 ms here, are no frames, but they are signs of life.
    void livesOnHeartbeats()
    {
        ExchangeOptions options;
        options.idleTimeout = 700ms;
        const auto exchange = answerTo("quiet", options);
        QVERIFY2(!exchange->error, exchange->error ? qPrintable(errorKindName(exchange->error->kind)) : "");
        QCOMPARE_EQ(textOf(*exchange), u"before after"_s);
        QCOMPARE_EQ(exchange->frames.size(), size_t(2));
    }

    void stopsAnEndlessAnswer()
    {
        const auto exchange = ask("endless");
        QTRY_VERIFY_WITH_TIMEOUT(exchange->frames.size() > 5, longWait);
        exchange->request->cancel();
        QTRY_VERIFY_WITH_TIMEOUT(exchange->isFinished(), longWait);
        QCOMPARE_EQ(exchange->error->kind, ErrorKind::Cancelled);
        QVERIFY(textOf(*exchange).startsWith(u"0 1 2 3 "_s));
    }

    void streamsTwentyAtOnce()
    {
        std::vector<std::unique_ptr<Exchange>> all;
        for (int i = 0; i < 20; ++i)
            all.push_back(ask("endless"));
        QTRY_VERIFY_WITH_TIMEOUT(
            std::ranges::all_of(all, [](const auto &each) { return each->frames.size() > 3; }), longWait);
        for (const auto &exchange : all)
            exchange->request->cancel();
        QTRY_VERIFY_WITH_TIMEOUT(std::ranges::all_of(all, &Exchange::isFinished), longWait);
    }

    void takesADraftAsItIsWritten()
    {
        Agent agent;
        agent.target = UrlTarget{.url = m_server.url().toString()};
        const RuntimeSessionId session = RuntimeSessionId::create();
        const Result<RequestDraft> draft =
            invocationDraft({.agent = agent,
                             .qualifier = {},
                             .session = session,
                             .body = "{\"prompt\":\"echo\",\"words\":\"ünï \\\"q\\\"\"}"_ba});
        QVERIFY(draft);
        InvokeRequest request(*draft, std::make_shared<NoAuthorizer>(), &m_network, 10s, 60s);
        QSignalSpy finished(&request, &AgentRequest::finished);
        QByteArray body;
        connect(&request, &AgentRequest::framesReceived, this,
                [&](const std::vector<Frame> &frames) { body += frames.front().payload; });
        request.start();
        QTRY_COMPARE_EQ_WITH_TIMEOUT(finished.size(), 1, longWait);
        const QJsonObject echoed = QJsonDocument::fromJson(body).object();
        QCOMPARE_EQ(echoed.value("result"_L1).toString(), u"ünï \"q\""_s);
        QCOMPARE_EQ(echoed.value("session"_L1).toString(), session.value());
    }

    void answersAPing()
    {
        const QUrl url(m_server.url().toString() + u"/ping"_s);
        const NetworkLease lease = m_network.lease(url);
        const std::unique_ptr<QNetworkReply> reply(lease.manager()->get(NetworkPolicy::request(url)));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        QVERIFY(finished.wait(longWait));
        const QJsonObject body = QJsonDocument::fromJson(reply->readAll()).object();
        QCOMPARE_EQ(body.value("status"_L1).toString(), u"Healthy"_s);
        QVERIFY(body.value("time_of_last_update"_L1).isDouble());
    }
};

QTEST_GUILESS_MAIN(TestSdkServer)
#include "tst_sdkserver.moc"
