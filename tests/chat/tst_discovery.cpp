// SPDX-License-Identifier: Apache-2.0
#include "chat/discovery.h"
#include "chat/program.h"
#include "support/nodeserver.h"

#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int longWait = 60'000;
const QString agent7 = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/agent_007-AbCdEf1007"_s;

template <typename T> Result<T> waited(const QFuture<Result<T>> &future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, longWait) || future.resultCount() == 0)
        return failure(ErrorKind::Internal, u"no result"_s);
    return future.result();
}

struct Listed
{
    std::vector<RuntimeSummary> runtimes;
    int pages = 0;
    bool isFinished = false;
    std::optional<Error> error;
};

} // namespace

//! What a front end finds of an account, against a stand-in for the control plane.
class TestDiscovery : public QObject
{
    Q_OBJECT
private:
    // The environment's keys, as an identity of a program that has just begun.
    void begin(const char *key, const char *secret)
    {
        qputenv("AWS_ACCESS_KEY_ID", key);
        qputenv("AWS_SECRET_ACCESS_KEY", secret);
        m_folder = std::make_unique<QTemporaryDir>();
        m_program = std::make_unique<Program>(m_folder->path(), QUrl());
        QVERIFY(m_program->isReady);
        const auto saved = m_program->workspace.identities()->save(Identity{.kind = AwsKeys{}});
        QVERIFY(saved);
        m_identity = saved->id;
    }

    Discovery *discovery() const { return m_program->workspace.discovery(); }

    std::unique_ptr<RuntimeListing> list(Listed &listed, const QString &region = u"us-west-2"_s)
    {
        auto listing = discovery()->listRuntimes(m_identity, region);
        connect(listing.get(), &RuntimeListing::found, this,
                [&listed](const std::vector<RuntimeSummary> &found) {
                    listed.runtimes.insert(listed.runtimes.end(), found.begin(), found.end());
                    ++listed.pages;
                });
        connect(listing.get(), &RuntimeListing::finished, this, [&listed](const std::optional<Error> &error) {
            listed.isFinished = true;
            listed.error = error;
        });
        return listing;
    }

    NodeServer m_server{u"controlplane.mjs"_s};
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;
    IdentityId m_identity;

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_server.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        qputenv("BEDROCK_AGENTCORE_CP_ENDPOINT", m_server.url().toString().toLatin1());
        qunsetenv("AWS_SESSION_TOKEN");
    }
    void cleanup() { m_program.reset(); }

    void listsHundredsAsTheyCome()
    {
        begin("AKIDLIST", "list/secret+key");
        Listed listed;
        const auto listing = list(listed);
        QVERIFY(!listed.isFinished);
        // The stand-in is busy once on the way.
        QTRY_VERIFY_WITH_TIMEOUT(listed.isFinished, longWait);
        QVERIFY2(!listed.error, qPrintable(listed.error ? listed.error->message : QString()));
        QCOMPARE_EQ(listed.pages, 3);
        QCOMPARE_EQ(listed.runtimes.size(), 250U);
        QCOMPARE(listed.runtimes[7].arn, agent7);
        QCOMPARE_EQ(std::ranges::count_if(
                        listed.runtimes,
                        [](const RuntimeSummary &runtime) { return matchesFilter(runtime, u"NUMBER 24"_s); }),
                    5);
    }

    void stopsWhenNobodyWantsTheRest()
    {
        begin("AKIDLIST", "list/secret+key");
        Listed listed;
        auto listing = list(listed);
        connect(listing.get(), &RuntimeListing::found, this, [&listing] {
            if (listing)
                listing.release()->deleteLater();
        });
        QTRY_VERIFY_WITH_TIMEOUT(!listing, longWait);
        Listed other;
        const auto whole = list(other);
        QTRY_VERIFY_WITH_TIMEOUT(other.isFinished, longWait);
        QCOMPARE_EQ(listed.pages, 1);
        QVERIFY(!listed.isFinished);
    }

    void saysWhichPermissionIsMissing()
    {
        begin("AKIDDENIED", "denied/secret");
        Listed listed;
        const auto listing = list(listed);
        QTRY_VERIFY_WITH_TIMEOUT(listed.isFinished, longWait);
        QVERIFY(listed.error);
        QCOMPARE(listed.error->kind, ErrorKind::AccessDenied);
        QVERIFY(listed.error->message.contains(u"bedrock-agentcore:ListAgentRuntimes"_s));
        QVERIFY(listed.error->message.contains(u"us-west-2"_s));
        QVERIFY(listed.runtimes.empty());
        const auto endpoints = waited(discovery()->endpoints(m_identity, agent7));
        QVERIFY(!endpoints);
        QVERIFY(endpoints.error().message.contains(u"ListAgentRuntimeEndpoints"_s));
    }

    void readsEndpointsAndWhatTheyServe()
    {
        begin("AKIDLIST", "list/secret+key");
        const auto endpoints = waited(discovery()->endpoints(m_identity, agent7));
        QVERIFY(endpoints);
        QCOMPARE_EQ(endpoints->size(), 122U);
        QCOMPARE((*endpoints)[1].name, u"prod"_s);
        QCOMPARE((*endpoints)[1].liveVersion, u"3"_s);
        const auto details = waited(discovery()->details(m_identity, agent7, u"3"_s));
        QVERIFY(details);
        QCOMPARE(details->protocol, ServerProtocol::Mcp);
        QCOMPARE(details->summary.version, u"3"_s);
        const auto versions = waited(discovery()->versions(m_identity, agent7));
        QVERIFY(versions);
        QCOMPARE_EQ(versions->size(), 8U);
    }

    void needsAwsKeysAndARegion()
    {
        begin("AKIDLIST", "list/secret+key");
        Listed nowhere;
        const auto first = list(nowhere, u"not a region"_s);
        QTRY_VERIFY_WITH_TIMEOUT(nowhere.isFinished, longWait);
        QVERIFY(nowhere.error);
        m_identity = IdentityId(u"gone"_s);
        Listed nobody;
        const auto second = list(nobody);
        QTRY_VERIFY_WITH_TIMEOUT(nobody.isFinished, longWait);
        QCOMPARE(nobody.error->kind, ErrorKind::SecretMissing);
        QVERIFY(!waited(discovery()->endpoints(m_identity, u"nonsense"_s)));
    }

    void knowsWhoMayKnowAnAgentsEndpoints()
    {
        begin("AKIDLIST", "list/secret+key");
        const auto second =
            m_program->workspace.identities()->save(Identity{.kind = AwsKeys{.profile = u"other"_s}});
        QVERIFY(second);
        Agent agent;
        QVERIFY(discovery()->identitiesFor(agent).empty());
        agent.target = RuntimeTarget{.arn = agent7};
        QCOMPARE(discovery()->identitiesFor(agent), (std::vector{m_identity, second->id}));
        agent.auth = AuthMethod::Identity;
        agent.identity = second->id;
        QCOMPARE(discovery()->identitiesFor(agent), std::vector{second->id});
    }
};

QTEST_GUILESS_MAIN(TestDiscovery)
#include "tst_discovery.moc"
