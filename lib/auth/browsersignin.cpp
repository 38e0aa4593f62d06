// SPDX-License-Identifier: Apache-2.0
#include "auth/browsersignin.h"

#include "auth/tokenclaims.h"
#include "core/whendone.h"

namespace Parlance {
BrowserSignIn::BrowserSignIn(HttpCaller *http, OAuthClient client, OpenBrowser openBrowser, QObject *parent,
                             std::chrono::milliseconds limit)
    : QObject(parent)
    , m_http(http)
    , m_client(std::move(client))
    , m_openBrowser(std::move(openBrowser))
    , m_request(AuthorizationRequest::random())
    , m_listener(m_client.redirectUri)
{
    m_promise.start();
    m_limit.setSingleShot(true);
    m_limit.setInterval(limit);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        end(failure(ErrorKind::Cancelled,
                    tr("Nobody signed in in the browser for five minutes. Start the sign-in again.")));
    });
    connect(&m_listener, &LoopbackListener::redirected, this, &BrowserSignIn::onRedirected);
}

QFuture<Result<TokenSet>> BrowserSignIn::start()
{
    QFuture<Result<TokenSet>> future = m_promise.future();
    whenDone(
        discoverEndpoints(m_http, m_client.issuer), this,
        [this](const Result<OAuthEndpoints> &endpoints) { onDiscovered(endpoints); },
        [this] { end(failure(ErrorKind::Cancelled, tr("The sign-in was ended."))); });
    return future;
}

void BrowserSignIn::cancel()
{
    end(failure(ErrorKind::Cancelled, tr("The sign-in was cancelled.")));
}

void BrowserSignIn::onDiscovered(const Result<OAuthEndpoints> &endpoints)
{
    if (m_isEnded)
        return;
    if (!endpoints) {
        end(failure(endpoints.error()));
        return;
    }
    m_endpoints = *endpoints;
    if (m_endpoints.authorization.isEmpty()) {
        end(failure(ErrorKind::InvalidTarget,
                    tr("The provider %1 names no page to sign in on.").arg(m_endpoints.issuer)));
        return;
    }
    const Result<void> listening = m_listener.listen();
    if (!listening) {
        end(failure(listening.error()));
        return;
    }
    m_limit.start();
    const QUrl url = m_request.url(m_endpoints, m_client);
    // Told even if no browser opens: the person can open the address by hand.
    m_openBrowser(url);
    Q_EMIT browserOpened(url);
}

void BrowserSignIn::onRedirected(const QMap<QByteArray, QByteArray> &query)
{
    // RFC 9207: a provider that names itself must be the one that was asked.
    const bool isAnother = query.contains("iss") && query.value("iss") != m_endpoints.issuer.toUtf8();
    if (query.value("state") != m_request.state || isAnother) {
        end(failure(
            ErrorKind::Unauthorized,
            tr("The browser came back with an answer to another sign-in. Nothing was accepted; start the "
               "sign-in again.")));
        return;
    }
    if (query.contains("error")) {
        end(failure(oauthError(QString::fromUtf8(query.value("error")),
                               QString::fromUtf8(query.value("error_description")))));
        return;
    }
    if (query.value("code").isEmpty()) {
        end(failure(ErrorKind::Unauthorized,
                    tr("The browser came back without a code. Start the sign-in again.")));
        return;
    }
    m_limit.stop();
    whenDone(
        m_http->call(codeDraft(m_endpoints, m_client, query.value("code"), m_request.verifier)), this,
        [this](const Result<HttpReply> &reply) {
            onTokens(tokensOf(reply, QDateTime::currentDateTimeUtc()));
        },
        [this] { end(failure(ErrorKind::Cancelled, tr("The sign-in was ended."))); });
}

void BrowserSignIn::onTokens(const Result<TokenSet> &tokens)
{
    const auto isOurs = [this](const Secret &idToken) {
        const TokenClaims claims = claimsOf(idToken).value_or(TokenClaims());
        return claims.nonce == QString::fromLatin1(m_request.nonce)
            && claims.audience.contains(m_client.clientId);
    };
    if (tokens && !tokens->idToken.isEmpty() && !isOurs(tokens->idToken)) {
        end(failure(ErrorKind::Unauthorized,
                    tr("The provider's token is for another sign-in. Nothing was accepted; start the sign-in "
                       "again.")));
        return;
    }
    end(tokens);
}

void BrowserSignIn::end(const Result<TokenSet> &result)
{
    if (m_isEnded)
        return;
    m_isEnded = true;
    m_limit.stop();
    m_listener.close();
    QPromise<Result<TokenSet>> promise = std::move(m_promise);
    promise.addResult(result);
    promise.finish();
}

} // namespace Parlance
