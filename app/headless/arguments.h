// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "core/result.h"

#include <QCoreApplication>
#include <QMap>
#include <QSet>
#include <QStringList>

#include <optional>

namespace Parlance {

//! What follows a command on its line.
struct Arguments
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Arguments)
public:
    QStringList words = {};
    QMap<QString, QString> values = {}; //!< the last of each
    QMap<QString, QStringList> every = {}; //!< of those that were given more than once
    QSet<QString> flags = {}; //!< "help" is always known
    bool has(const QString &name) const { return flags.contains(name) || values.contains(name); }
};

//! Errors: InvalidTarget with the sentence to print before the usage.
Result<Arguments> parseArguments(const QStringList &arguments, const QStringList &values,
                                 const QStringList &flags);

//! What --transport says; nothing where it is not given. Errors: InvalidTarget.
Result<std::optional<AgentTransport>> transportFrom(const Arguments &arguments);

//! What --protocol says, "auto" and nothing being what the runtime tells. Errors: InvalidTarget.
Result<std::optional<ServerProtocol>> protocolFrom(const Arguments &arguments);

} // namespace Parlance
