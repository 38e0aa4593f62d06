// SPDX-License-Identifier: Apache-2.0
#include "auth/memorystore.h"
#include "auth/presigningauthorizer.h"
#include "auth/serviceclock.h"
#include "auth/sigv4.h"
#include "auth/sigv4authorizer.h"
#include "support/fixedcredentials.h"
#include "support/nodeserver.h"
#include "support/selfsigned.h"
#include "transport/exchange.h"
#include "transport/invocation.h"
#include "transport/networkpolicy.h"
#include "transport/websocket.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QSslSocket>
#include <QTcpServer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;
using namespace std::chrono_literals;

namespace {

constexpr int longWait = 30'000;

//! Vouched for by nobody.
class SecureServer : public QTcpServer
{
public:
    QByteArray came;

protected:
    void incomingConnection(qintptr descriptor) override
    {
        const SelfSigned own = SelfSigned::create();
        auto *tls = new QSslSocket(this);
        tls->setSocketDescriptor(descriptor);
        tls->setLocalCertificate(own.certificate);
        tls->setPrivateKey(own.key);
        connect(tls, &QSslSocket::readyRead, tls, [this, tls] { came += tls->readAll(); });
        tls->startServerEncryption();
    }
};

//! A socket with all that it tells, in the order it tells it.
class Told : public QObject
{
public:
    Told(RequestDraft draft, const std::shared_ptr<Authorizer> &authorizer, const SocketLimits &limits = {})
        : socket(std::move(draft), authorizer, &network, limits)
    {
        connect(&socket, &WebSocket::stepReached, this, [this](SocketStep step) { steps.append(int(step)); });
        connect(&socket, &WebSocket::opened, this, [this] { isOpen = true; });
        connect(&socket, &WebSocket::received, this, [this](const std::vector<SocketMessage> &messages) {
            for (const SocketMessage &message : messages)
                texts.append(message.payload);
        });
        connect(&socket, &WebSocket::closed, this, [this](const SocketEnd &told) {
            ++ends;
            end = told;
        });
        socket.open();
    }
    ErrorKind kind() const { return end.error ? end.error->kind : ErrorKind::Internal; }

    SleepingNetwork network;
    WebSocket socket;
    QList<int> steps;
    QByteArrayList texts;
    bool isOpen = false;
    int ends = 0;
    SocketEnd end;
};

} // namespace

//! WebSockets against the ws library and against faults made by hand.
class TestWebSocket : public QObject
{
    Q_OBJECT
private:
    NodeServer m_server{u"sockets.mjs"_s};

