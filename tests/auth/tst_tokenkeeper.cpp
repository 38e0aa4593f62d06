// SPDX-License-Identifier: Apache-2.0
#include "auth/cognitosignin.h"
#include "auth/memorystore.h"
#include "auth/tokenkeeper.h"
#include "support/networkcalls.h"
#include "support/nodeserver.h"
#include "support/waited.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

QDateTime in(qint64 seconds)
{
    return QDateTime::currentDateTimeUtc().addSecs(seconds);
}

// A provider whose answers the test gives.
struct FakeProvider
{
    TokenLife life()
    {
        return TokenLife{.renew =
                             [this](const TokenSet &kept) {
                                 renewedWith.append(kept.refreshToken.reveal());
                                 pending = std::make_unique<QPromise<Result<TokenSet>>>();
                                 pending->start();
                                 return pending->future();
                             },
                         .revoke =
                             [this](const Secret &refreshToken) {
                                 revoked.append(refreshToken.reveal());
                                 return QtFuture::makeReadyFuture(Result<void>());
                             }};
    }
    void answer(const Result<TokenSet> &tokens)
    {
        if (!QTest::qWaitFor([this] { return pending != nullptr; }, longWait))
            return;
        const auto asked = std::move(pending);
        asked->addResult(tokens);
        asked->finish();
    }
    QList<QByteArray> renewedWith;
    QList<QByteArray> revoked;
    std::unique_ptr<QPromise<Result<TokenSet>>> pending;
};

TokenSet tokens(const QByteArray &name, qint64 secondsLeft)
{
    return TokenSet{.accessToken = Secret(QByteArray("access-" + name)),
                    .idToken = Secret(QByteArray("id-" + name)),
                    .refreshToken = Secret(QByteArray("refresh-" + name)),
                    .expires = in(secondsLeft)};
}

//! A keychain that can be locked.
class LockableStore : public MemoryStore
{
public:
    QFuture<Result<std::optional<Secret>>> read(const QString &key) override
    {
        if (isLocked)
            return QtFuture::makeReadyFuture(Result<std::optional<Secret>>(
                failure(ErrorKind::KeychainLocked, u"The keychain is locked."_s)));
        return MemoryStore::read(key);
    }
    bool isLocked = false;
};

} // namespace

class TestTokenKeeper : public QObject
{
    Q_OBJECT
private:
    QByteArray kept(MemoryStore &secrets, const QString &key)
    {
        const auto read = waited(secrets.read(key));
        return read ? read->value_or(Secret()).reveal() : QByteArray("error");
    }

private Q_SLOTS:
    void asksToSignInFirst()
    {
        MemoryStore secrets;
        FakeProvider provider;
        TokenKeeper keeper(u"identity/1"_s, &secrets, provider.life());
        const auto token = waited(keeper.token(TokenKind::Access));
        QVERIFY(!token);
        QCOMPARE(token.error().kind, ErrorKind::SecretMissing);
        QCOMPARE(keeper.state().kind, TokenState::Kind::SignedOut);
    }

    void keepsASignInAcrossStarts()
    {
        MemoryStore secrets;
        FakeProvider provider;
        {
            TokenKeeper keeper(u"identity/1"_s, &secrets, provider.life());
            QVERIFY(waited(keeper.accept(tokens("one", 3600))));
            QCOMPARE(waited(keeper.token(TokenKind::Access))->reveal(), "access-one");
            QCOMPARE(waited(keeper.token(TokenKind::Id))->reveal(), "id-one");
        }
        TokenKeeper keeper(u"identity/1"_s, &secrets, provider.life());
        QCOMPARE(waited(keeper.token(TokenKind::Access))->reveal(), "access-one");
        QCOMPARE(keeper.state().kind, TokenState::Kind::SignedIn);
        QVERIFY(provider.renewedWith.isEmpty());
    }

