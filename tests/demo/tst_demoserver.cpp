// SPDX-License-Identifier: Apache-2.0
#include "demo/demoserver.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

struct Answer
{
    int status = 0;
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    QByteArray type = {};
    QByteArray session = {};
    QByteArray body = {};
};

//! The words of all text events, or of the one JSON body.
QString textOf(const Answer &answer)
{
    QString text;
    for (const QByteArray &line : answer.body.split('\n')) {
        const QByteArray payload = line.startsWith("data: ") ? line.mid(6) : line;
        const QJsonObject object = QJsonDocument::fromJson(payload).object();
        const QJsonObject event = object.value("event"_L1).toObject();
        const QJsonObject delta = event.value("contentBlockDelta"_L1).toObject().value("delta"_L1).toObject();
        text += delta.value("text"_L1).toString() % object.value("result"_L1).toString();
    }
    return text;
}

} // namespace

class TestDemoServer : public QObject
{
    Q_OBJECT
private:
    Answer send(const QUrl &base, const QString &prompt, const QByteArray &session = "s-1",
                const QByteArray &accept = "text/event-stream, application/json")
    {
        QNetworkRequest request(QUrl(base.toString() + u"/invocations"_s));
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        request.setRawHeader("Accept", accept);
        request.setRawHeader("X-Amzn-Bedrock-AgentCore-Runtime-Session-Id", session);
        const QByteArray body = QJsonDocument(QJsonObject{{u"prompt"_s, prompt}}).toJson();
        return finished(m_network.post(request, body));
    }

    Answer finished(QNetworkReply *reply)
    {
        QSignalSpy done(reply, &QNetworkReply::finished);
        done.wait(30'000);
        reply->deleteLater();
        return {.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
                .error = reply->error(),
                .type = reply->rawHeader("Content-Type"),
                .session = reply->rawHeader("X-Amzn-Bedrock-AgentCore-Runtime-Session-Id"),
                .body = reply->readAll()};
    }

    QNetworkAccessManager m_network;

private Q_SLOTS:
    void streamsTheTourToANewcomer()
    {
        DemoServer server;
        const Result<QUrl> url = server.start();
        QVERIFY(url.has_value());
        QCOMPARE_EQ(url->host(), u"127.0.0.1"_s);
        const Answer answer = send(*url, u"Hello"_s);
        QCOMPARE_EQ(answer.status, 200);
        QCOMPARE_EQ(answer.session, QByteArray("s-1"));
        QVERIFY(answer.type.startsWith("text/event-stream"));
        QVERIFY(textOf(answer).contains(u"Welcome to Parlance"_s));
        QVERIFY(answer.body.contains("reasoningContent"));
        QVERIFY(answer.body.contains("inputTokens"));
    }

    void answersInJsonWhereStreamsAreNotTaken()
    {
        DemoServer server;
        const Answer answer = send(*server.start(), u"Hello"_s, "s-1", "application/json");
        QCOMPARE_EQ(answer.type, QByteArray("application/json"));
        QVERIFY(textOf(answer).contains(u"Welcome to Parlance"_s));
    }

    void callsATool()
    {
        DemoServer server;
        const Answer answer = send(*server.start(), u"call a tool"_s);
        QVERIFY(answer.body.contains("get_time"));
        QVERIFY(answer.body.contains("toolResult"));
    }

    void remembersASessionAndNoOther()
    {
        DemoServer server;
        const QUrl url = *server.start();
        send(url, u"my name is Ana"_s, "s-1");
        QVERIFY(textOf(send(url, u"What is my name"_s, "s-1")).contains(u"Your name is Ana"_s));
        QVERIFY(!textOf(send(url, u"What is my name"_s, "s-2")).contains(u"Ana"_s));
        QVERIFY(server.requests().empty());
    }

    void failsOnRequest()
    {
        DemoServer server;
        const QUrl url = *server.start();
        QCOMPARE_EQ(send(url, u"simulate an error"_s).status, 424);
        QCOMPARE_EQ(send(url, u"error 403"_s).status, 403);
        const Answer middle = send(url, u"error in the middle"_s);
        QCOMPARE_EQ(middle.status, 200);
        QVERIFY(middle.body.contains("error_type"));
        QCOMPARE_EQ(send(url, u"cut the connection"_s).error, QNetworkReply::RemoteHostClosedError);
    }

    void saysItIsHealthy()
    {
        DemoServer server;
        const QUrl url = *server.start();
        const Answer answer = finished(m_network.get(QNetworkRequest(QUrl(url.toString() + u"/ping"_s))));
        QCOMPARE_EQ(answer.status, 200);
        const QJsonObject body = QJsonDocument::fromJson(answer.body).object();
        QCOMPARE_EQ(body.value("status"_L1).toString(), u"Healthy"_s);
        QVERIFY(body.value("time_of_last_update"_L1).toInteger() > 0);
        QCOMPARE_EQ(finished(m_network.get(QNetworkRequest(QUrl(url.toString() + u"/other"_s)))).status, 404);
    }

    void refusesABodyThatIsNotJson()
    {
        DemoServer server;
        QNetworkRequest request(QUrl(server.start()->toString() + u"/invocations"_s));
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        QCOMPARE_EQ(finished(m_network.post(request, QByteArray("{"))).status, 400);
    }

    void streamsOverAWebSocket()
    {
        DemoServer server;
        QUrl url = *server.start();
        url.setScheme(u"ws"_s);
        url.setPath(u"/ws"_s);
        QWebSocket socket;
        QStringList messages;
        connect(&socket, &QWebSocket::textMessageReceived, this,
                [&](const QString &message) { messages.append(message); });
        QSignalSpy connected(&socket, &QWebSocket::connected);
        socket.open(url);
        QVERIFY(connected.wait(10'000));
        socket.sendTextMessage(u"{\"prompt\":\"call a tool\"}"_s);
        QTRY_VERIFY_WITH_TIMEOUT(messages.join(u' ').contains(u"inputTokens"_s), 20'000);
    }

    void playsAScriptByteForByte()
    {
        DemoServer server([](const DemoRequest &) {
            DemoScript script;
            script.headers.append(HttpHeader{"Content-Type", "text/plain"});
            script.steps = {{.bytes = "one "}, {.bytes = "two", .delay = std::chrono::milliseconds(20)}};
            return script;
        });
        const Answer answer = send(*server.start(), u"x"_s);
        QCOMPARE_EQ(answer.body, QByteArray("one two"));
        QCOMPARE_EQ(server.requests().size(), size_t(1));
        QCOMPARE_EQ(server.requests().front().path, QByteArray("/invocations"));
    }

    void forgetsASessionThatIsEnded()
    {
        DemoServer server;
        const QUrl url = *server.start();
        const auto end = [&](const QByteArray &session) {
            QNetworkRequest request(QUrl(url.toString() + u"/stopruntimesession"_s));
            request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
            if (!session.isEmpty())
                request.setRawHeader("X-Amzn-Bedrock-AgentCore-Runtime-Session-Id", session);
            return finished(m_network.post(request, "{}")).status;
        };
        send(url, u"my name is Ada"_s);
        QVERIFY(textOf(send(url, u"what is my name?"_s)).contains(u"Ada"_s));
        QCOMPARE_EQ(end({}), 400);
        QCOMPARE_EQ(end("s-1"), 200);
        QCOMPARE_EQ(end("s-1"), 404);
        QVERIFY(!textOf(send(url, u"what is my name?"_s)).contains(u"Ada"_s));
    }
};

QTEST_GUILESS_MAIN(TestDemoServer)
#include "tst_demoserver.moc"