    RequestDraft at(const QString &place) const
    {
        const QByteArray address = m_server.url().toEncoded() + '/' + place.toLatin1();
        return {.method = "GET",
                .url = QUrl::fromEncoded(address),
                .headers = {{"X-Amzn-Bedrock-AgentCore-Runtime-Session-Id", "s-1"}}};
    }
    std::unique_ptr<Told> opened(const QString &place, const SocketLimits &limits = {}) const
    {
        return std::make_unique<Told>(at(place), std::make_shared<NoAuthorizer>(), limits);
    }
    //! What the service's front is asked for.
    RequestDraft runtime() const
    {
        Agent agent;
        agent.target =
            RuntimeTarget{.arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/iam-AbCdEf1234"_s,
                          .endpointOverride = m_server.url().toString()};
        agent.allowsPlainHttp = true;
        agent.extraHeaders = {{"X-Team", "a,  b"}};
        return socketDraft({.agent = agent,
                            .qualifier = u"PROD"_s,
                            .session = RuntimeSessionId(u"0f2e1d3c-4b5a-6978-8796-a5b4c3d2e1f0"_s)})
            .value();
    }
    QJsonObject told() const
    {
        QNetworkAccessManager manager;
        std::unique_ptr<QNetworkReply> reply(manager.get(QNetworkRequest(m_server.url())));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        if (finished.isEmpty())
            finished.wait(longWait);
        return QJsonDocument::fromJson(reply->readAll()).object();
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_server.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void carriesTextAndBinaryBothWays()
    {
        const auto socket = opened(u"echo"_s);
        QTRY_VERIFY_WITH_TIMEOUT(socket->isOpen, longWait);
        QCOMPARE(socket->steps,
                 (QList<int>{int(SocketStep::Authorizing), int(SocketStep::Connecting),
                             int(SocketStep::Waiting)}));
        QCOMPARE(socket->socket.head().httpStatus, 101);
        const QByteArray large(64 * 1024, 'x');
        const QByteArray binary("\x00\xff\x80", 3);
        for (const SocketMessage &message :
             {SocketMessage{.payload = u"wörds"_s.toUtf8()}, SocketMessage{.payload = {}},
              SocketMessage{.payload = binary, .isBinary = true}, SocketMessage{.payload = large}})
            QVERIFY(socket->socket.send(message).has_value());
        QTRY_COMPARE_WITH_TIMEOUT(socket->texts.size(), 4, longWait);
        QCOMPARE(socket->texts, (QByteArrayList{u"wörds"_s.toUtf8(), {}, binary, large}));
        socket->socket.close(1000, u"done"_s);
        QTRY_COMPARE_WITH_TIMEOUT(socket->ends, 1, longWait);
        QVERIFY(socket->end.isAsked && !socket->end.error);
    }

    void refusesAMessageOver64KBBeforeAnyOfItIsSent()
    {
        const auto socket = opened(u"echo"_s);
        QTRY_VERIFY_WITH_TIMEOUT(socket->isOpen, longWait);
        const auto refused = socket->socket.send({.payload = QByteArray(64 * 1024 + 1, 'x')});
        QCOMPARE(refused.error().kind, ErrorKind::MessageTooLarge);
        QVERIFY(refused.error().message.contains(u"64 KB"_s));
        QVERIFY(socket->socket.send({.payload = "small"}).has_value());
        QTRY_COMPARE_WITH_TIMEOUT(socket->texts, QByteArrayList{"small"}, longWait);
    }

    void readsWhatTheAgentSaysFirstAndInPieces()
    {
        const auto first = opened(u"speaks"_s);
        const auto pieces = opened(u"fragments"_s);
        const auto together = opened(u"withLength"_s);
        QTRY_COMPARE_WITH_TIMEOUT(first->texts, QByteArrayList{"first"}, longWait);
        QTRY_COMPARE_WITH_TIMEOUT(pieces->texts, QByteArrayList{u"{\"text\":\"é and 語\"}"_s.toUtf8()},
                                  longWait);
        QTRY_COMPARE_WITH_TIMEOUT(together->texts, QByteArrayList{"at once"}, longWait);
    }

    void keepsAFloodInOrder()
    {
        const auto socket = opened(u"flood?count=20000"_s);
        QTRY_COMPARE_WITH_TIMEOUT(socket->ends, 1, longWait);
        QCOMPARE(socket->texts.size(), 20'000);
        for (int i = 0; i < 20'000; ++i)
            QCOMPARE(socket->texts.at(i), QByteArray::number(i));
        QCOMPARE(socket->end.code, 1000);
        QVERIFY(!socket->end.error);
    }

    void tellsWhyItWasClosed_data()
    {
        QTest::addColumn<int>("code");
        for (const int code : {1001, 1003, 1008, 1009, 1011, 1012, 4000})
            QTest::addRow("%d", code) << code;
    }
    void tellsWhyItWasClosed()
    {
        QFETCH(const int, code);
        const auto socket = opened(u"close?code=%1&reason=so%20it%20is"_s.arg(code));
        QTRY_VERIFY_WITH_TIMEOUT(socket->isOpen, longWait);
        QVERIFY(socket->socket.send({.payload = "x"}).has_value());
        QTRY_COMPARE_WITH_TIMEOUT(socket->ends, 1, longWait);
        QCOMPARE(socket->end.code, code);
        QCOMPARE(socket->end.reason, u"so it is"_s);
        QCOMPARE(socket->kind(), ErrorKind::SocketClosed);
        QCOMPARE(socket->end.error->message, closeCodeWords(code));
        QCOMPARE(socket->socket.send({.payload = "x"}).error().kind, ErrorKind::SocketClosed);
    }

    void tellsWhatARefusalSays()
    {
        const auto socket = opened(
            u"refused?status=403&type=AccessDeniedException:http://x&body={%22message%22:%22not%20you%22}"_s);
        QTRY_COMPARE_WITH_TIMEOUT(socket->ends, 1, longWait);
        QVERIFY(!socket->isOpen);
        QCOMPARE(socket->end.code, 0);
        QCOMPARE(socket->kind(), ErrorKind::AccessDenied);
        QCOMPARE(socket->end.error->httpStatus, 403);
        QCOMPARE(socket->end.error->serverMessage, u"not you"_s);
        QCOMPARE(socket->end.error->requestId, u"socket-1"_s);
        QCOMPARE(socket->end.error->exceptionType, u"AccessDeniedException"_s);
        QVERIFY(socket->end.error->rawBody.contains("not you"));
    }

    void tellsFailuresOfTheHandshake_data()
    {
        QTest::addColumn<QString>("place");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("424") << u"refused?status=424"_s << ErrorKind::AgentContainerFailed;
        QTest::newRow("429") << u"refused?status=429"_s << ErrorKind::Throttled;
        QTest::newRow("404") << u"nowhere"_s << ErrorKind::NotFound;
        QTest::newRow("redirect") << u"redirect"_s << ErrorKind::Redirected;
        QTest::newRow("200") << u"plain"_s << ErrorKind::SocketRefused;
        QTest::newRow("web page") << u"page"_s << ErrorKind::ProxyPage;
        QTest::newRow("not HTTP") << u"garbage"_s << ErrorKind::SocketRefused;
        QTest::newRow("wrong accept") << u"wrongAccept"_s << ErrorKind::SocketRefused;
        QTest::newRow("no upgrade") << u"noUpgrade"_s << ErrorKind::SocketRefused;
        QTest::newRow("extension") << u"extension"_s << ErrorKind::SocketRefused;
        QTest::newRow("cut head") << u"cutHead"_s << ErrorKind::StreamCut;
    }
    void tellsFailuresOfTheHandshake()
    {
        QFETCH(const QString, place);
        QFETCH(const ErrorKind, kind);
        const auto socket = opened(place);
        QTRY_COMPARE_WITH_TIMEOUT(socket->ends, 1, longWait);
        QCOMPARE(errorKindName(socket->kind()), errorKindName(kind));
        QVERIFY(!socket->isOpen);
        QVERIFY(!socket->end.error->message.isEmpty());
    }

    void waitsForAColdAgentAndNotForever()
    {
        const auto cold = opened(u"cold?ms=3000"_s, {.connect = 2s, .handshake = 60s});
        const auto never = opened(u"never"_s, {.handshake = 400ms});
        QTRY_COMPARE_WITH_TIMEOUT(never->ends, 1, longWait);
        QCOMPARE(never->kind(), ErrorKind::AgentStartTimedOut);
        QTRY_VERIFY_WITH_TIMEOUT(cold->isOpen, longWait);
    }

    void endsWhereTheConnectionIsCut()
    {
        const auto socket = opened(u"cutFrame"_s);
        QTRY_COMPARE_WITH_TIMEOUT(socket->ends, 1, longWait);
        QCOMPARE(socket->texts, QByteArrayList{"whole"});
        QCOMPARE(socket->end.code, 1006);
        QCOMPARE(socket->kind(), ErrorKind::SocketClosed);
    }

    void endsWithWhatIsNotWebSocket_data()
    {
        QTest::addColumn<QString>("place");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("bad UTF-8") << u"badUtf8"_s << ErrorKind::InvalidUtf8;
        QTest::newRow("masked") << u"masked"_s << ErrorKind::CorruptFrame;
        QTest::newRow("reserved") << u"reserved"_s << ErrorKind::CorruptFrame;
        QTest::newRow("17 MB") << u"huge"_s << ErrorKind::FrameTooLarge;
    }
    void endsWithWhatIsNotWebSocket()
    {
        QFETCH(const QString, place);
        QFETCH(const ErrorKind, kind);
        const auto socket = opened(place);
        QTRY_COMPARE_WITH_TIMEOUT(socket->ends, 1, longWait);
        QCOMPARE(errorKindName(socket->kind()), errorKindName(kind));
        QVERIFY(socket->texts.isEmpty());
        // The other end was told the reason.
        if (place == u"huge"_s)
            QTRY_COMPARE_WITH_TIMEOUT(told().value(u"lastCode"_s).toInt(), 1009, longWait);
    }

    void findsOutThatTheOtherEndIsDead()
    {
        const auto dead = opened(u"deaf"_s, {.pingEvery = 200ms, .deadAfter = 3s});
        const auto alive = opened(u"echo"_s, {.pingEvery = 200ms, .deadAfter = 3s});
        QTRY_COMPARE_WITH_TIMEOUT(dead->ends, 1, longWait);
        QCOMPARE(dead->end.code, 1006);
        QCOMPARE(dead->kind(), ErrorKind::SocketClosed);
        QVERIFY(dead->end.error->serverMessage.contains(u"pings"_s));
        QVERIFY(alive->isOpen);
        QCOMPARE(alive->ends, 0);
    }

    void asksAtOnceAfterASleep()
    {
        const auto dead = opened(u"deaf"_s, {.wakeUp = 500ms});
        const auto alive = opened(u"echo"_s, {.wakeUp = 500ms});
        QTRY_VERIFY_WITH_TIMEOUT(dead->isOpen && alive->isOpen, longWait);
        dead->network.asleep = alive->network.asleep = 1h;
        QTRY_COMPARE_WITH_TIMEOUT(dead->ends, 1, longWait);
        QCOMPARE(dead->end.code, 1006);
        QVERIFY(dead->end.error->serverMessage.contains(u"sleep"_s));
        QCOMPARE(alive->ends, 0);
        QVERIFY(alive->socket.send({.payload = "still here"}).has_value());
        QTRY_VERIFY_WITH_TIMEOUT(alive->texts.contains("still here"), longWait);
    }

    void closesItselfWhereTheOtherEndDoesNot()
    {
        const auto socket = opened(u"deaf"_s, {.closing = 200ms});
        QTRY_VERIFY_WITH_TIMEOUT(socket->isOpen, longWait);
        socket->socket.close();
        QCOMPARE(socket->ends, 0);
        QTRY_COMPARE_WITH_TIMEOUT(socket->ends, 1, longWait);
        QVERIFY(socket->end.isAsked);
        const auto early = opened(u"never"_s);
        early->socket.close();
        QCOMPARE(early->ends, 0);
        QTRY_COMPARE_WITH_TIMEOUT(early->ends, 1, longWait);
    }

    void opensOnceAndIsRefusedOnce()
    {
        const int before = told().value(u"opened"_s).toInt();
        const auto socket = opened(u"refused?status=503"_s);
        QTRY_COMPARE_WITH_TIMEOUT(socket->ends, 1, longWait);
        QCOMPARE(told().value(u"opened"_s).toInt(), before + 1);
    }

    void provesItselfToTheService_data()
    {
        QTest::addColumn<int>("way");
        QTest::addColumn<QString>("how");
        QTest::newRow("signed headers") << 0 << u"headers"_s;
        QTest::newRow("signed headers, temporary keys") << 1 << u"headers"_s;
        QTest::newRow("presigned") << 2 << u"address"_s;
        QTest::newRow("presigned, temporary keys") << 3 << u"address"_s;
        QTest::newRow("bearer") << 4 << u"bearer"_s;
    }
    void provesItselfToTheService()
    {
        QFETCH(const int, way);
        QFETCH(const QString, how);
        FixedCredentials source(way % 2 == 0 ? lastingKeys() : sessionKeys());
        const auto clock = std::make_shared<ServiceClock>();
        std::shared_ptr<Authorizer> authorizer = std::make_shared<FixedTokenAuthorizer>("good-token");
        if (way < 2)
            authorizer = std::make_shared<SigV4Authorizer>(&source, clock, "us-west-2");
        else if (way < 4)
            authorizer = std::make_shared<PresigningAuthorizer>(&source, clock, "us-west-2");
        Told socket(runtime(), authorizer);
        QTRY_VERIFY_WITH_TIMEOUT(!socket.texts.isEmpty() || socket.ends > 0, longWait);
        QVERIFY2(socket.isOpen, socket.end.error ? qPrintable(socket.end.error->serverMessage) : "");
        const QJsonObject found = QJsonDocument::fromJson(socket.texts.constFirst()).object();
        QCOMPARE(found.value(u"how"_s).toString(), how);
        QCOMPARE(found.value(u"session"_s).toString(), u"0f2e1d3c-4b5a-6978-8796-a5b4c3d2e1f0"_s);
        QVERIFY(found.value(u"path"_s).toString().endsWith(u"runtime%2Fiam-AbCdEf1234/ws"_s));
    }

    void isRefusedWithWrongKeys()
    {
        AwsCredentials keys = lastingKeys();
        keys.secretAccessKey = Secret("wrong");
        FixedCredentials source(keys);
        Told socket(
            runtime(),
            std::make_shared<PresigningAuthorizer>(&source, std::make_shared<ServiceClock>(), "us-west-2"));
        QTRY_COMPARE_WITH_TIMEOUT(socket.ends, 1, longWait);
        QCOMPARE(socket.kind(), ErrorKind::SignatureRefused);
    }

    void opensWithAPastedAddressWhileItIsGood()
    {
        const auto pastedOf = [this](const QDateTime &made) {
            const QUrl url = presignedUrl(runtime().url, lastingKeys(),
                                          SigningScope{.region = "us-west-2", .time = made}, 300s);
            return Secret(QByteArray("ws" + url.toEncoded().mid(4)));
        };
        MemoryStore secrets;
        const QDateTime now = QDateTime::currentDateTimeUtc();
        secrets.write(u"key"_s, pastedOf(now));
        Told good(runtime(), std::make_shared<PastedAddressAuthorizer>(&secrets, u"key"_s, false));
        QTRY_COMPARE_WITH_TIMEOUT(good.texts.size(), 1, longWait);
        QVERIFY(good.texts.constFirst().contains("\"address\""));
        secrets.write(u"key"_s, pastedOf(now.addSecs(-301)));
        Told late(runtime(), std::make_shared<PastedAddressAuthorizer>(&secrets, u"key"_s, false));
        QTRY_COMPARE_WITH_TIMEOUT(late.ends, 1, longWait);
        QCOMPARE(late.kind(), ErrorKind::AddressExpired);
        secrets.write(u"key"_s, Secret("ws://example.com/ws?X-Amz-Signature=0123456789"));
        Told plain(runtime(), std::make_shared<PastedAddressAuthorizer>(&secrets, u"key"_s, false));
        QTRY_COMPARE_WITH_TIMEOUT(plain.ends, 1, longWait);
        QCOMPARE(plain.kind(), ErrorKind::InsecureHttp);
    }

    void trustsNoCertificateThatNobodyVouchesFor()
    {
        SecureServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        RequestDraft draft = at(u"x"_s);
        draft.url = QUrl(u"https://localhost:%1/ws"_s.arg(server.serverPort()));
        Told socket(draft, std::make_shared<NoAuthorizer>());
        QTRY_COMPARE_WITH_TIMEOUT(socket.ends, 1, longWait);
        QCOMPARE(errorKindName(socket.kind()), errorKindName(ErrorKind::TlsFailed));
        QCOMPARE(socket.steps,
                 (QList<int>{int(SocketStep::Authorizing), int(SocketStep::LookingUp),
                             int(SocketStep::Connecting), int(SocketStep::Securing)}));
        QVERIFY(server.came.isEmpty());
    }

    void tellsThatNothingListens()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        RequestDraft draft = at(u"x"_s);
        draft.url = QUrl(u"http://127.0.0.1:%1/ws"_s.arg(server.serverPort()));
        server.close();
        Told socket(draft, std::make_shared<NoAuthorizer>());
        QTRY_COMPARE_WITH_TIMEOUT(socket.ends, 1, longWait);
        QCOMPARE(socket.kind(), ErrorKind::ConnectionRefused);
    }
};

QTEST_GUILESS_MAIN(TestWebSocket)
#include "tst_websocket.moc"
