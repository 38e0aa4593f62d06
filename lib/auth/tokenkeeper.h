// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/secretstore.h"
#include "auth/tokenclaims.h"
#include "auth/tokenrenewal.h"

#include <QPointer>
#include <QPromise>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace Parlance {

//! Which token an agent wants: those that check "allowedClients" or scopes take the access token, those
//! that check the audience of Cognito tokens take the ID token.
enum class TokenKind { Access, Id };

struct TokenState
{
    enum class Kind {
        Unknown, //!< the keychain has not been read yet
        SignedOut,
        SignedIn,
        Renewing,
        Ended, //!< the provider refused to renew: the person must sign in again
    };
    Kind kind = Kind::Unknown;
    QDateTime expires = {}; //!< UTC, of the access token
    std::optional<TokenClaims> claims = std::nullopt; //!< of the access token, if it is a JWT
    QString reason = {}; //!< of Ended

    friend bool operator==(const TokenState &, const TokenState &) = default;
};

//! Keeps one identity's tokens: in the keychain, renewed five minutes before they run out, one renewal
//! at a time however many ask. A rotated refresh token is saved before anything else happens, since the
//! old one is good for nothing then.
//!
//! Two programs may share a keychain: before it renews, each reads it again and takes over what the other
//! has renewed meanwhile. Should both renew within the same moment, a provider that rotates refuses the
//! slower one; that one looks into the keychain for another second and goes on with what the faster one
//! saved. Only a provider that ends the whole sign-in on such a refusal makes the person sign in again.
class TokenKeeper : public QObject
{
    Q_OBJECT
public:
    //! The keys of the keychain begin with the prefix: "<prefix>/access", "/id", "/refresh". The store must
    //! outlive this.
    TokenKeeper(QString prefix, SecretStore *secrets, TokenLife life, QObject *parent = nullptr);

    TokenState state() const { return m_state; }
    //! Of what is at hand now. Absent: there is no such token, or it is no JWT.
    std::optional<TokenClaims> claims(TokenKind kind) const;
    bool hasIdToken() const { return !m_tokens.idToken.isEmpty(); }

    //! A token that is good for some minutes. Errors: SecretMissing (sign in first, or again) and those of
    //! the network and the keychain.
    QFuture<Result<Secret>> token(TokenKind kind);
    //! A service refused the token as expired: the next question renews it.
    void expireNow();

    //! Keeps what a sign-in brought.
    QFuture<Result<SecretDurability>> accept(const TokenSet &tokens);
    //! The two halves of a sign-out.
    struct SignOut
    {
        QFuture<Result<void>> forgotten; //!< the keychain is clear
        QFuture<Result<void>> revoked; //!< the provider knows; it may be far away
    };
    //! Forgets, clears the keychain and revokes. Both go on when this is gone.
    SignOut beginSignOut();
    //! The same in one: the error is the keychain's, if it kept something, else the provider's.
    QFuture<Result<void>> signOut();

    static constexpr std::chrono::minutes margin{5};

Q_SIGNALS:
    void stateChanged();

private:
    struct Waiting
    {
        TokenKind kind = TokenKind::Access;
        QPromise<Result<Secret>> promise = {};
    };

    void load();
    void readKept(const std::function<void(const Result<TokenSet> &)> &then);
    bool takeOver(const Result<TokenSet> &kept);
    void onLoaded(const Result<TokenSet> &tokens);
    void serve();
    void renew();
    void askProvider();
    void serveTakenOver();
    void onRenewed(const Result<TokenSet> &tokens);
    void lookForAnother(const Error &refusal, int signIn, int looks);
    void onRenewalRefused(const Error &error);
    void serveWith(const Result<TokenSet> &tokens);
    bool needsRenewal() const;
    void show(TokenState::Kind kind, const QString &reason = {});
    QFuture<Result<SecretDurability>> save(const TokenSet &tokens);

    QString m_prefix;
    QPointer<SecretStore> m_secrets;
    TokenLife m_life;
    TokenSet m_tokens;
    TokenState m_state;
    std::vector<Waiting> m_waiting;
    QTimer m_renewal;
    bool m_isLoaded = false;
    bool m_isBusy = false; // loading or renewing
    std::shared_ptr<bool> m_isSignedOut = std::make_shared<bool>(false); // of the sign-in that is kept now
    int m_signIn = 0; // counts sign-ins and sign-outs: what was under way before one is void
};

} // namespace Parlance
