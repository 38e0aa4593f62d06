// SPDX-License-Identifier: Apache-2.0
#include "auth/cognitosignin.h"
#include "auth/tokenclaims.h"
#include "support/networkcalls.h"
#include "support/nodeserver.h"
#include "support/waited.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

const QString pass = u"Correct-Horse-9 é"_s;

Secret secret(const QString &text)
{
    return Secret(text.toUtf8());
}

const TokenSet *tokensIn(const Result<CognitoStep> &step)
{
    return step ? std::get_if<TokenSet>(&*step) : nullptr;
}

const CognitoChallenge *challengeIn(const Result<CognitoStep> &step)
{
    return step ? std::get_if<CognitoChallenge>(&*step) : nullptr;
}

QString messageOf(const Result<CognitoStep> &step)
{
    return step ? QString() : step.error().message;
}

} // namespace

//! Against the emulator, and against a stand-in for what the emulator lacks, whose side of SRP the client
//! that AWS publishes has signed in to.
class TestCognitoSignIn : public QObject
{
    Q_OBJECT
private:
    CognitoPool emulated() const
    {
        return CognitoPool{.poolId = u"local_pool1"_s,
                           .clientId = u"testclient1"_s,
                           .serviceUrl = m_emulator.url().toEncoded()};
    }
    CognitoPool standIn(const QString &client = u"public"_s) const
    {
        return CognitoPool{.poolId = u"us-east-1_AbCdEfGhI"_s,
                           .clientId = client,
                           .clientSecret = client == u"confidential" ? Secret("client+secret/1") : Secret(),
                           .serviceUrl = m_pool.url().toEncoded()};
    }
    CognitoAnswer code(const QByteArray &digits) const { return CognitoAnswer{.text = Secret(digits)}; }

    NodeServer m_emulator{u"cognito.mjs"_s};
    NodeServer m_pool{u"userpool.mjs"_s};
    std::unique_ptr<HttpCaller> m_http = makeNetworkCaller();

private Q_SLOTS:
    void initTestCase()
    {
        const QString emulatorProblem = m_emulator.start();
        QVERIFY2(emulatorProblem.isEmpty(), qPrintable(emulatorProblem));
        const QString poolProblem = m_pool.start();
        QVERIFY2(poolProblem.isEmpty(), qPrintable(poolProblem));
    }

    void lettingAnotherPartysClientInProvesTheStandIn()
    {
        QString error;
        const QByteArray printed =
            NodeServer::output(u"oracle/srpclient.mjs"_s, {m_pool.url().toString(), u"5"_s}, &error);
        QVERIFY2(error.isEmpty(), qPrintable(error));
        QCOMPARE(printed, "access\naccess\naccess\naccess\naccess\nNotAuthorizedException\n");
    }

    void signsInBySrp()
    {
        // Often enough that numbers of every length come up.
        for (int i = 0; i < 40; ++i) {
            CognitoSignIn signIn(m_http.get(), standIn());
            const auto step = waited(signIn.signIn(u"ann@example.com"_s, secret(pass)));
            const TokenSet *tokens = tokensIn(step);
            QVERIFY2(tokens, qPrintable(messageOf(step)));
            QCOMPARE(signIn.usedFlow(), CognitoSignIn::Flow::Srp);
            const auto claims = claimsOf(tokens->accessToken);
            QVERIFY(claims.has_value());
            QCOMPARE(claims->use, u"access"_s);
            QCOMPARE(claims->clientId, u"public"_s);
            QVERIFY(!tokens->idToken.isEmpty());
            QVERIFY(!tokens->refreshToken.isEmpty());
            QVERIFY(tokens->expires > QDateTime::currentDateTimeUtc().addSecs(3500));
        }
    }