    void renewsOnceForAllWhoAsk()
    {
        MemoryStore secrets;
        FakeProvider provider;
        TokenKeeper keeper(u"identity/1"_s, &secrets, provider.life());
        QVERIFY(waited(keeper.accept(tokens("one", 4 * 60))));
        QList<QFuture<Result<Secret>>> futures;
        for (int i = 0; i < 20; ++i)
            futures.append(keeper.token(TokenKind::Access));
        QTRY_COMPARE_WITH_TIMEOUT(provider.renewedWith, QList<QByteArray>{"refresh-one"}, longWait);
        QCOMPARE(keeper.state().kind, TokenState::Kind::Renewing);
        provider.answer(tokens("two", 3600));
        for (const auto &future : futures)
            QCOMPARE(waited(future)->reveal(), "access-two");
        QCOMPARE(kept(secrets, u"identity/1/refresh"_s), "refresh-two");
        QCOMPARE(provider.renewedWith.size(), 1);
    }

    void savesARotatedTokenBeforeItIsUsed()
    {
        MemoryStore secrets;
        FakeProvider provider;
        TokenKeeper keeper(u"identity/1"_s, &secrets, provider.life());
        QVERIFY(waited(keeper.accept(tokens("one", 60))));
        QByteArray keptWhenServed;
        keeper.token(TokenKind::Access).then([&](const Result<Secret> &) {
            keptWhenServed = kept(secrets, u"identity/1/refresh"_s);
        });
        provider.answer(tokens("two", 3600));
        QTRY_COMPARE_WITH_TIMEOUT(keptWhenServed, "refresh-two", longWait);
    }

    void keepsTheRefreshTokenOfAProviderThatDoesNotRotate()
    {
        MemoryStore secrets;
        FakeProvider provider;
        TokenKeeper keeper(u"identity/1"_s, &secrets, provider.life());
        QVERIFY(waited(keeper.accept(tokens("one", 60))));
        const auto future = keeper.token(TokenKind::Access);
        provider.answer(TokenSet{.accessToken = Secret("access-two"), .expires = in(3600)});
        QCOMPARE(waited(future)->reveal(), "access-two");
        QCOMPARE(kept(secrets, u"identity/1/refresh"_s), "refresh-one");
        QCOMPARE(waited(keeper.token(TokenKind::Id))->reveal(), "id-one");
    }

    void doesNotRenewAShortLivedTokenWithoutEnd()
    {
        MemoryStore secrets;
        FakeProvider provider;
        TokenKeeper keeper(u"identity/1"_s, &secrets, provider.life());
        QVERIFY(waited(keeper.accept(tokens("one", 60))));
        const auto future = keeper.token(TokenKind::Access);
        provider.answer(tokens("two", 30));
        QCOMPARE(waited(future)->reveal(), "access-two");
        QCOMPARE(provider.renewedWith.size(), 1);
    }

    void endsWhenTheProviderRefuses()
    {
        MemoryStore secrets;
        FakeProvider provider;
        TokenKeeper keeper(u"identity/1"_s, &secrets, provider.life());
        QVERIFY(waited(keeper.accept(tokens("one", -1))));
        const auto future = keeper.token(TokenKind::Access);
        provider.answer(failure(ErrorKind::Unauthorized, u"The sign-in has ended. Sign in again."_s));
        const auto token = waited(future);
        QVERIFY(!token);
        QCOMPARE(token.error().kind, ErrorKind::SecretMissing);
        QCOMPARE(keeper.state().kind, TokenState::Kind::Ended);
        QCOMPARE(keeper.state().reason, u"The sign-in has ended. Sign in again."_s);
        // Nobody asks the provider again; a sign-in mends it.
        QVERIFY(!waited(keeper.token(TokenKind::Access)));
        QCOMPARE(provider.renewedWith.size(), 1);
        QVERIFY(waited(keeper.accept(tokens("three", 3600))));
        QCOMPARE(waited(keeper.token(TokenKind::Access))->reveal(), "access-three");
    }

