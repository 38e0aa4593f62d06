// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ids.h"

#include <QDateTime>
#include <QString>

namespace Parlance {

//! A session of a deployed runtime that this program began. Its machine goes on costing until it is idle
//! for long, or is ended.
struct RuntimeSession
{
    RuntimeSessionId id = {};
    AgentId agent = {};
    ConversationId conversation = {};
    QString arn = {}; //!< the runtime that was asked; the agent may have been turned to another since
    QString qualifier = {}; //!< empty: DEFAULT
    QDateTime began = {}; //!< UTC; the first time something was sent in it
    QDateTime lastUsed = {}; //!< UTC
    QDateTime ended = {}; //!< UTC; by this program. Invalid: it was not

    friend bool operator==(const RuntimeSession &, const RuntimeSession &) = default;
};

} // namespace Parlance
