// SPDX-License-Identifier: Apache-2.0
#include "support/waited.h"
#include "transport/connector.h"
#include "transport/errorsentence.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

//! Says one thing after the other to those who ask it, and keeps what they asked.
class ScriptedProxy : public QTcpServer
{
public:
    explicit ScriptedProxy(const QList<QByteArray> &answers)
        : m_answers(answers)
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { hear(socket); });
        });
        listen(QHostAddress::LocalHost);
    }
    QNetworkProxy proxy(const QString &user = {}) const
    {
        return {QNetworkProxy::HttpProxy, u"127.0.0.1"_s, serverPort(), user, u"pass-word"_s};
    }
    QList<QByteArray> asked;

private:
    void hear(QTcpSocket *socket)
    {
        QByteArray &heard = m_heard[socket];
        heard += socket->readAll();
        if (!heard.contains("\r\n\r\n"))
            return;
        asked += std::exchange(heard, {});
        const QByteArray answer = m_answers.isEmpty() ? QByteArray() : m_answers.takeFirst();
        socket->write(answer);
        if (!answer.startsWith("HTTP/1.1 200") && !answer.contains("keep-alive"))
            socket->disconnectFromHost();
    }

    QList<QByteArray> m_answers;
    QHash<QTcpSocket *, QByteArray> m_heard;
};

struct Attempt
{
    Attempt(const QString &url, const QNetworkProxy &proxy)
        : connector(QUrl(url), proxy)
    {
        connector.start();
        (void)QTest::qWaitFor([this] { return connected.count() + failed.count() > 0; }, longWait);
        QCoreApplication::processEvents();
    }
    ConnectFailure failure() const { return failed.value(0).value(0).value<ConnectFailure>(); }

    Connector connector;
    QSignalSpy connected{&connector, &Connector::connected};
    QSignalSpy failed{&connector, &Connector::failed};
};

const QByteArray wantsBasic = "HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                              "Content-Length: 5\r\n\r\nplease";
const QByteArray opens = "HTTP/1.1 200 Connection established\r\n\r\n";

} // namespace

