// SPDX-License-Identifier: Apache-2.0
#include "chat/identitybook.h"

#include "auth/profilecredentials.h"
#include "auth/serviceclock.h"
#include "auth/presigningauthorizer.h"
#include "auth/sigv4authorizer.h"
#include "auth/tokenauthorizer.h"
#include "chat/archive.h"
#include "chat/browserflow.h"
#include "chat/cognitoflow.h"
#include "chat/identitylife.h"
#include "chat/tokenchoice.h"
#include "core/whendone.h"

#include <algorithm>
#include <deque>
#include <map>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

template <typename T> QFuture<Result<T>> ready(const Result<T> &result)
{
    return QtFuture::makeReadyFuture(result);
}

Error removedError()
{
    return Error{.kind = ErrorKind::SecretMissing, .message = IdentityBook::tr("This identity was removed.")};
}

IdentityState stateOf(const TokenState &token)
{
    using Kind = IdentityState::Kind;
    static const std::map<TokenState::Kind, Kind> kinds{{TokenState::Kind::Unknown, Kind::Unknown},
                                                        {TokenState::Kind::SignedOut, Kind::SignedOut},
                                                        {TokenState::Kind::SignedIn, Kind::SignedIn},
                                                        {TokenState::Kind::Renewing, Kind::Renewing},
                                                        {TokenState::Kind::Ended, Kind::Ended}};
    IdentityState state{.kind = kinds.at(token.kind), .expires = token.expires, .reason = token.reason};
    if (token.claims) {
        state.who = token.claims->userName;
        state.issuer = token.claims->issuer;
        state.clientId = token.claims->clientId;
        state.audience = token.claims->audience;
        state.scopes = token.claims->scopes;
    }
    return state;
}

// Whether tokens that were got as the one are good for the other. Those of one provider must not be sent
// to another.
bool hasSameTokens(const IdentityKind &one, const IdentityKind &other)
{
    const auto *before = std::get_if<BrowserUser>(&one);
    const auto *after = std::get_if<BrowserUser>(&other);
    if (!before || !after)
        return one == other;
    BrowserUser moved = *before;
    moved.redirectUri = after->redirectUri;
    return moved == *after;
}

} // namespace

class IdentityBook::Private
{
public:
    Private(IdentityBook *book, Store *store, SecretStore *secretStore, HttpCaller *caller)
        : q(book)
        , archive(store)
        , secrets(secretStore)
        , http(caller)
    {
    }

    static QString clientSecretKey(const IdentityId &id) { return secretPrefix(id) + u"/client-secret"_s; }
    QFuture<Result<std::optional<Secret>>> clientSecret(const IdentityId &id) const
    {
        return secrets->read(clientSecretKey(id));
    }

    TokenKeeper *keeper(const IdentityId &id);
    ProfileCredentials *credentials(const IdentityId &id);
    QFuture<std::optional<QByteArray>> askMfaCode(const MfaQuestion &question);
    void askNextMfaCode();
    void forgetLive(const IdentityId &id);
    QFuture<Result<Identity>> keepSecret(const Identity &identity, const Secret &secret);
    QFuture<Result<void>> signOutForGood(const Identity &identity);
    TokenKind kindFor(const Agent &agent) const
    {
        return q->sentToken(agent) == SentToken::Id ? TokenKind::Id : TokenKind::Access;
    }

    struct MfaWaiting
    {
        MfaCodeQuestion question = {};
        QPromise<std::optional<QByteArray>> promise = {};
    };

    IdentityBook *q;
    Archive archive;
    SecretStore *secrets;
    HttpCaller *http;
    AwsPlaces places = AwsPlaces::fromEnvironment(QProcessEnvironment::systemEnvironment());
    std::vector<Identity> identities;
    std::map<IdentityId, std::unique_ptr<TokenKeeper>> keepers;
    // Of each keeper: the client's secret before a new one came, with which its tokens are revoked.
    std::map<IdentityId, std::shared_ptr<std::optional<Secret>>> formerSecrets;
    std::map<IdentityId, std::unique_ptr<ProfileCredentials>> awsKeys;
    std::shared_ptr<ServiceClock> clock = std::make_shared<ServiceClock>();
    std::deque<MfaWaiting> mfaWaiting;
    TokenChoice choice;
};

