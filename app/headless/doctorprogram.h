// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/connectioncheck.h"
#include "headless/askedagent.h"

namespace Parlance {

//! "doctor": asks an agent once and prints each step as it happens.
class DoctorProgram : public QObject
{
    Q_OBJECT
public:
    //! Errors: InvalidTarget with the sentence to print before the usage.
    static Result<AskOptions> parse(const QStringList &arguments);
    static QString usage();

    DoctorProgram(AskOptions options, CommandParts parts);

    //! Queues the test; QCoreApplication::exit() follows.
    void start();

private:
    void begin();
    void printRow(const CheckRow &row);
    void onFinished();

    AskOptions m_options;
    CommandParts m_parts;
    AskedAgent m_asked;
    std::unique_ptr<ConnectionCheck> m_check;
};

} // namespace Parlance