//! What an HTTP proxy is asked, and what becomes of its answers.
class TestProxyTunnel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void asksForTheHost_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QByteArray>("place");
        QTest::newRow("https") << u"https://agent.test/a?b"_s << "agent.test:443"_ba;
        QTest::newRow("http") << u"http://agent.test/"_s << "agent.test:80"_ba;
        QTest::newRow("port") << u"https://agent.test:8443/"_s << "agent.test:8443"_ba;
        QTest::newRow("IPv6") << u"https://[2001:db8::1]/"_s << "[2001:db8::1]:443"_ba;
        QTest::newRow("other letters") << u"https://bücher.test/"_s << "xn--bcher-kva.test:443"_ba;
    }
    void asksForTheHost()
    {
        QFETCH(const QString, url);
        QFETCH(const QByteArray, place);
        ScriptedProxy server({opens});
        Attempt attempt(url, server.proxy(u"me"_s));
        QCOMPARE_EQ(attempt.connected.count(), 1);
        const QByteArray begin = "CONNECT " + place + " HTTP/1.1\r\nHost: " + place + "\r\n";
        QVERIFY2(server.asked.value(0).startsWith(begin), server.asked.value(0).constData());
        // Nobody asked for the login.
        QVERIFY(!server.asked.value(0).contains("Authorization"));
    }

    // What follows the answer is the host's, not the proxy's.
    void leavesToTheHostWhatItSays()
    {
        ScriptedProxy server({opens + "hello"});
        Attempt attempt(u"http://agent.test/"_s, server.proxy());
        const std::unique_ptr<QTcpSocket> socket = attempt.connector.take();
        QVERIFY(socket);
        QTRY_COMPARE_EQ_WITH_TIMEOUT(socket->peek(99), "hello"_ba, longWait);
    }

    void saysTheLoginWhereItIsWanted()
    {
        ScriptedProxy server({wantsBasic, opens});
        Attempt attempt(u"https://agent.test/"_s, server.proxy(u"me"_s));
        QCOMPARE_EQ(attempt.connected.count(), 1);
        QCOMPARE_EQ(server.asked.size(), 2);
        const QByteArray login = "\r\nProxy-Authorization: Basic " + QByteArray("me:pass-word").toBase64();
        QVERIFY(!server.asked.value(0).contains(login));
        QVERIFY(server.asked.value(1).contains(login));
    }

    // The password is not told to who offers a way that does without it.
    void leavesBetterLoginsToQt()
    {
        ScriptedProxy server({"HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                              "Proxy-Authenticate: Digest realm=\"x\", nonce=\"n\"\r\n\r\n",
                              "HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                              "Proxy-Authenticate: Digest realm=\"x\", nonce=\"n\"\r\n"
                              "Connection: keep-alive\r\nContent-Length: 0\r\n\r\n",
                              opens});
        Attempt attempt(u"https://agent.test/"_s, server.proxy(u"me"_s));
        QCOMPARE_EQ(attempt.connected.count(), 1);
        QVERIFY(server.asked.constLast().contains("Proxy-Authorization: Digest username=\"me\""));
        for (const QByteArray &asked : std::as_const(server.asked))
            QVERIFY(!asked.contains("Basic"));
    }

    void tellsWhyItRefuses_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("sentence");
        const QString login = u"The proxy refuses the login."_s;
        const QString rules = u"The proxy does not let through to agent.test."_s;
        const QString reach = u"The proxy cannot reach agent.test."_s;
        QTest::newRow("wrong login, squid") << wantsBasic << 407 << u"407 Login"_s << login;
        QTest::newRow("wrong login, tinyproxy")
            << "HTTP/1.0 401 Unauthorized\r\n\r\n"_ba << 401 << u"401 Unauthorized"_s << login;
        QTest::newRow("filtered") << "HTTP/1.1 403 Filtered\r\nContent-Length: 9\r\n\r\nforbidden"_ba << 403
                                  << u"403 Filtered"_s << rules;
        QTest::newRow("method") << "HTTP/1.1 405 Not allowed\r\n\r\n"_ba << 405 << u"405 Not allowed"_s
                                << rules;
        QTest::newRow("no such host")
            << "HTTP/1.1 404 Unknown\r\n\r\n"_ba << 404 << u"404 Unknown"_s << reach;
        QTest::newRow("bad gateway") << "HTTP/1.1 502 Bad Gateway\r\n\r\n"_ba << 502 << u"502 Bad Gateway"_s
                                     << reach;
        QTest::newRow("no answer in time")
            << "HTTP/1.1 504 Gateway\033[1m\r\n\r\n"_ba << 504 << u"504 Gateway[1m"_s << reach;
    }
    void tellsWhyItRefuses()
    {
        QFETCH(const QByteArray, answer);
        QFETCH(const int, status);
        QFETCH(const QString, text);
        QFETCH(const QString, sentence);
        ScriptedProxy server({answer, answer});
        Attempt attempt(u"https://agent.test/"_s, server.proxy(u"me"_s));
        QCOMPARE_EQ(attempt.connected.count(), 0);
        QCOMPARE_EQ(attempt.failed.count(), 1);
        QCOMPARE_EQ(attempt.failure().proxyStatus, status);
        QCOMPARE_EQ(attempt.failure().text, text);
        QCOMPARE_EQ(proxySentence(status, u"agent.test"_s), sentence);
    }

    void failsAtWhatIsNoProxy_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("closes") << QByteArray();
        QTest::newRow("other words") << "220 mail.test ESMTP\r\n"_ba;
    }
    void failsAtWhatIsNoProxy()
    {
        QFETCH(const QByteArray, answer);
        ScriptedProxy server({answer});
        Attempt attempt(u"https://agent.test/"_s, server.proxy());
        QCOMPARE_EQ(attempt.failed.count(), 1);
        QCOMPARE_EQ(attempt.failure().proxyStatus, 0);
        QCOMPARE_EQ(attempt.failure().error, QAbstractSocket::ProxyConnectionClosedError);
    }

    void tellsThatTheProxyIsNotThere()
    {
        ScriptedProxy server({});
        const QNetworkProxy gone = server.proxy();
        server.close();
        Attempt attempt(u"https://agent.test/"_s, gone);
        QCOMPARE_EQ(attempt.failed.count(), 1);
        QCOMPARE_EQ(attempt.failure().error, QAbstractSocket::ProxyConnectionRefusedError);
        QCOMPARE_EQ(attempt.failure().proxyStatus, 0);
    }
};

QTEST_GUILESS_MAIN(TestProxyTunnel)
#include "tst_proxytunnel.moc"
