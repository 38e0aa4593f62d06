// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "core/result.h"

#include <QFuture>
#include <QObject>

namespace Parlance {

class HttpCaller;

//! Which proof an agent wants.
struct AuthFinding
{
    enum class Kind {
        Iam, //!< requests signed with AWS keys
        OAuth, //!< a token
        None, //!< nothing was asked for
        Unknown,
    };
    Kind kind = Kind::Unknown;
    QString issuer = {}; //!< of OAuth: where to sign in; empty: it could not be found out
    QStringList scopes = {}; //!< of OAuth: what to ask for; often none
    QString sentence = {}; //!< why it is Unknown, or what is missing; else empty

    friend bool operator==(const AuthFinding &, const AuthFinding &) = default;
};

//! Finds out how to prove oneself to an agent, with nothing but its address, and without making it work
//! (see transport/authchallenge.h).
class AuthProbe : public QObject
{
    Q_OBJECT
public:
    //! The network must outlive this; null: nothing can be found out.
    explicit AuthProbe(HttpCaller *http, QObject *parent = nullptr);

    //! Errors: the target cannot be used, the host cannot be reached, or the service has no such runtime.
    QFuture<Result<AuthFinding>> probe(const AgentTarget &target, const QString &qualifier,
                                       const std::optional<NetworkSettings> &network = std::nullopt);

private:
    HttpCaller *m_http;
};

} // namespace Parlance
