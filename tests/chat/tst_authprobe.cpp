// SPDX-License-Identifier: Apache-2.0
#include "chat/authprobe.h"
#include "support/networkcalls.h"
#include "support/nodeserver.h"

#include <QTest>

#include <map>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

using Kind = AuthFinding::Kind;
constexpr int longWait = 60'000;

//! Answers by the path of the address, and writes down what was asked.
class ScriptedCaller : public HttpCaller
{
public:
    QFuture<Result<HttpReply>> call(RequestDraft draft) override
    {
        asked.append(QString::fromLatin1(draft.method) + u' ' + draft.url.toString(QUrl::RemoveQuery));
        hadProof = hadProof || !draft.secretHeaders.isEmpty();
        HttpReply reply{.status = 404};
        for (const auto &[ending, answer] : answers) {
            if (draft.url.path().endsWith(ending))
                reply = answer;
        }
        return QtFuture::makeReadyFuture(Result<HttpReply>(reply));
    }

    std::map<QString, HttpReply> answers;
    QStringList asked;
    bool hadProof = false;
};

HttpReply refusal(int status, const QByteArray &body, const QByteArray &challenge = {})
{
    HttpReply reply{
        .status = status, .headers = {HttpHeader{"Content-Type", "application/json"}}, .body = body};
    if (!challenge.isEmpty())
        reply.headers.append(HttpHeader{"WWW-Authenticate", challenge});
    return reply;
}

QByteArray issuedBy(const QByteArray &issuer)
{
    return "{\"authorization_servers\":[\"" + issuer + "\"]}";
}

RuntimeTarget runtimeAt(const QString &name, const QString &override = {})
{
    return RuntimeTarget{.arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/"_s + name
                             + u"-AbCdEf1234"_s,
                         .endpointOverride = override};
}

constexpr const char *missing =
    "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32001,\"message\":\"Missing Authentication Token\"}}";
const QString stop = u"/stopruntimesession"_s;
const QString metadata = u"/.well-known/oauth-protected-resource"_s;
const QString discovery = u"/.well-known/openid-configuration"_s;

} // namespace

//! Finding out how to sign in, at a gate that refuses as the service does, and at scripted ones.
class TestAuthProbe : public QObject
{
    Q_OBJECT
private:
    static Result<AuthFinding> probe(HttpCaller *caller, const AgentTarget &target,
                                     const QString &qualifier = {})
    {
        AuthProbe probe(caller);
        const auto future = probe.probe(target, qualifier);
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, longWait)
            || future.resultCount() == 0)
            return failure(ErrorKind::Internal, u"no result"_s);
        return future.result();
    }

    static AuthFinding findingOf(HttpCaller *caller, const AgentTarget &target, const QString &qualifier = {})
    {
        const Result<AuthFinding> found = probe(caller, target, qualifier);
        return found ? *found : AuthFinding{.sentence = u"error: "_s + found.error().message};
    }