    void servesTheOldTokenWhileTheProviderIsOutOfReach()
    {
        MemoryStore secrets;
        FakeProvider provider;
        TokenKeeper keeper(u"identity/1"_s, &secrets, provider.life());
        QVERIFY(waited(keeper.accept(tokens("one", 120))));
        const auto future = keeper.token(TokenKind::Access);
        provider.answer(failure(ErrorKind::ConnectionRefused, u"unreachable"_s));
        QCOMPARE(waited(future)->reveal(), "access-one");
        QCOMPARE(kept(secrets, u"identity/1/refresh"_s), "refresh-one");
        const auto again = keeper.token(TokenKind::Access);
        provider.answer(tokens("two", 3600));
        QCOMPARE(provider.renewedWith.size(), 2);
        QCOMPARE(waited(again)->reveal(), "access-two");
    }

    void staysSignedInWhileTheProviderIsOutOfReach()
    {
        MemoryStore secrets;
        FakeProvider provider;
        TokenKeeper keeper(u"identity/1"_s, &secrets, provider.life());
        QVERIFY(waited(keeper.accept(tokens("one", -1))));
        // As after a night's sleep, before the network is back.
        const auto future = keeper.token(TokenKind::Access);
        provider.answer(failure(ErrorKind::HostNotFound, u"unreachable"_s));
        const auto token = waited(future);
        QVERIFY(!token);
        QCOMPARE(token.error().kind, ErrorKind::HostNotFound);
        QCOMPARE(keeper.state().kind, TokenState::Kind::SignedIn);
        const auto again = keeper.token(TokenKind::Access);
        provider.answer(tokens("two", 3600));
        QCOMPARE(waited(again)->reveal(), "access-two");
    }

    void keepsNoIdTokenOfAnEarlierSignIn()
    {
        MemoryStore secrets;
        FakeProvider provider;
        TokenKeeper keeper(u"identity/1"_s, &secrets, provider.life());
        QVERIFY(waited(keeper.accept(tokens("ann", 3600))));
        TokenSet withoutId = tokens("bob", 3600);
        withoutId.idToken = {};
        QVERIFY(waited(keeper.accept(withoutId)));
        QCOMPARE(kept(secrets, u"identity/1/access"_s), "access-bob");
        QCOMPARE(kept(secrets, u"identity/1/id"_s), "");
    }

    void renewsWhenAServiceSaysTheTokenRanOut()
    {
        MemoryStore secrets;
        FakeProvider provider;
        TokenKeeper keeper(u"identity/1"_s, &secrets, provider.life());
        QVERIFY(waited(keeper.accept(tokens("one", 3600))));
        keeper.expireNow();
        const auto future = keeper.token(TokenKind::Access);
        provider.answer(tokens("two", 3600));
        QCOMPARE(waited(future)->reveal(), "access-two");
    }

    void takesOverWhatAnotherProgramRenewed()
    {
        MemoryStore secrets;
        FakeProvider provider;
        TokenKeeper keeper(u"identity/1"_s, &secrets, provider.life());
        TokenKeeper other(u"identity/1"_s, &secrets, provider.life());
        QVERIFY(waited(keeper.accept(tokens("one", 60))));
        QVERIFY(waited(other.accept(tokens("two", 3600))));
        QCOMPARE(waited(keeper.token(TokenKind::Access))->reveal(), "access-two");
        QVERIFY(provider.renewedWith.isEmpty());
    }

    void takesOverWhenAnotherProgramWasFaster()
    {
        MemoryStore secrets;
        FakeProvider provider;
        TokenKeeper keeper(u"identity/1"_s, &secrets, provider.life());
        TokenKeeper other(u"identity/1"_s, &secrets, provider.life());
        QVERIFY(waited(keeper.accept(tokens("one", -1))));
        const auto future = keeper.token(TokenKind::Access);
        QTRY_VERIFY_WITH_TIMEOUT(provider.pending, longWait);
        QVERIFY(waited(other.accept(tokens("two", 3600))));
        provider.answer(failure(ErrorKind::Unauthorized, u"used up"_s));
        const auto token = waited(future);
        QVERIFY(token);
        QCOMPARE(token->reveal(), "access-two");
        QCOMPARE(keeper.state().kind, TokenState::Kind::SignedIn);
    }

