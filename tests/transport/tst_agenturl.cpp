// SPDX-License-Identifier: Apache-2.0
#include "transport/agenturl.h"
#include "transport/endpoint.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr const char *variables[] = {
    "BEDROCK_AGENTCORE_DP_ENDPOINT",
    "AWS_ENDPOINT_URL_BEDROCK_AGENTCORE",
    "AWS_ENDPOINT_URL",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    "AWS_USE_FIPS_ENDPOINT",
    "AWS_USE_DUALSTACK_ENDPOINT",
};

const QString arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/my_agent-AbCdEf1234"_s;
const QByteArray path =
    "/runtimes/arn%3Aaws%3Abedrock-agentcore%3Aus-west-2%3A123456789012%3Aruntime%2Fmy_agent-AbCdEf1234"
    "/invocations";

QByteArray encoded(const Result<QUrl> &url)
{
    return url ? url->toEncoded() : "error: " + url.error().message.toUtf8();
}

} // namespace

class TestAgentUrl : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        for (const char *variable : variables)
            qunsetenv(variable);
    }
    void cleanup() { init(); }

    void readsAnArn()
    {
        const Result<ParsedArn> parsed = parseArn(QString(u"  "_s + arn + u"/runtime-endpoint/prod\n"_s));
        QVERIFY(parsed);
        const ParsedArn expected{.partition = u"aws"_s,
                                 .region = u"us-west-2"_s,
                                 .account = u"123456789012"_s,
                                 .runtimeId = u"my_agent-AbCdEf1234"_s,
                                 .endpoint = u"prod"_s};
        QCOMPARE_EQ(*parsed, expected);
        QCOMPARE_EQ(parsed->runtimeArn(), arn);
        QVERIFY(parseArn(u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/my-agent-id"));
    }

    void refusesWhatIsNoRuntimeArn_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("word") << u"my_agent-AbCdEf1234"_s;
        QTest::newRow("other service") << u"arn:aws:bedrock:us-west-2:123456789012:runtime/a"_s;
        QTest::newRow("other resource") << u"arn:aws:bedrock-agentcore:us-west-2:123456789012:memory/a"_s;
        QTest::newRow("short account") << u"arn:aws:bedrock-agentcore:us-west-2:1234:runtime/a"_s;
        QTest::newRow("no id") << u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/"_s;
        QTest::newRow("no region") << u"arn:aws:bedrock-agentcore::123456789012:runtime/a"_s;
        QTest::newRow("host in the region")
            << u"arn:aws:bedrock-agentcore:x@attacker.com/#:123456789012:runtime/a"_s;
        QTest::newRow("port in the region")
            << u"arn:aws:bedrock-agentcore:evil.com.us-west-2:123456789012:runtime/a"_s;
        QTest::newRow("line break in the region")
            << u"arn:aws:bedrock-agentcore:us-west-2\n:123456789012:runtime/a"_s;
        QTest::newRow("capital region") << u"arn:aws:bedrock-agentcore:US-WEST-2:123456789012:runtime/a"_s;
        QTest::newRow("trailing path")
            << u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/a/runtime-endpoint/b/c"_s;
        QTest::newRow("foreign partition") << u"arn:gcp:bedrock-agentcore:us-west-2:123456789012:runtime/a"_s;
    }
    void refusesWhatIsNoRuntimeArn()
    {
        QFETCH(QString, text);
        const Result<ParsedArn> parsed = parseArn(text);
        QVERIFY(!parsed);
        QCOMPARE_EQ(parsed.error().kind, ErrorKind::InvalidTarget);
        QVERIFY(!parsed.error().message.isEmpty());
    }

    void splitsAnEndpointArn()
    {
        const RuntimeTarget target{.arn = arn + u"/runtime-endpoint/prod"_s,
                                   .endpointOverride = u"https://x.example"_s};
        const auto [runtime, qualifier] = splitEndpointArn(target);
        QCOMPARE_EQ(runtime.arn, arn);
        QCOMPARE_EQ(runtime.endpointOverride, u"https://x.example"_s);
        QCOMPARE_EQ(qualifier, u"prod"_s);
        const auto [unchanged, none] = splitEndpointArn(RuntimeTarget{.arn = u"nonsense"_s});
        QCOMPARE_EQ(unchanged.arn, u"nonsense"_s);
        QVERIFY(none.isEmpty());
    }

    void findsTheHostOfEachPartition_data()
    {
        QTest::addColumn<QString>("partition");
        QTest::addColumn<QString>("region");
        QTest::addColumn<QString>("plain");
        QTest::addColumn<QString>("dualStack"); // empty: refused
        QTest::newRow("aws") << u"aws"_s << u"us-west-2"_s << u"us-west-2.amazonaws.com"_s
                             << u"us-west-2.api.aws"_s;
        QTest::newRow("cn") << u"aws-cn"_s << u"cn-north-1"_s << u"cn-north-1.amazonaws.com.cn"_s
                            << u"cn-north-1.api.amazonwebservices.com.cn"_s;
        QTest::newRow("gov") << u"aws-us-gov"_s << u"us-gov-west-1"_s << u"us-gov-west-1.amazonaws.com"_s
                             << u"us-gov-west-1.api.aws"_s;
        QTest::newRow("eusc") << u"aws-eusc"_s << u"eusc-de-east-1"_s << u"eusc-de-east-1.amazonaws.eu"_s
                              << u"eusc-de-east-1.api.amazonwebservices.eu"_s;
        QTest::newRow("iso") << u"aws-iso"_s << u"us-iso-east-1"_s << u"us-iso-east-1.c2s.ic.gov"_s
                             << QString();
        QTest::newRow("iso-b") << u"aws-iso-b"_s << u"us-isob-east-1"_s << u"us-isob-east-1.sc2s.sgov.gov"_s
                               << QString();
        QTest::newRow("iso-e") << u"aws-iso-e"_s << u"eu-isoe-west-1"_s << u"eu-isoe-west-1.cloud.adc-e.uk"_s
                               << QString();
        QTest::newRow("iso-f") << u"aws-iso-f"_s << u"us-isof-south-1"_s
                               << u"us-isof-south-1.csp.hci.ic.gov"_s << QString();
    }
    void findsTheHostOfEachPartition()
    {
        QFETCH(QString, partition);
        QFETCH(QString, region);
        QFETCH(QString, plain);
        QFETCH(QString, dualStack);
        const RuntimeTarget target{
            .arn = u"arn:%1:bedrock-agentcore:%2:123456789012:runtime/a-AbCdEf1234"_s.arg(partition, region)};
        QCOMPARE_EQ(invocationUrl(target, {}, {})->host(), u"bedrock-agentcore."_s + plain);
        qputenv("AWS_USE_FIPS_ENDPOINT", "true");
        QCOMPARE_EQ(invocationUrl(target, {}, {})->host(), u"bedrock-agentcore-fips."_s + plain);
        qputenv("AWS_USE_DUALSTACK_ENDPOINT", "true");
        const Result<QUrl> both = invocationUrl(target, {}, {});
        if (dualStack.isEmpty()) {
            QVERIFY(!both);
            QCOMPARE_EQ(both.error().kind, ErrorKind::InvalidTarget);
            return;
        }
        QCOMPARE_EQ(both->host(), u"bedrock-agentcore-fips."_s + dualStack);
        qunsetenv("AWS_USE_FIPS_ENDPOINT");
        QCOMPARE_EQ(invocationUrl(target, {}, {})->host(), u"bedrock-agentcore."_s + dualStack);
    }

    void refusesAnUnknownPartitionWithoutAnOverride()
    {
        RuntimeTarget target{.arn = u"arn:aws-moon:bedrock-agentcore:lu-na-1:123456789012:runtime/a"_s};
        QCOMPARE_EQ(invocationUrl(target, {}, {}).error().kind, ErrorKind::InvalidTarget);
        target.endpointOverride = u"https://agents.moon.example"_s;
        QCOMPARE_EQ(invocationUrl(target, {}, {})->host(), u"agents.moon.example"_s);
    }

    void encodesThePathAndTheQualifier()
    {
        const QByteArray base = "https://bedrock-agentcore.us-west-2.amazonaws.com" + path;
        const RuntimeTarget target{.arn = arn};
        QCOMPARE_EQ(encoded(invocationUrl(target, {}, {})), base);
        QCOMPARE_EQ(encoded(invocationUrl(target, u"DEFAULT"_s, {})),
                    QByteArray(base + "?qualifier=DEFAULT"));
        QCOMPARE_EQ(encoded(invocationUrl(target, u"a b&c=d/é+%"_s, {})),
                    QByteArray(base + "?qualifier=a%20b%26c%3Dd%2F%C3%A9%2B%25"));
        const RuntimeTarget endpoint{.arn = arn + u"/runtime-endpoint/prod"_s};
        QCOMPARE_EQ(encoded(invocationUrl(endpoint, {}, {})), QByteArray(base + "?qualifier=prod"));
        QCOMPARE_EQ(encoded(invocationUrl(endpoint, u"beta"_s, {})), QByteArray(base + "?qualifier=beta"));
    }

    void leadsToTheShellsOfARuntime()
    {
        const QByteArray base = QByteArray("https://bedrock-agentcore.us-west-2.amazonaws.com" + path)
                                    .replace("/invocations", "/ws/shells?");
        const RuntimeTarget runtime{.arn = arn};
        QCOMPARE(shellUrl(runtime, u"DEFAULT"_s, u"shell-1"_s)->toEncoded(),
                 QByteArray(base + "qualifier=DEFAULT&shellId=shell-1"));
        QCOMPARE(shellUrl(runtime, {}, u"a b"_s)->toEncoded(), QByteArray(base + "shellId=a%20b"));
        const Result<QUrl> none = shellUrl(UrlTarget{.url = u"http://localhost:8080"_s}, {}, u"a"_s);
        QCOMPARE(none.error().kind, ErrorKind::InvalidTarget);
    }

    void honoursOverridesInOrder()
    {
        RuntimeTarget target{.arn = arn};
        const auto host = [&] { return invocationUrl(target, {}, {})->host(); };
        qputenv("AWS_ENDPOINT_URL", "https://four.example");
        QCOMPARE_EQ(host(), u"four.example"_s);
        qputenv("AWS_ENDPOINT_URL_BEDROCK_AGENTCORE", "https://three.example");
        QCOMPARE_EQ(host(), u"three.example"_s);
        qputenv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
        QCOMPARE_EQ(host(), u"bedrock-agentcore.us-west-2.amazonaws.com"_s);
        qputenv("BEDROCK_AGENTCORE_DP_ENDPOINT", "https://two.example");
        QCOMPARE_EQ(host(), u"two.example"_s);
        target.endpointOverride = u"https://one.example:8443/base/"_s;
        QCOMPARE_EQ(encoded(invocationUrl(target, {}, {})),
                    QByteArray("https://one.example:8443/base" + path));
        target.endpointOverride = u"https://gateway.example/target/invocations"_s;
        QCOMPARE_EQ(encoded(invocationUrl(target, u"q"_s, {})),
                    QByteArray("https://gateway.example/target/invocations?qualifier=q"));
    }

    void refusesOverridesThatAreNotSafe_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("http") << u"http://agents.example"_s << ErrorKind::InsecureHttp;
        QTest::newRow("user") << u"https://user:pw@agents.example"_s << ErrorKind::InvalidTarget;
        QTest::newRow("empty user") << u"https://@agents.example"_s << ErrorKind::InvalidTarget;
        QTest::newRow("query") << u"https://agents.example/?a=b"_s << ErrorKind::InvalidTarget;
        QTest::newRow("fragment") << u"https://agents.example/#x"_s << ErrorKind::InvalidTarget;
        QTest::newRow("words") << u"agents.example"_s << ErrorKind::InvalidTarget;
        QTest::newRow("file") << u"file:///etc/passwd"_s << ErrorKind::InvalidTarget;
    }
    void refusesOverridesThatAreNotSafe()
    {
        QFETCH(QString, address);
        QFETCH(ErrorKind, kind);
        const RuntimeTarget target{.arn = arn, .endpointOverride = address};
        const Result<void> checked = checkTarget(target, true);
        QVERIFY(!checked);
        QCOMPARE_EQ(checked.error().kind, kind);
        QVERIFY(checkTarget(RuntimeTarget{.arn = arn, .endpointOverride = u"http://127.0.0.1:9"_s}, false));
    }

    void doesNotMixOverridesWithFips()
    {
        qputenv("AWS_USE_FIPS_ENDPOINT", "true");
        const RuntimeTarget target{.arn = arn, .endpointOverride = u"https://agents.example"_s};
        QCOMPARE_EQ(invocationUrl(target, {}, {}).error().kind, ErrorKind::InvalidTarget);
    }

    void addsThePathToADevelopmentServer_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QByteArray>("url");
        QTest::newRow("plain") << u"http://localhost:8080"_s
                               << QByteArray("http://localhost:8080/invocations");
        QTest::newRow("slash") << u" http://localhost:8080/ "_s
                               << QByteArray("http://localhost:8080/invocations");
        QTest::newRow("path") << u"http://127.0.0.1:9000/agent/run"_s
                              << QByteArray("http://127.0.0.1:9000/agent/run");
        QTest::newRow("query") << u"https://a.example?x=1"_s
                               << QByteArray("https://a.example/invocations?x=1");
        QTest::newRow("ipv6") << u"http://[::1]:8080"_s << QByteArray("http://[::1]:8080/invocations");
        QTest::newRow("encoded") << u"https://a.example/a%2Fb%3Ac"_s
                                 << QByteArray("https://a.example/a%2Fb%3Ac");
    }
    void addsThePathToADevelopmentServer()
    {
        QFETCH(QString, typed);
        QFETCH(QByteArray, url);
        QVERIFY(checkTarget(UrlTarget{typed}, false));
        QCOMPARE_EQ(encoded(invocationUrl(UrlTarget{typed}, u"ignored"_s, {})), url);
    }

    void checksADevelopmentServer_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("allowsPlainHttp");
        QTest::addColumn<std::optional<ErrorKind>>("kind");
        const std::optional<ErrorKind> good;
        const std::optional<ErrorKind> insecure = ErrorKind::InsecureHttp;
        const std::optional<ErrorKind> invalid = ErrorKind::InvalidTarget;
        QTest::newRow("this machine") << u"http://localhost:8080"_s << false << good;
        QTest::newRow("127.9.9.9") << u"http://127.9.9.9"_s << false << good;
        QTest::newRow("looks like it") << u"http://localhost.example"_s << false << insecure;
        QTest::newRow("number in a name") << u"http://127.0.0.1.example"_s << false << insecure;
        QTest::newRow("another machine") << u"http://build-box:8080"_s << false << insecure;
        QTest::newRow("allowed") << u"http://build-box:8080"_s << true << good;
        QTest::newRow("https") << u"https://build-box"_s << false << good;
        QTest::newRow("user") << u"http://me:pw@localhost"_s << true << invalid;
        QTest::newRow("ftp") << u"ftp://localhost"_s << true << invalid;
        QTest::newRow("no scheme") << u"localhost:8080"_s << true << invalid;
        QTest::newRow("no host") << u"http://"_s << true << invalid;
        QTest::newRow("space") << u"http://local host"_s << true << invalid;
        QTest::newRow("empty") << QString() << true << invalid;
    }
    void checksADevelopmentServer()
    {
        QFETCH(QString, typed);
        QFETCH(bool, allowsPlainHttp);
        QFETCH(std::optional<ErrorKind>, kind);
        const Result<void> checked = checkTarget(UrlTarget{typed}, allowsPlainHttp);
        QCOMPARE_EQ(checked.has_value(), !kind.has_value());
        if (kind) {
            QCOMPARE_EQ(checked.error().kind, *kind);
            QVERIFY(!checked.error().message.isEmpty());
        }
    }

    void leadsToTheBuiltInAgent()
    {
        QCOMPARE_EQ(encoded(invocationUrl(BuiltInTarget{}, u"x"_s, QUrl(u"http://127.0.0.1:4711"_s))),
                    QByteArray("http://127.0.0.1:4711/invocations"));
        QVERIFY(!invocationUrl(BuiltInTarget{}, {}, {}));
        QVERIFY(checkTarget(BuiltInTarget{}, false));
    }
};

QTEST_APPLESS_MAIN(TestAgentUrl)
#include "tst_agenturl.moc"
