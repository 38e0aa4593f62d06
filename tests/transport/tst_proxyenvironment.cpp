// SPDX-License-Identifier: Apache-2.0
#include "transport/proxyenvironment.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

class TestProxyEnvironment : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void exceptsWhatIsListed_data()
    {
        QTest::addColumn<QString>("list");
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("isExcepted");
        const auto row = [](const char *list, const char *url, bool isExcepted) {
            QTest::addRow("%s for %s", list, url)
                << QString::fromLatin1(list) << QString::fromLatin1(url) << isExcepted;
        };
        row("agents.test", "https://agents.test/", true);
        row("agents.test", "https://one.agents.test/", true);
        row("agents.test", "https://otheragents.test/", false);
        row(".agents.test", "https://one.agents.test/", true);
        row("*.agents.test", "https://one.agents.test/", true);
        row("AGENTS.test", "https://Agents.TEST/", true);
        row("agents.test", "https://agents.test./", true);
        row("a.test, agents.test", "https://agents.test/", true);
        row("a.test agents.test", "https://agents.test/", true);
        row("*", "https://anything.test/", true);
        row("agents.test:8443", "https://agents.test:8443/", true);
        row("agents.test:8443", "https://agents.test/", false);
        row("agents.test:443", "https://agents.test/", true);
        row("10.0.0.0/8", "https://10.1.2.3/", true);
        row("10.0.0.0/8", "https://11.1.2.3/", false);
        row("10.0.0.0/8", "https://ten.test/", false);
        row("192.0.2.7", "https://192.0.2.7/", true);
        row("192.0.2.7", "https://192.0.2.77/", false);
        row("fd00::/8", "https://[fd12::1]/", true);
        row("2001:db8::1", "https://[2001:db8:0:0::1]/", true);
        row("[2001:db8::1]:8443", "https://[2001:db8::1]:8443/", true);
        row("[2001:db8::1]:8443", "https://[2001:db8::1]/", false);
        row("", "https://agents.test/", false);
        row(".", "https://agents.test/", false);
    }
    void exceptsWhatIsListed()
    {
        QFETCH(QString, list);
        QFETCH(QString, url);
        QFETCH(bool, isExcepted);
        qputenv("NO_PROXY", list.toLatin1());
        const ProxyEnvironment environment = ProxyEnvironment::ofProcess();
        qunsetenv("NO_PROXY");
        QCOMPARE(environment.isExcepted(QUrl(url)), isExcepted);
    }

    void takesTheVariableOfTheScheme()
    {
        ProxyEnvironment environment;
        const QUrl secure(u"https://agents.test/"_s);
        const QUrl plain(u"http://agents.test/"_s);
        QVERIFY(!environment.proxyFor(secure)->has_value());
        environment.forHttps = u"http://me:p%40ss@proxy.test:3128"_s;
        const QNetworkProxy proxy = **environment.proxyFor(secure);
        QCOMPARE(proxy.type(), QNetworkProxy::HttpProxy);
        QCOMPARE(proxy.hostName(), u"proxy.test"_s);
        QCOMPARE(proxy.port(), quint16(3128));
        QCOMPARE(proxy.user(), u"me"_s);
        QCOMPARE(proxy.password(), u"p@ss"_s);
        QCOMPARE((*environment.proxyFor(plain))->type(), QNetworkProxy::NoProxy);
        environment.forAll = u"socks5h://proxy.test"_s;
        QCOMPARE((*environment.proxyFor(plain))->type(), QNetworkProxy::Socks5Proxy);
        QCOMPARE((*environment.proxyFor(plain))->port(), quint16(1080));
    }

    void readsLowerCaseFirst()
    {
        qputenv("https_proxy", "one:1");
        qputenv("HTTPS_PROXY", "two:2");
        const ProxyEnvironment both = ProxyEnvironment::ofProcess();
        qunsetenv("https_proxy");
        const ProxyEnvironment upper = ProxyEnvironment::ofProcess();
        qunsetenv("HTTPS_PROXY");
        QCOMPARE(both.forHttps, u"one:1"_s);
        QCOMPARE(upper.forHttps, u"two:2"_s);
        QCOMPARE(ProxyEnvironment::parse(both.forHttps)->hostName(), u"one"_s);
    }

    void saysWhichProxyItCannotUse()
    {
        const auto secure = ProxyEnvironment::parse(u"https://me:hidden@proxy.test:443"_s);
        QCOMPARE(errorKindName(secure.error().kind), errorKindName(ErrorKind::NetworkUnusable));
        QVERIFY(secure.error().message.contains(u"https://proxy.test"_s));
        QVERIFY(!secure.error().message.contains(u"hidden"_s));
        QVERIFY(!ProxyEnvironment::parse(u"http://"_s));
    }
};

QTEST_APPLESS_MAIN(TestProxyEnvironment)
#include "tst_proxyenvironment.moc"