    void provesTheClientsSecret()
    {
        CognitoSignIn signIn(m_http.get(), standIn(u"confidential"_s));
        QVERIFY(tokensIn(waited(signIn.signIn(u"ann@example.com"_s, secret(pass)))));

        CognitoPool wrong = standIn(u"confidential"_s);
        wrong.clientSecret = Secret("wrong");
        CognitoSignIn refused(m_http.get(), wrong);
        QCOMPARE(messageOf(waited(refused.signIn(u"ann@example.com"_s, secret(pass)))),
                 u"The client secret is missing or not right."_s);
    }

    void sendsThePasswordOnlyWhereSrpIsForbidden()
    {
        CognitoSignIn signIn(m_http.get(), standIn(u"passwordonly"_s));
        QVERIFY(tokensIn(waited(signIn.signIn(u"ann@example.com"_s, secret(pass)))));
        QCOMPARE(signIn.usedFlow(), CognitoSignIn::Flow::Password);

        CognitoSignIn wrong(m_http.get(), standIn());
        QCOMPARE(messageOf(waited(wrong.signIn(u"ann@example.com"_s, secret(u"nope"_s)))),
                 u"The user name or the password is not right. Check both and try again."_s);
        QCOMPARE(wrong.usedFlow(), CognitoSignIn::Flow::Srp);
    }

    void signsInByTheChoiceThatAPoolOffers_data()
    {
        QTest::addColumn<QString>("user");
        QTest::addColumn<bool>("isAsked");
        QTest::newRow("SRP") << u"ann@example.com"_s << false;
        QTest::newRow("the password, then a code") << u"plain@example.com"_s << true;
    }
    void signsInByTheChoiceThatAPoolOffers()
    {
        QFETCH(QString, user);
        QFETCH(bool, isAsked);
        CognitoSignIn signIn(m_http.get(), standIn(u"choiceonly"_s));
        auto step = waited(signIn.signIn(user, secret(pass)));
        if (isAsked) {
            QVERIFY2(challengeIn(step), qPrintable(messageOf(step)));
            QCOMPARE(challengeIn(step)->kind, CognitoChallengeKind::EmailCode);
            step = waited(signIn.answer(code("123456")));
        }
        QVERIFY2(tokensIn(step), qPrintable(messageOf(step)));
        CognitoSignIn wrong(m_http.get(), standIn(u"choiceonly"_s));
        QCOMPARE(messageOf(waited(wrong.signIn(user, secret(u"nope"_s)))),
                 u"The user name or the password is not right. Check both and try again."_s);
    }

    void letsOneChooseWhereNoPasswordIsOffered()
    {
        CognitoSignIn signIn(m_http.get(), standIn(u"choiceonly"_s));
        const auto step = waited(signIn.signIn(u"nopassword@example.com"_s, secret(pass)));
        const CognitoChallenge *challenge = challengeIn(step);
        QVERIFY2(challenge, qPrintable(messageOf(step)));
        QCOMPARE(challenge->kind, CognitoChallengeKind::ChooseMfa);
        QCOMPARE(challenge->choices, QStringList{u"EMAIL_OTP"_s});
        QVERIFY(challengeIn(waited(signIn.answer({.choice = u"EMAIL_OTP"_s}))));
        QVERIFY(tokensIn(waited(signIn.answer(code("123456")))));
    }

    void takesACodeByMailAndLetsOneTryAgain()
    {
        CognitoSignIn signIn(m_http.get(), standIn());
        const auto step = waited(signIn.signIn(u"mail@example.com"_s, secret(pass)));
        const CognitoChallenge *challenge = challengeIn(step);
        QVERIFY2(challenge, qPrintable(messageOf(step)));
        QCOMPARE(challenge->kind, CognitoChallengeKind::EmailCode);
        QCOMPARE(challenge->destination, u"m***@e***"_s);
        QCOMPARE(messageOf(waited(signIn.answer(code("000000")))),
                 u"The code is not right. Check it and enter it again."_s);
        QVERIFY(tokensIn(waited(signIn.answer(code("123456")))));
    }

