// SPDX-License-Identifier: Apache-2.0
#include "chat/runtimeproposal.h"
#include "chat/takeproposal.h"
#include "support/collaborators.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

const QString arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/a-AbCdEf1234"_s;
const QString pool = u"us-west-2_AbCdEfGhI"_s;
const QString poolUrl =
    u"https://cognito-idp.us-west-2.amazonaws.com/us-west-2_AbCdEfGhI/.well-known/openid-configuration"_s;

AgentProposal proposed(const std::optional<IdentityKind> &kind = std::nullopt)
{
    AgentProposal proposal{.agent = {.name = u"A"_s, .target = RuntimeTarget{.arn = arn}}};
    if (kind)
        proposal.identity = Identity{.kind = *kind};
    return proposal;
}

} // namespace

//! What becomes of agents that were found, whatever found them.
class TestTakeProposal : public QObject
{
    Q_OBJECT
private:
    AgentBook *agents() const { return m_with->workspace.agents(); }
    IdentityBook *identities() const { return m_with->workspace.identities(); }
    IdentityId have(const IdentityKind &kind) { return identities()->save(Identity{.kind = kind})->id; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Collaborators> m_with;

private Q_SLOTS:
    void init()
    {
        qunsetenv("AWS_ACCESS_KEY_ID");
        qunsetenv("AWS_PROFILE");
        m_folder = std::make_unique<QTemporaryDir>();
        m_with = std::make_unique<Collaborators>(m_folder->path(), QUrl());
    }
    void cleanup() { m_with.reset(); }

    void makesTheIdentityThatIsMissing()
    {
        const CognitoUser user{.poolId = poolUrl, .clientId = u"abc"_s};
        const auto taken = takeProposal(agents(), identities(), proposed(user));
        QVERIFY(taken);
        QVERIFY(agents()->find(taken->id));
        QCOMPARE(taken->auth, AuthMethod::Identity);
        const Identity *made = identities()->find(taken->identity);
        QVERIFY(made);
        QCOMPARE(std::get<CognitoUser>(made->kind).poolId, pool);
        // The next agent of the same place shares it.
        const auto second = takeProposal(agents(), identities(), proposed(user));
        QVERIFY(second);
        QCOMPARE(second->identity, taken->identity);
        QCOMPARE_EQ(identities()->identities().size(), 1U);
    }

    void usesTheIdentityThatStandsForIt_data()
    {
        QTest::addColumn<IdentityKind>("known");
        QTest::addColumn<IdentityKind>("wanted");
        QTest::addColumn<bool>("stands");
        const CognitoUser ann{.poolId = pool, .clientId = u"abc"_s, .userName = u"ann"_s};
        const CognitoUser somebody{.poolId = pool, .clientId = u"abc"_s};
        const CognitoUser bob{.poolId = pool, .clientId = u"abc"_s, .userName = u"bob"_s};
        const CognitoUser other{.poolId = pool, .clientId = u"def"_s};
        QTest::newRow("no user told") << IdentityKind(ann) << IdentityKind(somebody) << true;
        QTest::newRow("another user") << IdentityKind(ann) << IdentityKind(bob) << false;
        QTest::newRow("another client") << IdentityKind(ann) << IdentityKind(other) << false;
        const BrowserUser wide{.issuer = u"https://login.example.com/t/"_s,
                               .clientId = u"web"_s,
                               .scopes = {u"openid"_s, u"email"_s}};
        const BrowserUser narrow{.issuer = u"https://login.example.com/t/.well-known/openid-configuration"_s,
                                 .clientId = u"web"_s};
        QTest::newRow("more scopes") << IdentityKind(wide) << IdentityKind(narrow) << true;
        QTest::newRow("a scope is missing") << IdentityKind(narrow) << IdentityKind(wide) << false;
        const MachineClient machine{.issuer = u"https://login.example.com/t"_s, .clientId = u"web"_s};
        QTest::newRow("another kind") << IdentityKind(machine) << IdentityKind(narrow) << false;
        QTest::newRow("profile") << IdentityKind(AwsKeys{u"dev"_s}) << IdentityKind(AwsKeys{u"dev"_s})
                                 << true;
        QTest::newRow("another profile")
            << IdentityKind(AwsKeys{u"dev"_s}) << IdentityKind(AwsKeys{}) << false;
    }
    void usesTheIdentityThatStandsForIt()
    {
        QFETCH(const IdentityKind, known);
        QFETCH(const IdentityKind, wanted);
        QFETCH(const bool, stands);
        const IdentityId id = have(known);
        const auto taken = takeProposal(agents(), identities(), proposed(wanted));
        QVERIFY(taken);
        QCOMPARE_EQ(taken->identity == id, stands);
        QCOMPARE_EQ(identities()->identities().size(), stands ? 1U : 2U);
    }

    void findsKeysWhereTheSourceNamesNone()
    {
        AgentProposal proposal = proposed();
        proposal.agent.auth = AuthMethod::Identity;
        QCOMPARE(identityFor(*identities(), proposal)->kind, IdentityKind(AwsKeys{u"default"_s}));
        qputenv("AWS_PROFILE", "work");
        QCOMPARE(identityFor(*identities(), proposal)->kind, IdentityKind(AwsKeys{u"work"_s}));
        qputenv("AWS_ACCESS_KEY_ID", "AKIDX");
        QCOMPARE(identityFor(*identities(), proposal)->kind, IdentityKind(AwsKeys{}));
        // Looking makes nothing.
        QVERIFY(identities()->identities().empty());
        const IdentityId dev = have(AwsKeys{u"dev"_s});
        QCOMPARE(takeProposal(agents(), identities(), proposal)->identity, dev);
    }

    void addsNothingWhenItCannotAddAll()
    {
        AgentProposal nowhere = proposed(AwsKeys{});
        nowhere.agent.target = RuntimeTarget{};
        QVERIFY(!takeProposal(agents(), identities(), nowhere));
        QVERIFY(!takeProposal(agents(), identities(), proposed(CognitoUser{.poolId = pool})));
        QVERIFY(identities()->identities().empty());
        QCOMPARE_EQ(agents()->agents().size(), 1U);
    }

    void knowsWhatIsThereAlready()
    {
        QVERIFY(!knownAgent(*agents(), proposed()));
        const auto taken = takeProposal(agents(), identities(), proposed());
        QVERIFY(taken);
        QCOMPARE(taken->auth, AuthMethod::None);
        AgentProposal again = proposed();
        again.agent.name = u"B"_s;
        std::get<RuntimeTarget>(again.agent.target).arn += u"/runtime-endpoint/prod"_s;
        QCOMPARE(knownAgent(*agents(), again)->id, taken->id);
        again.agent.target = UrlTarget{.url = u"http://localhost:8080"_s};
        QVERIFY(!knownAgent(*agents(), again));
    }

    void asksARuntimeAsItsAuthorizerWants()
    {
        const IdentityId reader = have(AwsKeys{u"dev"_s});
        FoundRuntime found{.summary = {.arn = arn, .id = u"a-AbCdEf1234"_s, .name = u"a"_s},
                           .qualifier = u"prod"_s,
                           .details = RuntimeDetails{},
                           .reader = reader};
        AgentProposal proposal = proposalOf(*identities(), found);
        QCOMPARE(proposal.agent.qualifier, u"prod"_s);
        QCOMPARE(proposal.agent.identity, reader);
        QVERIFY(proposal.notes.isEmpty() && proposal.agent.facts && !proposal.identity);
        found.qualifier = u"DEFAULT"_s;
        QVERIFY(proposalOf(*identities(), found).agent.qualifier.isEmpty());

        // Tokens: somebody new, and from then on the one who is there.
        found.details->authorizer = JwtAuthorizer{.discoveryUrl = poolUrl, .allowedClients = {u"abc"_s}};
        proposal = proposalOf(*identities(), found);
        QVERIFY(proposal.identity && proposal.agent.identity.isEmpty());
        const IdentityId ann = have(CognitoUser{.poolId = pool, .clientId = u"abc"_s, .userName = u"ann"_s});
        proposal = proposalOf(*identities(), found);
        QVERIFY(!proposal.identity);
        QCOMPARE(proposal.agent.identity, ann);

        // A machine client of the same place will do; one of another client will not.
        found.details->authorizer->allowedClients = {u"x"_s, u"bot"_s};
        QVERIFY(proposalOf(*identities(), found).identity);
        const IdentityId bot = have(MachineClient{
            .issuer = u"https://cognito-idp.us-west-2.amazonaws.com/"_s + pool, .clientId = u"bot"_s});
        QCOMPARE(proposalOf(*identities(), found).agent.identity, bot);

        // An audience alone names no client.
        found.details->authorizer =
            JwtAuthorizer{.discoveryUrl = u"https://login.example.com"_s, .allowedAudience = {u"api://a"_s}};
        proposal = proposalOf(*identities(), found);
        QCOMPARE(proposal.agent.auth, AuthMethod::None);
        QCOMPARE_EQ(proposal.notes.size(), 2);
        const IdentityId person =
            have(BrowserUser{.issuer = u"https://login.example.com/"_s, .clientId = u"web"_s});
        QCOMPARE(proposalOf(*identities(), found).agent.identity, person);

        found.details.reset();
        proposal = proposalOf(*identities(), found);
        QCOMPARE(proposal.agent.identity, reader);
        QCOMPARE_EQ(proposal.notes.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestTakeProposal)
#include "tst_takeproposal.moc"
