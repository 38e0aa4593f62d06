// SPDX-License-Identifier: Apache-2.0
#include "auth/bearerauthorizer.h"
#include "auth/bearertoken.h"
#include "auth/memorystore.h"
#include "auth/noauthorizer.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

// A store whose keychain is locked.
class LockedStore : public MemoryStore
{
public:
    QFuture<Result<std::optional<Secret>>> read(const QString &) override
    {
        return QtFuture::makeReadyFuture(
            Result<std::optional<Secret>>(failure(ErrorKind::KeychainLocked, u"locked"_s)));
    }
};

RequestDraft sampleDraft()
{
    return RequestDraft{.method = "POST",
                        .url = QUrl::fromEncoded("http://localhost:8080/invocations"),
                        .headers = {{.name = "Accept", .value = "text/event-stream"}},
                        .body = "{}"};
}

} // namespace

class BearerAuthorizerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void addsTheTokenAsASecretHeader();
    void cleansAPastedToken_data();
    void cleansAPastedToken();
    void refusesATokenThatCouldBreakOutOfTheHeader_data();
    void refusesATokenThatCouldBreakOutOfTheHeader();
    void saysThatNoTokenIsKept_data();
    void saysThatNoTokenIsKept();
    void readsTheTokenAfreshForEachRequest();
    void passesOnWhatTheKeychainSays();
    void addsNothingForAnAgentThatAsksForNothing();
    void failsWhenTheStoreIsGone();
};

void BearerAuthorizerTest::addsTheTokenAsASecretHeader()
{
    MemoryStore store;
    store.write(u"k"_s, Secret("abc.def.ghi"));
    BearerAuthorizer authorizer(&store, u"k"_s);
    QFuture<Result<RequestDraft>> future = authorizer.authorize(sampleDraft());
    QTRY_VERIFY(future.isFinished());
    const Result<RequestDraft> draft = future.result();
    QVERIFY(draft.has_value());
    QCOMPARE(draft->secretHeaders.size(), 1);
    QCOMPARE(draft->secretHeaders[0].name, QByteArray("Authorization"));
    QCOMPARE(draft->secretHeaders[0].value.reveal(), QByteArray("Bearer abc.def.ghi"));
    // Nothing else changes, and the token is in nothing that may be logged.
    QVERIFY(draft->headers == sampleDraft().headers);
    QCOMPARE(draft->url, sampleDraft().url);
    QCOMPARE(draft->body, sampleDraft().body);
    QCOMPARE(draft->method, sampleDraft().method);
}

void BearerAuthorizerTest::cleansAPastedToken_data()
{
    QTest::addColumn<QByteArray>("pasted");
    QTest::newRow("as it is") << "abc.def"_ba;
    QTest::newRow("spaces") << "  abc.def\t "_ba;
    QTest::newRow("line break") << "\r\nabc.def\r\n"_ba;
    QTest::newRow("scheme") << "Bearer abc.def\n"_ba;
    QTest::newRow("scheme in any case") << "bEARER   abc.def"_ba;
    QTest::newRow("scheme and colon") << "Bearer: abc.def"_ba;
}

void BearerAuthorizerTest::cleansAPastedToken()
{
    QFETCH(QByteArray, pasted);
    const Result<Secret> token = cleanedBearerToken(Secret(pasted));
    QVERIFY(token.has_value());
    QCOMPARE(token->reveal(), QByteArray("abc.def"));
    // A token may begin with the letters of the scheme.
    QCOMPARE(cleanedBearerToken(Secret("Bearerabc"))->reveal(), QByteArray("Bearerabc"));
}

void BearerAuthorizerTest::refusesATokenThatCouldBreakOutOfTheHeader_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("line break") << "abc\r\nX-Admin: 1"_ba;
    QTest::newRow("LF") << "abc\ndef"_ba;
    QTest::newRow("NUL") << QByteArray("abc\0def", 7);
    QTest::newRow("escape") << "abc\x1b[0m"_ba;
    QTest::newRow("delete") << "abc\x7f"_ba;
    QTest::newRow("space within") << "abc def"_ba;
    QTest::newRow("not ASCII") << "abc\xc3\xa9"_ba;
}

void BearerAuthorizerTest::refusesATokenThatCouldBreakOutOfTheHeader()
{
    QFETCH(QByteArray, token);
    MemoryStore store;
    store.write(u"k"_s, Secret(token));
    BearerAuthorizer authorizer(&store, u"k"_s);
    QFuture<Result<RequestDraft>> future = authorizer.authorize(sampleDraft());
    QTRY_VERIFY(future.isFinished());
    QVERIFY(!future.result().has_value());
    const Error error = future.result().error();
    QCOMPARE(error.kind, ErrorKind::InvalidHeader);
    QVERIFY(!error.message.isEmpty());
    QVERIFY(!error.message.contains(u"abc"_s));
}

void BearerAuthorizerTest::saysThatNoTokenIsKept_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("space") << " \n"_ba;
    QTest::newRow("scheme alone") << "Bearer "_ba;
}

void BearerAuthorizerTest::saysThatNoTokenIsKept()
{
    QFETCH(QByteArray, token);
    MemoryStore store;
    if (!token.isEmpty())
        store.write(u"k"_s, Secret(token));
    BearerAuthorizer authorizer(&store, u"k"_s);
    QFuture<Result<RequestDraft>> future = authorizer.authorize(sampleDraft());
    QTRY_VERIFY(future.isFinished());
    QVERIFY(!future.result().has_value());
    QCOMPARE(future.result().error().kind, ErrorKind::SecretMissing);
    QVERIFY(!future.result().error().message.isEmpty());
}

void BearerAuthorizerTest::readsTheTokenAfreshForEachRequest()
{
    MemoryStore store;
    BearerAuthorizer authorizer(&store, u"k"_s);
    for (const char *token : {"first", "second"}) {
        store.write(u"k"_s, Secret(token));
        QFuture<Result<RequestDraft>> future = authorizer.authorize(sampleDraft());
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.result()->secretHeaders[0].value.reveal(), "Bearer " + QByteArray(token));
    }
}

void BearerAuthorizerTest::passesOnWhatTheKeychainSays()
{
    LockedStore store;
    BearerAuthorizer authorizer(&store, u"k"_s);
    QFuture<Result<RequestDraft>> future = authorizer.authorize(sampleDraft());
    QTRY_VERIFY(future.isFinished());
    QCOMPARE(future.result().error().kind, ErrorKind::KeychainLocked);
}

void BearerAuthorizerTest::addsNothingForAnAgentThatAsksForNothing()
{
    NoAuthorizer authorizer;
    const Result<RequestDraft> draft = authorizer.authorize(sampleDraft()).result();
    QVERIFY(draft.has_value());
    QVERIFY(draft->secretHeaders.isEmpty());
    QVERIFY(draft->headers == sampleDraft().headers);
}

void BearerAuthorizerTest::failsWhenTheStoreIsGone()
{
    auto store = std::make_unique<MemoryStore>();
    BearerAuthorizer authorizer(store.get(), u"k"_s);
    store.reset();
    QVERIFY(!authorizer.authorize(sampleDraft()).result().has_value());
}

QTEST_GUILESS_MAIN(BearerAuthorizerTest)
#include "tst_bearerauthorizer.moc"
