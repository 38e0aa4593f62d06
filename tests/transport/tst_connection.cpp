// SPDX-License-Identifier: Apache-2.0
#include "support/selfsigned.h"
#include "transport/connector.h"
#include "transport/exchange.h"
#include "transport/networkerror.h"
#include "transport/networkpolicy.h"

#include <QNetworkReply>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace std::chrono_literals;

namespace {

constexpr int longWait = 30'000;

//! For how long the kernel waits before it asks the other end of our connection to a port; -1: there is none.
int secondsUntilProbe(quint16 port)
{
    for (int descriptor = 3; descriptor < 1024; ++descriptor) {
        sockaddr_in peer{};
        socklen_t size = sizeof peer;
        if (getpeername(descriptor, reinterpret_cast<sockaddr *>(&peer), &size) != 0
            || peer.sin_family != AF_INET || ntohs(peer.sin_port) != port)
            continue;
        int seconds = 0;
        size = sizeof seconds;
        getsockopt(descriptor, IPPROTO_TCP, TCP_KEEPIDLE, &seconds, &size);
        return seconds;
    }
    return -1;
}

//! Takes what comes, word for word, and answers once the body is there.
class PlainServer : public QObject
{
    Q_OBJECT
public:
    explicit PlainServer(std::unique_ptr<QTcpServer> tcp = std::make_unique<QTcpServer>())
        : m_tcp(std::move(tcp))
    {
        connect(m_tcp.get(), &QTcpServer::pendingConnectionAvailable, this, &PlainServer::accept);
        m_tcp->listen(QHostAddress::LocalHost);
    }
    QString authority() const { return u"127.0.0.1:%1"_s.arg(m_tcp->serverPort()); }

    QByteArray received;
    QByteArray answer; //!< nothing: stays silent
    bool closesAfterwards = false;
    int connections = 0;

private:
    void accept()
    {
        while (QTcpSocket *socket = m_tcp->nextPendingConnection()) {
            ++connections;
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                received += socket->readAll();
                if (!answer.isEmpty() && received.endsWith('}'))
                    socket->write(std::exchange(answer, {}));
                if (closesAfterwards && received.endsWith('}'))
                    socket->disconnectFromHost();
            });
        }
    }

    std::unique_ptr<QTcpServer> m_tcp;
};

} // namespace

