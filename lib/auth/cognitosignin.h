// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/cognitocalls.h"
#include "auth/srp.h"

#include <QMap>
#include <QObject>
#include <QPromise>
#include <QStringList>

#include <memory>
#include <variant>

namespace Parlance {

enum class CognitoChallengeKind {
    NewPassword, //!< a new password, and values for the required attributes
    SmsCode,
    EmailCode,
    AppCode, //!< of an authenticator app
    ChooseMfa, //!< one of the choices
    SetUpApp, //!< an authenticator app is told the key, and shows a code
    Custom, //!< whatever the pool's own functions ask
    Password, //!< the pool asks for the password by itself
    Unknown, //!< cannot be answered here: sign in by the browser
};

//! What the user pool wants to know before it lets a person in.
struct CognitoChallenge
{
    CognitoChallengeKind kind = CognitoChallengeKind::Unknown;
    QString name = {}; //!< as Cognito calls it
    QString destination = {}; //!< where a code was sent, as "a***@e***"
    QStringList choices = {}; //!< of ChooseMfa, in Cognito's words
    QStringList requiredAttributes = {}; //!< of NewPassword, for example "email"
    Secret setupKey = {}; //!< of SetUpApp, base32
    QMap<QString, QString> parameters = {}; //!< of Custom
};

using CognitoStep = std::variant<TokenSet, CognitoChallenge>;

//! What a person answered.
struct CognitoAnswer
{
    Secret text = {}; //!< the code, the password or the custom answer
    QString choice = {}; //!< of ChooseMfa
    QMap<QString, QString> attributes = {}; //!< of NewPassword
};

//! One sign-in to a user pool, from user name and password to tokens, through whatever challenges come.
//! One step at a time: ask again only when the last future has ended.
class CognitoSignIn : public QObject
{
    Q_OBJECT
public:
    enum class Flow { Srp, Password };

    //! The caller must outlive this.
    CognitoSignIn(HttpCaller *http, CognitoPool pool, QObject *parent = nullptr);

    //! By SRP, so that the password stays here; by the password itself if the client forbids SRP; else by the
    //! choice that the pool offers, with the password in it; else by the pool's own flow.
    //! Errors: those of the network and Cognito's refusals, each with a sentence.
    QFuture<Result<CognitoStep>> signIn(const QString &userName, const Secret &password);
    //! Answers the last challenge. A wrong code leaves the challenge open: answer again.
    QFuture<Result<CognitoStep>> answer(const CognitoAnswer &answer);

    //! Which of the two ways the last sign-in used. Password: it was sent.
    Flow usedFlow() const { return m_flow; }

    //! Has a code sent. Brings where it went, as "a***@e***".
    QFuture<Result<QString>> forgotPassword(const QString &userName);
    QFuture<Result<void>> confirmForgotPassword(const QString &userName, const QString &code,
                                                const Secret &newPassword);

private:
    using Done = std::function<void(const Result<CognitoStep> &)>;
    using Called = std::function<void(const Result<QJsonObject> &)>;

    void signInOtherwise(const Done &done);
    void signInByChoice(const Done &done);
    bool answersByPassword(const QString &challenge, const QStringList &available, const Done &done);
    void callAsClient(const QByteArray &operation, QJsonObject body, const Called &called);
    void call(const QByteArray &operation, const QJsonObject &body, const Called &called);
    void initiate(const QString &flow, QJsonObject parameters, const Called &called);
    void respond(const QString &challenge, QJsonObject responses, const Done &done);
    void onAnswer(const Result<QJsonObject> &answer, const Done &done);
    void provePassword(const QJsonObject &parameters, const Done &done);
    void setUpApp(const Done &done);
    void verifyApp(const QByteArray &code, const Done &done);
    QFuture<Result<CognitoStep>> futureFor(const std::function<void(const Done &)> &begin);
    static CognitoChallenge challengeOf(const QString &name, const QJsonObject &parameters);

    HttpCaller *m_http;
    CognitoPool m_pool;
    QString m_userName; // replaced by USER_ID_FOR_SRP once the pool told it
    Secret m_password;
    QString m_session;
    CognitoChallenge m_challenge;
    std::unique_ptr<SrpClient> m_srp;
    Flow m_flow = Flow::Srp;
};

} // namespace Parlance
