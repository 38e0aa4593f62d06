// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/exchange.h"
#include "chat/requestfactory.h"
#include "core/agent.h"
#include "headless/answerprinter.h"

#include <QObject>

namespace Parlance {

//! One turn with one agent, printed as it arrives.
class AskCommand : public QObject
{
    Q_OBJECT
public:
    AskCommand(RequestFactory requests, LearnFromRefusal learn, AnswerPrinter printer,
               QObject *parent = nullptr);

    void start(const Agent &agent, const QString &qualifier, const RuntimeSessionId &session,
               const QString &prompt);
    //! Ends the answer; done() follows.
    void stop();

Q_SIGNALS:
    //! Exactly once. 0 good, 1 the agent failed or was stopped.
    void done(int exitCode);

private:
    void onFinished();

    RequestFactory m_requests;
    LearnFromRefusal m_learn;
    AnswerPrinter m_printer;
    Agent m_agent;
    Message m_answer;
    int m_printedErrors = 0;
    std::unique_ptr<Exchange> m_exchange;
};

} // namespace Parlance
