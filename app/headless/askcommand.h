// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/exchange.h"
#include "chat/requestfactory.h"
#include "core/agent.h"
#include "headless/answerprinter.h"

#include <QObject>

#include <vector>

namespace Parlance {

//! What stands for a command that did not end by itself, as ssh, timeout and shells have it.
inline constexpr int exitNotRun = 255; //!< it could not be run, or its end was not told
inline constexpr int exitTimedOut = 124;
inline constexpr int exitStopped = 130;

//! The exit status that tells how a command ended: its own, or one of the above.
int exitCodeOf(const Message &answer);

//! One turn with one agent, printed as it arrives.
class AskCommand : public QObject
{
    Q_OBJECT
public:
    struct Collaborators
    {
        RequestFactory makeRequest = {};
        LearnFromRefusal learnFromRefusal = {};
        TaskCancel cancelTask = {}; //!< of A2A agents; empty: tasks are left alone
    };
    AskCommand(Collaborators with, AnswerPrinter printer, QObject *parent = nullptr);

    void start(const Agent &agent, const QString &qualifier, const RuntimeSessionId &session,
               const QString &prompt, const std::vector<Attachment> &attachments = {});
    //! Runs a command in a session, and prints what it writes.
    void run(const Agent &agent, const QString &qualifier, const RuntimeSessionId &session,
             const Command &command);
    //! Calls a tool of an MCP server, and prints its result. arguments: JSON, an object.
    void callTool(const Agent &agent, const QString &qualifier, const RuntimeSessionId &session,
                  const QString &tool, const QByteArray &arguments);
    //! Ends the answer; done() follows. A task of the agent is called off first, unless this is called again.
    void stop();

Q_SIGNALS:
    //! Exactly once. 0 good, 1 the agent failed or was stopped; of a command see exitCodeOf().
    void done(int exitCode);

private:
    void begin(AgentQuestion question, const std::optional<Error> &problem);
    void callOff(const AgentQuestion &question, const TaskStatus &task);
    void onFinished();
    void conclude();

    Collaborators m_with;
    AnswerPrinter m_printer;
    Agent m_agent;
    Message m_answer;
    int m_printedErrors = 0;
    bool m_isCommand = false;
    bool m_isCallingOff = false;
    bool m_isConcluded = false;
    std::unique_ptr<Exchange> m_exchange;
};

} // namespace Parlance
