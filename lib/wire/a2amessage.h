// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "core/inputrequest.h"
#include "core/message.h"
#include "core/requestbody.h"
#include "core/result.h"
#include "wire/a2acard.h"

#include <QByteArray>
#include <QList>

#include <vector>

namespace Parlance {

//! What a person says to an A2A agent.
struct A2aMessage
{
    QString text = {};
    QString messageId = {}; //!< the same when it is sent again, so that it counts once
    QString contextId = {}; //!< of the conversation it goes on with; empty: a new one
    QString taskId = {}; //!< of the task that waits for it; empty: a new one
    std::vector<Attachment> attachments = {};
    QString keptFolder = {}; //!< where those are that are kept as files
    friend bool operator==(const A2aMessage &, const A2aMessage &) = default;
};

//! The body of a request that says it: streamed where the agent does that.
RequestBody a2aQuestion(const A2aCard &card, const A2aMessage &message);
//! The body of a request that calls a task off.
QByteArray a2aCancel(A2aVersion version, const QString &taskId);
//! The body of a request that asks how a task stands. The same each time.
QByteArray a2aLook(A2aVersion version, const QString &taskId);
//! What goes with each of them.
QList<HttpHeader> a2aHeaders(A2aVersion version);

//! How a task stands, as the answer to a2aCancel() or a2aLook() tells. Error: AgentError, what the agent says
//! instead.
Result<TaskStatus> readA2aTask(QByteArrayView json);
//! How a task stands by a piece of an answer to a2aQuestion(); nothing in it: it tells of none.
TaskStatus a2aTaskIn(QByteArrayView json);
//! Whether an answer says that the agent was asked in a way that it does not know.
bool a2aDisagrees(QByteArrayView json);
//! A state in the words of 0.3, whichever version told it.
QString a2aStateWord(const QString &state);
//! Whether a task in that state waits for the person.
bool a2aWaits(const QString &state);
//! Whether the agent works on it, or will.
bool a2aGoesOn(const QString &state);
//! Whether it will not change any more.
bool a2aHasEnded(const QString &state);

} // namespace Parlance
