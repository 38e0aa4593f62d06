// SPDX-License-Identifier: Apache-2.0
#include "support/selfsigned.h"
#include "transport/exchange.h"
#include "transport/networkerror.h"
#include "transport/networkpolicy.h"

#include <QNetworkReply>
#include <QSslConfiguration>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace std::chrono_literals;

namespace {

constexpr int longWait = 30'000;

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
            "User-Agent: Parlance/" PARLANCE_VERSION,
            "Accept-Encoding: identity",
            "Content-Length: " + QByteArray::number(options.body.size()),
            "Connection: Keep-Alive",
            "Accept-Language: ", // the machine's, and of no matter
        };
        for (QByteArray &line : lines) {
            if (line.startsWith("Accept-Language: "))
                line = "Accept-Language: ";
        }
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
