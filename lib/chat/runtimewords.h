// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/runtime.h"

#include <QCoreApplication>

namespace Parlance {

//! How front ends speak of what an account has deployed.
class RuntimeWords
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::RuntimeWords)
public:
    static QString status(DeploymentStatus status); //!< "Ready"
    static QString protocol(ServerProtocol protocol); //!< "HTTP"
    //! "AWS keys", "tokens of login.example.com", "tokens of the user pool us-west-2_AbC".
    static QString authorizer(const RuntimeDetails &details);
    //! "version 3", or "version 3, soon 4" while an endpoint moves on.
    static QString version(const RuntimeEndpoint &endpoint);
    //! Protocol, authorizer, lifecycle and headers, a sentence each.
    static QStringList facts(const RuntimeDetails &details);
};

} // namespace Parlance
