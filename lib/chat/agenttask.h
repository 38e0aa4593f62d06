// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

#include <vector>

namespace Parlance {

//! The task of an A2A agent that an answer tells of last; null: none.
const TaskStatus *newestTask(const Message &answer);

//! Whether the agent goes on with it, whoever still listens.
bool isUnderWay(const TaskStatus *task);

//! What answers showed of a task so far, which the agent may tell again with the next.
std::vector<MessagePart> shownOfTask(const QString &taskId, const std::vector<const Message *> &path);

} // namespace Parlance
