// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "headless/agentsprogram.h"
#include "headless/askedagent.h"

namespace Parlance {

//! "stop": ends one session at the service, whoever began it.
class StopProgram : public QObject
{
    Q_OBJECT
public:
    //! Errors: InvalidTarget with the sentence to print before the usage.
    static Result<AskOptions> parse(const QStringList &arguments);
    static QString usage();

    StopProgram(AskOptions options, CommandParts parts);

    //! Queues the call; QCoreApplication::exit() follows.
    void start();

private:
    void begin();

    AskOptions m_options;
    CommandParts m_parts;
    AskedAgent m_asked;
    std::unique_ptr<SessionEnder> m_ender;
};

//! "stop --all-open": ends what the window left open. Returns the exit status.
int runStopAll(bool isJson, const AgentsRunners &runners);

//! "sessions list": what was left open, in words or as one JSON object a line.
QString sessionsText(const Workspace &workspace, bool isJson);

} // namespace Parlance