//! What a request looks like from the other end of the wire, and connections that do not come about.
class TestConnection : public QObject
{
    Q_OBJECT
private:
    NetworkPolicy m_network;

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *variable : {"http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy"})
            qunsetenv(variable);
    }

    void sendsEveryByteAsItWasWritten()
    {
        PlainServer server;
        server.answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                        "X-Amzn-Bedrock-AgentCore-Runtime-Session-Id: s-9\r\nx-amzn-RequestId: r-9\r\n"
                        "X-Amzn-Trace-Id: Root=1-2-3\r\nContent-Length: 1\r\n\r\n5";
        const QByteArray target = "/runtimes/arn%3Aaws%3Ax%2Fa~b/invocations?qualifier=a%20b%2Bc%26d";
        ExchangeOptions options;
        options.headers.append({"X-Odd"_ba, "a, b;  c=\"d\""_ba});
        options.authorizer = std::make_shared<FixedTokenAuthorizer>("secret-token");
        const QUrl url = QUrl::fromEncoded("http://" + server.authority().toLatin1() + target);
        Exchange exchange(url, &m_network, options);
        exchange.request->start();
        QTRY_VERIFY_WITH_TIMEOUT(exchange.isFinished(), longWait);
        QVERIFY(!exchange.error);
        QCOMPARE_EQ(exchange.head.ids.sessionId, u"s-9"_s);
        QCOMPARE_EQ(exchange.head.ids.requestId, u"r-9"_s);
        QCOMPARE_EQ(exchange.head.ids.traceId, u"Root=1-2-3"_s);

        const qsizetype end = server.received.indexOf("\r\n\r\n");
        QCOMPARE_EQ(server.received.mid(end + 4), options.body);
        QByteArrayList lines = server.received.first(end).split('\n');
        for (QByteArray &line : lines)
            line = line.trimmed();
        QCOMPARE_EQ(lines.takeFirst(), QByteArray("POST " + target + " HTTP/1.1"));
        QByteArrayList expected = {
            "Host: " + server.authority().toLatin1(),
            "Content-Type: application/json",
            "Accept: text/event-stream, application/json",
            "X-Amzn-Bedrock-AgentCore-Runtime-Session-Id: 0f2e1d3c-4b5a-6978-8796-a5b4c3d2e1f0",
            "X-Odd: a, b;  c=\"d\"",
            "Authorization: Bearer secret-token",
            QByteArray("User-Agent: Parlance/" PARLANCE_VERSION),
            "Accept-Encoding: identity",
            "Content-Length: " + QByteArray::number(options.body.size()),
            "Connection: Keep-Alive",
        };
        std::ranges::sort(lines);
        std::ranges::sort(expected);
        QCOMPARE_EQ(lines.join('\n'), expected.join('\n'));
    }

    void keepsWhatCameBeforeACutInsideAChunk()
    {
        PlainServer server;
        server.answer = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                        "Transfer-Encoding: chunked\r\n\r\n20\r\ndata: one\n\ndata: two";
        server.closesAfterwards = true;
        Exchange exchange(QUrl(u"http://"_s + server.authority() + u"/invocations"_s), &m_network);
        exchange.request->start();
        QTRY_VERIFY_WITH_TIMEOUT(exchange.isFinished(), longWait);
        QCOMPARE_EQ(exchange.error->kind, ErrorKind::StreamCut);
        QCOMPARE_EQ(exchange.error->httpStatus, 200);
        QCOMPARE_EQ(exchange.text(), QByteArray("onetwo"));
        QCOMPARE_EQ(server.connections, 1);
    }

    void refusesACertificateNobodyVouchesFor()
    {
        const SelfSigned identity = SelfSigned::create();
        auto tls = std::make_unique<QSslServer>();
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificate(identity.certificate);
        configuration.setPrivateKey(identity.key);
        tls->setSslConfiguration(configuration);
        PlainServer server(std::move(tls));
        server.answer = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n5";
        ExchangeOptions options;
        options.authorizer = std::make_shared<FixedTokenAuthorizer>("secret-token");
        Exchange exchange(QUrl(u"https://"_s + server.authority() + u"/invocations"_s), &m_network, options);
        exchange.request->start();
        QTRY_VERIFY_WITH_TIMEOUT(exchange.isFinished(), longWait);
        QCOMPARE_EQ(errorKindName(exchange.error->kind), errorKindName(ErrorKind::TlsFailed));
        QVERIFY(!exchange.error->serverMessage.isEmpty());
        QCOMPARE_EQ(exchange.story, QByteArray("e"));
        QCOMPARE_EQ(server.received, QByteArray());
    }

    void speaksToOneItTrusts_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("isGood");
        QTest::newRow("by its name") << u"localhost"_s << true;
        QTest::newRow("by another") << u"127.0.0.1"_s << false;
    }
    void speaksToOneItTrusts()
    {
        QFETCH(QString, host);
        QFETCH(bool, isGood);
        const SelfSigned identity = SelfSigned::create();
        auto tls = std::make_unique<QSslServer>();
        const QSslConfiguration before = QSslConfiguration::defaultConfiguration();
        QSslConfiguration configuration = before;
        configuration.setLocalCertificate(identity.certificate);
        configuration.setPrivateKey(identity.key);
        tls->setSslConfiguration(configuration);
        PlainServer server(std::move(tls));
        server.answer = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: one\n\n";
        server.closesAfterwards = true;
        QSslConfiguration trusting = before;
        trusting.setCaCertificates({identity.certificate});
        QSslConfiguration::setDefaultConfiguration(trusting);
        QUrl url(u"https://"_s + server.authority() + u"/invocations"_s);
        url.setHost(host);
        Exchange exchange(url, &m_network);
        QList<RequestStep> steps;
        connect(exchange.request.get(), &AgentRequest::stepReached, this,
                [&steps](RequestStep step) { steps.append(step); });
        exchange.request->start();
        QTRY_VERIFY_WITH_TIMEOUT(exchange.isFinished(), longWait);
        QSslConfiguration::setDefaultConfiguration(before);
        QCOMPARE_EQ(!exchange.error, isGood);
        if (!isGood) {
            QCOMPARE_EQ(exchange.error->kind, ErrorKind::TlsFailed);
            QCOMPARE_EQ(server.received, QByteArray());
            return;
        }
        QCOMPARE_EQ(exchange.text(), QByteArray("one"));
        QCOMPARE_EQ(steps,
                    QList<RequestStep>({RequestStep::Authorized, RequestStep::Connecting,
                                        RequestStep::Secured, RequestStep::Sent}));
    }

    void triesTheNextAddressOfAHost()
    {
        QTcpServer tcp;
        tcp.listen(QHostAddress(u"127.0.0.1"_s));
        Connector connector(QUrl(u"http://agent.invalid:%1/"_s.arg(tcp.serverPort())));
        QSignalSpy connected(&connector, &Connector::connected);
        QSignalSpy failed(&connector, &Connector::failed);
        // The first leads nowhere, the second and third refuse.
        connector.start({QHostAddress(u"192.0.2.1"_s), QHostAddress(u"::1"_s), QHostAddress(u"127.0.0.2"_s),
                         QHostAddress(u"127.0.0.1"_s)});
        QCOMPARE_EQ(connected.count(), 0);
        QTRY_COMPARE_EQ_WITH_TIMEOUT(connected.count(), 1, longWait);
        QCOMPARE_EQ(connector.take()->peerAddress(), QHostAddress(u"127.0.0.1"_s));
        QCOMPARE_EQ(failed.count(), 0);
    }

    void failsOnceWhenEveryAddressRefuses()
    {
        QTcpServer tcp;
        tcp.listen(QHostAddress(u"127.0.0.1"_s));
        Connector connector(QUrl(u"http://agent.invalid:%1/"_s.arg(tcp.serverPort())));
        tcp.close();
        QSignalSpy failed(&connector, &Connector::failed);
        connector.start({QHostAddress(u"127.0.0.2"_s), QHostAddress(u"127.0.0.1"_s)});
        QTRY_COMPARE_EQ_WITH_TIMEOUT(failed.count(), 1, longWait);
        const auto failure = failed.first().first().value<ConnectFailure>();
        QCOMPARE_EQ(failure.error, QAbstractSocket::ConnectionRefusedError);
        QCOMPARE_EQ(failure.proxyStatus, 0);
        QCoreApplication::processEvents();
        QCOMPARE_EQ(failed.count(), 1);
    }

    // A wake-up costs more than what is done in it, so that what comes faster than it can be seen is told
    // together.
    void gathersWhatComesWithinAFrame()
    {
        QTcpServer tcp;
        tcp.listen(QHostAddress::LocalHost);
        Exchange exchange(QUrl(u"http://127.0.0.1:%1/invocations"_s.arg(tcp.serverPort())), &m_network);
        int batches = 0;
        exchange.onFrames = [&batches] { ++batches; };
        exchange.request->start();
        QTRY_VERIFY_WITH_TIMEOUT(tcp.hasPendingConnections(), longWait);
        QTcpSocket *socket = tcp.nextPendingConnection();
        QTRY_VERIFY_WITH_TIMEOUT(socket->peek(4096).contains("\r\n\r\n"), longWait);
        socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
        constexpr int events = 400;
        int sent = 0;
        QElapsedTimer clock;
        clock.start();
        QTimer ticks;
        connect(&ticks, &QTimer::timeout, this, [&] {
            socket->write("data: x\n\n");
            if (++sent == events) {
                ticks.stop();
                socket->disconnectFromHost();
            }
        });
        ticks.start(1);
        QTRY_VERIFY_WITH_TIMEOUT(exchange.isFinished(), longWait);
        QVERIFY(!exchange.error);
        QCOMPARE_EQ(exchange.frames.size(), size_t(events));
        // However slow the machine is: one batch a frame, the first, and the rest at the end.
        QCOMPARE_LE(batches, int(clock.elapsed() / 15) + 3);
    }

    // An answer that streams is asked for at once by the kernel, and goes on where it lives.
    void asksForAStreamAfterASleep()
    {
        SleepingNetwork network;
        QTcpServer tcp;
        tcp.listen(QHostAddress::LocalHost);
        Exchange exchange(QUrl(u"http://127.0.0.1:%1/invocations"_s.arg(tcp.serverPort())), &network);
        exchange.request->start();
        QTRY_VERIFY_WITH_TIMEOUT(tcp.hasPendingConnections(), longWait);
        QTcpSocket *socket = tcp.nextPendingConnection();
        socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: one\n\n");
        QTRY_COMPARE_EQ_WITH_TIMEOUT(exchange.frames.size(), size_t(1), longWait);
        QCOMPARE_EQ(secondsUntilProbe(tcp.serverPort()), 60);
        network.asleep = 1h;
        QTRY_COMPARE_EQ_WITH_TIMEOUT(secondsUntilProbe(tcp.serverPort()), 1, longWait);
        socket->write("data: two\n\n");
        socket->disconnectFromHost();
        QTRY_VERIFY_WITH_TIMEOUT(exchange.isFinished(), longWait);
        QVERIFY(!exchange.error);
        QCOMPARE_EQ(exchange.frames.size(), size_t(2));
    }

    void givesUpOnAServerThatDoesNotGreet()
    {
        PlainServer server;
        ExchangeOptions options;
        options.connectTimeout = 300ms;
        Exchange exchange(QUrl(u"https://"_s + server.authority() + u"/invocations"_s), &m_network, options);
        exchange.request->start();
        QTRY_VERIFY_WITH_TIMEOUT(exchange.isFinished(), longWait);
        QCOMPARE_EQ(exchange.error->kind, ErrorKind::ConnectTimedOut);
        // The greeting of TLS, and no request.
        QVERIFY(!server.received.contains("POST"));
    }

    void waitsLongerForAnAnswerThanForAConnection()
    {
        PlainServer server;
        ExchangeOptions options;
        options.connectTimeout = 200ms;
        options.idleTimeout = 1500ms;
        Exchange exchange(QUrl(u"http://"_s + server.authority() + u"/invocations"_s), &m_network, options);
        exchange.request->start();
        QTRY_VERIFY_WITH_TIMEOUT(exchange.isFinished(), longWait);
        QCOMPARE_EQ(exchange.error->kind, ErrorKind::IdleTimedOut);
        QVERIFY(server.received.startsWith("POST"));
    }

    void tellsAnUnknownHost()
    {
        Exchange exchange(QUrl(u"http://no-such-agent.invalid/invocations"_s), &m_network);
        exchange.request->start();
        QTRY_VERIFY_WITH_TIMEOUT(exchange.isFinished(), longWait);
        QCOMPARE_EQ(exchange.error->kind, ErrorKind::HostNotFound);
    }

    void tellsAProxyThatIsNotThere()
    {
        qputenv("http_proxy", "http://127.0.0.1:1");
        Exchange exchange(QUrl(u"http://agent.invalid/invocations"_s), &m_network);
        exchange.request->start();
        QTRY_VERIFY_WITH_TIMEOUT(exchange.isFinished(), longWait);
        qunsetenv("http_proxy");
        QCOMPARE_EQ(exchange.error->kind, ErrorKind::ProxyFailed);
    }

    // Qt would ask once more, which the body does not let it do.
    void tellsGarbage()
    {
        PlainServer server;
        server.answer = "220 mail.example ESMTP\r\n\r\n";
        ExchangeOptions options;
        options.idleTimeout = 2000ms;
        Exchange exchange(QUrl(u"http://"_s + server.authority() + u"/invocations"_s), &m_network, options);
        exchange.request->start();
        QTRY_VERIFY_WITH_TIMEOUT(exchange.isFinished(), longWait);
        QVERIFY(exchange.error);
        QCOMPARE_EQ(errorKindName(exchange.error->kind), errorKindName(ErrorKind::StreamCut));
        QCOMPARE_EQ(server.received.count("POST"), 1);
    }

    void namesNetworkErrors_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("timeout") << int(QNetworkReply::TimeoutError) << ErrorKind::ConnectTimedOut;
        QTest::newRow("sent once") << int(QNetworkReply::ContentReSendError) << ErrorKind::StreamCut;
        QTest::newRow("proxy sign-in")
            << int(QNetworkReply::ProxyAuthenticationRequiredError) << ErrorKind::ProxyFailed;
        QTest::newRow("proxy name") << int(QNetworkReply::ProxyNotFoundError) << ErrorKind::ProxyFailed;
        QTest::newRow("network gone")
            << int(QNetworkReply::TemporaryNetworkFailureError) << ErrorKind::NetworkFailed;
        QTest::newRow("unknown") << int(QNetworkReply::UnknownNetworkError) << ErrorKind::NetworkFailed;
    }
    void namesNetworkErrors()
    {
        QFETCH(int, code);
        QFETCH(ErrorKind, kind);
        QCOMPARE_EQ(networkErrorKind(QNetworkReply::NetworkError(code)), kind);
    }
};

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
