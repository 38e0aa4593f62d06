// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "demo/script.h"

#include <QHash>
#include <QString>

namespace Parlance {

//! What the built-in agent says. Remembers each session as long as it runs.
class DemoAgent
{
public:
    //! One beat between two words.
    explicit DemoAgent(std::chrono::milliseconds pace = std::chrono::milliseconds(18));

    DemoScript answer(const DemoRequest &request);
    //! Forgets the session that the request names.
    DemoScript endSession(const DemoRequest &request);

private:
    struct Session
    {
        int turns = 0;
        QString name;
        QString firstWords;
    };
    DemoScript reply(const QString &prompt, Session &session) const;
    DemoScript simulatedError(const QString &prompt) const;
    QString memory(const Session &session) const;

    std::chrono::milliseconds m_pace;
    QHash<QByteArray, Session> m_sessions;
};

} // namespace Parlance
