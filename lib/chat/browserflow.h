// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/browsersignin.h"
#include "auth/tokenkeeper.h"
#include "chat/signin.h"

#include <QPointer>

namespace Parlance {

//! The pages of a sign-in in the browser.
class BrowserFlow : public SignIn
{
    Q_OBJECT
public:
    using ReadSecret = std::function<QFuture<Result<std::optional<Secret>>>()>;
    //! The caller must outlive this.
    BrowserFlow(BrowserUser user, ReadSecret readSecret, HttpCaller *http, TokenKeeper *keeper);

    const SignInPage &page() const override { return m_page; }
    void submitPassword(const QString &, const Secret &) override { }
    void submitAnswer(const Secret &, const QMap<QString, QString> &) override { }
    void choose(const QString &) override { }
    void forgotPassword(const QString &) override { }
    void resetPassword(const QString &, const Secret &) override { }
    void openBrowser(const OpenBrowser &open) override;
    void cancel() override;

    static OAuthClient client(const BrowserUser &user, const Secret &clientSecret);

private:
    void start(const Secret &clientSecret, const OpenBrowser &open);
    void onTokens(const Result<TokenSet> &tokens);
    void fail(const Error &error);

    BrowserUser m_user;
    ReadSecret m_readSecret;
    HttpCaller *m_http;
    QPointer<TokenKeeper> m_keeper;
    std::unique_ptr<BrowserSignIn> m_signIn;
    SignInPage m_page{.kind = SignInPage::Kind::Browser};
};

} // namespace Parlance
