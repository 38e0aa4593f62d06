// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "core/message.h"
#include "core/requestbody.h"
#include "core/result.h"

#include <QByteArray>

#include <vector>

namespace Parlance {

class AttachmentPayload;

//! A template that begins a run, for an agent that is not known to speak AG-UI.
QString agUiTemplate();
//! Whether a template is that one, as this version or an earlier one wrote it into agents.
bool isAgUiTemplate(const QString &text);
//! Whether the agent is asked as AG-UI wants it: it speaks it, and has no template of its own.
bool speaksAgUi(const Agent &agent);

//! The body that begins a run of an AG-UI agent, or resumes one with what the last message answers. path:
//! what was said, from the first message to the new one. It holds the marks of these files: files.body()
//! makes what is sent of it. Error: that of AttachmentPayload::item().
Result<QByteArray> agUiBody(const RuntimeSessionId &thread, const std::vector<const Message *> &path,
                            AttachmentPayload &files);

//! The state that person and agent share, as it was told last: JSON; empty: never.
QByteArray sharedState(const std::vector<const Message *> &path);

//! The activities that the agent told of, each as it stands.
std::vector<MessagePart> activitiesIn(const std::vector<const Message *> &path);

//! What a message answers, as AG-UI wants to be told: a JSON array; empty if it answers nothing.
QByteArray resumeEntries(const Message &message);

//! A body that is an object, with what the message answers; for agents that speak AG-UI behind a template.
RequestBody withResume(const RequestBody &body, const Message &message);

} // namespace Parlance
