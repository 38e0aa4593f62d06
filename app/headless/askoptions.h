// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "headless/arguments.h"

#include <QCoreApplication>
#include <QStringList>

#include <chrono>
#include <optional>

namespace Parlance {

enum class AskTarget { BuiltIn, Named, Url, Runtime };

//! What "parlance-cli ask" or "parlance-cli command" was asked to do.
struct AskOptions
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::AskOptions)
public:
    AskTarget target = AskTarget::BuiltIn;
    QString targetText = {}; //!< name, URL or ARN
    QString qualifier = {};
    QString session = {}; //!< empty: a fresh one
    QString auth = {}; //!< "none", "bearer", "iam", "identity"; empty: as the agent says
    Arguments arguments = {}; //!< for what the other commands read the same way
    QString payload = {};
    QStringList files = {}; //!< paths of what goes along
    std::optional<AgentTransport> transport = std::nullopt; //!< as the agent says, unless given
    std::optional<ServerProtocol> protocol = std::nullopt; //!< likewise
    QString prompt = {}; //!< "-": read it from standard input
    std::optional<std::chrono::seconds> commandTimeout = std::nullopt; //!< the prompt is a command to run
    bool isAgreed = false; //!< --yes: an agent that is marked production need not be asked about
    bool readsToken = false; //!< from standard input
    bool isRaw = false;
    bool isJson = false;
    bool isHelp = false;

    static QString usage();
};

//! The same of "parlance-cli command".
QString commandUsage();
Result<AskOptions> parseCommandOptions(const QStringList &arguments);

//! Errors: InvalidTarget with the sentence to print before the usage.
Result<AskOptions> parseAskOptions(const QStringList &arguments);

//! The same of another command that takes options of "ask". name: an agent's; empty: the options tell.
//! own: the values and flags that are that command's alone.
Result<AskOptions> parseAskOptions(const Arguments &given, const QString &name, const QStringList &own,
                                   const QString &prompt);

} // namespace Parlance
