// SPDX-License-Identifier: Apache-2.0
#include "auth/sigv4.h"
#include "support/networkcalls.h"
#include "support/nodeserver.h"
#include "transport/controlplane.h"
#include "transport/endpoint.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int longWait = 60'000;

HttpReply good(const QByteArray &body)
{
    return HttpReply{
        .status = 200, .headers = {HttpHeader{"Content-Type", "application/json"}}, .body = body};
}

QStringList strings(const QJsonValue &list)
{
    QStringList made;
    for (const auto &value : list.toArray())
        made.append(value.toString());
    return made;
}

QDateTime timeOf(const QJsonValue &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
}

} // namespace

//! Requests and answers of the control plane, against a stand-in that the AWS SDK's client reads, too.
class TestControlPlane : public QObject
{
    Q_OBJECT
private:
    Result<HttpReply> ask(const RequestDraft &draft, const QByteArray &key = "AKIDLIST",
                          const QByteArray &secret = "list/secret+key")
    {
        const AwsCredentials keys{.accessKeyId = key, .secretAccessKey = Secret(secret)};
        const auto future = m_caller->call(signedDraft(
            draft, keys, SigningScope{.region = "us-west-2", .time = QDateTime::currentDateTimeUtc()}));
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, longWait))
            return failure(ErrorKind::Internal, u"no answer"_s);
        return future.result();
    }

    // Every page, and a page once more where the stand-in is busy.
    template <typename T, typename Draft, typename Read> std::vector<T> all(Draft draft, Read read)
    {
        std::vector<T> found;
        QString token;
        do {
            Result<Page<T>> page = read(ask(draft(token)));
            if (!page && page.error().kind == ErrorKind::Throttled)
                page = read(ask(draft(token)));
            if (!page) {
                qWarning("%s", qPrintable(page.error().serverMessage));
                return {};
            }
            found.insert(found.end(), page->items.begin(), page->items.end());
            token = page->nextToken;
        } while (!token.isEmpty());
        return found;
    }

    static void compare(const RuntimeSummary &ours, const QJsonObject &theirs)
    {
        QCOMPARE(ours.arn, theirs["agentRuntimeArn"_L1].toString());
        QCOMPARE(ours.id, theirs["agentRuntimeId"_L1].toString());
        QCOMPARE(ours.name, theirs["agentRuntimeName"_L1].toString());
        QCOMPARE(ours.version, theirs["agentRuntimeVersion"_L1].toString());
        QCOMPARE(ours.description, theirs["description"_L1].toString());
        QCOMPARE(ours.lastUpdated, timeOf(theirs["lastUpdatedAt"_L1]));
        QCOMPARE(statusWord(ours.status), theirs["status"_L1].toString());
    }

    static void compare(const RuntimeEndpoint &ours, const QJsonObject &theirs)
    {
        QCOMPARE(ours.name, theirs["name"_L1].toString());
        QCOMPARE(ours.arn, theirs["agentRuntimeEndpointArn"_L1].toString());
        QCOMPARE(ours.runtimeArn, theirs["agentRuntimeArn"_L1].toString());
        QCOMPARE(ours.liveVersion, theirs["liveVersion"_L1].toString());
        QCOMPARE(ours.targetVersion, theirs["targetVersion"_L1].toString());
        QCOMPARE(ours.description, theirs["description"_L1].toString());
        QCOMPARE(ours.created, timeOf(theirs["createdAt"_L1]));
        QCOMPARE(statusWord(ours.status), theirs["status"_L1].toString());
    }

    static void compare(const JwtAuthorizer &ours, const QJsonObject &theirs)
    {
        QCOMPARE(ours.discoveryUrl, theirs["discoveryUrl"_L1].toString());
        QCOMPARE(ours.allowedClients, strings(theirs["allowedClients"_L1]));
        QCOMPARE(ours.allowedAudience, strings(theirs["allowedAudience"_L1]));
        QCOMPARE(ours.allowedScopes, strings(theirs["allowedScopes"_L1]));
        const QJsonArray claims = theirs["customClaims"_L1].toArray();
        QCOMPARE_EQ(qsizetype(ours.requiredClaims.size()), claims.size());
        QCOMPARE(ours.requiredClaims[0],
                 (RequiredClaim{.name = u"team"_s, .comparison = u"EQUALS"_s, .values = {u"red"_s}}));
        QCOMPARE(ours.requiredClaims[1],
                 (RequiredClaim{
                     .name = u"groups"_s, .comparison = u"CONTAINS_ANY"_s, .values = {u"a"_s, u"b"_s}}));
        QCOMPARE(claims[0]["inboundTokenClaimName"_L1].toString(), u"team"_s);
    }

    static QString statusWord(DeploymentStatus status)
    {
        static const QStringList words{u"CREATING"_s, u"CREATE_FAILED"_s, u"UPDATING"_s, u"UPDATE_FAILED"_s,
                                       u"READY"_s,    u"DELETING"_s,      u"other"_s};
        return words.at(qsizetype(status));
    }

    NodeServer m_server{u"controlplane.mjs"_s};
    std::unique_ptr<HttpCaller> m_caller = makeNetworkCaller();
    QUrl m_base;

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_server.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        m_base = m_server.url();
    }

    void readsWhatTheSdksClientReads()
    {
        const QStringList ids{u"agent_003-AbCdEf1003"_s, u"agent_007-AbCdEf1007"_s,
                              u"agent_012-AbCdEf1012"_s};
        QString error;
        const QStringList arguments = QStringList{m_base.toString(), u"us-west-2"_s} + ids;
        const QJsonObject theirs =
            QJsonDocument::fromJson(NodeServer::output(u"oracle/controlclient.mjs"_s, arguments, &error))
                .object();
        QVERIFY2(error.isEmpty() && !theirs.isEmpty(), qPrintable(error));

        const auto runtimes = all<RuntimeSummary>(
            [this](const QString &token) { return listRuntimesDraft(m_base, token); }, readRuntimes);
        QCOMPARE_EQ(runtimes.size(), 250U);
        const QJsonArray theirRuntimes = theirs["runtimes"_L1].toArray();
        QCOMPARE_EQ(theirRuntimes.size(), 250);
        for (qsizetype index = 0; index < theirRuntimes.size(); ++index)
            compare(runtimes[size_t(index)], theirRuntimes[index].toObject());

        for (qsizetype index = 0; index < ids.size(); ++index) {
            const QString &id = ids.at(index);
            const QJsonObject full = theirs["full"_L1].toArray()[index].toObject();
            const auto endpoints = all<RuntimeEndpoint>(
                [&](const QString &token) { return listEndpointsDraft(m_base, id, token); }, readEndpoints);
            const QJsonArray theirEndpoints = full["endpoints"_L1].toArray();
            QCOMPARE_EQ(qsizetype(endpoints.size()), theirEndpoints.size());
            QCOMPARE_EQ(theirEndpoints.size(), index == 1 ? 122 : 2);
            for (qsizetype at = 0; at < theirEndpoints.size(); ++at)
                compare(endpoints[size_t(at)], theirEndpoints[at].toObject());
            const auto versions = all<RuntimeSummary>(
                [&](const QString &token) { return listVersionsDraft(m_base, id, token); }, readRuntimes);
            QCOMPARE_EQ(qsizetype(versions.size()), full["versions"_L1].toArray().size());
            compare(versions.front(), full["versions"_L1].toArray()[0].toObject());

            const Result<RuntimeEndpoint> prod = readEndpoint(ask(getEndpointDraft(m_base, id, u"prod"_s)));
            QVERIFY(prod);
            compare(*prod, full["prod"_L1].toObject());
            const Result<RuntimeDetails> live =
                readRuntime(ask(getRuntimeDraft(m_base, id, prod->liveVersion)));
            QVERIFY(live);
            const QJsonObject theirLive = full["live"_L1].toObject();
            compare(live->summary, theirLive);
            // The client's model is older than this member.
            QCOMPARE(live->failureReason, index == 2 ? u"The image was not found."_s : QString());
            QCOMPARE(live->headerAllowlist,
                     strings(theirLive["requestHeaderConfiguration"_L1]["requestHeaderAllowlist"_L1]));
            QCOMPARE_EQ(live->idleSessionTimeout, std::chrono::seconds(900));
            QCOMPARE_EQ(live->maximumLifetime, std::chrono::seconds(28800));
            const QJsonObject jwt =
                theirLive["authorizerConfiguration"_L1]["customJWTAuthorizer"_L1].toObject();
            QCOMPARE(live->authorizer.has_value(), !jwt.isEmpty());
            if (live->authorizer)
                compare(*live->authorizer, jwt);
        }
    }

    void readsAuthorizerAndProtocolOfTheVersionAskedFor()
    {
        const QString id = u"agent_003-AbCdEf1003"_s;
        const Result<RuntimeDetails> first = readRuntime(ask(getRuntimeDraft(m_base, id, u"1"_s)));
        QVERIFY(first);
        QVERIFY(!first->authorizer);
        QCOMPARE(first->protocol, ServerProtocol::A2a);
        const Result<RuntimeDetails> latest = readRuntime(ask(getRuntimeDraft(m_base, id, {})));
        QVERIFY(latest);
        QVERIFY(latest->authorizer);
        QCOMPARE(latest->summary.version, u"4"_s);
        QVERIFY(
            !readRuntime(ask(getRuntimeDraft(m_base, u"agent_000-AbCdEf1000"_s, {})))->failureReason.size());
        QVERIFY(readRuntime(ask(getRuntimeDraft(m_base, u"agent_000-AbCdEf1000"_s, {})))->isInVpc);
    }

    void asksByThePathsOfTheModel()
    {
        const QUrl base(u"https://example.com"_s);
        const auto line = [](const RequestDraft &draft) {
            const QByteArray path = draft.url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority);
            return QString::fromLatin1(draft.method + ' ' + path);
        };
        QCOMPARE(line(listRuntimesDraft(base, {})), u"POST /runtimes/?maxResults=100"_s);
        QCOMPARE(line(listVersionsDraft(base, u"a-1"_s, {})),
                 u"POST /runtimes/a-1/versions/?maxResults=100"_s);
        QCOMPARE(line(listEndpointsDraft(base, u"a/1"_s, {})),
                 u"POST /runtimes/a%2F1/runtime-endpoints/?maxResults=100"_s);
        QCOMPARE(line(getRuntimeDraft(base, u"a-1"_s, u"3"_s)), u"GET /runtimes/a-1/?version=3"_s);
        QCOMPARE(line(getEndpointDraft(base, u"a-1"_s, u"prod"_s)),
                 u"GET /runtimes/a-1/runtime-endpoints/prod/"_s);
    }

    void tellsRefusalsApart()
    {
        const auto kindOf = [](const Result<Page<RuntimeSummary>> &page) {
            return page ? QString() : errorKindName(page.error().kind);
        };
        const RequestDraft list = listRuntimesDraft(m_base, {});
        QCOMPARE(kindOf(readRuntimes(ask(list, "AKIDDENIED", "denied/secret"))),
                 errorKindName(ErrorKind::AccessDenied));
        QCOMPARE(kindOf(readRuntimes(ask(list, "AKIDLIST", "wrong"))),
                 errorKindName(ErrorKind::SignatureRefused));
        const Result<RuntimeDetails> none =
            readRuntime(ask(getRuntimeDraft(m_base, u"none-AbCdEf1234"_s, {})));
        QVERIFY(!none);
        QCOMPARE(none.error().kind, ErrorKind::NotFound);
        QCOMPARE(none.error().requestId, u"control-1"_s);
    }

    void survivesAnswersThatAreNone()
    {
        for (const QByteArray &body : {""_ba, "[]"_ba, "null"_ba, "{\"agentRuntimes\":"_ba, "\xff"_ba})
            QVERIFY(!readRuntimes(good(body)));
        QVERIFY(readRuntimes(good("{}"))->items.empty());
        QVERIFY(readEndpoints(good("{\"runtimeEndpoints\":[7,null,{\"name\":5}]}")));
        QCOMPARE(readRuntime(good("{\"status\":\"SLEEPING\",\"protocolConfiguration\":"
                                  "{\"serverProtocol\":\"SMTP\"}}"))
                     ->summary.status,
                 DeploymentStatus::Other);
        const auto forWorkloads =
            readRuntime(good("{\"authorizerConfiguration\":{\"customJWTAuthorizer\":{\"discoveryUrl\":\"u\","
                             "\"allowedWorkloadConfiguration\":{\"workloadIdentities\":[\"w\"]}}}}"));
        QVERIFY(forWorkloads->authorizer->isForWorkloads);
        // An authorizer of a new kind must not look like none.
        QVERIFY(readRuntime(good("{\"authorizerConfiguration\":{\"newKind\":{\"a\":1}}}"))->authorizer);
        HttpReply page = good("<html>Sign in to the hotel</html>");
        page.headers = {HttpHeader{"Content-Type", "text/html"}};
        QCOMPARE(readRuntimes(page).error().kind, ErrorKind::ProxyPage);
    }

    void keepsEnvironmentVariablesOutOfErrors()
    {
        const QByteArray broken = "{\"environmentVariables\":{\"A\":\"canary\"}";
        const Result<RuntimeDetails> read = readRuntime(good(broken));
        QVERIFY(!read);
        QVERIFY(!read.error().rawBody.contains("canary"));
        QVERIFY(!read.error().serverMessage.contains(u"canary"_s));
    }

    void findsTheHostOfARegion_data()
    {
        QTest::addColumn<QString>("region");
        QTest::addColumn<QString>("url");
        const auto row = [](const char *region, const char *url) {
            QTest::newRow(region) << QString::fromLatin1(region) << QString::fromLatin1(url);
        };
        row("us-west-2", "https://bedrock-agentcore-control.us-west-2.amazonaws.com");
        row("us-gov-west-1", "https://bedrock-agentcore-control.us-gov-west-1.amazonaws.com");
        row("cn-north-1", "https://bedrock-agentcore-control.cn-north-1.amazonaws.com.cn");
        row("eusc-de-east-1", "https://bedrock-agentcore-control.eusc-de-east-1.amazonaws.eu");
        row("us-iso-east-1", "https://bedrock-agentcore-control.us-iso-east-1.c2s.ic.gov");
        row("us-isob-east-1", "https://bedrock-agentcore-control.us-isob-east-1.sc2s.sgov.gov");
        row("x@attacker.com:443/#", "");
        row("", "");
    }
    void findsTheHostOfARegion()
    {
        QFETCH(QString, region);
        QFETCH(QString, url);
        const Result<QUrl> found = controlPlaneUrl(region);
        QCOMPARE(found ? found->toString() : QString(), url);
    }

    void followsTheVariablesOfTheControlPlaneAlone()
    {
        qputenv("BEDROCK_AGENTCORE_DP_ENDPOINT", "https://data.example.com");
        qputenv("AWS_ENDPOINT_URL_BEDROCK_AGENTCORE_CONTROL", "https://sdk.example.com");
        const auto clear = qScopeGuard([] {
            for (const char *name : {"BEDROCK_AGENTCORE_DP_ENDPOINT", "BEDROCK_AGENTCORE_CP_ENDPOINT",
                                     "AWS_ENDPOINT_URL_BEDROCK_AGENTCORE_CONTROL", "AWS_USE_FIPS_ENDPOINT",
                                     "AWS_USE_DUALSTACK_ENDPOINT"})
                qunsetenv(name);
        });
        QCOMPARE(controlPlaneUrl(u"us-west-2"_s)->toString(), u"https://sdk.example.com"_s);
        qputenv("BEDROCK_AGENTCORE_CP_ENDPOINT", "https://own.example.com/cp/");
        QCOMPARE(controlPlaneUrl(u"us-west-2"_s)->toString(), u"https://own.example.com/cp/"_s);
        QCOMPARE(listRuntimesDraft(*controlPlaneUrl(u"us-west-2"_s), u"a+/="_s).url.toEncoded(),
                 "https://own.example.com/cp/runtimes/?maxResults=100&nextToken=a%2B%2F%3D"_ba);
        qunsetenv("AWS_ENDPOINT_URL_BEDROCK_AGENTCORE_CONTROL");
        qunsetenv("BEDROCK_AGENTCORE_CP_ENDPOINT");
        qputenv("AWS_USE_FIPS_ENDPOINT", "true");
        qputenv("AWS_USE_DUALSTACK_ENDPOINT", "true");
        QCOMPARE(controlPlaneUrl(u"us-west-2"_s)->toString(),
                 u"https://bedrock-agentcore-control-fips.us-west-2.api.aws"_s);
    }
};

QTEST_GUILESS_MAIN(TestControlPlane)
#include "tst_controlplane.moc"
