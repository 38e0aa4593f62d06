// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "demo/script.h"

#include <QJsonObject>
#include <QString>

namespace Parlance {

//! Writes a script in the events of a Strands agent, at a pace a person can read.
class ScriptBuilder
{
public:
    explicit ScriptBuilder(std::chrono::milliseconds pace);

    void messageStart();
    void reasoning(const QString &text);
    void text(const QString &markdown);
    void toolCall(const QString &callId, const QString &name, const QJsonObject &arguments,
                  const QString &result);
    void errorEvent(const QString &message);
    void cut();
    void messageEnd(const QString &question);

    DemoScript take();

    //! A refusal in the form the service gives it.
    static DemoScript refusal(int status, const QByteArray &type, const QString &message);
    //! One JSON body.
    static DemoScript json(const QJsonObject &body);

private:
    void event(const QJsonObject &object, int beats = 1);
    void blockDelta(const QJsonObject &delta, int beats = 1);
    void blockStop();

    std::chrono::milliseconds m_pace;
    DemoScript m_script;
    int m_block = 0;
    int m_words = 0;
};

} // namespace Parlance
