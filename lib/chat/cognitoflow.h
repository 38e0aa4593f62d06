// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/cognitosignin.h"
#include "auth/tokenkeeper.h"
#include "chat/signin.h"

#include <QPointer>

namespace Parlance {

//! The pages of a sign-in to a Cognito user pool.
class CognitoFlow : public SignIn
{
    Q_OBJECT
public:
    //! The secret is read when the first step needs it. The caller must outlive this.
    using ReadSecret = std::function<QFuture<Result<std::optional<Secret>>>()>;
    CognitoFlow(CognitoUser user, ReadSecret readSecret, HttpCaller *http, TokenKeeper *keeper);

    const SignInPage &page() const override { return m_page; }
    void submitPassword(const QString &userName, const Secret &password) override;
    void submitAnswer(const Secret &answer, const QMap<QString, QString> &attributes) override;
    void choose(const QString &value) override;
    void forgotPassword(const QString &userName) override;
    void resetPassword(const QString &code, const Secret &newPassword) override;
    void openBrowser(const OpenBrowser &) override { }
    void cancel() override;

    //! The pool to talk to, with the secret if there is one.
    static CognitoPool pool(const CognitoUser &user, const Secret &clientSecret);

private:
    void begin(const std::function<void()> &step);
    void await(const QFuture<Result<CognitoStep>> &step);
    void onStep(const Result<CognitoStep> &step);
    void show(const CognitoChallenge &challenge);
    void show(SignInPage page);
    void fail(const Error &error);
    void keep(const TokenSet &tokens);

    CognitoUser m_user;
    ReadSecret m_readSecret;
    HttpCaller *m_http;
    QPointer<TokenKeeper> m_keeper;
    std::unique_ptr<CognitoSignIn> m_signIn;
    SignInPage m_page;
    int m_step = 0; // counts what was begun or cancelled: the keychain may answer later
};

} // namespace Parlance