TokenKeeper *IdentityBook::Private::keeper(const IdentityId &id)
{
    const Identity *identity = q->find(id);
    if (!identity || identity->isAws() || !http)
        return nullptr;
    std::unique_ptr<TokenKeeper> &keeper = keepers[id];
    if (!keeper) {
        const auto former = std::make_shared<std::optional<Secret>>();
        formerSecrets[id] = former;
        const auto readSecret = [this, id, former] {
            return *former ? ready(Result<std::optional<Secret>>(*former)) : clientSecret(id);
        };
        keeper =
            std::make_unique<TokenKeeper>(secretPrefix(id), secrets, lifeOf(*identity, readSecret, http));
        connect(keeper.get(), &TokenKeeper::stateChanged, q, [this, id] { Q_EMIT q->stateChanged(id); });
    }
    return keeper.get();
}

ProfileCredentials *IdentityBook::Private::credentials(const IdentityId &id)
{
    const Identity *identity = q->find(id);
    if (!identity || !identity->isAws() || !http)
        return nullptr;
    std::unique_ptr<ProfileCredentials> &source = awsKeys[id];
    if (!source) {
        source = std::make_unique<ProfileCredentials>(
            std::get<AwsKeys>(identity->kind).profile, http, places,
            [this](const MfaQuestion &question) { return askMfaCode(question); }, clock);
        connect(source.get(), &ProfileCredentials::clockCorrected, q,
                [this] { Q_EMIT q->clockCorrected(clock->correction()); });
    }
    return source.get();
}

QFuture<std::optional<QByteArray>> IdentityBook::Private::askMfaCode(const MfaQuestion &question)
{
    mfaWaiting.push_back(MfaWaiting{.question = {.profile = question.profile, .serial = question.serial}});
    mfaWaiting.back().promise.start();
    QFuture<std::optional<QByteArray>> future = mfaWaiting.back().promise.future();
    if (mfaWaiting.size() == 1)
        askNextMfaCode();
    return future;
}

void IdentityBook::Private::askNextMfaCode()
{
    if (!mfaWaiting.empty())
        Q_EMIT q->mfaCodeAsked(mfaWaiting.front().question);
}

void IdentityBook::Private::forgetLive(const IdentityId &id)
{
    // Not deleted here: this may have been called from one of their signals.
    if (const auto keeper = keepers.find(id); keeper != keepers.end()) {
        keeper->second.release()->deleteLater();
        keepers.erase(keeper);
        formerSecrets.erase(id);
    }
    if (const auto source = awsKeys.find(id); source != awsKeys.end()) {
        source->second.release()->deleteLater();
        awsKeys.erase(source);
    }
}

// Brings what the keychain says of it; what the provider says comes when it comes.
QFuture<Result<void>> IdentityBook::Private::signOutForGood(const Identity &identity)
{
    TokenKeeper *tokens = keeper(identity.id);
    if (!tokens)
        return ready(Result<void>());
    const TokenKeeper::SignOut signOut = tokens->beginSignOut();
    whenDone(signOut.revoked, q, [this, identity](const Result<void> &revoked) {
        if (!revoked)
            Q_EMIT q->revocationFailed(identity, revoked.error());
    });
    return signOut.forgotten;
}

IdentityBook::IdentityBook(Store *store, SecretStore *secrets, HttpCaller *http, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, store, secrets, http))
{
}

IdentityBook::~IdentityBook() = default;

QString IdentityBook::secretPrefix(const IdentityId &id)
{
    return u"identity/"_s + id.value();
}

const std::vector<Identity> &IdentityBook::identities() const
{
    return d->identities;
}

const Identity *IdentityBook::find(const IdentityId &id) const
{
    const auto found = std::ranges::find(d->identities, id, &Identity::id);
    return found == d->identities.end() ? nullptr : &*found;
}

IdentityState IdentityBook::state(const IdentityId &id) const
{
    const Identity *identity = find(id);
    if (identity && identity->isAws())
        return IdentityState{.kind = IdentityState::Kind::Keys};
    const auto keeper = d->keepers.find(id);
    return keeper == d->keepers.end() ? IdentityState() : stateOf(keeper->second->state());
}

