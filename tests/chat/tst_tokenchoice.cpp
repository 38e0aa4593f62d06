// SPDX-License-Identifier: Apache-2.0
#include "chat/tokenchoice.h"

#include "chat/program.h"
#include "chat/runtimefacts.h"
#include "chat/signin.h"
#include "support/networkcalls.h"
#include "support/nodeserver.h"
#include "support/waited.h"

#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

const QString poolId = u"us-east-1_AbCdEfGhI"_s;

Agent agentWith(const JwtAuthorizer &rules)
{
    Agent agent;
    agent.target = RuntimeTarget{.arn = u"arn"_s};
    agent.facts = RuntimeFacts{.authorizer = rules};
    return agent;
}

Identity cognito()
{
    return Identity{.id = IdentityId(u"ann"_s), .kind = CognitoUser{}};
}

Identity okta()
{
    return Identity{.id = IdentityId(u"bob"_s), .kind = BrowserUser{.issuer = u"https://x.okta.com"_s}};
}

} // namespace

//! Access or ID token, without anybody being asked.
class TestTokenChoice : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goesByWhatTheAgentChecks()
    {
        const TokenChoice choice;
        const JwtAuthorizer byClient{.allowedClients = {u"app"_s}};
        const JwtAuthorizer byScope{.allowedAudience = {u"app"_s}, .allowedScopes = {u"s"_s}};
        const JwtAuthorizer byAudience{.allowedAudience = {u"app"_s}};
        QCOMPARE(choice.of(agentWith(byClient), cognito()), SentToken::Access);
        QCOMPARE(choice.of(agentWith(byScope), cognito()), SentToken::Access);
        QCOMPARE(choice.of(agentWith(byAudience), cognito()), SentToken::Id);
        // Others name the audience in the access token.
        QCOMPARE(choice.of(agentWith(byAudience), okta()), SentToken::Access);
        const Identity hosted{
            .kind = BrowserUser{.issuer = u"https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_P"_s}};
        QCOMPARE(choice.of(agentWith(byAudience), hosted), SentToken::Id);
        QCOMPARE(choice.of(agentWith({}), cognito()), SentToken::Access);
        Agent unknown = agentWith({});
        unknown.facts.reset();
        QCOMPARE(choice.of(unknown, cognito()), SentToken::Access);
        Agent chosen = agentWith(byAudience);
        chosen.sentToken = SentToken::Access;
        QCOMPARE(choice.of(chosen, cognito()), SentToken::Access);
    }

    void learnsFromRefusals_data()
    {
        QTest::addColumn<bool>("sendsId");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("words");
        QTest::addColumn<bool>("hasIdToken");
        QTest::addColumn<bool>("learns");
        const QString client = u"Claim 'client_id' value mismatch with configuration."_s;
        const QString audience = u"Claim 'aud' value mismatch with configuration."_s;
        using enum ErrorKind;
        QTest::newRow("access, audience") << false << TokenClaimMismatch << audience << true << true;
        QTest::newRow("access, client") << false << TokenClaimMismatch << client << true << false;
        QTest::newRow("access, no other") << false << TokenClaimMismatch << audience << false << false;
        QTest::newRow("access, unreadable") << false << TokenUnreadable << QString() << true << true;
        QTest::newRow("id, client") << true << TokenClaimMismatch << client << true << true;
        QTest::newRow("id, audience") << true << TokenClaimMismatch << audience << true << false;
        QTest::newRow("id, run out") << true << Unauthorized << u"Token has expired"_s << true << false;
        QTest::newRow("access, forbidden") << false << AccessDenied << audience << true << false;
    }
    void learnsFromRefusals()
    {
        QFETCH(bool, sendsId);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, words);
        QFETCH(bool, hasIdToken);
        QFETCH(bool, learns);
        TokenChoice choice;
        const Agent agent =
            agentWith(sendsId ? JwtAuthorizer{.allowedAudience = {u"app"_s}} : JwtAuthorizer{});
        const SentToken before = sendsId ? SentToken::Id : SentToken::Access;
        QCOMPARE(choice.of(agent, cognito()), before);
        QCOMPARE(choice.learnFrom(agent, cognito(), {.kind = kind, .serverMessage = words}, hasIdToken),
                 learns);
        QCOMPARE(choice.of(agent, cognito()) != before, learns);
        QCOMPARE(choice.of(agent, okta()), SentToken::Access);
        Agent told = agent;
        told.sentToken = before;
        QVERIFY(!choice.learnFrom(told, cognito(), {.kind = kind, .serverMessage = words}, hasIdToken));
    }

    void namesHeadersThatAreDropped()
    {
        const QList<HttpHeader> headers{{"X-Team", "a"},
                                        {"x-other", "b"},
                                        {"traceparent", "c"},
                                        {"Mcp-Session-Id", "d"},
                                        {"X-Amzn-Bedrock-AgentCore-Runtime-User-Id", "e"},
                                        {"X-Amzn-Bedrock-AgentCore-Runtime-Custom-Tenant", "f"},
                                        {"", "g"}};
        QVERIFY(droppedHeaders({}, headers).isEmpty());
        QVERIFY(droppedHeaders(RuntimeFacts{}, headers).isEmpty());
        QCOMPARE(droppedHeaders(RuntimeFacts{.version = u"1"_s, .headerAllowlist = {u"x-team"_s}}, headers),
                 (QStringList{u"x-other"_s, u"X-Amzn-Bedrock-AgentCore-Runtime-Custom-Tenant"_s}));
        QCOMPARE_EQ(droppedHeaders(RuntimeFacts{.version = u"1"_s}, headers).size(), 3);
    }

    void sendsTheOtherTokenOnceItWasRefused()
    {
        NodeServer pool(u"userpool.mjs"_s);
        QCOMPARE(pool.start(), QString());
        NodeServer gate(u"gate.mjs"_s);
        gate.setEnvironment(u"ISSUER"_s, u"https://cognito-idp.us-east-1.amazonaws.com/"_s + poolId);
        gate.setEnvironment(u"JWKS"_s, pool.url().toString() % u'/' % poolId % u"/.well-known/jwks.json"_s);
        gate.setEnvironment(u"AUDIENCE"_s, u"public"_s);
        QCOMPARE(gate.start(), QString());
        const QTemporaryDir folder;
        Program program(folder.path(), QUrl());
        IdentityBook *book = program.workspace.identities();
        const auto identity = book->save(Identity{.kind = CognitoUser{.poolId = poolId,
                                                                      .clientId = u"public"_s,
                                                                      .userName = u"ann@example.com"_s,
                                                                      .serviceUrl = pool.url().toString()}});
        const auto signIn = book->signIn(identity->id);
        QSignalSpy signedIn(signIn.get(), &SignIn::signedIn);
        signIn->submitPassword(u"ann@example.com"_s, Secret(u"Correct-Horse-9 é"_s.toUtf8()));
        QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 1, longWait);

        Agent agent;
        agent.name = u"By audience"_s;
        agent.target = RuntimeTarget{
            .arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/jwt_agent-AbCdEf1234"_s,
            .endpointOverride = gate.url().toString()};
        agent.auth = AuthMethod::Identity;
        agent.identity = identity->id;
        agent = *program.workspace.agents()->save(agent);
        QCOMPARE_EQ(*book->sentToken(agent), SentToken::Access);
        Chat *chat = program.workspace.newConversation(agent.id);
        for (const int answers : {1, 2}) {
            chat->send(u"objects"_s);
            QTRY_VERIFY_WITH_TIMEOUT(chat->messages()->count() == 2 * answers && !chat->isStreaming(),
                                     longWait);
            QCOMPARE(chat->messages()->at(2 * answers - 1).text(), u"The sky is blue."_s);
        }
        QCOMPARE_EQ(*book->sentToken(agent), SentToken::Id);
        // Turned away once, and never again.
        QCOMPARE(asked(QUrl(gate.url().toString() + u"/test/refusals"_s)), "1"_ba);
        QCOMPARE(asked(QUrl(gate.url().toString() + u"/test/invocations"_s)), "2"_ba);
    }
};

QTEST_GUILESS_MAIN(TestTokenChoice)
#include "tst_tokenchoice.moc"
