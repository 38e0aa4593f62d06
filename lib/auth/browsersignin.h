// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/loopbacklistener.h"
#include "auth/oauthclient.h"

#include <QObject>
#include <QPromise>
#include <QTimer>

#include <functional>

namespace Parlance {

//! One sign-in in the person's own browser: authorization code with PKCE, state and nonce.
class BrowserSignIn : public QObject
{
    Q_OBJECT
public:
    using OpenBrowser = std::function<bool(const QUrl &)>; //!< false: there is none

    //! The caller must outlive this. The limit is for the person's part.
    BrowserSignIn(HttpCaller *http, OAuthClient client, OpenBrowser openBrowser, QObject *parent = nullptr,
                  std::chrono::milliseconds limit = std::chrono::minutes(5));

    //! Call it once. Errors: InvalidTarget, InsecureHttp, Conflict, Unauthorized, Cancelled and those of
    //! the network, each with a sentence.
    QFuture<Result<TokenSet>> start();
    void cancel();

Q_SIGNALS:
    //! The address that the browser was sent to, for those whose browser does not open.
    void browserOpened(const QUrl &url);

private:
    void onDiscovered(const Result<OAuthEndpoints> &endpoints);
    void onRedirected(const QMap<QByteArray, QByteArray> &query);
    void onTokens(const Result<TokenSet> &tokens);
    void end(const Result<TokenSet> &result);

    HttpCaller *m_http;
    OAuthClient m_client;
    OpenBrowser m_openBrowser;
    OAuthEndpoints m_endpoints;
    AuthorizationRequest m_request;
    LoopbackListener m_listener;
    QTimer m_limit;
    QPromise<Result<TokenSet>> m_promise;
    bool m_isEnded = false;
};

} // namespace Parlance
