// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "demo/script.h"

#include <QString>

namespace Parlance {

//! Writes what a command sends while it runs: messages of application/vnd.amazon.eventstream.
class CommandScript
{
public:
    //! With the first message, which says that it runs.
    CommandScript();

    void output(const QString &text, std::chrono::milliseconds delay = {});
    void error(const QString &text, std::chrono::milliseconds delay = {});
    void stop(int exitCode, const QString &status = QStringLiteral("COMPLETED"),
              std::chrono::milliseconds delay = {});
    //! Instead of the stop: the service gives up.
    void exception(const QByteArray &type, const QString &message);
    //! A message whose check sum is wrong.
    void damaged();
    //! The connection ends in the middle of a message.
    void cut();

    DemoScript take();

    //! One message: ":message-type" and the header that names its kind, and its payload.
    static QByteArray message(const QByteArray &messageType, const QByteArray &kind,
                              const QByteArray &payload);

private:
    void add(const QByteArray &payload, std::chrono::milliseconds delay);

    DemoScript m_script;
};

//! What the built-in agent's pretended machine does with a command; nothing is run anywhere. The body is the
//! service's: {"command": …, "timeout": seconds}.
DemoScript demoCommand(const DemoRequest &request);

} // namespace Parlance
