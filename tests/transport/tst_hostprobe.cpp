// SPDX-License-Identifier: Apache-2.0
#include "support/realproxy.h"
#include "support/secureagent.h"
#include "transport/hostprobe.h"
#include "transport/networkpolicy.h"

#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

//! The way to a host, good and bad, at real servers.
class TestHostProbe : public QObject
{
    Q_OBJECT
private:
    using Fault = HostReport::Fault;
    using TlsFault = HostReport::TlsFault;

    TestAuthority m_authority;
    QTemporaryDir m_folder;
    NetworkPolicy m_network;

    NetworkSettings trusting() const
    {
        QFile file(m_folder.filePath(u"ca.pem"_s));
        if (file.open(QIODevice::WriteOnly))
            file.write(m_authority.pem());
        return {.proxy = {.kind = ProxyKind::None}, .authoritiesFile = file.fileName()};
    }
    HostReport reported(const QUrl &url, const NetworkSettings &settings)
    {
        const QFuture<HostReport> future = (new HostProbe(&m_network, url, this))->start(settings);
        (void)QTest::qWaitFor([&future] { return future.isFinished(); }, 60'000);
        return future.resultCount() > 0 ? future.result() : HostReport{.fault = Fault::Network};
    }

private Q_SLOTS:
    void tellsTheAddressesAndTheChain()
    {
        SecureAgent agent(serverSide(m_authority.issue()));
        const HostReport report = reported(agent.url(u"localhost"_s), trusting());
        QCOMPARE(report.fault, Fault::None);
        QVERIFY(report.problems.isEmpty());
        QCOMPARE(report.protocol, u"TLS 1.3"_s);
        QVERIFY(!report.cipher.isEmpty());
        QVERIFY(!report.chain.empty());
        QCOMPARE(report.chain.front().subject, u"localhost"_s);
        QCOMPARE(report.chain.front().issuer, u"Test authority"_s);
        QVERIFY(!report.chain.front().isAuthority);
        QCOMPARE(report.chain.front().sha256.size(), 95);
        const auto isConnected = [](const AddressFacts &each) { return each.connected.has_value(); };
        QVERIFY(std::ranges::any_of(report.addresses, isConnected));
        QVERIFY(agent.received.isEmpty());
    }

    void tellsWhatIsWrongWithACertificate_data()
    {
        QTest::addColumn<CertificateWish>("wish");
        QTest::addColumn<bool>("isTrusted");
        QTest::addColumn<TlsFault>("fault");
        QTest::newRow("nobody's authority") << CertificateWish{} << false << TlsFault::UnknownIssuer;
        QTest::newRow("expired") << CertificateWish{.validFrom = -7200, .validTo = -3600} << true
                                 << TlsFault::Expired;
        QTest::newRow("not yet valid") << CertificateWish{.validFrom = 3600} << true << TlsFault::NotYetValid;
        QTest::newRow("of another host")
            << CertificateWish{.name = "other.test", .alternative = "DNS:other.test"} << true
            << TlsFault::OtherHost;
    }
    void tellsWhatIsWrongWithACertificate()
    {
        QFETCH(CertificateWish, wish);
        QFETCH(bool, isTrusted);
        QFETCH(TlsFault, fault);
        SecureAgent agent(serverSide(m_authority.issue(wish)));
        const HostReport report =
            reported(agent.url(u"localhost"_s),
                     isTrusted ? trusting() : NetworkSettings{.proxy = {.kind = ProxyKind::None}});
        QCOMPARE(report.fault, Fault::Tls);
        QCOMPARE(report.tlsFault, fault);
        QVERIFY(!report.problems.isEmpty());
        QVERIFY(!report.chain.empty());
    }

    void tellsThatNothingAnswers()
    {
        QTcpServer tcp;
        tcp.listen(QHostAddress::LocalHost);
        const QUrl url(u"https://127.0.0.1:%1/"_s.arg(tcp.serverPort()));
        tcp.close();
        const HostReport report = reported(url, trusting());
        QCOMPARE(report.fault, Fault::Connection);
        QCOMPARE(report.addresses.size(), size_t(1));
        QVERIFY(!report.addresses.front().connected);
        QVERIFY(!report.addresses.front().problem.isEmpty());
        QCOMPARE(reported(QUrl(u"https://nowhere.invalid/"_s), trusting()).fault, Fault::Lookup);
    }

    void goesThroughTheProxy()
    {
        RealProxy proxy(RealProxy::Kind::Http, {}, {});
        QCOMPARE(proxy.start(), QString());
        SecureAgent agent(serverSide(m_authority.issue()));
        NetworkSettings settings = trusting();
        settings.proxy = {.kind = ProxyKind::Http, .host = u"127.0.0.1"_s, .port = proxy.port()};
        const HostReport report = reported(agent.url(u"0.0.0.0"_s), settings);
        QCOMPARE(report.fault, Fault::None);
        QCOMPARE(report.proxy, u"127.0.0.1:%1"_s.arg(proxy.port()));
        QVERIFY(report.addresses.empty());
        settings.proxy.port = 1;
        const HostReport gone = reported(agent.url(u"0.0.0.0"_s), settings);
        QCOMPARE(gone.fault, Fault::Proxy);
        QCOMPARE(gone.proxyStatus, 0);
    }

    void tellsWhatTheProxyDoesNotDo()
    {
        RealProxy proxy(RealProxy::Kind::Http, {}, {});
        proxy.addLine(u"ConnectPort 443"_s);
        QCOMPARE(proxy.start(), QString());
        NetworkSettings settings = trusting();
        settings.proxy = {.kind = ProxyKind::Http, .host = u"127.0.0.1"_s, .port = proxy.port()};
        const HostReport report = reported(QUrl(u"https://0.0.0.0:8443/"_s), settings);
        QCOMPARE(report.fault, Fault::Proxy);
        QCOMPARE(report.proxyStatus, 403);
        QVERIFY2(report.problems.value(0).startsWith(u"403 "_s), qPrintable(report.problems.join(u' ')));
    }
};

QTEST_GUILESS_MAIN(TestHostProbe)
#include "tst_hostprobe.moc"
