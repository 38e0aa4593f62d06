// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/authprobe.h"
#include "core/agent.h"
#include "core/identity.h"

#include <QCoreApplication>

#include <optional>

namespace Parlance {

enum class CheckStep;

//! What a test of the connection says of its steps.
class CheckWords
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::ConnectionCheck)
public:
    static QString plan(CheckStep step, const QString &prompt, ServerProtocol protocol);
    static QString sent(const QString &prompt, ServerProtocol protocol);
    static QString tools(qsizetype count, bool areThereMore);
    static QString heard(const QString &text);
    static QString wanted(const AuthFinding &finding);
    //! "Signed with AWS profile dev", "Token of ann@example.com".
    static QString proof(const Agent &agent, const Identity *identity, const QString &who);
    //! Why asking as the agent is signed in to cannot do. Absent: it may.
    static std::optional<Error> mismatch(const AuthFinding &finding, const Agent &agent,
                                         const Identity *identity);
};

} // namespace Parlance
