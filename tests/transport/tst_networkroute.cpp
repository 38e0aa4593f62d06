// SPDX-License-Identifier: Apache-2.0
#include "auth/memorystore.h"
#include "support/authority.h"
#include "support/realproxy.h"
#include "support/secureagent.h"
#include "support/waited.h"
#include "transport/exchange.h"
#include "transport/networkcaller.h"
#include "transport/networkpolicy.h"
#include "transport/websocket.h"

#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QWebSocket>
#include <QWebSocketServer>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

//! The proxies reach this machine by it, and it does not count as this machine.
const QString aside = u"0.0.0.0"_s;

} // namespace

//! The settings of the network, from the file or proxy to the agent's answer, with real proxies.
class TestNetworkRoute : public QObject
{
    Q_OBJECT
private:
    TestAuthority m_authority;
    QTemporaryDir m_folder;
    MemoryStore m_secrets;
    NetworkPolicy m_network{&m_secrets};

    QString file(const QString &name, const QByteArray &bytes) const
    {
        const QString path = m_folder.filePath(name);
        QFile written(path);
        if (written.open(QIODevice::WriteOnly))
            written.write(bytes);
        return path;
    }
    NetworkSettings trusting() const { return {.authoritiesFile = file(u"ca.pem"_s, m_authority.pem())}; }
    NetworkSettings through(const RealProxy &proxy, ProxyKind kind, const QString &user = {}) const
    {
        NetworkSettings settings = trusting();
        settings.proxy = {.kind = kind, .host = u"127.0.0.1"_s, .port = proxy.port(), .user = user};
        return settings;
    }
    std::unique_ptr<Exchange> asked(const QUrl &url, const NetworkSettings &settings)
    {
        m_network.setSettings(settings);
        auto exchange = std::make_unique<Exchange>(url, &m_network);
        exchange->request->start();
        (void)QTest::qWaitFor([&exchange] { return exchange->isFinished(); }, longWait);
        return exchange;
    }

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *variable : {"http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy",
                                     "ALL_PROXY", "no_proxy", "NO_PROXY", "AWS_CA_BUNDLE"})
            qunsetenv(variable);
    }

    // OpenSSL keeps the last errors of a thread until that ends, which it has to before OpenSSL does.
    void cleanupTestCase() { QThreadPool::globalInstance()->waitForDone(); }

    void trustsAnAuthorityOfOnesOwn()
    {
        SecureAgent agent(serverSide(m_authority.issue()));
        const auto without = asked(agent.url(u"localhost"_s), {});
        QCOMPARE_EQ(errorKindName(without->error->kind), errorKindName(ErrorKind::TlsFailed));
        QVERIFY(agent.received.isEmpty());
        const auto with = asked(agent.url(u"localhost"_s), trusting());
        QVERIFY2(!with->error, with->error ? qPrintable(with->error->serverMessage) : "");
        QCOMPARE_EQ(with->text(), QByteArray("one"));
    }

    void takesTheVariableOfTheAwsTools()
    {
        SecureAgent agent(serverSide(m_authority.issue()));
        qputenv("AWS_CA_BUNDLE", trusting().authoritiesFile.toUtf8());
        const auto with = asked(agent.url(u"localhost"_s), {});
        qputenv("AWS_CA_BUNDLE", "/nowhere/ca.pem");
        const auto missing = asked(agent.url(u"localhost"_s), {});
        qunsetenv("AWS_CA_BUNDLE");
        QVERIFY(!with->error);
        QCOMPARE_EQ(errorKindName(missing->error->kind), errorKindName(ErrorKind::NetworkUnusable));
        QVERIFY(missing->error->message.contains(u"/nowhere/ca.pem"_s));
        QCOMPARE_EQ(agent.connections, 1);
    }

    void refusesWhatItsAuthorityDoesNotCover_data()
    {
        QTest::addColumn<CertificateWish>("wish");
        QTest::newRow("expired") << CertificateWish{.validFrom = -86'400, .validTo = -3600};
        QTest::newRow("not yet") << CertificateWish{.validFrom = 3600};
        QTest::newRow("of another host")
            << CertificateWish{.name = "other.test", .alternative = "DNS:other.test"};
    }
    void refusesWhatItsAuthorityDoesNotCover()
    {
        QFETCH(CertificateWish, wish);
        SecureAgent agent(serverSide(m_authority.issue(wish)));
        const auto exchange = asked(agent.url(u"localhost"_s), trusting());
        QCOMPARE_EQ(errorKindName(exchange->error->kind), errorKindName(ErrorKind::TlsFailed));
        QVERIFY(agent.received.isEmpty());
    }

    void provesItselfByItsCertificate_data()
    {
        QTest::addColumn<QString>("form");
        QTest::newRow("PEM with the key in it") << u"pem"_s;
        QTest::newRow("PEM and a key that is locked") << u"locked"_s;
        QTest::newRow("PKCS #12") << u"p12"_s;
    }
    void provesItselfByItsCertificate()
    {
        QFETCH(QString, form);
        const IssuedCertificate own = m_authority.issue({.name = "the client", .isForClient = true});
        QSslConfiguration demanding = serverSide(m_authority.issue());
        demanding.setPeerVerifyMode(QSslSocket::VerifyPeer);
        demanding.setCaCertificates({m_authority.certificate()});
        SecureAgent agent(demanding);
        const auto without = asked(agent.url(u"localhost"_s), trusting());
        QVERIFY(without->error.has_value());

        NetworkSettings settings = trusting();
        if (form == u"p12"_s) {
            settings.certificateFile = file(u"own.p12"_s, own.pkcs12);
        } else if (form == u"locked"_s) {
            settings.certificateFile = file(u"own.pem"_s, own.certificatePem);
            settings.keyFile = file(u"own.key"_s, own.lockedKeyPem);
        } else {
            settings.certificateFile = file(u"both.pem"_s, own.certificatePem + own.keyPem);
        }
        m_secrets.write(keyPasswordKey(settings), Secret(TestAuthority::password));
        const auto with = asked(agent.url(u"localhost"_s), settings);
        QVERIFY2(!with->error, with->error ? qPrintable(with->error->message) : "");
        QCOMPARE_EQ(agent.client, u"the client"_s);
    }

    void saysWhatIsWrongWithAFile_data()
    {
        QTest::addColumn<QString>("case_");
        QTest::addColumn<QString>("said");
        QTest::newRow("no such file") << u"missing"_s << u"There is no file"_s;
        QTest::newRow("no certificate") << u"empty"_s << u"There is no certificate"_s;
        QTest::newRow("no password") << u"locked"_s << u"wants a password"_s;
        QTest::newRow("wrong password") << u"wrong"_s << u"does not fit"_s;
        QTest::newRow("wrong password of PKCS #12") << u"p12"_s << u"does not open with this password"_s;
        QTest::newRow("another's key") << u"foreign"_s << u"not the one of the certificate"_s;
        QTest::newRow("expired") << u"expired"_s << u"expired on"_s;
        QTest::newRow("proxy over TLS") << u"secure"_s << u"over TLS (https://) cannot be used"_s;
        QTest::newRow("no key") << u"keyless"_s << u"no private key"_s;
    }
    void saysWhatIsWrongWithAFile()
    {
        QFETCH(QString, case_);
        QFETCH(QString, said);
        const IssuedCertificate own = m_authority.issue({.isForClient = true});
        const IssuedCertificate other = m_authority.issue({.isForClient = true});
        const IssuedCertificate old =
            m_authority.issue({.validFrom = -7200, .validTo = -3600, .isForClient = true});
        NetworkSettings settings{.certificateFile = file(u"c.pem"_s, own.certificatePem)};
        NetworkSecrets secrets;
        if (case_ == u"secure"_s) {
            settings.proxy = {.kind = ProxyKind::Http, .host = u"https://proxy.test"_s, .port = 443};
        } else if (case_ == u"missing"_s) {
            settings = {.authoritiesFile = u"/nowhere/ca.pem"_s};
        } else if (case_ == u"empty"_s) {
            settings = {.authoritiesFile = file(u"none.pem"_s, "nothing here")};
        } else if (case_ == u"locked"_s || case_ == u"wrong"_s) {
            settings.keyFile = file(u"c.key"_s, own.lockedKeyPem);
            if (case_ == u"wrong"_s)
                secrets.keyPassword = Secret("guess");
        } else if (case_ == u"p12"_s) {
            settings.certificateFile = file(u"c.p12"_s, own.pkcs12);
            secrets.keyPassword = Secret("guess");
        } else if (case_ == u"foreign"_s) {
            settings.keyFile = file(u"o.key"_s, other.keyPem);
        } else if (case_ == u"expired"_s) {
            settings.certificateFile = file(u"old.pem"_s, old.certificatePem + old.keyPem);
        }
        const Result<void> usable = waited(NetworkPolicy::check(settings, secrets));
        QVERIFY(!usable);
        QCOMPARE_EQ(errorKindName(usable.error().kind), errorKindName(ErrorKind::NetworkUnusable));
        QVERIFY2(usable.error().message.contains(said), qPrintable(usable.error().message));
    }

    void goesThroughARealProxy_data()
    {
        QTest::addColumn<bool>("isSocks");
        QTest::addColumn<QString>("user");
        QTest::newRow("HTTP") << false << QString();
        QTest::newRow("HTTP with a login") << false << u"me"_s;
        QTest::newRow("SOCKS5") << true << QString();
        QTest::newRow("SOCKS5 with a login") << true << u"me"_s;
    }
    void goesThroughARealProxy()
    {
        QFETCH(bool, isSocks);
        QFETCH(QString, user);
        RealProxy proxy(isSocks ? RealProxy::Kind::Socks5 : RealProxy::Kind::Http, user, u"pass-word"_s);
        const QString problem = proxy.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        SecureAgent agent(serverSide(m_authority.issue()));
        const NetworkSettings settings = through(proxy, isSocks ? ProxyKind::Socks5 : ProxyKind::Http, user);
        m_secrets.write(proxyPasswordKey(settings), Secret("pass-word"));
        const auto exchange = asked(agent.url(aside), settings);
        QVERIFY2(!exchange->error, exchange->error ? qPrintable(exchange->error->serverMessage) : "");
        QCOMPARE_EQ(exchange->text(), QByteArray("one"));
        QCOMPARE_EQ(agent.connections, 1);
        if (!isSocks)
            QTRY_VERIFY(proxy.log().contains("CONNECT"));
        // What is on this machine is reached without it.
        NetworkSettings broken = settings;
        broken.proxy.port = 1;
        const auto near = asked(agent.url(u"localhost"_s), broken);
        QVERIFY(!near->error);
    }

    // An agent's own settings count instead of those for all.
    void callsByAnAgentsOwnSettings()
    {
        RealProxy proxy(RealProxy::Kind::Http, {}, {});
        QCOMPARE_EQ(proxy.start(), QString());
        SecureAgent agent(serverSide(m_authority.issue()));
        NetworkSettings broken = trusting();
        broken.proxy = {.kind = ProxyKind::Http, .host = u"127.0.0.1"_s, .port = 1};
        m_network.setSettings(broken);
        NetworkCaller caller(&m_network);
        const RequestDraft draft{.method = "GET", .url = agent.url(aside)};
        const Result<HttpReply> refused = waited(caller.call(draft));
        QCOMPARE_EQ(errorKindName(refused.error().kind), errorKindName(ErrorKind::ProxyFailed));
        RequestDraft own = draft;
        own.network = through(proxy, ProxyKind::Http);
        const Result<HttpReply> reply = waited(caller.call(own));
        QVERIFY2(reply.has_value(), reply ? "" : qPrintable(reply.error().serverMessage));
        QCOMPARE_EQ(reply->status, 200);
    }

    void saysOnceThatAProxyRefusesTheLogin_data()
    {
        QTest::addColumn<bool>("isSocks");
        QTest::newRow("HTTP") << false;
        QTest::newRow("SOCKS5") << true;
    }
    void saysOnceThatAProxyRefusesTheLogin()
    {
        QFETCH(bool, isSocks);
        RealProxy proxy(isSocks ? RealProxy::Kind::Socks5 : RealProxy::Kind::Http, u"me"_s, u"right"_s);
        QCOMPARE_EQ(proxy.start(), QString());
        SecureAgent agent(serverSide(m_authority.issue()));
        const NetworkSettings settings =
            through(proxy, isSocks ? ProxyKind::Socks5 : ProxyKind::Http, u"me"_s);
        m_secrets.write(proxyPasswordKey(settings), Secret("wrong"));
        m_network.forgetSecret(proxyPasswordKey(settings));
        const auto exchange = asked(agent.url(aside), settings);
        QCOMPARE_EQ(exchange->finishes, 1);
        QCOMPARE_EQ(errorKindName(exchange->error->kind), errorKindName(ErrorKind::ProxyFailed));
        QCOMPARE_EQ(exchange->error->message, u"The proxy refuses the login."_s);
        QCOMPARE_EQ(exchange->error->httpStatus, 407);
        QCOMPARE_EQ(agent.connections, 0);
        QVERIFY(!exchange->error->serverMessage.contains(u"wrong"_s));
    }

    void saysWhatAProxyDoesNotDo_data()
    {
        QTest::addColumn<bool>("isSocks");
        QTest::addColumn<bool>("hasRules");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("HTTP, rules") << false << true << u"The proxy does not let through to 0.0.0.0."_s;
        QTest::newRow("HTTP, no such host") << false << false << u"The proxy cannot reach 0.0.0.0."_s;
        QTest::newRow("SOCKS5, no such host") << true << false << u"The proxy cannot reach 0.0.0.0."_s;
    }
    void saysWhatAProxyDoesNotDo()
    {
        QFETCH(bool, isSocks);
        QFETCH(bool, hasRules);
        QFETCH(QString, sentence);
        RealProxy proxy(isSocks ? RealProxy::Kind::Socks5 : RealProxy::Kind::Http, {}, {});
        if (hasRules)
            proxy.addLine(u"ConnectPort 443"_s);
        QCOMPARE_EQ(proxy.start(), QString());
        QTcpServer gone;
        gone.listen(QHostAddress::LocalHost);
        const QUrl url(u"https://%1:%2/invocations"_s.arg(aside).arg(gone.serverPort()));
        gone.close();
        const NetworkSettings settings = through(proxy, isSocks ? ProxyKind::Socks5 : ProxyKind::Http);
        const auto exchange = asked(url, settings);
        QCOMPARE_EQ(errorKindName(exchange->error->kind), errorKindName(ErrorKind::ProxyFailed));
        QCOMPARE_EQ(exchange->error->message, sentence);
        NetworkCaller caller(&m_network);
        const Result<HttpReply> reply =
            waited(caller.call({.method = "GET", .url = url, .network = settings}));
        QCOMPARE_EQ(reply.error().message, sentence);
    }

    // In the clear the proxy passes on the whole request, and its body goes out once.
    void asksInTheClearThroughAProxyWithALogin()
    {
        RealProxy proxy(RealProxy::Kind::Http, u"me"_s, u"pass-word"_s);
        QCOMPARE_EQ(proxy.start(), QString());
        QTcpServer tcp;
        tcp.listen(QHostAddress::LocalHost);
        QByteArray received;
        connect(&tcp, &QTcpServer::newConnection, this, [&] {
            QTcpSocket *socket = tcp.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [&received, socket] {
                received += socket->readAll();
                if (!received.endsWith('}'))
                    return;
                socket->write(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n5");
            });
        });
        const NetworkSettings settings = through(proxy, ProxyKind::Http, u"me"_s);
        m_secrets.write(proxyPasswordKey(settings), Secret("pass-word"));
        const auto exchange =
            asked(QUrl(u"http://%1:%2/invocations"_s.arg(aside).arg(tcp.serverPort())), settings);
        QVERIFY2(!exchange->error, exchange->error ? qPrintable(exchange->error->serverMessage) : "");
        QVERIFY(!received.contains("Proxy-Authorization"));
        QCOMPARE_EQ(received.count("POST "), 1);
    }

    void opensAWebSocketTheSameWay_data()
    {
        QTest::addColumn<bool>("isSocks");
        QTest::addColumn<bool>("isRight");
        QTest::newRow("HTTP") << false << true;
        QTest::newRow("SOCKS5") << true << true;
        QTest::newRow("HTTP, wrong login") << false << false;
    }
    void opensAWebSocketTheSameWay()
    {
        QFETCH(bool, isSocks);
        QFETCH(bool, isRight);
        RealProxy proxy(isSocks ? RealProxy::Kind::Socks5 : RealProxy::Kind::Http, u"me"_s, u"pass-word"_s);
        QCOMPARE_EQ(proxy.start(), QString());
        const IssuedCertificate own = m_authority.issue({.name = "the client", .isForClient = true});
        QSslConfiguration demanding = serverSide(m_authority.issue());
        demanding.setPeerVerifyMode(QSslSocket::VerifyPeer);
        demanding.setCaCertificates({m_authority.certificate()});
        QWebSocketServer server(u"agent"_s, QWebSocketServer::SecureMode);
        server.setSslConfiguration(demanding);
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QWebSocketServer::newConnection, this, [&server] {
            QWebSocket *socket = server.nextPendingConnection();
            socket->setParent(&server);
            socket->sendTextMessage(u"hello"_s);
        });
        NetworkSettings settings = through(proxy, isSocks ? ProxyKind::Socks5 : ProxyKind::Http, u"me"_s);
        settings.certificateFile = file(u"own.p12"_s, own.pkcs12);
        m_secrets.write(proxyPasswordKey(settings), Secret(isRight ? "pass-word" : "wrong"));
        m_secrets.write(keyPasswordKey(settings), Secret(TestAuthority::password));
        m_network.forgetSecret(proxyPasswordKey(settings));
        m_network.setSettings({});
        WebSocket socket({.method = "GET",
                          .url = QUrl(u"https://%1:%2/ws"_s.arg(aside).arg(server.serverPort())),
                          .network = settings},
                         std::make_shared<NoAuthorizer>(), &m_network, {});
        QByteArray heard;
        std::optional<SocketEnd> end;
        connect(&socket, &WebSocket::received, this,
                [&heard](const std::vector<SocketMessage> &messages) { heard += messages.front().payload; });
        connect(&socket, &WebSocket::closed, this, [&end](const SocketEnd &told) { end = told; });
        socket.open();
        if (isRight) {
            QTRY_COMPARE_EQ_WITH_TIMEOUT(heard, QByteArray("hello"), longWait);
            return;
        }
        QTRY_VERIFY_WITH_TIMEOUT(end.has_value(), longWait);
        QCOMPARE_EQ(errorKindName(end->error->kind), errorKindName(ErrorKind::ProxyFailed));
        QCOMPARE_EQ(end->error->message, u"The proxy refuses the login."_s);
    }
};

QTEST_GUILESS_MAIN(TestNetworkRoute)
#include "tst_networkroute.moc"
