// SPDX-License-Identifier: Apache-2.0
#include "demo/demoserver.h"
#include "support/waited.h"
#include "transport/exchange.h"
#include "transport/networkpolicy.h"
#include "transport/networkroute.h"

#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace std::chrono_literals;

class TestNetworkPolicy : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void givesSixPlacesOfEachManager()
    {
        NetworkPolicy policy;
        const QUrl url(u"http://127.0.0.1:1/invocations"_s);
        std::vector<NetworkLease> leases;
        leases.reserve(17);
        for (int i = 0; i < 13; ++i)
            leases.push_back(policy.lease(url));
        QCOMPARE_EQ(policy.managerCount(), 3);
        QCOMPARE_EQ(leases.at(0).manager(), leases.at(5).manager());
        QCOMPARE_NE(leases.at(5).manager(), leases.at(6).manager());
        // Another host has places of its own.
        const NetworkLease other = policy.lease(QUrl(u"http://127.0.0.1:2/invocations"_s));
        QCOMPARE_EQ(other.manager(), leases.at(0).manager());

        QNetworkAccessManager *second = leases.at(8).manager();
        leases.at(8).giveBack();
        leases.at(8).giveBack();
        QCOMPARE_EQ(leases.at(8).manager(), nullptr);
        const NetworkLease again = policy.lease(url);
        QCOMPARE_EQ(again.manager(), second);
        leases.clear();
        for (int i = 0; i < 17; ++i)
            leases.push_back(policy.lease(url));
        QCOMPARE_EQ(policy.managerCount(), 3);
    }

    void survivesItsLeases()
    {
        auto policy = std::make_unique<NetworkPolicy>();
        NetworkLease lease = policy->lease(QUrl(u"http://127.0.0.1:1"_s));
        NetworkLease moved = std::move(lease);
        QVERIFY(moved.manager() != nullptr);
        policy.reset();
        QCOMPARE_EQ(moved.manager(), nullptr);
        moved.giveBack();
    }

    void letsManyStreamsToOneHostMove_data()
    {
        QTest::addColumn<int>("count");
        QTest::newRow("20") << 20;
        QTest::newRow("40") << 40;
    }
    void letsManyStreamsToOneHostMove()
    {
        QFETCH(int, count);
        // None of the streams ends: one that had to wait for another's place would wait for ever.
        DemoServer server([](const DemoRequest &) {
            DemoScript script;
            script.headers.append({"Content-Type"_ba, "text/event-stream"_ba});
            for (int i = 0; i < 5; ++i)
                script.steps.push_back({.bytes = "data: " + QByteArray::number(i) + "\n\n", .delay = 20ms});
            script.end = DemoEnd::Stall;
            return script;
        });
        const QUrl url(server.start()->toString() + u"/invocations"_s);
        NetworkPolicy policy;
        std::vector<std::unique_ptr<Exchange>> exchanges;
        for (int i = 0; i < count; ++i) {
            exchanges.push_back(std::make_unique<Exchange>(url, &policy));
            exchanges.back()->request->start();
        }
        QTRY_VERIFY_WITH_TIMEOUT(
            std::ranges::all_of(exchanges, [](const auto &each) { return each->text() == "01234"; }), 60'000);
        QCOMPARE_EQ(server.openConnections(), count);
        QCOMPARE_EQ(policy.managerCount(), (count + 5) / 6);

        for (const auto &exchange : exchanges)
            exchange->request->cancel();
        QTRY_VERIFY_WITH_TIMEOUT(std::ranges::all_of(exchanges, &Exchange::isFinished), 60'000);
        QTRY_COMPARE_EQ_WITH_TIMEOUT(server.openConnections(), 0, 60'000);
    }

    void keepsTheProxyAwayFromThisMachine()
    {
        qputenv("http_proxy", "http://127.0.0.1:1");
        DemoServer server;
        const QUrl url(server.start()->toString() + u"/invocations"_s);
        NetworkPolicy policy;
        Exchange exchange(url, &policy);
        exchange.request->start();
        QTRY_VERIFY_WITH_TIMEOUT(!exchange.frames.empty(), 60'000);
        qunsetenv("http_proxy");
    }

    void sendsOthersThroughTheSystemsProxy()
    {
        DemoServer proxy([](const DemoRequest &) {
            DemoScript script;
            script.headers.append({"Content-Type"_ba, "application/json"_ba});
            script.steps.push_back({.bytes = "\"through the proxy\""});
            return script;
        });
        const QUrl proxyUrl = *proxy.start();
        qputenv("http_proxy", proxyUrl.toEncoded());
        NetworkPolicy policy;
        Exchange exchange(QUrl(u"http://agent.invalid/invocations"_s), &policy);
        exchange.request->start();
        QTRY_VERIFY_WITH_TIMEOUT(exchange.isFinished(), 60'000);
        qunsetenv("http_proxy");
        QVERIFY(!exchange.error);
        QCOMPARE_EQ(exchange.text(), QByteArray("\"through the proxy\""));
        QVERIFY(proxy.requests().front().path.endsWith("agent.invalid/invocations"));
    }

    void asksDirectlyWhatIsExceptedFromTheProxy()
    {
        qputenv("http_proxy", "http://127.0.0.1:1");
        qputenv("no_proxy", "other.invalid,.agents.invalid");
        const QUrl url(u"http://one.agents.invalid/invocations"_s);
        NetworkPolicy policy;
        const bool usesProxy = waited(policy.prepare(url))->usesProxy();
        const bool othersUseIt =
            waited(policy.prepare(QUrl(u"http://agent.invalid/invocations"_s)))->usesProxy();
        Exchange exchange(url, &policy);
        exchange.request->start();
        const bool isFinished = QTest::qWaitFor([&exchange] { return exchange.isFinished(); }, 60'000);
        qunsetenv("http_proxy");
        qunsetenv("no_proxy");
        QVERIFY(isFinished);
        QVERIFY(!usesProxy);
        QVERIFY(othersUseIt);
        QCOMPARE_EQ(errorKindName(exchange.error->kind), errorKindName(ErrorKind::HostNotFound));
    }

    void keepsNoCookies()
    {
        DemoServer server([](const DemoRequest &) {
            DemoScript script;
            script.headers = {{"Content-Type"_ba, "application/json"_ba},
                              {"Set-Cookie"_ba, "a=b; Path=/"_ba}};
            script.steps.push_back({.bytes = "1"});
            return script;
        });
        const QUrl url(server.start()->toString() + u"/invocations"_s);
        NetworkPolicy policy;
        for (int i = 0; i < 2; ++i) {
            Exchange exchange(url, &policy);
            exchange.request->start();
            QTRY_VERIFY_WITH_TIMEOUT(exchange.isFinished(), 60'000);
            QVERIFY(!exchange.error);
        }
        QCOMPARE_EQ(server.requests().size(), size_t(2));
        QCOMPARE_EQ(server.requests().at(1).header("Cookie"), QByteArray());
    }

    // A server that keeps connections must never see a second question on one of them, unless another
    // stream is open: it may have gone stale meanwhile.
    void asksEachQuestionOnAFreshConnection()
    {
        DemoServer server([](const DemoRequest &) {
            DemoScript script;
            script.headers.append({"Content-Type"_ba, "application/json"_ba});
            script.steps.push_back({.bytes = "1"});
            return script;
        });
        const QUrl url(server.start()->toString() + u"/invocations"_s);
        NetworkPolicy policy;
        for (int i = 0; i < 3; ++i) {
            Exchange exchange(url, &policy);
            exchange.request->start();
            QTRY_VERIFY_WITH_TIMEOUT(exchange.isFinished(), 60'000);
            QVERIFY(!exchange.error);
            QCOMPARE_EQ(server.requests().back().header("Connection").toLower(), QByteArray("keep-alive"));
        }
        QCOMPARE_EQ(server.acceptedConnections(), 3);
    }

    void writesRequestsThatKeepToIt()
    {
        const QNetworkRequest request = NetworkPolicy::request(QUrl(u"https://a.example/x"_s));
        QCOMPARE_EQ(request.attribute(QNetworkRequest::Http2AllowedAttribute).toBool(), false);
        QCOMPARE_EQ(request.attribute(QNetworkRequest::RedirectPolicyAttribute).toInt(),
                    int(QNetworkRequest::ManualRedirectPolicy));
        QVERIFY(request.rawHeader("User-Agent").startsWith("Parlance/"));
    }
};

QTEST_GUILESS_MAIN(TestNetworkPolicy)
#include "tst_networkpolicy.moc"
