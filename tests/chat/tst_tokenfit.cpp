// SPDX-License-Identifier: Apache-2.0
#include "chat/tokenfit.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

using Cure = ProofMismatch::Cure;

// With ' for ".
TokenClaims claims(QByteArray json)
{
    json.replace('\'', '"');
    const QByteArray payload = QJsonDocument::fromJson(json)
                                   .toJson(QJsonDocument::Compact)
                                   .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    return claimsOf(Secret(QByteArray("e30." + payload + ".c2ln"))).value_or(TokenClaims());
}

JwtAuthorizer requiring(const QString &name, const QString &comparison, const QStringList &values)
{
    return JwtAuthorizer{
        .requiredClaims = {RequiredClaim{.name = name, .comparison = comparison, .values = values}}};
}

// Cognito's two tokens.
const QByteArray accessToken =
    "{'iss':'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Pool',"
    "'client_id':'app','scope':'openid orders/read','token_use':'access','username':'ann',"
    "'cognito:groups':['staff','admins'],'exp':1000}"_ba;
const QByteArray idToken =
    "{'iss':'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Pool',"
    "'aud':'app','token_use':'id','email':'ann@example.com','custom:level':'3','exp':1000}"_ba;
const QString pool =
    u"https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Pool/.well-known/openid-configuration"_s;

Agent runtimeAgent(AuthMethod auth, const std::optional<JwtAuthorizer> &authorizer)
{
    Agent agent;
    agent.target = RuntimeTarget{.arn = u"arn"_s};
    agent.auth = auth;
    agent.identity = IdentityId(u"ann"_s);
    agent.facts = RuntimeFacts{.version = u"1"_s, .authorizer = authorizer};
    return agent;
}

} // namespace