Result<Identity> IdentityBook::save(const Identity &identity)
{
    Result<Identity> saved = checked(identity);
    if (!saved)
        return saved;
    const auto known = std::ranges::find(d->identities, saved->id, &Identity::id);
    const bool isNew = saved->id.isEmpty() || known == d->identities.end();
    if (saved->id.isEmpty())
        saved->id = IdentityId::create();
    if (!saved->created.isValid())
        saved->created = QDateTime::currentDateTimeUtc();
    // First of all, since revoking takes what was saved before.
    if (!isNew && known->kind != saved->kind) {
        if (!hasSameTokens(known->kind, saved->kind))
            signOut(saved->id);
        d->forgetLive(saved->id);
    }
    d->archive.saveIdentity(*saved);
    if (isNew) {
        d->identities.push_back(*saved);
        Q_EMIT identityAdded(saved->id);
    } else {
        *known = *saved;
        Q_EMIT identityChanged(saved->id);
    }
    return saved;
}

QFuture<Result<Identity>> IdentityBook::saveWithSecret(const Identity &identity, const Secret &clientSecret)
{
    Result<Identity> wanted = checked(identity);
    if (!wanted || clientSecret.isEmpty())
        return ready(wanted ? save(*wanted) : wanted);
    if (wanted->id.isEmpty())
        wanted->id = IdentityId::create();
    return d->keepSecret(*wanted, clientSecret);
}

QFuture<Result<Identity>> IdentityBook::Private::keepSecret(const Identity &identity, const Secret &secret)
{
    auto promise = std::make_shared<QPromise<Result<Identity>>>();
    promise->start();
    const auto end = [promise](const Result<Identity> &result) {
        promise->addResult(result);
        promise->finish();
    };
    const auto ended = [end] { end(failure(ErrorKind::Cancelled, tr("The program is ending."))); };
    const auto write = [this, identity, secret, end, ended](const std::optional<Secret> &former) {
        whenDone(
            secrets->write(clientSecretKey(identity.id), secret), q,
            [this, identity, former, end](const Result<SecretDurability> &written) {
                if (written && former) {
                    if (const auto kept = formerSecrets.find(identity.id); kept != formerSecrets.end())
                        *kept->second = former;
                }
                end(written ? q->save(identity) : Result<Identity>(failure(written.error())));
            },
            ended);
    };
    const Identity *known = q->find(identity.id);
    if (known && !hasSameTokens(known->kind, identity.kind) && keeper(identity.id))
        whenDone(
            clientSecret(identity.id), q,
            [write](const Result<std::optional<Secret>> &former) {
                write(former ? former->value_or(Secret()) : Secret());
            },
            ended);
    else
        write(std::nullopt);
    return promise->future();
}

QFuture<Result<void>> IdentityBook::signOut(const IdentityId &id)
{
    TokenKeeper *keeper = d->keeper(id);
    return keeper ? keeper->signOut() : ready(Result<void>());
}

QFuture<Result<void>> IdentityBook::remove(const IdentityId &id)
{
    const Identity *known = find(id);
    if (!known)
        return ready(Result<void>());
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    const auto end = [promise](const Result<void> &result) {
        promise->addResult(result);
        promise->finish();
    };
    const auto ended = [end] { end(failure(ErrorKind::Cancelled, tr("The program is ending."))); };
    const auto removed = [this, id, end](const Result<void> &cleared) {
        if (cleared) {
            std::erase_if(d->identities, [&id](const Identity &one) { return one.id == id; });
            d->forgetLive(id);
            d->archive.removeIdentity(id);
            Q_EMIT identityRemoved(id);
        }
        end(cleared);
    };
    whenDone(
        d->signOutForGood(*known), this,
        [this, id, removed, ended](const Result<void> &forgotten) {
            if (!forgotten)
                removed(forgotten);
            else
                // Not before: who revokes may need it, and has asked the keychain for it by now.
                whenDone(d->secrets->remove(Private::clientSecretKey(id)), this, removed, ended);
        },
        ended);
    return promise->future();
}

std::unique_ptr<SignIn> IdentityBook::signIn(const IdentityId &id)
{
    const Identity *identity = find(id);
    TokenKeeper *keeper = d->keeper(id);
    if (!identity || !keeper)
        return nullptr;
    const auto readSecret = [this, id] { return d->clientSecret(id); };
    if (const auto *user = std::get_if<CognitoUser>(&identity->kind))
        return std::make_unique<CognitoFlow>(*user, readSecret, d->http, keeper);
    if (const auto *user = std::get_if<BrowserUser>(&identity->kind))
        return std::make_unique<BrowserFlow>(*user, readSecret, d->http, keeper);
    return nullptr;
}