    void setsUpAnAuthenticatorApp()
    {
        CognitoSignIn signIn(m_http.get(), standIn());
        const auto step = waited(signIn.signIn(u"app@example.com"_s, secret(pass)));
        const CognitoChallenge *challenge = challengeIn(step);
        QVERIFY2(challenge, qPrintable(messageOf(step)));
        QCOMPARE(challenge->kind, CognitoChallengeKind::SetUpApp);
        QCOMPARE(challenge->setupKey, Secret("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"));
        QVERIFY(!tokensIn(waited(signIn.answer(code("000000")))));
        QVERIFY(tokensIn(waited(signIn.answer(code("123456")))));
    }

    void letsOneChooseTheSecondFactor()
    {
        CognitoSignIn signIn(m_http.get(), standIn());
        const auto first = waited(signIn.signIn(u"choose@example.com"_s, secret(pass)));
        QVERIFY(challengeIn(first));
        QCOMPARE(challengeIn(first)->kind, CognitoChallengeKind::ChooseMfa);
        QCOMPARE(challengeIn(first)->choices, QStringList({u"SMS_MFA"_s, u"SOFTWARE_TOKEN_MFA"_s}));
        const auto second = waited(signIn.answer(CognitoAnswer{.choice = u"SMS_MFA"_s}));
        QVERIFY(challengeIn(second));
        QCOMPARE(challengeIn(second)->kind, CognitoChallengeKind::SmsCode);
        QVERIFY(tokensIn(waited(signIn.answer(code("123456")))));
    }

    void passesOnWhatAPoolAsksByItself()
    {
        CognitoSignIn signIn(m_http.get(), standIn());
        const auto first = waited(signIn.signIn(u"custom@example.com"_s, secret(pass)));
        QVERIFY(challengeIn(first));
        QCOMPARE(challengeIn(first)->kind, CognitoChallengeKind::Custom);
        QCOMPARE(challengeIn(first)->parameters[u"question"_s], u"What is the word of the day?"_s);
        const auto second = waited(signIn.answer(code("swordfish")));
        QVERIFY(challengeIn(second));
        QVERIFY(tokensIn(waited(signIn.answer(code("swordfish")))));
    }

    void letsThePoolsOwnFlowLeadWhereNothingElseIsAllowed()
    {
        CognitoSignIn signIn(m_http.get(), standIn(u"customonly"_s));
        const auto first = waited(signIn.signIn(u"custom@example.com"_s, secret(pass)));
        QVERIFY2(challengeIn(first), qPrintable(messageOf(first)));
        QCOMPARE(challengeIn(first)->kind, CognitoChallengeKind::Custom);
        QVERIFY(challengeIn(waited(signIn.answer(code("swordfish")))));
        QVERIFY(tokensIn(waited(signIn.answer(code("swordfish")))));
        // The password went out before that way was found.
        QCOMPARE(signIn.usedFlow(), CognitoSignIn::Flow::Password);
    }

    void leavesTheSetUpOfAnotherFactorToTheBrowser()
    {
        CognitoSignIn signIn(m_http.get(), standIn());
        const auto step = waited(signIn.signIn(u"phone@example.com"_s, secret(pass)));
        QVERIFY2(challengeIn(step), qPrintable(messageOf(step)));
        QCOMPARE(challengeIn(step)->kind, CognitoChallengeKind::Unknown);
        QCOMPARE(challengeIn(step)->name, u"MFA_SETUP"_s);
    }

