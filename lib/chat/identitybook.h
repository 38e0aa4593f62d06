// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "core/error.h"
#include "core/identity.h"
#include "core/result.h"
#include "core/secret.h"
#include "chat/tokenfit.h"

#include <QFuture>
#include <QObject>
#include <QUrl>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace Parlance {

class Authorizer;
class HttpCaller;
class SecretStore;
class SignIn;
class Store;

//! How an identity stands now.
struct IdentityState
{
    enum class Kind {
        Unknown, //!< the keychain has not been asked yet
        SignedOut,
        SignedIn,
        Renewing,
        Ended, //!< the provider did not renew: the person must sign in again
        Keys, //!< AWS keys, which are looked for when they are needed
    };
    Kind kind = Kind::Unknown;
    QString who = {}; //!< e-mail or user name, as the token tells
    QString issuer = {};
    QString clientId = {};
    QStringList audience = {};
    QStringList scopes = {};
    QDateTime expires = {}; //!< UTC; invalid: not known, or never
    QString reason = {}; //!< of Ended: a sentence

    friend bool operator==(const IdentityState &, const IdentityState &) = default;
};

//! A question that only the person can answer: the code an MFA device shows now.
struct MfaCodeQuestion
{
    QString profile = {};
    QString serial = {};
};

//! The identities this person has, and what proves them to agents. Several agents may share one.
class IdentityBook : public QObject
{
    Q_OBJECT
public:
    //! All must outlive this; the network may be null, then nothing is asked of it.
    IdentityBook(Store *store, SecretStore *secrets, HttpCaller *http, QObject *parent = nullptr);
    ~IdentityBook() override;

    const std::vector<Identity> &identities() const;
    //! Null if there is none. Valid until the book changes.
    const Identity *find(const IdentityId &id) const;
    IdentityState state(const IdentityId &id) const;

    //! The identity as it would be saved: trimmed, the pool id read out of a discovery URL, named. Errors:
    //! InvalidTarget, InsecureHttp, in words.
    static Result<Identity> checked(Identity identity);
    //! Without an id it is added, with a known id replaced. Who is somebody else afterwards is signed out.
    Result<Identity> save(const Identity &identity);
    //! The same, with the client's secret put into the keychain first: if the keychain does not take it,
    //! nothing changes, and the error is the keychain's. An empty secret leaves what is kept there.
    QFuture<Result<Identity>> saveWithSecret(const Identity &identity, const Secret &clientSecret);
    //! Signs out and clears the keychain. If the keychain refuses, the identity stays. The provider is told
    //! meanwhile, and nobody waits for it; see revocationFailed().
    QFuture<Result<void>> remove(const IdentityId &id);

    //! A sign-in, step by step. Null for AWS keys and clients of their own, which need none.
    std::unique_ptr<SignIn> signIn(const IdentityId &id);
    //! Revokes, forgets, and clears the keychain. The error is what the provider or the keychain said of it.
    QFuture<Result<void>> signOut(const IdentityId &id);
    //! Looks whether the identity can prove itself now, without asking the person. Brings who it is: an
    //! access key id, or the user a token names.
    QFuture<Result<QString>> check(const IdentityId &id);

    //! What adds the proof to a request for an agent in a region. Null: there is no such identity.
    std::shared_ptr<Authorizer> authorizer(const Agent &agent, const QByteArray &region);
    //! Learns from a refusal. True: the same request may fare better now (the token will be renewed, the
    //! keys searched anew, the clock was corrected), so it is worth one more try.
    bool learnFrom(const Agent &agent, const Error &refusal);
    //! Which of its identity's tokens an agent gets: Access or Id. Absent: none of them.
    std::optional<SentToken> sentToken(const Agent &agent) const;
    //! Why the agent will refuse who one is to it; see chat/tokenfit.h. Absent: nothing is known against it.
    std::optional<ProofMismatch> mismatch(const Agent &agent) const;
    //! How far this machine's clock was found to be off.
    std::chrono::seconds clockCorrection() const;

    //! The profiles of the AWS files, sorted.
    QFuture<QStringList> awsProfiles() const;
    //! The region that a profile works in, as the AWS files or the environment say. Empty: not told. An
    //! empty profile is the environment.
    QFuture<QString> awsRegion(const QString &profile) const;
    //! Answers mfaCodeAsked(). Empty: the person gave up.
    void answerMfaCode(const std::optional<QByteArray> &code);

    //! Called by Workspace with what was on disk.
    void load(std::vector<Identity> identities);
    void setKeeping(bool isKeeping);

    //! Where things are kept in the secret store.
    static QString secretPrefix(const IdentityId &id);

Q_SIGNALS:
    void wasReset();
    void identityAdded(const Parlance::IdentityId &id);
    void identityChanged(const Parlance::IdentityId &id);
    void identityRemoved(const Parlance::IdentityId &id);
    void stateChanged(const Parlance::IdentityId &id);
    //! An identity was removed, but its provider could not be told: what it gave out stays good there.
    void revocationFailed(const Parlance::Identity &identity, const Parlance::Error &error);
    //! One at a time; answerMfaCode() must follow.
    void mfaCodeAsked(const Parlance::MfaCodeQuestion &question);
    //! The clock was found to be off, and signatures are made by the services' time from here on.
    void clockCorrected(std::chrono::seconds correction);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Parlance
