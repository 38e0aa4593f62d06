// SPDX-License-Identifier: Apache-2.0
#include "auth/cognitosignin.h"

#include "core/whendone.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>

namespace Parlance {
namespace {

using namespace Qt::StringLiterals;

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

// Lists come as JSON inside strings.
QStringList listInside(const QJsonValue &value)
{
    QStringList all;
    for (const auto &one : QJsonDocument::fromJson(value.toString().toUtf8()).array())
        all.append(one.toString());
    return all;
}

struct KnownChallenge
{
    QLatin1StringView name;
    CognitoChallengeKind kind;
    QLatin1StringView answer; //!< the response that carries what the person entered
};

constexpr std::array knownChallenges{
    KnownChallenge{"NEW_PASSWORD_REQUIRED"_L1, CognitoChallengeKind::NewPassword, "NEW_PASSWORD"_L1},
    KnownChallenge{"SMS_MFA"_L1, CognitoChallengeKind::SmsCode, "SMS_MFA_CODE"_L1},
    KnownChallenge{"SMS_OTP"_L1, CognitoChallengeKind::SmsCode, "SMS_OTP_CODE"_L1},
    KnownChallenge{"EMAIL_OTP"_L1, CognitoChallengeKind::EmailCode, "EMAIL_OTP_CODE"_L1},
    KnownChallenge{"SOFTWARE_TOKEN_MFA"_L1, CognitoChallengeKind::AppCode, "SOFTWARE_TOKEN_MFA_CODE"_L1},
    KnownChallenge{"SELECT_MFA_TYPE"_L1, CognitoChallengeKind::ChooseMfa, "ANSWER"_L1},
    KnownChallenge{"SELECT_CHALLENGE"_L1, CognitoChallengeKind::ChooseMfa, "ANSWER"_L1},
    KnownChallenge{"MFA_SETUP"_L1, CognitoChallengeKind::SetUpApp, ""_L1},
    KnownChallenge{"CUSTOM_CHALLENGE"_L1, CognitoChallengeKind::Custom, "ANSWER"_L1},
    KnownChallenge{"PASSWORD"_L1, CognitoChallengeKind::Password, "PASSWORD"_L1},
    KnownChallenge{"PASSWORD_SRP"_L1, CognitoChallengeKind::Password, "SRP_A"_L1},
};

const KnownChallenge *known(const QString &name)
{
    for (const KnownChallenge &challenge : knownChallenges) {
        if (challenge.name == name)
            return &challenge;
    }
    return nullptr;
}

// Whether a refusal means that the pool or its client does not do a flow, and not that the person erred.
bool forbidsFlow(const Error &error)
{
    const bool saysSo = error.exceptionType.startsWith("InvalidParameter"_L1)
        || error.exceptionType.startsWith("Unsupported"_L1)
        || error.exceptionType.startsWith("OperationNotEnabled"_L1);
    return saysSo && error.httpStatus != 0;
}

} // namespace

CognitoSignIn::CognitoSignIn(HttpCaller *http, CognitoPool pool, QObject *parent)
    : QObject(parent)
    , m_http(http)
    , m_pool(std::move(pool))
{
}

QFuture<Result<CognitoStep>> CognitoSignIn::futureFor(const std::function<void(const Done &)> &begin)
{
    auto promise = std::make_shared<QPromise<Result<CognitoStep>>>();
    promise->start();
    begin([promise](const Result<CognitoStep> &step) {
        promise->addResult(step);
        promise->finish();
    });
    return promise->future();
}

QFuture<Result<CognitoStep>> CognitoSignIn::signIn(const QString &userName, const Secret &password)
{
    m_userName = userName;
    m_password = password;
    m_session.clear();
    m_challenge = {};
    m_flow = Flow::Srp;
    m_srp = std::make_unique<SrpClient>();
    return futureFor([this](const Done &done) {
        const QJsonObject srp{{u"USERNAME"_s, m_userName},
                              {u"SRP_A"_s, QString::fromLatin1(m_srp->publicValue())}};
        initiate(u"USER_SRP_AUTH"_s, srp, [this, done](const Result<QJsonObject> &answer) {
            if (answer || !forbidsFlow(answer.error()))
                onAnswer(answer, done);
            else
                signInOtherwise(done);
        });
    });
}

// For clients that forbid SRP: by the password, or else by the flow that the pool's own functions lead,
// which takes SRP for a beginning.
void CognitoSignIn::signInOtherwise(const Done &done)
{
    m_flow = Flow::Password;
    const QJsonObject plain{{u"USERNAME"_s, m_userName},
                            {u"PASSWORD"_s, QString::fromUtf8(m_password.reveal())}};
    initiate(u"USER_PASSWORD_AUTH"_s, plain, [this, done](const Result<QJsonObject> &answer) {
        if (answer || !forbidsFlow(answer.error())) {
            onAnswer(answer, done);
            return;
        }
        signInByChoice(done);
    });
}

// A client that allows choice alone, and then one that allows neither.
void CognitoSignIn::signInByChoice(const Done &done)
{
    initiate(u"USER_AUTH"_s, {{u"USERNAME"_s, m_userName}}, [this, done](const Result<QJsonObject> &answer) {
        if (answer || !forbidsFlow(answer.error())) {
            onAnswer(answer, done);
            return;
        }
        const QJsonObject custom{{u"USERNAME"_s, m_userName},
                                 {u"CHALLENGE_NAME"_s, u"SRP_A"_s},
                                 {u"SRP_A"_s, QString::fromLatin1(m_srp->publicValue())}};
        initiate(u"CUSTOM_AUTH"_s, custom,
                 [this, done](const Result<QJsonObject> &third) { onAnswer(third, done); });
    });
}

// The password was entered already, so nobody is asked for it again. True: a request is under way.
bool CognitoSignIn::answersByPassword(const QString &challenge, const QStringList &available,
                                      const Done &done)
{
    if (m_password.isEmpty())
        return false;
    const bool isChoice = challenge == "SELECT_CHALLENGE"_L1;
    const QJsonObject srp{{u"SRP_A"_s, QString::fromLatin1(m_srp->publicValue())}};
    const QJsonObject plain{{u"PASSWORD"_s, QString::fromUtf8(m_password.reveal())}};
    for (const auto &[name, responses] :
         {std::pair(u"PASSWORD_SRP"_s, srp), std::pair(u"PASSWORD"_s, plain)}) {
        if (isChoice ? !available.contains(name) : challenge != name)
            continue;
        QJsonObject told = responses;
        if (isChoice)
            told[u"ANSWER"_s] = name;
        respond(challenge, told, done);
        return true;
    }
    return false;
}

QFuture<Result<CognitoStep>> CognitoSignIn::answer(const CognitoAnswer &answer)
{
    const KnownChallenge *challenge = known(m_challenge.name);
    if (!challenge)
        return QtFuture::makeReadyFuture(Result<CognitoStep>(failure(
            ErrorKind::Internal, tr("There is no question of the user pool that waits for an answer."))));
    return futureFor([this, challenge, answer](const Done &done) {
        if (challenge->kind == CognitoChallengeKind::SetUpApp) {
            verifyApp(answer.text.reveal(), done);
            return;
        }
        QJsonObject responses;
        responses[challenge->answer] = challenge->kind == CognitoChallengeKind::ChooseMfa
            ? answer.choice
            : QString::fromUtf8(answer.text.reveal());
        for (auto one = answer.attributes.begin(); one != answer.attributes.end(); ++one)
            responses[u"userAttributes."_s + one.key()] = *one;
        respond(m_challenge.name, responses, done);
    });
}

void CognitoSignIn::callAsClient(const QByteArray &operation, QJsonObject body, const Called &called)
{
    body[u"ClientId"_s] = m_pool.clientId;
    call(operation, body, called);
}

void CognitoSignIn::call(const QByteArray &operation, const QJsonObject &body, const Called &called)
{
    whenDone(
        m_http->call(cognitoDraft(m_pool, operation, body)), this,
        [called](const Result<HttpReply> &reply) { called(cognitoResult(reply)); },
        [called] { called(failure(ErrorKind::Cancelled, tr("The sign-in was ended."))); });
}

void CognitoSignIn::initiate(const QString &flow, QJsonObject parameters, const Called &called)
{
    const QString hash = cognitoSecretHash(m_pool, m_userName);
    if (!hash.isEmpty())
        parameters[u"SECRET_HASH"_s] = hash;
    callAsClient("InitiateAuth", {{u"AuthFlow"_s, flow}, {u"AuthParameters"_s, parameters}}, called);
}

void CognitoSignIn::respond(const QString &challenge, QJsonObject responses, const Done &done)
{
    responses[u"USERNAME"_s] = m_userName;
    const QString hash = cognitoSecretHash(m_pool, m_userName);
    if (!hash.isEmpty())
        responses[u"SECRET_HASH"_s] = hash;
    callAsClient(
        "RespondToAuthChallenge",
        {{u"ChallengeName"_s, challenge}, {u"Session"_s, m_session}, {u"ChallengeResponses"_s, responses}},
        [this, done](const Result<QJsonObject> &answer) { onAnswer(answer, done); });
}

void CognitoSignIn::onAnswer(const Result<QJsonObject> &answer, const Done &done)
{
    if (!answer) {
        done(failure(answer.error()));
        return;
    }
    if (std::optional<TokenSet> tokens = cognitoTokens(*answer, now())) {
        m_password = {};
        m_challenge = {};
        done(CognitoStep(*std::move(tokens)));
        return;
    }
    m_session = (*answer)["Session"_L1].toString();
    const QString name = (*answer)["ChallengeName"_L1].toString();
    const QJsonObject parameters = (*answer)["ChallengeParameters"_L1].toObject();
    const QString userId = parameters["USER_ID_FOR_SRP"_L1].toString();
    if (!userId.isEmpty())
        m_userName = userId;
    if (name == "PASSWORD_VERIFIER"_L1) {
        provePassword(parameters, done);
        return;
    }
    QStringList available;
    for (const auto &one : (*answer)["AvailableChallenges"_L1].toArray())
        available.append(one.toString());
    if (answersByPassword(name, available, done))
        return;
    m_challenge = challengeOf(name, parameters);
    if (m_challenge.name == "SELECT_CHALLENGE"_L1) {
        // Without a password among them: those codes that can be entered here.
        for (const QString &one : available) {
            if (known(one))
                m_challenge.choices.append(one);
        }
        if (m_challenge.choices.isEmpty())
            m_challenge.kind = CognitoChallengeKind::Unknown;
    }
    if (m_challenge.kind == CognitoChallengeKind::SetUpApp)
        setUpApp(done);
    else
        done(CognitoStep(m_challenge));
}

void CognitoSignIn::provePassword(const QJsonObject &parameters, const Done &done)
{
    const QByteArray time = srpTimestamp(now());
    const SrpChallenge challenge{.poolName = m_pool.poolName(),
                                 .userId = m_userName.toUtf8(),
                                 .salt = parameters["SALT"_L1].toString().toLatin1(),
                                 .publicB = parameters["SRP_B"_L1].toString().toLatin1(),
                                 .secretBlock = parameters["SECRET_BLOCK"_L1].toString().toLatin1()};
    const Result<SrpProof> proof = m_srp->prove(challenge, m_password, time);
    if (!proof) {
        done(failure(proof.error()));
        return;
    }
    respond(u"PASSWORD_VERIFIER"_s,
            {{u"PASSWORD_CLAIM_SIGNATURE"_s, QString::fromLatin1(proof->signature)},
             {u"PASSWORD_CLAIM_SECRET_BLOCK"_s, QString::fromLatin1(challenge.secretBlock)},
             {u"TIMESTAMP"_s, QString::fromLatin1(time)}},
            done);
}

CognitoChallenge CognitoSignIn::challengeOf(const QString &name, const QJsonObject &parameters)
{
    const KnownChallenge *found = known(name);
    CognitoChallenge challenge{.kind = found ? found->kind : CognitoChallengeKind::Unknown, .name = name};
    challenge.destination = parameters["CODE_DELIVERY_DESTINATION"_L1].toString();
    challenge.choices = listInside(parameters["MFAS_CAN_CHOOSE"_L1]);
    const QStringList canSetUp = listInside(parameters["MFAS_CAN_SETUP"_L1]);
    // A telephone or an address cannot be told to the pool here.
    if (challenge.kind == CognitoChallengeKind::SetUpApp && !canSetUp.isEmpty()
        && !canSetUp.contains("SOFTWARE_TOKEN_MFA"_L1))
        challenge.kind = CognitoChallengeKind::Unknown;
    for (QString attribute : listInside(parameters["requiredAttributes"_L1]))
        challenge.requiredAttributes.append(attribute.remove("userAttributes."_L1));
    for (auto one = parameters.begin(); one != parameters.end(); ++one)
        challenge.parameters.insert(one.key(), one->toString());
    return challenge;
}

void CognitoSignIn::setUpApp(const Done &done)
{
    call("AssociateSoftwareToken", {{u"Session"_s, m_session}},
         [this, done](const Result<QJsonObject> &answer) {
             if (!answer) {
                 done(failure(answer.error()));
                 return;
             }
             m_session = (*answer)["Session"_L1].toString();
             m_challenge.setupKey = Secret((*answer)["SecretCode"_L1].toString().toLatin1());
             done(CognitoStep(m_challenge));
         });
}

void CognitoSignIn::verifyApp(const QByteArray &code, const Done &done)
{
    const QJsonObject body{{u"Session"_s, m_session},
                           {u"UserCode"_s, QString::fromLatin1(code)},
                           {u"FriendlyDeviceName"_s, u"Parlance"_s}};
    call("VerifySoftwareToken", body, [this, done](const Result<QJsonObject> &answer) {
        if (!answer) {
            done(failure(answer.error()));
            return;
        }
        if (const QString session = (*answer)["Session"_L1].toString(); !session.isEmpty())
            m_session = session;
        if ((*answer)["Status"_L1].toString() != u"SUCCESS") {
            done(failure(ErrorKind::Unauthorized, tr("The code is not right. Check it and enter it again.")));
        } else {
            respond(u"MFA_SETUP"_s, {}, done);
        }
    });
}

QFuture<Result<QString>> CognitoSignIn::forgotPassword(const QString &userName)
{
    auto promise = std::make_shared<QPromise<Result<QString>>>();
    promise->start();
    QJsonObject body{{u"Username"_s, userName}};
    const QString hash = cognitoSecretHash(m_pool, userName);
    if (!hash.isEmpty())
        body[u"SecretHash"_s] = hash;
    callAsClient("ForgotPassword", body, [promise](const Result<QJsonObject> &answer) {
        promise->addResult(answer.map([](const QJsonObject &told) {
            return told["CodeDeliveryDetails"_L1].toObject()["Destination"_L1].toString();
        }));
        promise->finish();
    });
    return promise->future();
}

QFuture<Result<void>> CognitoSignIn::confirmForgotPassword(const QString &userName, const QString &code,
                                                           const Secret &newPassword)
{
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    QJsonObject body{{u"Username"_s, userName},
                     {u"ConfirmationCode"_s, code},
                     {u"Password"_s, QString::fromUtf8(newPassword.reveal())}};
    const QString hash = cognitoSecretHash(m_pool, userName);
    if (!hash.isEmpty())
        body[u"SecretHash"_s] = hash;
    callAsClient("ConfirmForgotPassword", body, [promise](const Result<QJsonObject> &answer) {
        promise->addResult(answer ? Result<void>() : Result<void>(failure(answer.error())));
        promise->finish();
    });
    return promise->future();
}

} // namespace Parlance
