// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "demo/script.h"
#include "support/collaborators.h"

#include <QSignalSpy>
#include <QTest>

namespace Parlance {

//! Everything a front end has, over one profile folder; made again it is the next start.
struct Program : Collaborators
{
    Program(const QString &folder, const QUrl &builtIn)
        : Collaborators(folder, builtIn)
    {
        QSignalSpy ready(&workspace, &Workspace::ready);
        workspace.start();
        isReady = ready.wait(20'000);
    }
    Chat *newChat() { return workspace.newConversation(AgentBook::builtInId()); }
    //! Everything asked for so far is on disk.
    bool flush()
    {
        const QFuture<Result<void>> done = store.flush();
        return QTest::qWaitFor([&] { return done.isFinished(); }, 20'000) && done.result().has_value();
    }

    bool isReady = false;
};

//! One answer of server-sent events, in one piece.
inline DemoScript scripted(const QByteArray &body)
{
    DemoScript script;
    script.headers.append(HttpHeader{"Content-Type", "text/event-stream"});
    script.steps.push_back({.bytes = body});
    return script;
}

} // namespace Parlance
