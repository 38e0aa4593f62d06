// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/packedtext.h"

#include <QDateTime>
#include <QString>

#include <optional>

namespace Parlance {

enum class InputState : quint8 { Open, Answered, Cancelled };

//! Something the agent wants to know of the person before it goes on: an interrupt of AG-UI, or an A2A task
//! that is "input-required" or "auth-required". Answered by the InputAnswer of the person's next message.
struct InputRequest
{
    QString id = {}; //!< the interrupt's, or the task's
    QString reason = {}; //!< the agent's word, for example "tool_approval" or "input-required"
    PackedText message = {}; //!< for the person, Markdown; may be empty
    PackedText schema = {}; //!< JSON Schema of the answer; empty: any words
    QString callId = {}; //!< the tool call it is about; empty: none
    QDateTime expires = {}; //!< UTC; invalid: never
    InputState state = InputState::Open;
    PackedText draft = {}; //!< what a person has filled in of the answer so far, JSON; never sent
    friend bool operator==(const InputRequest &, const InputRequest &) = default;
};

//! What a person answered to an InputRequest.
struct InputAnswer
{
    QString requestId = {};
    bool isCancelled = false; //!< the person would not say; there is no value
    PackedText json = {}; //!< JSON value; empty: the words of the message it is part of
    friend bool operator==(const InputAnswer &, const InputAnswer &) = default;
};

//! How the task stands that an A2A agent made of a question.
struct TaskStatus
{
    QString taskId = {};
    QString contextId = {};
    QString state = {}; //!< in the words of A2A 0.3, whatever the agent speaks: "working", "input-required"
    friend bool operator==(const TaskStatus &, const TaskStatus &) = default;
};

enum class LiveKind : quint8 { State, Activity };

//! A value that the agent keeps up to date while it answers: the state it shares (AG-UI), or an activity.
struct LiveValue
{
    LiveKind kind = LiveKind::State;
    QString id = {}; //!< an activity's; empty for the state, of which there is one
    QString label = {}; //!< an activity's type
    PackedText json = {}; //!< as it stands
    friend bool operator==(const LiveValue &, const LiveValue &) = default;
};

QString inputStateName(InputState state); //!< "open", "answered", "cancelled"
std::optional<InputState> inputStateFromName(const QString &name);
QString liveKindName(LiveKind kind); //!< "state", "activity"
std::optional<LiveKind> liveKindFromName(const QString &name);

} // namespace Parlance