    void waitsForWhatAnotherProgramIsStillSaving()
    {
        MemoryStore secrets;
        FakeProvider provider;
        TokenKeeper keeper(u"identity/1"_s, &secrets, provider.life());
        TokenKeeper other(u"identity/1"_s, &secrets, provider.life());
        QVERIFY(waited(keeper.accept(tokens("one", 60))));
        const auto future = keeper.token(TokenKind::Access);
        QTRY_VERIFY_WITH_TIMEOUT(provider.pending, longWait);
        provider.answer(failure(ErrorKind::Unauthorized, u"used up"_s));
        // It has looked by then, and found what it knew.
        QTimer::singleShot(200, &other, [&other] { other.accept(tokens("two", 3600)); });
        const auto token = waited(future);
        QVERIFY(token);
        QCOMPARE(token->reveal(), "access-two");
    }

    void forgetsARefusalThatANewSignInOvertakes()
    {
        MemoryStore secrets;
        FakeProvider provider;
        TokenKeeper keeper(u"identity/1"_s, &secrets, provider.life());
        QVERIFY(waited(keeper.accept(tokens("one", 60))));
        const auto future = keeper.token(TokenKind::Access);
        QTRY_VERIFY_WITH_TIMEOUT(provider.pending, longWait);
        provider.answer(failure(ErrorKind::Unauthorized, u"used up"_s));
        QTimer::singleShot(200, &keeper, [&keeper] { keeper.accept(tokens("new", 3600)); });
        QCOMPARE(waited(future)->reveal(), "access-new");
        QCOMPARE(keeper.state().kind, TokenState::Kind::SignedIn);
    }