QFuture<Result<QString>> IdentityBook::check(const IdentityId &id)
{
    if (ProfileCredentials *source = d->credentials(id))
        return source->credentials().then([](const Result<AwsCredentials> &keys) {
            return keys.map([](const AwsCredentials &found) { return QString::fromUtf8(found.accessKeyId); });
        });
    TokenKeeper *keeper = d->keeper(id);
    if (!keeper)
        return ready(Result<QString>(failure(removedError())));
    return keeper->token(TokenKind::Access).then([](const Result<Secret> &token) {
        return token.map([](const Secret &secret) {
            const auto claims = claimsOf(secret);
            return claims ? claims->userName : QString();
        });
    });
}

std::shared_ptr<Authorizer> IdentityBook::authorizer(const Agent &agent, const QByteArray &region)
{
    if (ProfileCredentials *source = d->credentials(agent.identity)) {
        if (agent.transport == AgentTransport::WebSocket && agent.socket.proof == SocketProof::Address)
            return std::make_shared<PresigningAuthorizer>(source, d->clock, region);
        return std::make_shared<SigV4Authorizer>(source, d->clock, region);
    }
    if (TokenKeeper *keeper = d->keeper(agent.identity))
        return std::make_shared<TokenAuthorizer>(keeper, d->kindFor(agent));
    return nullptr;
}

bool IdentityBook::learnFrom(const Agent &agent, const Error &refusal)
{
    if (agent.auth != AuthMethod::Identity)
        return false;
    if (ProfileCredentials *source = d->credentials(agent.identity)) {
        if (refusal.kind != ErrorKind::SignatureRefused)
            return false;
        if (d->clock->learn(refusal.serverDate)) {
            Q_EMIT clockCorrected(d->clock->correction());
            return true;
        }
        if (refusal.exceptionType.startsWith("ExpiredToken"_L1)
            || refusal.serverMessage.contains("token included in the request is expired"_L1)) {
            source->forget();
            return true;
        }
        return false;
    }
    TokenKeeper *keeper = d->keeper(agent.identity);
    if (!keeper)
        return false;
    if (d->choice.learnFrom(agent, *find(agent.identity), refusal, keeper->hasIdToken())) {
        Q_EMIT stateChanged(agent.identity);
        return true;
    }
    if (refusal.kind != ErrorKind::Unauthorized)
        return false;
    keeper->expireNow();
    return true;
}

std::optional<SentToken> IdentityBook::sentToken(const Agent &agent) const
{
    const Identity *identity = agent.auth == AuthMethod::Identity ? find(agent.identity) : nullptr;
    return identity && !identity->isAws() ? std::optional(d->choice.of(agent, *identity)) : std::nullopt;
}

std::optional<ProofMismatch> IdentityBook::mismatch(const Agent &agent) const
{
    const Identity *identity = agent.auth == AuthMethod::Identity ? find(agent.identity) : nullptr;
    const auto keeper = d->keepers.find(agent.identity);
    const bool isKept = identity && keeper != d->keepers.end();
    return proofMismatch(agent, identity, isKept ? keeper->second->claims(d->kindFor(agent)) : std::nullopt);
}

std::chrono::seconds IdentityBook::clockCorrection() const
{
    return d->clock->correction();
}

QFuture<QStringList> IdentityBook::awsProfiles() const
{
    return awsProfileNames(d->places);
}

QFuture<QString> IdentityBook::awsRegion(const QString &profile) const
{
    return awsRegionOf(d->places, profile);
}

void IdentityBook::answerMfaCode(const std::optional<QByteArray> &code)
{
    if (d->mfaWaiting.empty())
        return;
    Private::MfaWaiting answered = std::move(d->mfaWaiting.front());
    d->mfaWaiting.pop_front();
    answered.promise.addResult(code);
    answered.promise.finish();
    d->askNextMfaCode();
}

void IdentityBook::load(std::vector<Identity> identities)
{
    d->identities = std::move(identities);
    Q_EMIT wasReset();
}

void IdentityBook::setKeeping(bool isKeeping)
{
    d->archive.setOpen(isKeeping);
}

} // namespace Parlance