private Q_SLOTS:
    void tellsTokensFromKeysAtTheGate()
    {
        NodeServer provider{u"oidc.mjs"_s};
        QString problem = provider.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        NodeServer gate{u"gate.mjs"_s};
        gate.setEnvironment(u"ISSUER"_s, provider.url().toString());
        problem = gate.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        const auto caller = makeNetworkCaller();

        const AuthFinding token =
            findingOf(caller.get(), runtimeAt(u"jwt_agent"_s, gate.url().toString()), u"prod"_s);
        QCOMPARE(token, (AuthFinding{.kind = Kind::OAuth, .issuer = provider.url().toString()}));
        QCOMPARE(findingOf(caller.get(), runtimeAt(u"iam_agent"_s, gate.url().toString())),
                 (AuthFinding{.kind = Kind::Iam}));

        const auto reached =
            caller->call({.method = "GET", .url = QUrl(gate.url().toString() + u"/test/invocations"_s)});
        QTRY_VERIFY_WITH_TIMEOUT(reached.isFinished(), longWait);
        QCOMPARE(reached.result()->body, "0"_ba);
    }

    void asksWithoutProofAndNeverInvokes()
    {
        ScriptedCaller caller;
        caller.answers[stop] = refusal(401, missing);
        caller.answers[metadata] = refusal(
            200,
            "{\"authorization_servers\":[\"https://login.example.com\"],\"scopes_supported\":[\"a\",\"b\"]}");
        caller.answers[discovery] = refusal(
            200,
            "{\"issuer\":\"https://login.example.com\",\"token_endpoint\":\"https://login.example.com/t\"}");
        const AuthFinding found = findingOf(&caller, runtimeAt(u"x"_s));
        QCOMPARE(found,
                 (AuthFinding{.kind = Kind::OAuth,
                              .issuer = u"https://login.example.com"_s,
                              .scopes = {u"a"_s, u"b"_s}}));
        QCOMPARE_EQ(caller.asked.size(), 3);
        for (const QString &asked : caller.asked)
            QVERIFY2(!asked.endsWith(u"/invocations"_s), qPrintable(asked));
        QVERIFY(caller.asked.at(1).startsWith(u"GET https://bedrock-agentcore.us-west-2.amazonaws.com/"_s));
        QVERIFY(!caller.hadProof);
    }

    void asksForTheScopesOfTheRefusal()
    {
        ScriptedCaller caller;
        caller.answers[stop] = refusal(
            401, missing,
            "Bearer resource_metadata=\"https://bedrock-agentcore.us-west-2.amazonaws.com/elsewhere/meta\", "
            "scope=\"one two\"");
        caller.answers[u"/elsewhere/meta"_s] = refusal(200, issuedBy("https://login.example.com"));
        const AuthFinding found = findingOf(&caller, runtimeAt(u"x"_s));
        QCOMPARE(found.kind, Kind::OAuth);
        QCOMPARE(found.scopes, (QStringList{u"one"_s, u"two"_s}));
        // The provider did not answer, and that is said; who it is stays known.
        QCOMPARE(found.issuer, u"https://login.example.com"_s);
        QVERIFY(!found.sentence.isEmpty());
    }

    void doesNotFollowToOtherHosts_data()
    {
        QTest::addColumn<QByteArray>("address");
        for (const char *address :
             {"https://evil.example.com/x", "http://bedrock-agentcore.us-west-2.amazonaws.com/x",
              "https://bedrock-agentcore.us-west-2.amazonaws.com:444/x",
              "https://bedrock-agentcore.us-west-2.amazonaws.com@evil.example.com/x",
              "https://me@bedrock-agentcore.us-west-2.amazonaws.com/x", "file:///etc/passwd", "//", "x"})
            QTest::newRow(address) << QByteArray(address);
    }
    void doesNotFollowToOtherHosts()
    {
        QFETCH(QByteArray, address);
        ScriptedCaller caller;
        caller.answers[stop] = refusal(401, missing, "Bearer resource_metadata=\"" + address + '"');
        const AuthFinding found = findingOf(&caller, runtimeAt(u"x"_s));
        QCOMPARE(found.kind, Kind::OAuth);
        QCOMPARE(found.issuer, QString());
        QVERIFY(!found.sentence.isEmpty());
        QCOMPARE_EQ(caller.asked.size(), 1);
    }

    void trustsOnlyIssuersOverHttps_data()
    {
        QTest::addColumn<QByteArray>("issuer");
        QTest::addColumn<bool>("isTrusted");
        QTest::newRow("https") << "https://login.example.com/tenant/v2.0"_ba << true;
        QTest::newRow("this machine") << "http://127.0.0.1:9/x"_ba << true;
        QTest::newRow("http") << "http://login.example.com"_ba << false;
        QTest::newRow("user name") << "https://a@login.example.com"_ba << false;
        QTest::newRow("file") << "file:///etc/passwd"_ba << false;
        QTest::newRow("none") << ""_ba << false;
    }
    void trustsOnlyIssuersOverHttps()
    {
        QFETCH(QByteArray, issuer);
        QFETCH(bool, isTrusted);
        ScriptedCaller caller;
        caller.answers[stop] = refusal(401, missing);
        caller.answers[metadata] = refusal(200, issuedBy(issuer));
        const AuthFinding found = findingOf(&caller, runtimeAt(u"x"_s));
        QCOMPARE(found.kind, Kind::OAuth);
        QCOMPARE(found.issuer, isTrusted ? QString::fromLatin1(issuer) : QString());
        QCOMPARE_EQ(caller.asked.size(), isTrusted ? 3 : 2);
    }

    void saysWhatItCannotTell()
    {
        ScriptedCaller caller;
        caller.answers[stop] = refusal(400, "{\"message\":\"no\"}");
        QCOMPARE(findingOf(&caller, runtimeAt(u"x"_s)).kind, Kind::Unknown);
        caller.answers[metadata] = refusal(200, issuedBy("https://login.example.com"));
        QCOMPARE(findingOf(&caller, runtimeAt(u"x"_s)).kind, Kind::OAuth);
        caller.answers[stop] =
            refusal(404, "{\"__type\":\"ResourceNotFoundException\",\"message\":\"none\"}");
        QVERIFY(!probe(&caller, runtimeAt(u"x"_s)));
        caller.answers[stop] = refusal(200, "{}");
        QCOMPARE(findingOf(&caller, runtimeAt(u"x"_s)).kind, Kind::None);
        QVERIFY(!probe(&caller, RuntimeTarget{.arn = u"arn:aws:s3:::bucket"_s}));
        QVERIFY(!probe(nullptr, runtimeAt(u"x"_s)));
    }

    void asksAServerByGet()
    {
        ScriptedCaller caller;
        caller.answers[u"/invocations"_s] = refusal(405, "{}");
        const UrlTarget target{u"http://localhost:8080"_s};
        QCOMPARE(findingOf(&caller, target).kind, Kind::None);
        QCOMPARE(caller.asked, QStringList{u"GET http://localhost:8080/invocations"_s});
        caller.answers[u"/invocations"_s] = refusal(403, "{}");
        QCOMPARE(findingOf(&caller, target).kind, Kind::Unknown);
        QCOMPARE(findingOf(&caller, BuiltInTarget{}).kind, Kind::None);
    }
};

QTEST_GUILESS_MAIN(TestAuthProbe)
#include "tst_authprobe.moc"