    void readsAgainOnceTheKeychainIsOpen()
    {
        LockableStore secrets;
        FakeProvider provider;
        {
            TokenKeeper keeper(u"identity/1"_s, &secrets, provider.life());
            QVERIFY(waited(keeper.accept(tokens("one", 3600))));
        }
        secrets.isLocked = true;
        TokenKeeper keeper(u"identity/1"_s, &secrets, provider.life());
        const auto refused = waited(keeper.token(TokenKind::Access));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::KeychainLocked);
        QCOMPARE(keeper.state().kind, TokenState::Kind::Unknown);
        secrets.isLocked = false;
        QCOMPARE(waited(keeper.token(TokenKind::Access))->reveal(), "access-one");
        QCOMPARE(keeper.state().kind, TokenState::Kind::SignedIn);
    }

    void revokesWhatItHasNotReadYet()
    {
        MemoryStore secrets;
        FakeProvider provider;
        {
            TokenKeeper keeper(u"identity/1"_s, &secrets, provider.life());
            QVERIFY(waited(keeper.accept(tokens("one", 3600))));
        }
        TokenKeeper keeper(u"identity/1"_s, &secrets, provider.life());
        QVERIFY(waited(keeper.signOut()));
        QCOMPARE(provider.revoked, QList<QByteArray>{"refresh-one"});
        QCOMPARE(kept(secrets, u"identity/1/refresh"_s), "");
    }

    void forgetsEverythingOnSignOut()
    {
        MemoryStore secrets;
        FakeProvider provider;
        TokenKeeper keeper(u"identity/1"_s, &secrets, provider.life());
        QVERIFY(waited(keeper.accept(tokens("one", 3600))));
        QSignalSpy changes(&keeper, &TokenKeeper::stateChanged);
        QVERIFY(waited(keeper.signOut()));
        QCOMPARE(provider.revoked, QList<QByteArray>{"refresh-one"});
        QCOMPARE(keeper.state(), (TokenState{.kind = TokenState::Kind::SignedOut}));
        QVERIFY(changes.count() > 0);
        for (const QString &name : {u"/access"_s, u"/id"_s, u"/refresh"_s})
            QCOMPARE(kept(secrets, u"identity/1"_s + name), "");
        QVERIFY(!waited(keeper.token(TokenKind::Access)));
    }

    void forgetsARenewalThatEndsAfterTheSignOut()
    {
        MemoryStore secrets;
        FakeProvider provider;
        TokenKeeper keeper(u"identity/1"_s, &secrets, provider.life());
        QVERIFY(waited(keeper.accept(tokens("one", 60))));
        const auto future = keeper.token(TokenKind::Access);
        QTRY_VERIFY_WITH_TIMEOUT(provider.pending, longWait);
        QVERIFY(waited(keeper.signOut()));
        provider.answer(tokens("two", 3600));
        QVERIFY(!waited(future));
        QCOMPARE(keeper.state().kind, TokenState::Kind::SignedOut);
        QCOMPARE(kept(secrets, u"identity/1/refresh"_s), "");
        // What came is good at the provider until somebody says that it is not wanted.
        QTRY_COMPARE_WITH_TIMEOUT(provider.revoked, (QList<QByteArray>{"refresh-one", "refresh-two"}),
                                  longWait);
    }

    void revokesARenewalThatEndsAfterItWasRemoved()
    {
        MemoryStore secrets;
        FakeProvider provider;
        auto keeper = std::make_unique<TokenKeeper>(u"identity/1"_s, &secrets, provider.life());
        QVERIFY(waited(keeper->accept(tokens("one", 60))));
        keeper->token(TokenKind::Access);
        QTRY_VERIFY_WITH_TIMEOUT(provider.pending, longWait);
        QVERIFY(waited(keeper->signOut()));
        keeper.reset();
        provider.answer(tokens("two", 3600));
        QTRY_COMPARE_WITH_TIMEOUT(provider.revoked, (QList<QByteArray>{"refresh-one", "refresh-two"}),
                                  longWait);
    }

    void prefersANewSignInToARenewalOfTheOldOne()
    {
        MemoryStore secrets;
        FakeProvider provider;
        TokenKeeper keeper(u"identity/1"_s, &secrets, provider.life());
        QVERIFY(waited(keeper.accept(tokens("one", 60))));
        const auto future = keeper.token(TokenKind::Access);
        QTRY_VERIFY_WITH_TIMEOUT(provider.pending, longWait);
        QVERIFY(waited(keeper.accept(tokens("another", 3600))));
        provider.answer(tokens("two", 3600));
        QCOMPARE(waited(future)->reveal(), "access-another");
        QCOMPARE(kept(secrets, u"identity/1/refresh"_s), "refresh-another");
    }

    void renewsWithCognitoAndItsRotation()
    {
        NodeServer server(u"userpool.mjs"_s);
        const QString problem = server.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        const auto http = makeNetworkCaller();
        const CognitoPool pool{.poolId = u"us-east-1_AbCdEfGhI"_s,
                               .clientId = u"public"_s,
                               .serviceUrl = server.url().toEncoded()};
        CognitoSignIn signIn(http.get(), pool);
        const auto step =
            waited(signIn.signIn(u"ann@example.com"_s, Secret(u"Correct-Horse-9 é"_s.toUtf8())));
        QVERIFY(step);
        TokenSet first = std::get<TokenSet>(*step);
        MemoryStore secrets;
        TokenKeeper keeper(u"identity/1"_s, &secrets, cognitoLife(http.get(), pool, {}));
        QVERIFY(waited(keeper.accept(first)));
        keeper.expireNow();
        const auto second = waited(keeper.token(TokenKind::Access));
        QVERIFY2(second, qPrintable(second ? QString() : second.error().message));
        QVERIFY(kept(secrets, u"identity/1/refresh"_s) != first.refreshToken.reveal());
        keeper.expireNow();
        QVERIFY(waited(keeper.token(TokenKind::Access)));
        // A copy of the first token was used up by the rotation.
        const auto reused = waited(cognitoLife(http.get(), pool, {}).renew(first));
        QVERIFY(!reused);
        QCOMPARE(reused.error().exceptionType, u"RefreshTokenReuseException"_s);
        QVERIFY(waited(keeper.signOut()));
    }

    void provesTheClientsSecretWithTheNameThatTheTokenTells()
    {
        NodeServer server(u"userpool.mjs"_s);
        server.setEnvironment(u"OLDER"_s, u"1"_s);
        QCOMPARE(server.start(), QString());
        const auto http = makeNetworkCaller();
        const CognitoPool pool{.poolId = u"us-east-1_AbCdEfGhI"_s,
                               .clientId = u"confidential"_s,
                               .clientSecret = Secret("client+secret/1"),
                               .serviceUrl = server.url().toEncoded()};
        CognitoSignIn signIn(http.get(), pool);
        const auto step =
            waited(signIn.signIn(u"ann@example.com"_s, Secret(u"Correct-Horse-9 é"_s.toUtf8())));
        QVERIFY(step);
        const auto renewed =
            waited(cognitoLife(http.get(), pool, u"ann@example.com"_s).renew(std::get<TokenSet>(*step)));
        QVERIFY2(renewed, qPrintable(renewed ? QString() : renewed.error().serverMessage));
    }

    void pointsToTheBrowserWhereDevicesAreRemembered()
    {
        NodeServer server(u"userpool.mjs"_s);
        server.setEnvironment(u"FORGETS"_s, u"1"_s);
        QCOMPARE(server.start(), QString());
        const auto http = makeNetworkCaller();
        const CognitoPool pool{.poolId = u"us-east-1_AbCdEfGhI"_s,
                               .clientId = u"public"_s,
                               .serviceUrl = server.url().toEncoded()};
        const auto refusalWith = [&](const QByteArray &claims) {
            const QByteArray token = "e30." + claims.toBase64(QByteArray::Base64UrlEncoding) + ".c2ln";
            const auto renewed =
                waited(cognitoLife(http.get(), pool, {})
                           .renew({.accessToken = Secret(token), .refreshToken = Secret("r")}));
            return renewed ? QString() : renewed.error().message;
        };
        QVERIFY(refusalWith("{\"device_key\":\"us-east-1_1\"}").contains("in the browser"_L1));
        QCOMPARE(refusalWith("{}"), u"The sign-in has ended. Sign in again."_s);
    }

    void renewsTheOlderWayWhereCognitoDoesNotKnowTheNewOne()
    {
        NodeServer server(u"cognito.mjs"_s);
        const QString problem = server.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        const auto http = makeNetworkCaller();
        const CognitoPool pool{
            .poolId = u"local_pool1"_s, .clientId = u"testclient1"_s, .serviceUrl = server.url().toEncoded()};
        CognitoSignIn signIn(http.get(), pool);
        const auto step = waited(signIn.signIn(u"ok@example.com"_s, Secret("Passw0rd!")));
        QVERIFY(step);
        const TokenSet first = std::get<TokenSet>(*step);
        const auto second = waited(cognitoLife(http.get(), pool, {}).renew(first));
        QVERIFY2(second, qPrintable(second ? QString() : second.error().serverMessage));
        QVERIFY(!second->accessToken.isEmpty());
        QVERIFY(waited(cognitoLife(http.get(), pool, {}).revoke(first.refreshToken)));
    }

    void getsAMachinesTokenWithoutASignIn()
    {
        NodeServer server(u"oidc.mjs"_s);
        const QString problem = server.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        const auto http = makeNetworkCaller();
        const OAuthClient client{.issuer = server.url().toString(),
                                 .clientId = u"machine"_s,
                                 .clientSecret = Secret("machine-secret"),
                                 .scopes = {u"agents/invoke"_s}};
        MemoryStore secrets;
        TokenKeeper keeper(u"identity/1"_s, &secrets, clientCredentialsLife(http.get(), client));
        const auto token = waited(keeper.token(TokenKind::Access));
        QVERIFY2(token, qPrintable(token ? QString() : token.error().message));
        QCOMPARE(keeper.state().claims->scopes, QStringList({u"agents/invoke"_s}));
    }
};

QTEST_GUILESS_MAIN(TestTokenKeeper)
#include "tst_tokenkeeper.moc"
