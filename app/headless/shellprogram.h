// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/shell.h"
#include "headless/askedagent.h"
#include "headless/productionguard.h"
#include "headless/typedescape.h"

#include <memory>

class QSocketNotifier;

namespace Parlance {

class RawTyping;

//! "shell": a shell on the machine of a session, on this terminal. Ends with the shell's own status.
class ShellProgram : public QObject
{
    Q_OBJECT
public:
    //! Errors: InvalidTarget with the sentence to print before the usage.
    static Result<AskOptions> parse(const QStringList &arguments);
    static QString usage();

    ShellProgram(AskOptions options, CommandParts parts);
    ~ShellProgram() override;

    //! Queues the opening; QCoreApplication::exit() follows.
    void start();

private:
    void begin();
    void open(const Agent &agent);
    void listen();
    void onInput();
    void onStatus();
    void sendSize();
    void leave();
    void end(int code);
    void tell(const QString &words);

    AskOptions m_options;
    CommandParts m_parts;
    AskedAgent m_asked;
    ProductionGuard m_guard;
    TypedEscape m_escape;
    std::unique_ptr<Shell> m_shell;
    std::unique_ptr<RawTyping> m_raw;
    std::unique_ptr<QSocketNotifier> m_input;
    bool m_isTerminal = false;
    bool m_hasInputEnded = false;
    bool m_isLeaving = false;
    bool m_wasLost = false;
};

} // namespace Parlance
