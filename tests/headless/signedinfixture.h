// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/identity.h"
#include "support/keychaincollaborators.h"
#include "support/nodeserver.h"

#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>

#include <memory>

namespace Parlance {

//! Parlance's command line in a session with a keychain of its own, and everybody it talks to: a user
//! pool, an OpenID provider, and the service's front. Whatever was said or named on a command's line is
//! remembered.
class SignedInFixture
{
public:
    struct Run
    {
        int code = -1;
        QByteArray out = {};
        QByteArray err = {};
    };

    ~SignedInFixture();
    //! Empty if everything runs.
    QString start();

    //! The window's part: a workspace over the same profile. Null: its store did not open.
    std::unique_ptr<ProgramCollaborators> openWindow();
    Run run(const QStringList &arguments, const QByteArray &input = {},
            const QMap<QString, QString> &environment = {});

    //! Of the programs that it runs.
    const QProcessEnvironment &environment() const { return m_environment; }
    //! The base URL of the pool's stand-in.
    QUrl pool() const { return m_pool.url(); }

    Identity poolUser(const QString &name, const QString &user) const;
    Identity browserUser(const QString &name) const;
    Identity machine(const QString &name) const;
    //! The options that name a runtime behind the gate: "iam_agent" or "jwt_agent".
    QStringList runtime(const QString &name) const;

    //! Where a secret can be read: files below the profile, and what programs said or were called with.
    QStringList placesWith(const QByteArray &secret) const;
    QString dataFolder() const { return m_profile.filePath(QStringLiteral("data/parlance")); }
    QString folder() const { return m_profile.path(); }

private:
    QString startSession();

    QTemporaryDir m_profile;
    QTemporaryDir m_tools;
    QProcess m_session;
    QProcessEnvironment m_environment;
    NodeServer m_provider{QStringLiteral("oidc.mjs")};
    NodeServer m_pool{QStringLiteral("userpool.mjs")};
    NodeServer m_gate{QStringLiteral("gate.mjs")};
    QString m_redirect;
    QByteArray m_said;
    QByteArray m_calls;
};

} // namespace Parlance
