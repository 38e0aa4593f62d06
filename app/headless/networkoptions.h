// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/networksecrets.h"
#include "core/result.h"

#include <QCoreApplication>
#include <QStringList>

namespace Parlance {

//! How hosts are reached for one command: options that every command takes, before what is kept.
struct NetworkOptions
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::NetworkOptions)
public:
    NetworkOverrides overrides = {};
    NetworkSecrets secrets = {}; //!< of the environment, where they are not left

    //! Takes its options out of what follows a command, up to "--". Errors: InvalidTarget with the sentence
    //! to print before the usage.
    static Result<NetworkOptions> take(QStringList &arguments);
};

} // namespace Parlance
