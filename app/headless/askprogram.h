// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "headless/askcommand.h"
#include "headless/askedagent.h"
#include "headless/productionguard.h"

namespace Parlance {

//! "ask" or "command", from its options to the exit status.
class AskProgram : public QObject
{
    Q_OBJECT
public:
    AskProgram(AskOptions options, CommandParts parts);

    //! Queues the question; QCoreApplication::exit() follows.
    void start();

private:
    void interrupt();
    void begin();
    void allow(const Agent &agent);
    void ask(const Agent &agent);

    AskOptions m_options;
    CommandParts m_parts;
    AskedAgent m_asked;
    ProductionGuard m_guard;
    std::unique_ptr<AskCommand> m_command;
};

} // namespace Parlance
