// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

namespace Parlance {

//! What the key of a block of text stands for.
enum class KeyKind : quint8 {
    Passing, //!< for nothing outside this answer
    Message, //!< for a message of the agent, by the id it gave, which is kept
    Document, //!< for something the agent makes; kept, and in one place whatever comes between
};

//! More text of the answer. blockKey tells text blocks of one answer apart (an AG-UI message id, a
//! content block index): a change of key after other text begins a new Text part. Empty: go on.
struct TextDelta
{
    QString text = {};
    QString blockKey = {};
    KeyKind kind = KeyKind::Passing;
    bool replaces = false; //!< of a document: it is all there is now, whatever was shown of it; may be empty
    friend bool operator==(const TextDelta &, const TextDelta &) = default;
};

struct ReasoningDelta
{
    QString text = {};
    bool isRedacted = false;
    QString blockKey = {};
    friend bool operator==(const ReasoningDelta &, const ReasoningDelta &) = default;
};

struct ToolStartDelta
{
    QString callId = {};
    QString name = {};
    QString messageId = {}; //!< of the message that calls, as the agent named it
    friend bool operator==(const ToolStartDelta &, const ToolStartDelta &) = default;
};

//! A fragment of the arguments' JSON text, or with replaces = true all of it so far.
struct ToolArgumentsDelta
{
    QString callId = {};
    QString fragment = {};
    bool replaces = false;
    friend bool operator==(const ToolArgumentsDelta &, const ToolArgumentsDelta &) = default;
};

//! The arguments are complete and the tool runs (Running), or it was called off (Cancelled).
struct ToolStateDelta
{
    QString callId = {};
    ToolState state = ToolState::Running;
    friend bool operator==(const ToolStateDelta &, const ToolStateDelta &) = default;
};

struct ToolResultDelta
{
    QString callId = {};
    QString name = {};
    QString content = {};
    bool isError = false;
    QString messageId = {}; //!< of the message that tells it, as the agent named it
    friend bool operator==(const ToolResultDelta &, const ToolResultDelta &) = default;
};

struct CitationDelta
{
    Citation citation = {};
    friend bool operator==(const CitationDelta &, const CitationDelta &) = default;
};

struct AttachmentDelta
{
    Attachment attachment = {};
    QString documentId = {}; //!< what the agent makes in it; the same again replaces what was shown
    friend bool operator==(const AttachmentDelta &, const AttachmentDelta &) = default;
};

//! The agent has another name for what it told.
struct GivenIdDelta
{
    QString callId = {}; //!< the call it is for; empty: what it named as follows
    QString before = {};
    QString id = {};
    friend bool operator==(const GivenIdDelta &, const GivenIdDelta &) = default;
};

//! Values replace what was told before; absent values leave it.
struct UsageDelta
{
    Usage usage = {};
    friend bool operator==(const UsageDelta &, const UsageDelta &) = default;
};

struct StopReasonDelta
{
    QString reason = {};
    friend bool operator==(const StopReasonDelta &, const StopReasonDelta &) = default;
};

//! The agent reported a failure inside its answer. Makes the message Failed when the stream ends.
struct AgentErrorDelta
{
    Error error = {};
    friend bool operator==(const AgentErrorDelta &, const AgentErrorDelta &) = default;
};

//! A guardrail took back what was said: the text so far is replaced.
struct RedactionDelta
{
    QString replacement = {};
    friend bool operator==(const RedactionDelta &, const RedactionDelta &) = default;
};

struct RawDelta
{
    QString label = {};
    QString json = {};
    friend bool operator==(const RawDelta &, const RawDelta &) = default;
};

//! A command runs.
struct CommandStartDelta
{
    friend bool operator==(const CommandStartDelta &, const CommandStartDelta &) = default;
};

//! More of what a command wrote.
struct CommandOutputDelta
{
    QString text = {};
    CommandStream stream = CommandStream::Output;
    friend bool operator==(const CommandOutputDelta &, const CommandOutputDelta &) = default;
};

//! A command has ended.
struct CommandStopDelta
{
    std::optional<int> exitCode = std::nullopt; //!< absent: not told
    CommandStatus status = CommandStatus::Completed;
    friend bool operator==(const CommandStopDelta &, const CommandStopDelta &) = default;
};

//! The agent asks the person for something. The same id again replaces what was asked.
struct InputRequestDelta
{
    InputRequest request = {};
    friend bool operator==(const InputRequestDelta &, const InputRequestDelta &) = default;
};

//! A task stands otherwise. Replaces what was told of the same task.
struct TaskStatusDelta
{
    TaskStatus status = {};
    friend bool operator==(const TaskStatusDelta &, const TaskStatusDelta &) = default;
};

//! A value as it stands now. Replaces the one of the same kind and id.
struct LiveValueDelta
{
    LiveValue value = {};
    friend bool operator==(const LiveValueDelta &, const LiveValueDelta &) = default;
};

//! What one frame means, in the order it means it. A frame may yield none: known and of no interest.
using Delta =
    std::variant<TextDelta, ReasoningDelta, ToolStartDelta, ToolArgumentsDelta, ToolStateDelta,
                 ToolResultDelta, CitationDelta, AttachmentDelta, UsageDelta, StopReasonDelta,
                 AgentErrorDelta, RedactionDelta, RawDelta, CommandStartDelta, CommandOutputDelta,
                 CommandStopDelta, InputRequestDelta, TaskStatusDelta, LiveValueDelta, GivenIdDelta>;

} // namespace Parlance
