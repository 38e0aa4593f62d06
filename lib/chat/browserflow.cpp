// SPDX-License-Identifier: Apache-2.0
#include "chat/browserflow.h"

#include "core/whendone.h"

namespace Parlance {

BrowserFlow::BrowserFlow(BrowserUser user, ReadSecret readSecret, HttpCaller *http, TokenKeeper *keeper)
    : m_user(std::move(user))
    , m_readSecret(std::move(readSecret))
    , m_http(http)
    , m_keeper(keeper)
{
}

OAuthClient BrowserFlow::client(const BrowserUser &user, const Secret &clientSecret)
{
    return OAuthClient{.issuer = user.issuer,
                       .clientId = user.clientId,
                       .clientSecret = clientSecret,
                       .scopes = user.scopes,
                       .redirectUri = QUrl(user.redirectUri, QUrl::StrictMode)};
}

void BrowserFlow::openBrowser(const OpenBrowser &open)
{
    if (m_page.isBusy)
        return;
    m_page = SignInPage{.kind = SignInPage::Kind::Browser, .isBusy = true};
    Q_EMIT pageChanged();
    if (!m_user.hasClientSecret) {
        start({}, open);
        return;
    }
    whenDone(m_readSecret(), this, [this, open](const Result<std::optional<Secret>> &secret) {
        if (!secret)
            fail(secret.error());
        else
            start(secret->value_or(Secret()), open);
    });
}

void BrowserFlow::start(const Secret &clientSecret, const OpenBrowser &open)
{
    m_signIn = std::make_unique<BrowserSignIn>(m_http, client(m_user, clientSecret), open);
    connect(m_signIn.get(), &BrowserSignIn::browserOpened, this, [this](const QUrl &url) {
        m_page.url = url;
        Q_EMIT pageChanged();
    });
    whenDone(m_signIn->start(), this, [this](const Result<TokenSet> &tokens) { onTokens(tokens); });
}

void BrowserFlow::onTokens(const Result<TokenSet> &tokens)
{
    if (!tokens) {
        fail(tokens.error());
        return;
    }
    if (!m_keeper) {
        fail(Error{.kind = ErrorKind::Cancelled, .message = tr("This identity was removed meanwhile.")});
        return;
    }
    whenDone(m_keeper->accept(*tokens), this, [this](const Result<SecretDurability> &kept) {
        m_page = SignInPage{.kind = SignInPage::Kind::Done};
        Q_EMIT pageChanged();
        Q_EMIT signedIn(kept && *kept == SecretDurability::Keychain);
    });
}

void BrowserFlow::cancel()
{
    if (m_signIn)
        m_signIn->cancel();
}

void BrowserFlow::fail(const Error &error)
{
    m_page = SignInPage{.kind = SignInPage::Kind::Browser, .problem = error};
    Q_EMIT pageChanged();
}

} // namespace Parlance
