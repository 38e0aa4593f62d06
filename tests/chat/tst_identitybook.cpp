// SPDX-License-Identifier: Apache-2.0
#include "chat/cognitoflow.h"
#include "chat/program.h"
#include "chat/signin.h"
#include "support/networkcalls.h"
#include "support/nodeserver.h"
#include "support/waited.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Parlance;

//! Identities and the agents that name them, in front of a gate that checks who asks.
class TestIdentityBook : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<Program> start()
    {
        auto program = std::make_unique<Program>(m_folder->path(), QUrl());
        if (!program->isReady)
            qWarning("the store did not open");
        return program;
    }

    // An agent behind a gate; its runtime's name says what the gate wants.
    static Agent agentAt(const NodeServer &gate, const QString &runtime, const IdentityId &identity)
    {
        Agent agent;
        agent.name = runtime;
        agent.target = RuntimeTarget{.arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/"_s
                                         + runtime + u"-AbCdEf1234"_s,
                                     .endpointOverride = gate.url().toString()};
        agent.auth = AuthMethod::Identity;
        agent.identity = identity;
        return agent;
    }

    static Message answerTo(Program &program, const Agent &agent, const QString &prompt)
    {
        const Result<Agent> saved = program.workspace.agents()->save(agent);
        if (!saved)
            return {};
        Chat *chat = program.workspace.newConversation(saved->id);
        chat->send(prompt);
        if (!QTest::qWaitFor([chat] { return chat->messages()->count() == 2 && !chat->isStreaming(); },
                             longWait))
            return {};
        return chat->messages()->at(1);
    }

    static QString errorIn(const Message &message)
    {
        for (const MessagePart &part : message.parts) {
            if (const auto *error = std::get_if<ErrorPart>(&part.content))
                return errorKindName(error->error->kind);
        }
        return {};
    }

    void startGate(NodeServer &gate, const QString &client = {})
    {
        gate.setEnvironment(u"ISSUER"_s, m_provider.url().toString());
        gate.setEnvironment(u"JWKS"_s, m_provider.url().toString() + u"/jwks"_s);
        gate.setEnvironment(u"CLIENT"_s, client);
        const QString problem = gate.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    Identity machine() const
    {
        return Identity{.kind = MachineClient{.issuer = m_provider.url().toString(),
                                              .clientId = u"machine"_s,
                                              .scopes = {u"agents/invoke"_s}}};
    }

    //! What a pool was asked so far.
    static QJsonObject callsOf(const NodeServer &pool)
    {
        return QJsonDocument::fromJson(asked(pool.url().resolved(QUrl(u"/test/calls"_s)))).object();
    }

    NodeServer m_provider{u"oidc.mjs"_s};
    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("AWS_ACCESS_KEY_ID", "AKIDSESSION");
        qputenv("AWS_SECRET_ACCESS_KEY", "gate/session+key");
        qputenv("AWS_SESSION_TOKEN", "session/token+==");
        const QString problem = m_provider.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void keepsIdentitiesAndWhoNamesThem()
    {
        IdentityId id;
        {
            const auto program = start();
            IdentityBook *book = program->workspace.identities();
            const Identity cognito{.name = u" Ann "_s,
                                   .kind = CognitoUser{.poolId =
                                                           u"https://cognito-idp.eu-west-1.amazonaws.com/"
                                                           "eu-west-1_x9/.well-known/openid-configuration"_s,
                                                       .clientId = u"abc"_s,
                                                       .userName = u"ann@example.com"_s}};
            const auto saved = book->save(cognito);
            QVERIFY(saved);
            QCOMPARE(saved->name, u"Ann"_s);
            QCOMPARE(std::get<CognitoUser>(saved->kind).poolId, u"eu-west-1_x9"_s);
            QVERIFY(waited(book->saveWithSecret(machine(), Secret("machine-secret"))));
            QVERIFY(book->save(Identity{.kind = AwsKeys{.profile = u"dev"_s}}));
            QVERIFY(book->save(
                Identity{.kind = BrowserUser{.issuer = u"https://login.example.com"_s, .clientId = u"c"_s}}));
            id = saved->id;
            Agent agent;
            agent.target = UrlTarget{u"http://localhost:8080"_s};
            agent.auth = AuthMethod::Identity;
            agent.identity = id;
            agent.sentToken = SentToken::Id;
            QVERIFY(program->workspace.agents()->save(agent));
            QVERIFY(program->flush());
        }
        const auto program = start();
        const std::vector<Identity> &identities = program->workspace.identities()->identities();
        QCOMPARE_EQ(identities.size(), 4U);
        QCOMPARE(identities[0].id, id);
        QCOMPARE(identities[1].name, u"machine"_s);
        QCOMPARE(identities[1].kind, machine().kind);
        QCOMPARE(identities[2].name, u"AWS profile dev"_s);
        QCOMPARE(identities[3].name, u"login.example.com"_s);
        const Agent agent = program->workspace.agents()->agents().back();
        QCOMPARE(agent.auth, AuthMethod::Identity);
        QCOMPARE(agent.identity, id);
        QCOMPARE(agent.sentToken, SentToken::Id);
    }

    void saysWhatIsWrongWithAnIdentity_data()
    {
        QTest::addColumn<Identity>("identity");
        QTest::newRow("no pool") << Identity{.kind = CognitoUser{.poolId = u"my pool"_s, .clientId = u"c"_s}};
        QTest::newRow("plain service") << Identity{
            .kind = CognitoUser{
                .poolId = u"eu-west-1_x"_s, .clientId = u"c"_s, .serviceUrl = u"http://idp.example"_s}};
        QTest::newRow("no client") << Identity{.kind = CognitoUser{.poolId = u"eu-west-1_x"_s}};
        QTest::newRow("plain issuer")
            << Identity{.kind = BrowserUser{.issuer = u"http://login.example.com"_s, .clientId = u"c"_s}};
        QTest::newRow("no browser client") << Identity{.kind = BrowserUser{.issuer = u"https://x"_s}};
        QTest::newRow("redirect elsewhere")
            << Identity{.kind = BrowserUser{
                            .issuer = u"https://x"_s, .clientId = u"c"_s, .redirectUri = u"myapp:/back"_s}};
        QTest::newRow("no machine") << Identity{.kind = MachineClient{.issuer = u"https://x"_s}};
    }
    void saysWhatIsWrongWithAnIdentity()
    {
        QFETCH(Identity, identity);
        const auto program = start();
        const auto saved = program->workspace.identities()->save(identity);
        QVERIFY(!saved);
        QVERIFY(!saved.error().message.isEmpty());
        QVERIFY(program->workspace.identities()->identities().empty());
    }

    void asksWithAwsKeys()
    {
        NodeServer gate(u"gate.mjs"_s);
        startGate(gate);
        const auto program = start();
        const auto keys = program->workspace.identities()->save(Identity{.kind = AwsKeys{}});
        QVERIFY(keys);
        const Message answer = answerTo(*program, agentAt(gate, u"iam_agent"_s, keys->id), u"objects"_s);
        QCOMPARE(answer.state, MessageState::Complete);
        QCOMPARE(answer.text(), u"The sky is blue."_s);
        const auto who = waited(program->workspace.identities()->check(keys->id));
        QVERIFY(who);
        QCOMPARE(*who, u"AKIDSESSION"_s);
        const Message refused = answerTo(*program, agentAt(gate, u"jwt_agent"_s, keys->id), u"objects"_s);
        QCOMPARE(errorIn(refused), u"authMethodMismatch"_s);
    }

    void correctsItsClockAndAsksOnceMore()
    {
        NodeServer gate(u"gate.mjs"_s);
        gate.setEnvironment(u"CLOCK_AHEAD_S"_s, u"-7200"_s);
        startGate(gate);
        const auto program = start();
        QSignalSpy corrected(program->workspace.identities(), &IdentityBook::clockCorrected);
        const auto keys = program->workspace.identities()->save(Identity{.kind = AwsKeys{}});
        QVERIFY(keys);
        const Message answer = answerTo(*program, agentAt(gate, u"iam_agent"_s, keys->id), u"objects"_s);
        QCOMPARE(answer.state, MessageState::Complete);
        QCOMPARE(corrected.count(), 1);
        QVERIFY(program->workspace.identities()->clockCorrection() < std::chrono::hours(-1));
    }

    void asksWithTheTokenOfAClientOfItsOwn()
    {
        NodeServer gate(u"gate.mjs"_s);
        startGate(gate, u"machine"_s);
        const auto program = start();
        IdentityBook *book = program->workspace.identities();
        const auto identity = waited(book->saveWithSecret(machine(), Secret("machine-secret")));
        QVERIFY(identity);
        QVERIFY(!book->signIn(identity->id));
        const Message answer = answerTo(*program, agentAt(gate, u"jwt_agent"_s, identity->id), u"objects"_s);
        QCOMPARE(answer.text(), u"The sky is blue."_s);
        QCOMPARE(book->state(identity->id).kind, IdentityState::Kind::SignedIn);
        QCOMPARE(book->state(identity->id).clientId, u"machine"_s);
    }

    void renewsATokenThatTheServiceCallsRunOut()
    {
        // The service's clock is ahead, so the token is over there before it is here; the renewed one is too.
        NodeServer gate(u"gate.mjs"_s);
        gate.setEnvironment(u"CLOCK_AHEAD_S"_s, u"7200"_s);
        startGate(gate, u"machine"_s);
        const auto program = start();
        IdentityBook *book = program->workspace.identities();
        const auto identity = waited(book->saveWithSecret(machine(), Secret("machine-secret")));
        QSignalSpy states(book, &IdentityBook::stateChanged);
        const Message answer = answerTo(*program, agentAt(gate, u"jwt_agent"_s, identity->id), u"objects"_s);
        // Tried with two tokens, and then no more.
        QCOMPARE(errorIn(answer), u"unauthorized"_s);
        QVERIFY(states.count() >= 3);
    }

    void isRefusedWithTheTokenOfAnotherClient()
    {
        NodeServer gate(u"gate.mjs"_s);
        startGate(gate, u"somebody-else"_s);
        const auto program = start();
        const auto identity =
            waited(program->workspace.identities()->saveWithSecret(machine(), Secret("machine-secret")));
        const Message answer = answerTo(*program, agentAt(gate, u"jwt_agent"_s, identity->id), u"objects"_s);
        QCOMPARE(errorIn(answer), u"tokenClaimMismatch"_s);
    }

    void saysThatOneMustSignInFirst()
    {
        NodeServer gate(u"gate.mjs"_s);
        startGate(gate);
        const auto program = start();
        const auto identity = program->workspace.identities()->save(
            Identity{.kind = BrowserUser{.issuer = m_provider.url().toString(), .clientId = u"desktop"_s}});
        QVERIFY(identity);
        const Message answer = answerTo(*program, agentAt(gate, u"jwt_agent"_s, identity->id), u"objects"_s);
        QCOMPARE(errorIn(answer), u"secretMissing"_s);
        QCOMPARE(program->workspace.identities()->state(identity->id).kind, IdentityState::Kind::SignedOut);
    }

    void sendsNoTokenOfOneProviderToAnother()
    {
        const auto program = start();
        IdentityBook *book = program->workspace.identities();
        const Identity web{.kind =
                               BrowserUser{.issuer = m_provider.url().toString(), .clientId = u"desktop"_s}};
        Result<Identity> identity = book->save(web);
        QVERIFY(identity);
        const QString prefix = IdentityBook::secretPrefix(identity->id);
        for (const QString &name : {u"/access"_s, u"/refresh"_s})
            QVERIFY(waited(program->secrets.write(prefix + name, Secret("kept"))));
        const auto isKept = [&](const QString &name) {
            const auto kept = waited(program->secrets.read(prefix + name));
            return kept && kept->has_value();
        };
        std::get<BrowserUser>(identity->kind).redirectUri = u"http://localhost:3000/"_s;
        identity->name = u"Moved"_s;
        identity = book->save(*identity);
        QVERIFY(identity);
        QVERIFY(isKept(u"/refresh"_s));

        std::get<BrowserUser>(identity->kind).issuer = u"https://login.example.com"_s;
        QVERIFY(book->save(*identity));
        QTRY_VERIFY_WITH_TIMEOUT(!isKept(u"/refresh"_s) && !isKept(u"/access"_s), longWait);
        const auto who = waited(book->check(identity->id));
        QVERIFY(!who);
        QCOMPARE(who.error().kind, ErrorKind::SecretMissing);
    }

    void revokesWithTheSecretThatATokenWasGotWith()
    {
        NodeServer pool(u"userpool.mjs"_s);
        const QString problem = pool.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        const auto program = start();
        IdentityBook *book = program->workspace.identities();
        Result<Identity> identity =
            waited(book->saveWithSecret(Identity{.kind = CognitoUser{.poolId = u"us-east-1_AbCdEfGhI"_s,
                                                                     .clientId = u"confidential"_s,
                                                                     .hasClientSecret = true,
                                                                     .userName = u"ann@example.com"_s,
                                                                     .serviceUrl = pool.url().toString()}},
                                        Secret("client+secret/1")));
        QVERIFY(identity);
        const auto signIn = book->signIn(identity->id);
        QSignalSpy signedIn(signIn.get(), &SignIn::signedIn);
        signIn->submitPassword(u"ann@example.com"_s, Secret(u"Correct-Horse-9 é"_s.toUtf8()));
        QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 1, longWait);

        std::get<CognitoUser>(identity->kind).clientId = u"other"_s;
        QVERIFY(waited(book->saveWithSecret(*identity, Secret("another secret"))));
        QTRY_COMPARE_WITH_TIMEOUT(callsOf(pool).value("revoked"_L1).toInt(), 1, longWait);
        const auto kept =
            waited(program->secrets.read(IdentityBook::secretPrefix(identity->id) + u"/client-secret"_s));
        QCOMPARE(kept->value().reveal(), "another secret"_ba);
    }

    void looksForKeysAnewWhenTheyAreSaidToHaveRunOut()
    {
        const auto program = start();
        const auto keys = program->workspace.identities()->save(Identity{.kind = AwsKeys{}});
        QVERIFY(keys);
        const Agent agent{.auth = AuthMethod::Identity, .identity = keys->id};
        const Error typed{.kind = ErrorKind::SignatureRefused, .exceptionType = u"ExpiredTokenException"_s};
        const Error untyped{.kind = ErrorKind::SignatureRefused,
                            .serverMessage = u"The security token included in the request is expired"_s};
        const Error other{.kind = ErrorKind::SignatureRefused, .serverMessage = u"does not match"_s};
        QVERIFY(program->workspace.identities()->learnFrom(agent, typed));
        QVERIFY(program->workspace.identities()->learnFrom(agent, untyped));
        QVERIFY(!program->workspace.identities()->learnFrom(agent, other));
    }

    void takesEverythingWithItWhenItIsRemoved()
    {
        NodeServer gate(u"gate.mjs"_s);
        startGate(gate, u"machine"_s);
        const auto program = start();
        IdentityBook *book = program->workspace.identities();
        const auto identity = waited(book->saveWithSecret(machine(), Secret("machine-secret")));
        const Agent agent = agentAt(gate, u"jwt_agent"_s, identity->id);
        QCOMPARE(answerTo(*program, agent, u"objects"_s).state, MessageState::Complete);
        QVERIFY(waited(book->remove(identity->id)));
        QVERIFY(book->identities().empty());
        for (const QString &name : {u"/client-secret"_s, u"/access"_s, u"/refresh"_s, u"/id"_s}) {
            const auto kept = waited(program->secrets.read(IdentityBook::secretPrefix(identity->id) + name));
            QVERIFY(kept);
            QVERIFY(!kept->has_value() || kept->value().isEmpty());
        }
        QCOMPARE(errorIn(answerTo(*program, agent, u"objects"_s)), u"secretMissing"_s);
    }

    void doesNotWaitForTheProviderWhenItIsRemoved_data()
    {
        QTest::addColumn<bool>("answers");
        QTest::newRow("never answers") << false;
        QTest::newRow("is not there any more") << true;
    }
    void doesNotWaitForTheProviderWhenItIsRemoved()
    {
        QFETCH(bool, answers);
        auto pool = std::make_unique<NodeServer>(u"userpool.mjs"_s);
        if (!answers)
            pool->setEnvironment(u"NEVER_REVOKES"_s, u"1"_s);
        QCOMPARE(pool->start(), QString());
        const auto program = start();
        IdentityBook *book = program->workspace.identities();
        const auto identity =
            waited(book->saveWithSecret(Identity{.name = u"Ann"_s,
                                                 .kind = CognitoUser{.poolId = u"us-east-1_AbCdEfGhI"_s,
                                                                     .clientId = u"confidential"_s,
                                                                     .hasClientSecret = true,
                                                                     .userName = u"ann@example.com"_s,
                                                                     .serviceUrl = pool->url().toString()}},
                                        Secret("client+secret/1")));
        QVERIFY(identity);
        const auto signIn = book->signIn(identity->id);
        QSignalSpy signedIn(signIn.get(), &SignIn::signedIn);
        signIn->submitPassword(u"ann@example.com"_s, Secret(u"Correct-Horse-9 é"_s.toUtf8()));
        QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 1, longWait);
        QSignalSpy failed(book, &IdentityBook::revocationFailed);
        if (answers)
            pool.reset();
        QVERIFY(waited(book->remove(identity->id)));
        QVERIFY(book->identities().empty());
        QCOMPARE(book->state(identity->id).kind, IdentityState::Kind::Unknown);
        for (const QString &name : {u"/client-secret"_s, u"/access"_s, u"/refresh"_s, u"/id"_s}) {
            const auto kept = waited(program->secrets.read(IdentityBook::secretPrefix(identity->id) + name));
            QVERIFY(kept);
            QVERIFY(!kept->has_value() || kept->value().isEmpty());
        }
        if (!answers) {
            QCOMPARE_EQ(failed.count(), 0);
            return;
        }
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, longWait);
        QCOMPARE(failed.first().first().value<Identity>().name, u"Ann"_s);
        QVERIFY(!failed.first().last().value<Error>().message.isEmpty());
    }

    void beginsNothingOnceItWasCancelled()
    {
        NodeServer pool(u"userpool.mjs"_s);
        QCOMPARE(pool.start(), QString());
        const auto http = makeNetworkCaller();
        QPromise<Result<std::optional<Secret>>> keychain;
        keychain.start();
        CognitoFlow flow(
            {.poolId = u"us-east-1_AbCdEfGhI"_s,
             .clientId = u"confidential"_s,
             .hasClientSecret = true,
             .serviceUrl = pool.url().toString()},
            [&keychain] { return keychain.future(); }, http.get(), nullptr);
        flow.submitPassword(u"ann@example.com"_s, Secret("wrong"));
        flow.cancel();
        QVERIFY(!flow.page().isBusy);
        QSignalSpy pages(&flow, &SignIn::pageChanged);
        keychain.addResult(std::optional<Secret>(Secret("client+secret/1")));
        keychain.finish();
        // Each asks the pool and waits, which is time enough for what must not be asked.
        for (int i = 0; i < 5; ++i)
            QVERIFY(!callsOf(pool).contains("InitiateAuth"_L1));
        QCOMPARE(pages.count(), 0);
        QVERIFY(!flow.page().isBusy);
    }

    void walksThroughASignInPageByPage()
    {
        NodeServer pool(u"userpool.mjs"_s);
        const QString problem = pool.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        const auto program = start();
        IdentityBook *book = program->workspace.identities();
        const auto identity = book->save(Identity{.kind = CognitoUser{.poolId = u"us-east-1_AbCdEfGhI"_s,
                                                                      .clientId = u"public"_s,
                                                                      .userName = u"choose@example.com"_s,
                                                                      .serviceUrl = pool.url().toString()}});
        QVERIFY(identity);
        const auto signIn = book->signIn(identity->id);
        QVERIFY(signIn);
        QSignalSpy signedIn(signIn.get(), &SignIn::signedIn);
        using Kind = SignInPage::Kind;
        QCOMPARE(signIn->page().kind, Kind::Password);
        QCOMPARE(signIn->page().userName, u"choose@example.com"_s);
        signIn->submitPassword(u"choose@example.com"_s, Secret("wrong"));
        QVERIFY(signIn->page().isBusy);
        QTRY_VERIFY_WITH_TIMEOUT(signIn->page().problem.has_value(), longWait);
        QVERIFY(!signIn->page().isBusy);
        signIn->submitPassword(u"choose@example.com"_s, Secret(u"Correct-Horse-9 é"_s.toUtf8()));
        QTRY_COMPARE_WITH_TIMEOUT(signIn->page().kind, Kind::ChooseMfa, longWait);
        QCOMPARE(signIn->page().choices.first().label, u"By text message"_s);
        signIn->choose(signIn->page().choices.first().value);
        QTRY_COMPARE_WITH_TIMEOUT(signIn->page().kind, Kind::Code, longWait);
        QCOMPARE(signIn->page().note, u"A code was sent to +*******0100 by text message."_s);
        signIn->submitAnswer(Secret("000000"));
        QTRY_VERIFY_WITH_TIMEOUT(signIn->page().problem.has_value(), longWait);
        QCOMPARE(signIn->page().kind, Kind::Code);
        signIn->submitAnswer(Secret("123456"));
        QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 1, longWait);
        QCOMPARE(signIn->page().kind, Kind::Done);
        QVERIFY(!signIn->page().sentPassword);
        QCOMPARE(book->state(identity->id).kind, IdentityState::Kind::SignedIn);
        QVERIFY(waited(book->signOut(identity->id)));
        QCOMPARE(book->state(identity->id).kind, IdentityState::Kind::SignedOut);
    }
};

QTEST_GUILESS_MAIN(TestIdentityBook)
#include "tst_identitybook.moc"
