// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"

#include <QDateTime>
#include <QUrl>

namespace Parlance {

class Chat;
struct Message;

//! What to look for: one session of a runtime, and one answer in it.
struct SessionTrail
{
    AgentTarget target = {};
    QString qualifier = {}; //!< empty: the endpoint DEFAULT
    QString session = {};
    QString trace = {}; //!< as a response header told it: X-Amzn-Trace-Id or traceparent; may be empty
    QDateTime from = {}; //!< of the first message
    QDateTime to = {}; //!< of the last
};

//! Pages of the CloudWatch console, which asks for a login of its own. What cannot be is an invalid URL: all
//! of them for what is no runtime, or in a partition whose console is not known.
struct CloudWatchLinks
{
    QUrl logs; //!< what the container printed in the session
    QUrl spans; //!< the session's spans, which the account must have switched on ("Transaction Search")
    QUrl trace; //!< the answer's trace
    QUrl agent; //!< the endpoint's page with its traces
};

//! Whether there is a console for an agent, which may be null, at all.
bool hasLogs(const Agent *agent);

//! Log groups, queries and the agent's page are those that AWS' own tools use; the way in which the console
//! writes a query into its address is its own, and known by what it does.
CloudWatchLinks cloudWatchLinks(const SessionTrail &trail);

//! The trail of an answer, and of its conversation's session if there is none (null).
SessionTrail trailOf(const Chat &chat, const Message *answer);

} // namespace Parlance