    void saysWhatEachRefusalMeansAndWhatToDo_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        // PROTOCOL 7.1.
        for (const char *name : {"NotAuthorized",          "UserNotFound",
                                 "UserNotConfirmed",       "PasswordResetRequired",
                                 "CodeMismatch",           "ExpiredCode",
                                 "InvalidPassword",        "PasswordHistoryPolicyViolation",
                                 "InvalidParameter",       "ResourceNotFound",
                                 "MFAMethodNotFound",      "SoftwareTokenMFANotFound",
                                 "EnableSoftwareTokenMFA", "CodeDeliveryFailure",
                                 "RefreshTokenReuse",      "UnsupportedOperation",
                                 "UnsupportedTokenType",   "Unauthorized",
                                 "OperationNotEnabled",    "InvalidUserPoolConfiguration",
                                 "UserLambdaValidation"})
            QTest::newRow(name) << ErrorKind::Unauthorized;
        for (const char *name : {"TooManyRequests", "TooManyFailedAttempts", "LimitExceeded"})
            QTest::newRow(name) << ErrorKind::Throttled;
        for (const char *name : {"UnexpectedLambda", "InternalError"})
            QTest::newRow(name) << ErrorKind::ServerError;
        QTest::newRow("Forbidden") << ErrorKind::ProxyFailed;
    }
    void saysWhatEachRefusalMeansAndWhatToDo()
    {
        QFETCH(ErrorKind, kind);
        const QByteArray type = QByteArray(QTest::currentDataTag()) + "Exception";
        const HttpReply reply{.status = 400, .body = "{\"__type\":\"ns#" + type + "\",\"message\":\"why\"}"};
        const auto result = cognitoResult(reply);
        QVERIFY(!result);
        QCOMPARE(result.error().exceptionType, QString::fromLatin1(type));
        QCOMPARE(result.error().kind, kind);
        QVERIFY(!result.error().message.startsWith("The user pool refused the sign-in."_L1));
        // What it means, and the next step.
        QVERIFY2(result.error().message.contains(". "_L1), qPrintable(result.error().message));
        const auto headed = cognitoResult(
            HttpReply{.status = 400, .headers = {HttpHeader{"X-Amzn-ErrorType", type + ":http://x/"}}});
        QCOMPARE(headed.error().exceptionType, QString::fromLatin1(type));
    }

    void passesOnWhichRuleANewPasswordBreaks()
    {
        const HttpReply reply{.status = 400,
                              .body = "{\"__type\":\"InvalidPasswordException\","
                                      "\"message\":\"Password must have symbol characters\"}"};
        QVERIFY(cognitoResult(reply).error().message.contains("Password must have symbol characters"_L1));
    }

    void namesAChallengeThatItCannotAnswer()
    {
        CognitoSignIn signIn(m_http.get(), standIn());
        const auto step = waited(signIn.signIn(u"device@example.com"_s, secret(pass)));
        QVERIFY(challengeIn(step));
        QCOMPARE(challengeIn(step)->kind, CognitoChallengeKind::Unknown);
        QCOMPARE(challengeIn(step)->name, u"WEB_AUTHN"_s);
        QVERIFY(!waited(signIn.answer(code("1"))));
    }

    void saysThatAClientIsUnknown()
    {
        CognitoSignIn signIn(m_http.get(), standIn(u"nobody"_s));
        const auto step = waited(signIn.signIn(u"ann@example.com"_s, secret(pass)));
        QVERIFY(messageOf(step).startsWith(u"The user pool has no client with this id."_s));
        QCOMPARE(step.error().exceptionType, u"ResourceNotFoundException"_s);
    }

    void signsInToTheEmulatorByPassword()
    {
        CognitoSignIn signIn(m_http.get(), emulated());
        const auto step = waited(signIn.signIn(u"ok@example.com"_s, secret(u"Passw0rd!"_s)));
        const TokenSet *tokens = tokensIn(step);
        QVERIFY2(tokens, qPrintable(messageOf(step)));
        QCOMPARE(signIn.usedFlow(), CognitoSignIn::Flow::Password);
        // The emulator does not say when they run out; the token does.
        QVERIFY(tokens->expires.isValid());
        QVERIFY(!messageOf(waited(signIn.signIn(u"ok@example.com"_s, secret(u"wrong"_s)))).isEmpty());
    }

    void replacesATemporaryPassword()
    {
        CognitoSignIn signIn(m_http.get(), emulated());
        const auto step = waited(signIn.signIn(u"new@example.com"_s, secret(u"Temp0rary!"_s)));
        QVERIFY2(challengeIn(step), qPrintable(messageOf(step)));
        QCOMPARE(challengeIn(step)->kind, CognitoChallengeKind::NewPassword);
        const auto done = waited(signIn.answer(code("N3w-Passw0rd!")));
        QVERIFY2(tokensIn(done), qPrintable(messageOf(done)));
        CognitoSignIn again(m_http.get(), emulated());
        QVERIFY(tokensIn(waited(again.signIn(u"new@example.com"_s, secret(u"N3w-Passw0rd!"_s)))));
    }

    void takesACodeBySms()
    {
        CognitoSignIn signIn(m_http.get(), emulated());
        const auto step = waited(signIn.signIn(u"sms@example.com"_s, secret(u"Passw0rd!"_s)));
        QVERIFY2(challengeIn(step), qPrintable(messageOf(step)));
        QCOMPARE(challengeIn(step)->kind, CognitoChallengeKind::SmsCode);
        QVERIFY(!tokensIn(waited(signIn.answer(code("999999")))));
        QVERIFY(tokensIn(waited(signIn.answer(code("123456")))));
    }

    void asksForTheCodeOfAnApp()
    {
        CognitoSignIn signIn(m_http.get(), emulated());
        const auto step = waited(signIn.signIn(u"totp@example.com"_s, secret(u"Passw0rd!"_s)));
        QVERIFY2(challengeIn(step), qPrintable(messageOf(step)));
        QCOMPARE(challengeIn(step)->kind, CognitoChallengeKind::AppCode);
    }

    void setsANewPasswordAfterItWasForgotten()
    {
        CognitoSignIn signIn(m_http.get(), emulated());
        const auto sent = waited(signIn.forgotPassword(u"ok@example.com"_s));
        QVERIFY2(sent, qPrintable(sent ? QString() : sent.error().message));
        const auto wrong =
            waited(signIn.confirmForgotPassword(u"ok@example.com"_s, u"999999"_s, secret(u"An0ther-One!"_s)));
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().message, u"The code is not right. Check it and enter it again."_s);
        QVERIFY(waited(
            signIn.confirmForgotPassword(u"ok@example.com"_s, u"123456"_s, secret(u"An0ther-One!"_s))));
        QVERIFY(tokensIn(waited(signIn.signIn(u"ok@example.com"_s, secret(u"An0ther-One!"_s)))));
    }

    void saysThatThePoolCannotBeReached()
    {
        CognitoPool nowhere = standIn();
        nowhere.serviceUrl = "http://127.0.0.1:1";
        CognitoSignIn signIn(m_http.get(), nowhere);
        const auto step = waited(signIn.signIn(u"ann@example.com"_s, secret(pass)));
        QVERIFY(!step);
        QCOMPARE(step.error().kind, ErrorKind::ConnectionRefused);
    }

    void readsAPoolIdOutOfWhatAPersonHas()
    {
        QCOMPARE(cognitoPoolId(u" us-east-1_AbCdEfGhI "_s).value_or(QString()), u"us-east-1_AbCdEfGhI"_s);
        QCOMPARE(cognitoPoolId(u"https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_x9/.well-known/"
                               "openid-configuration"_s)
                     .value_or(QString()),
                 u"eu-west-1_x9"_s);
        QVERIFY(!cognitoPoolId(u"https://login.example.com/"_s));
        QVERIFY(!cognitoPoolId({}));
        QCOMPARE(CognitoPool{.poolId = u"eu-west-1_x9"_s}.url(),
                 "https://cognito-idp.eu-west-1.amazonaws.com");
        QCOMPARE(CognitoPool{.poolId = u"cn-north-1_x9"_s}.url(),
                 "https://cognito-idp.cn-north-1.amazonaws.com.cn");
    }
};

QTEST_GUILESS_MAIN(TestCognitoSignIn)
#include "tst_cognitosignin.moc"