//! A token against what a runtime checks, before it is sent.
class TestTokenFit : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comparesATokenWithWhatIsChecked_data()
    {
        QTest::addColumn<JwtAuthorizer>("rules");
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QString>("sentence"); // empty: it will do

        const auto row = [](const char *name, const JwtAuthorizer &rules, const QByteArray &token,
                            const QString &sentence = {}) {
            QTest::newRow(name) << rules << token << sentence;
        };
        row("nothing is checked", {}, accessToken);
        row("issuer", {.discoveryUrl = pool}, accessToken);
        row("issuer with a slash", {.discoveryUrl = u"https://id.example/.well-known/openid-configuration"_s},
            "{'iss':'https://id.example/'}");
        row("issuer without a scheme",
            {.discoveryUrl = u"https://accounts.google.com/.well-known/openid-configuration"_s},
            "{'iss':'accounts.google.com'}");
        row("issuer at Entra's other host",
            {.discoveryUrl = u"https://login.microsoftonline.com/t/.well-known/openid-configuration"_s},
            "{'iss':'https://sts.windows.net/t/'}");
        row("no issuer told", {.discoveryUrl = pool}, "{}");
        row("another issuer", {.discoveryUrl = u"https://id.example/.well-known/openid-configuration"_s},
            accessToken,
            u"This agent takes tokens of id.example; you are signed in at "
            "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Pool."_s);
        row("client", {.allowedClients = {u"other"_s, u"app"_s}}, accessToken);
        row("another client", {.allowedClients = {u"web"_s}}, accessToken,
            u"This agent takes tokens of client web; you are signed in with app."_s);
        row("client against an ID token", {.allowedClients = {u"app"_s}}, idToken,
            u"This agent takes tokens of client app; the token that is sent names no client."_s);
        row("audience", {.allowedAudience = {u"app"_s}}, idToken);
        row("one of several audiences", {.allowedAudience = {u"b"_s}}, "{'aud':['a','b']}");
        row("another audience", {.allowedAudience = {u"web"_s, u"cli"_s}}, idToken,
            u"This agent takes tokens for the audience web, cli; yours is for app."_s);
        row("audience against an access token", {.allowedAudience = {u"app"_s}}, accessToken,
            u"This agent takes tokens for the audience app; the token that is sent names no audience."_s);
        row("any one of the scopes", {.allowedScopes = {u"orders/write"_s, u"orders/read"_s}}, accessToken);
        row("none of the scopes", {.allowedScopes = {u"orders/write"_s}}, accessToken,
            u"This agent wants the scope orders/write; your token has openid, orders/read."_s);
        row("no scopes", {.allowedScopes = {u"orders/write"_s}}, idToken,
            u"This agent wants the scope orders/write; your token has none."_s);
        row("equals", requiring(u"custom:level"_s, u"EQUALS"_s, {u"3"_s}), idToken);
        row("does not equal", requiring(u"custom:level"_s, u"EQUALS"_s, {u"4"_s}), idToken,
            u"This agent wants “custom:level” in the token to be 4; yours has 3."_s);
        row("is missing", requiring(u"custom:level"_s, u"EQUALS"_s, {u"3"_s}), accessToken,
            u"This agent wants “custom:level” in the token to be 3; your token does not have it."_s);
        row("contains", requiring(u"cognito:groups"_s, u"CONTAINS"_s, {u"admins"_s}), accessToken);
        row("does not contain", requiring(u"cognito:groups"_s, u"CONTAINS"_s, {u"owners"_s}), accessToken,
            u"This agent wants “cognito:groups” in the token to be owners; yours has staff, admins."_s);
        row("contains any", requiring(u"cognito:groups"_s, u"CONTAINS_ANY"_s, {u"owners"_s, u"staff"_s}),
            accessToken);
        row("contains none", requiring(u"cognito:groups"_s, u"CONTAINS_ANY"_s, {u"owners"_s, u"guests"_s}),
            accessToken,
            u"This agent wants “cognito:groups” in the token to be owners, guests; yours has staff, admins."_s);
        row("a list does not equal", requiring(u"cognito:groups"_s, u"EQUALS"_s, {u"staff"_s}), accessToken,
            u"This agent wants “cognito:groups” in the token to be staff; yours has staff, admins."_s);
        row("a text contains nothing", requiring(u"username"_s, u"CONTAINS"_s, {u"ann"_s}), accessToken,
            u"This agent wants “username” in the token to be ann; yours has ann."_s);
        row("a comparison that is not known", requiring(u"username"_s, u"RESEMBLES"_s, {u"bob"_s}),
            accessToken);
        row("all together",
            {.discoveryUrl = pool,
             .allowedClients = {u"app"_s},
             .allowedScopes = {u"openid"_s},
             .requiredClaims = {{u"token_use"_s, u"EQUALS"_s, {u"access"_s}}}},
            accessToken);
        // No token of Cognito has both.
        row("client and audience", {.allowedAudience = {u"app"_s}, .allowedClients = {u"app"_s}}, accessToken,
            u"This agent takes tokens for the audience app; the token that is sent names no audience."_s);
    }
    void comparesATokenWithWhatIsChecked()
    {
        QFETCH(JwtAuthorizer, rules);
        QFETCH(QByteArray, token);
        QFETCH(QString, sentence);
        const auto found = tokenMismatch(rules, claims(token));
        QCOMPARE(found ? found->sentence : QString(), sentence);
        if (found)
            QCOMPARE(found->cure, Cure::ChooseIdentity);
    }

    void countsTheTimeWhereNobodyRenews()
    {
        const JwtAuthorizer rules{.allowedClients = {u"app"_s}};
        QVERIFY(!tokenMismatch(rules, claims(accessToken)));
        QVERIFY(!tokenMismatch(rules, claims(accessToken), QDateTime::fromSecsSinceEpoch(999)));
        const auto over = tokenMismatch(rules, claims(accessToken), QDateTime::fromSecsSinceEpoch(1000));
        QVERIFY(over);
        QCOMPARE(over->cure, Cure::SignIn);
        QVERIFY(!tokenMismatch(rules, claims("{'client_id':'app'}"), QDateTime::currentDateTimeUtc()));
    }

    void comparesTheWayOfSigningIn_data()
    {
        QTest::addColumn<Agent>("agent");
        QTest::addColumn<bool>("isAws");
        QTest::addColumn<bool>("hasClaims");
        QTest::addColumn<QString>("words"); // empty: it will do
        const JwtAuthorizer other{.allowedClients = {u"web"_s}};
        const JwtAuthorizer workloads{.isForWorkloads = true};
        Agent unknown = runtimeAgent(AuthMethod::None, other);
        unknown.facts.reset();
        Agent server = runtimeAgent(AuthMethod::None, other);
        server.target = UrlTarget{.url = u"http://localhost:8080"_s};
        using enum AuthMethod;
        QTest::newRow("nothing known") << unknown << false << false << QString();
        QTest::newRow("no runtime") << server << false << false << QString();
        QTest::newRow("keys, wants keys")
            << runtimeAgent(AuthMethod::Identity, {}) << true << false << QString();
        QTest::newRow("keys, wants a token")
            << runtimeAgent(AuthMethod::Identity, other) << true << false << u"wants a token"_s;
        QTest::newRow("token, wants keys")
            << runtimeAgent(AuthMethod::Identity, {}) << false << true << u"wants AWS keys"_s;
        QTest::newRow("pasted, wants keys")
            << runtimeAgent(Bearer, {}) << false << true << u"wants AWS keys"_s;
        QTest::newRow("nothing, wants keys")
            << runtimeAgent(None, {}) << false << false << u"wants AWS keys"_s;
        QTest::newRow("nothing, wants a token")
            << runtimeAgent(None, other) << false << false << u"wants a token"_s;
        QTest::newRow("token of another client")
            << runtimeAgent(AuthMethod::Identity, other) << false << true << u"of client web"_s;
        QTest::newRow("not signed in yet")
            << runtimeAgent(AuthMethod::Identity, other) << false << false << QString();
        QTest::newRow("for workloads")
            << runtimeAgent(AuthMethod::Identity, workloads) << false << false << u"other programs"_s;
    }
    void comparesTheWayOfSigningIn()
    {
        QFETCH(Agent, agent);
        QFETCH(bool, isAws);
        QFETCH(bool, hasClaims);
        QFETCH(QString, words);
        const Identity identity{.id = agent.identity,
                                .kind = isAws ? IdentityKind(AwsKeys{}) : IdentityKind(CognitoUser{})};
        const auto found = proofMismatch(agent, agent.auth == AuthMethod::Identity ? &identity : nullptr,
                                         hasClaims ? std::optional(claims(accessToken)) : std::nullopt);
        QCOMPARE(found.has_value(), !words.isEmpty());
        if (found)
            QVERIFY2(found->sentence.contains(words), qPrintable(found->sentence));
    }

    void leadsToWhereItIsMended()
    {
        const JwtAuthorizer other{.allowedClients = {u"web"_s}};
        const Identity ann{.kind = CognitoUser{}};
        const auto now = QDateTime::fromSecsSinceEpoch(2000);
        QCOMPARE(
            proofMismatch(runtimeAgent(AuthMethod::Bearer, other), nullptr, claims(accessToken), now)->cure,
            Cure::SetToken);
        QCOMPARE(proofMismatch(runtimeAgent(AuthMethod::Bearer, JwtAuthorizer{}), nullptr,
                               claims(accessToken), now)
                     ->cure,
                 Cure::SetToken);
        QCOMPARE(proofMismatch(runtimeAgent(AuthMethod::Identity, other), &ann, claims(accessToken))->cure,
                 Cure::ChooseIdentity);
        QCOMPARE(proofMismatch(runtimeAgent(AuthMethod::Identity, JwtAuthorizer{.isForWorkloads = true}),
                               &ann, claims(accessToken))
                     ->cure,
                 Cure::None);
        // One that was removed is told of elsewhere.
        QVERIFY(!proofMismatch(runtimeAgent(AuthMethod::Identity, other), nullptr, {}));
    }
};

QTEST_GUILESS_MAIN(TestTokenFit)
#include "tst_tokenfit.moc"
