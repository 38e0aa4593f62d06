// SPDX-License-Identifier: Apache-2.0
#include "chat/cloudwatch.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

SessionTrail trailIn(const QString &partition, const QString &region)
{
    return {.target =
                RuntimeTarget{
                    .arn = u"arn:%1:bedrock-agentcore:%2:123456789012:runtime/my_agent-a1B2c3D4e5"_s.arg(
                        partition, region)},
            .qualifier = u"canary"_s,
            .session = u"0a1b-2c"_s,
            .from = QDateTime({2026, 3, 1}, {9, 0}, Qt::UTC),
            .to = QDateTime({2026, 3, 1}, {10, 30}, Qt::UTC)};
}

// As the console reads an address: what follows a star or a dollar are two digits of a byte.
QByteArray read(const QUrl &url)
{
    QByteArray text = url.fragment(QUrl::FullyEncoded).toLatin1();
    return QByteArray::fromPercentEncoding(QByteArray::fromPercentEncoding(text, '$'), '*');
}

} // namespace

class CloudWatchTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void asksForTheSession()
    {
        const CloudWatchLinks links = cloudWatchLinks(trailIn(u"aws"_s, u"eu-west-1"_s));
        QVERIFY(links.logs.toEncoded().startsWith("https://eu-west-1.console.aws.amazon.com/cloudwatch/"
                                                  "home?region=eu-west-1#logsV2:logs-insights$3F"
                                                  "queryDetail$3D~(end~'2026-03-01T10*3A45*3A00.000Z~start~'"
                                                  "2026-03-01T08*3A45*3A00.000Z~timeType~"));
        QVERIFY(links.logs.toEncoded().endsWith(
            "~source~(~'*2Faws*2Fbedrock-agentcore*2Fruntimes*2Fmy_agent-a1B2c3D4e5-canary))"));
        QVERIFY(
            read(links.logs)
                .contains(
                    "editorString~'fields @timestamp, @message\n| filter @message like '0a1b-2c'\n| sort"));
        QVERIFY(read(links.spans).contains("| filter attributes.session.id = '0a1b-2c'\n"));
        QVERIFY(read(links.spans).endsWith("~source~(~'aws/spans))"));
        QVERIFY(!links.trace.isValid());
    }

    void opensTheEndpointsPage()
    {
        const CloudWatchLinks links = cloudWatchLinks(trailIn(u"aws"_s, u"eu-west-1"_s));
        QCOMPARE(
            links.agent.toEncoded(),
            "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#/gen-ai-observability/"
            "agent-core/agent-alias/my_agent-a1B2c3D4e5/endpoint/canary/agent/"
            "my_agent?start=-43200000&resourceId="
            "arn%3Aaws%3Abedrock-agentcore%3Aeu-west-1%3A123456789012%3Aruntime%2Fmy_agent-a1B2c3D4e5%2F"
            "runtime-endpoint%2Fcanary%3Acanary&serviceName=my_agent.canary&tabId=traces"_ba);
        SessionTrail unnamed = trailIn(u"aws"_s, u"eu-west-1"_s);
        unnamed.qualifier.clear();
        QVERIFY(cloudWatchLinks(unnamed).agent.toEncoded().contains("/endpoint/DEFAULT/agent/"));
    }

    void staysInThePartition_data()
    {
        QTest::addColumn<QString>("partition");
        QTest::addColumn<QString>("region");
        QTest::addColumn<QString>("host");
        QTest::newRow("aws") << u"aws"_s << u"us-west-2"_s << u"us-west-2.console.aws.amazon.com"_s;
        QTest::newRow("gov") << u"aws-us-gov"_s << u"us-gov-west-1"_s
                             << u"us-gov-west-1.console.amazonaws-us-gov.com"_s;
        QTest::newRow("China") << u"aws-cn"_s << u"cn-north-1"_s << u"cn-north-1.console.amazonaws.cn"_s;
        QTest::newRow("not known") << u"aws-iso"_s << u"us-iso-east-1"_s << QString();
    }

    void staysInThePartition()
    {
        QFETCH(QString, partition);
        QFETCH(QString, region);
        QFETCH(QString, host);
        SessionTrail trail = trailIn(partition, region);
        trail.trace = u"Root=1-67891233-abcdef012345678912345678;Sampled=1"_s;
        const CloudWatchLinks links = cloudWatchLinks(trail);
        for (const QUrl &url : {links.logs, links.spans, links.trace, links.agent}) {
            QCOMPARE(url.host(), host);
            QCOMPARE(url.isEmpty(), host.isEmpty());
        }
    }

    void findsTheTraceInEitherHeader()
    {
        SessionTrail trail = trailIn(u"aws"_s, u"eu-west-1"_s);
        for (const QString &header :
             {u"Root=1-67891233-abcdef012345678912345678;Parent=463ac35c9f6413ad;Sampled=1"_s,
              u"00-67891233abcdef012345678912345678-463ac35c9f6413ad-01"_s}) {
            trail.trace = header;
            QVERIFY(cloudWatchLinks(trail).trace.toEncoded().endsWith(
                "#xray:traces/1-67891233-abcdef012345678912345678"));
        }
        trail.trace = u"none of these"_s;
        QVERIFY(!cloudWatchLinks(trail).trace.isValid());
    }

    void asksNothingThatCouldMeanSomethingElse()
    {
        SessionTrail trail = trailIn(u"aws"_s, u"eu-west-1"_s);
        trail.session = u"x' or @message like '"_s;
        QVERIFY(cloudWatchLinks(trail).logs.isEmpty());
        QVERIFY(cloudWatchLinks(trail).agent.isValid());
        trail.target = UrlTarget{.url = u"http://localhost:8080/invocations"_s};
        QVERIFY(cloudWatchLinks(trail).agent.isEmpty());
    }
};

QTEST_GUILESS_MAIN(CloudWatchTest)
#include "tst_cloudwatch.moc"
