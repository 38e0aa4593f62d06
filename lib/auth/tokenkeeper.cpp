// SPDX-License-Identifier: Apache-2.0
#include "auth/tokenkeeper.h"

#include "core/whendone.h"

#include <QCoreApplication>

namespace Parlance {
namespace {

using namespace Qt::StringLiterals;

constexpr std::chrono::hours longestTimer{24};
constexpr std::chrono::milliseconds lookAgain{1000};

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

// Whether a refusal means that the sign-in is over, and not that the provider was out of reach.
bool endsSignIn(const Error &error)
{
    return error.kind == ErrorKind::Unauthorized || error.kind == ErrorKind::SecretMissing;
}

// Once all have ended.
QFuture<Result<void>> firstFailure(QList<QFuture<Result<void>>> parts)
{
    if (parts.isEmpty())
        return QtFuture::makeReadyFuture(Result<void>());
    return QtFuture::whenAll(parts.begin(), parts.end()).then([](const QList<QFuture<Result<void>>> &done) {
        for (const QFuture<Result<void>> &part : done) {
            if (part.resultCount() > 0 && !part.result())
                return part.result();
        }
        return Result<void>();
    });
}

} // namespace

TokenKeeper::TokenKeeper(QString prefix, SecretStore *secrets, TokenLife life, QObject *parent)
    : QObject(parent)
    , m_prefix(std::move(prefix))
    , m_secrets(secrets)
    , m_life(std::move(life))
{
    m_renewal.setSingleShot(true);
    connect(&m_renewal, &QTimer::timeout, this, [this] {
        if (needsRenewal() && !m_isBusy)
            renew();
        else
            show(m_state.kind);
    });
}

QFuture<Result<Secret>> TokenKeeper::token(TokenKind kind)
{
    m_waiting.emplace_back(Waiting{.kind = kind});
    m_waiting.back().promise.start();
    QFuture<Result<Secret>> future = m_waiting.back().promise.future();
    if (!m_isBusy)
        serve();
    return future;
}

std::optional<TokenClaims> TokenKeeper::claims(TokenKind kind) const
{
    return claimsOf(kind == TokenKind::Id ? m_tokens.idToken : m_tokens.accessToken);
}

void TokenKeeper::expireNow()
{
    if (m_isLoaded && !m_tokens.accessToken.isEmpty())
        m_tokens.expires = now();
}

bool TokenKeeper::needsRenewal() const
{
    if (m_tokens.accessToken.isEmpty())
        return !m_life.needsRefreshToken;
    return m_tokens.expires.isValid()
        && now().secsTo(m_tokens.expires) <= std::chrono::seconds(margin).count();
}

void TokenKeeper::serve()
{
    if (!m_isLoaded) {
        load();
        return;
    }
    const bool canRenew = !m_tokens.refreshToken.isEmpty() || !m_life.needsRefreshToken;
    if (needsRenewal() && canRenew) {
        renew();
        return;
    }
    const bool isOver = m_tokens.expires.isValid() && m_tokens.expires <= now();
    if (m_tokens.accessToken.isEmpty() || isOver) {
        show(isOver ? TokenState::Kind::Ended : TokenState::Kind::SignedOut);
        serveWith(failure(ErrorKind::SecretMissing,
                          isOver ? tr("The sign-in has run out. Sign in again.") : tr("Sign in first.")));
        return;
    }
    serveWith(m_tokens);
}

void TokenKeeper::load()
{
    m_isBusy = true;
    readKept([this](const Result<TokenSet> &tokens) { onLoaded(tokens); });
}

void TokenKeeper::readKept(const std::function<void(const Result<TokenSet> &)> &then)
{
    const auto ended = [then] { then(failure(ErrorKind::Cancelled, tr("The program is ending."))); };
    if (!m_secrets) {
        QMetaObject::invokeMethod(this, ended, Qt::QueuedConnection);
        return;
    }
    using Kept = Result<std::optional<Secret>>;
    const auto read = [this](const QString &name) {
        return m_secrets ? m_secrets->read(m_prefix + name) : QtFuture::makeReadyFuture(Kept());
    };
    whenDone(
        read(u"/access"_s), this,
        [this, read, then, ended](const Kept &access) {
            if (!access) {
                then(failure(access.error()));
                return;
            }
            whenDone(
                read(u"/id"_s), this,
                [this, read, then, ended, access](const Kept &id) {
                    whenDone(
                        read(u"/refresh"_s), this,
                        [then, access, id](const Kept &refresh) {
                            if (!id || !refresh) {
                                then(failure(id ? refresh.error() : id.error()));
                                return;
                            }
                            TokenSet tokens{.accessToken = access->value_or(Secret()),
                                            .idToken = id->value_or(Secret()),
                                            .refreshToken = refresh->value_or(Secret())};
                            if (const auto claims = claimsOf(tokens.accessToken))
                                tokens.expires = claims->expires;
                            then(tokens);
                        },
                        ended);
                },
                ended);
        },
        ended);
}

// True: another program has renewed, and its tokens are ours now.
bool TokenKeeper::takeOver(const Result<TokenSet> &kept)
{
    if (!kept || kept->refreshToken.isEmpty() || kept->accessToken.isEmpty()
        || kept->refreshToken == m_tokens.refreshToken)
        return false;
    // What the keychain would not take of ours is newer than what it has.
    if (kept->expires.isValid() && m_tokens.expires.isValid() && kept->expires <= m_tokens.expires)
        return false;
    m_tokens = *kept;
    return true;
}

void TokenKeeper::onLoaded(const Result<TokenSet> &tokens)
{
    m_isBusy = false;
    if (!tokens) {
        // The keychain may be open the next time somebody asks.
        serveWith(failure(tokens.error()));
        return;
    }
    // A sign-in may have come while the keychain was read.
    if (!m_isLoaded) {
        m_isLoaded = true;
        m_tokens = *tokens;
        show(m_tokens.accessToken.isEmpty() ? TokenState::Kind::SignedOut : TokenState::Kind::SignedIn);
    }
    serve();
}

void TokenKeeper::renew()
{
    m_isBusy = true;
    show(TokenState::Kind::Renewing);
    if (m_tokens.refreshToken.isEmpty()) {
        askProvider();
        return;
    }
    readKept([this, signIn = m_signIn](const Result<TokenSet> &kept) {
        if (signIn != m_signIn) {
            m_isBusy = false;
            serve();
        } else if (takeOver(kept) && !needsRenewal()) {
            serveTakenOver();
        } else {
            askProvider();
        }
    });
}

void TokenKeeper::serveTakenOver()
{
    m_isBusy = false;
    show(TokenState::Kind::SignedIn);
    serveWith(m_tokens);
}

void TokenKeeper::askProvider()
{
    const auto renewed = [this, signIn = m_signIn](const Result<TokenSet> &tokens) {
        if (signIn == m_signIn) {
            onRenewed(tokens);
            return;
        }
        // The person signed out, or in anew, meanwhile: these tokens are nobody's.
        m_isBusy = false;
        serve();
    };
    const QFuture<Result<TokenSet>> renewal = m_life.renew(m_tokens);
    if (m_life.revoke)
        whenDone(renewal, QCoreApplication::instance(),
                 [revoke = m_life.revoke, isSignedOut = m_isSignedOut](const Result<TokenSet> &tokens) {
                     // Nobody has what came after the sign-out, and the provider must not take it for good.
                     if (*isSignedOut && tokens && !tokens->refreshToken.isEmpty())
                         revoke(tokens->refreshToken);
                 });
    whenDone(renewal, this, renewed,
             [renewed] { renewed(failure(ErrorKind::Cancelled, tr("The program is ending."))); });
}

void TokenKeeper::onRenewed(const Result<TokenSet> &tokens)
{
    if (!tokens) {
        if (!endsSignIn(tokens.error()) || m_tokens.refreshToken.isEmpty()) {
            onRenewalRefused(tokens.error());
            return;
        }
        lookForAnother(tokens.error(), m_signIn, 2);
        return;
    }
    TokenSet renewed = *tokens;
    // A provider that does not rotate sends none: the old one stays good.
    if (renewed.refreshToken.isEmpty())
        renewed.refreshToken = m_tokens.refreshToken;
    if (renewed.idToken.isEmpty())
        renewed.idToken = m_tokens.idToken;
    const auto saved = [this, signIn = m_signIn](const Result<SecretDurability> &) {
        m_isBusy = false;
        if (signIn != m_signIn) {
            serve();
            return;
        }
        show(TokenState::Kind::SignedIn);
        // Not by serve(): a token that lives for less than the margin would be renewed without end.
        serveWith(m_tokens);
    };
    whenDone(save(renewed), this, saved, [saved] { saved(SecretDurability::SessionOnly); });
}

// Another program may have been faster, and may still be saving what it got.
void TokenKeeper::lookForAnother(const Error &refusal, int signIn, int looks)
{
    readKept([this, refusal, signIn, looks](const Result<TokenSet> &kept) {
        if (signIn != m_signIn) {
            m_isBusy = false;
            serve();
        } else if (takeOver(kept) && !needsRenewal()) {
            serveTakenOver();
        } else if (looks > 1) {
            QTimer::singleShot(lookAgain, this, [this, refusal, signIn, looks] {
                lookForAnother(refusal, signIn, looks - 1);
            });
        } else {
            onRenewalRefused(refusal);
        }
    });
}

void TokenKeeper::onRenewalRefused(const Error &error)
{
    m_isBusy = false;
    const bool isOver = endsSignIn(error);
    // While the old token is still good it serves, and the renewal is tried again at the next question.
    const bool isGood = !m_tokens.accessToken.isEmpty() && m_tokens.expires > now();
    if (isOver)
        m_tokens.refreshToken = {};
    // A provider out of reach has ended nothing: one is signed in again as soon as it answers.
    const bool isKept = !isOver && !m_tokens.accessToken.isEmpty();
    show(isKept ? TokenState::Kind::SignedIn : TokenState::Kind::Ended, error.message);
    if (isGood) {
        serveWith(m_tokens);
        return;
    }
    Error told = error;
    if (isOver)
        told.kind = ErrorKind::SecretMissing;
    serveWith(failure(std::move(told)));
}

QFuture<Result<SecretDurability>> TokenKeeper::save(const TokenSet &tokens)
{
    m_tokens = tokens;
    m_isLoaded = true;
    if (!m_secrets)
        return QtFuture::makeReadyFuture(Result<SecretDurability>(SecretDurability::SessionOnly));
    // What has not been written when the person signs out, or in anew, must not be.
    const auto isStill = [self = QPointer(this), signIn = m_signIn] {
        return self && self->m_secrets && self->m_signIn == signIn ? self->m_secrets.data() : nullptr;
    };
    const QString prefix = m_prefix;
    // The refresh token first: it is the one that cannot be had again.
    return m_secrets->write(m_prefix + u"/refresh"_s, tokens.refreshToken)
        .then([isStill, prefix, tokens](const Result<SecretDurability> &refresh) {
            SecretStore *secrets = isStill();
            if (!refresh || !secrets)
                return QtFuture::makeReadyFuture(refresh);
            return secrets->write(prefix + u"/access"_s, tokens.accessToken)
                .then([isStill, prefix, tokens](const Result<SecretDurability> &access) {
                    SecretStore *still = isStill();
                    if (!access || !still)
                        return QtFuture::makeReadyFuture(access);
                    if (!tokens.idToken.isEmpty())
                        return still->write(prefix + u"/id"_s, tokens.idToken);
                    // One of an earlier sign-in, perhaps somebody else's, must not stay beside these.
                    return still->remove(prefix + u"/id"_s).then([access](const Result<void> &) {
                        return access;
                    });
                })
                .unwrap();
        })
        .unwrap();
}

void TokenKeeper::serveWith(const Result<TokenSet> &tokens)
{
    std::vector<Waiting> waiting = std::move(m_waiting);
    m_waiting.clear();
    for (Waiting &one : waiting) {
        if (!tokens)
            one.promise.addResult(Result<Secret>(failure(tokens.error())));
        else if (one.kind == TokenKind::Id && tokens->idToken.isEmpty())
            one.promise.addResult(
                Result<Secret>(failure(ErrorKind::SecretMissing,
                                       tr("The sign-in brought no ID token. Ask for the scope “openid”."))));
        else
            one.promise.addResult(one.kind == TokenKind::Id ? tokens->idToken : tokens->accessToken);
        one.promise.finish();
    }
}

QFuture<Result<SecretDurability>> TokenKeeper::accept(const TokenSet &tokens)
{
    ++m_signIn;
    m_isSignedOut = std::make_shared<bool>(false);
    QFuture<Result<SecretDurability>> future = save(tokens);
    show(TokenState::Kind::SignedIn);
    return future;
}

TokenKeeper::SignOut TokenKeeper::beginSignOut()
{
    ++m_signIn;
    *m_isSignedOut = true;
    const Secret refreshToken = m_tokens.refreshToken;
    QFuture<Result<void>> revoked = QtFuture::makeReadyFuture(Result<void>());
    if (!m_isLoaded && m_secrets && m_life.revoke)
        revoked = m_secrets->read(m_prefix + u"/refresh"_s)
                      .then([revoke = m_life.revoke](const Result<std::optional<Secret>> &kept) {
                          const Secret token = kept ? kept->value_or(Secret()) : Secret();
                          return token.isEmpty() ? QtFuture::makeReadyFuture(Result<void>()) : revoke(token);
                      })
                      .unwrap();
    m_tokens = {};
    m_isLoaded = true;
    show(TokenState::Kind::SignedOut);
    // All are begun at once: the keychain is asked in this order, whoever goes meanwhile.
    QList<QFuture<Result<void>>> removals;
    if (m_secrets) {
        for (const QString &name : {u"/refresh"_s, u"/access"_s, u"/id"_s})
            removals.append(m_secrets->remove(m_prefix + name));
    }
    if (m_life.revoke && !refreshToken.isEmpty())
        revoked = m_life.revoke(refreshToken);
    return {.forgotten = firstFailure(removals), .revoked = revoked};
}

QFuture<Result<void>> TokenKeeper::signOut()
{
    const SignOut signOut = beginSignOut();
    return firstFailure({signOut.forgotten, signOut.revoked});
}

void TokenKeeper::show(TokenState::Kind kind, const QString &reason)
{
    TokenState state{.kind = kind, .expires = m_tokens.expires, .reason = reason};
    if (!m_tokens.accessToken.isEmpty())
        state.claims = claimsOf(m_tokens.accessToken);
    m_renewal.stop();
    const bool canRenew = !m_tokens.refreshToken.isEmpty() && m_tokens.expires.isValid();
    if (kind == TokenState::Kind::SignedIn && canRenew) {
        const auto left = std::chrono::milliseconds(now().msecsTo(m_tokens.expires)) - margin;
        // A failed renewal is not tried again in a tight circle.
        m_renewal.start(std::clamp<std::chrono::milliseconds>(left, std::chrono::seconds(20), longestTimer));
    }
    if (state == m_state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace Parlance
