// SPDX-License-Identifier: Apache-2.0
#include "chat/messagefold.h"

#include <algorithm>

namespace Parlance {
namespace {

//! How far back a text may go on behind events that do not interrupt it. Bounds the work per delta.
constexpr int longestLookBack = 1000;

//! Parts that may come in the middle of a sentence without cutting it in two.
bool letsTextGoOn(const MessagePart &part)
{
    return std::holds_alternative<RawEvent>(part.content) || std::holds_alternative<Citation>(part.content)
        || std::holds_alternative<TaskStatus>(part.content)
        || std::holds_alternative<LiveValue>(part.content);
}

//! Index of the newest part that is not transparent to running text; -1 if there is none.
int lastSolidPart(const Message &message)
{
    const int count = int(message.parts.size());
    const int end = std::max(0, count - longestLookBack);
    for (int index = count - 1; index >= end; --index) {
        if (!letsTextGoOn(message.parts[size_t(index)]))
            return index;
    }
    return -1;
}

class Fold
{
public:
    Fold(Message &message, const Frame *frame)
        : m_message(message)
        , m_frame(frame)
    {
    }

    int operator()(const TextDelta &delta);
    int operator()(const ReasoningDelta &delta);
    int operator()(const ToolStartDelta &delta);
    int operator()(const ToolArgumentsDelta &delta);
    int operator()(const ToolStateDelta &delta);
    int operator()(const ToolResultDelta &delta);
    int operator()(const CitationDelta &delta) { return append(delta.citation); }
    int operator()(const AttachmentDelta &delta);
    int operator()(const GivenIdDelta &delta);
    int operator()(const UsageDelta &delta);
    int operator()(const StopReasonDelta &delta);
    int operator()(const AgentErrorDelta &delta) { return append(ErrorPart{.error = delta.error}); }
    int operator()(const RedactionDelta &delta);
    int operator()(const RawDelta &delta)
    {
        return append(RawEvent{.label = delta.label, .json = delta.json});
    }
    int operator()(const CommandStartDelta &) { return touch(commandPart()); }
    int operator()(const CommandOutputDelta &delta);
    int operator()(const CommandStopDelta &delta);
    int operator()(const InputRequestDelta &delta)
    {
        return replaceOrAppend(delta.request,
                               [&](const InputRequest &told) { return told.id == delta.request.id; });
    }
    int operator()(const TaskStatusDelta &delta)
    {
        return replaceOrAppend(delta.status,
                               [&](const TaskStatus &told) { return told.taskId == delta.status.taskId; });
    }
    int operator()(const LiveValueDelta &delta)
    {
        return replaceOrAppend(delta.value, [&](const LiveValue &told) {
            return told.kind == delta.value.kind && told.id == delta.value.id;
        });
    }

private:
    //! The part for which isSame holds becomes the new one; if there is none, it is added.
    template <typename Kind, typename IsSame> int replaceOrAppend(const Kind &value, IsSame isSame);
    int append(Part content, const QString &blockKey = {}, const QString &givenId = {});
    int touch(int index);
    int textPartFor(const QString &blockKey) const;
    int documentPart(const QString &id) const;
    int replaceDocument(Part content, const QString &id);
    int findCall(const QString &callId) const;
    int findOpenCall(const QString &name) const;
    int callFor(const QString &callId, const QString &name);
    int commandPart();
    MessagePart &part(int index) { return m_message.parts[size_t(index)]; }
    template <typename Kind> Kind &content(int index) { return std::get<Kind>(part(index).content); }

    Message &m_message;
    const Frame *m_frame;
};

int Fold::append(Part content, const QString &blockKey, const QString &givenId)
{
    m_message.parts.push_back(
        MessagePart{.content = std::move(content), .blockKey = blockKey, .givenId = givenId});
    return touch(int(m_message.parts.size()) - 1);
}

int Fold::touch(int index)
{
    if (m_frame) {
        MessagePart &touched = part(index);
        if (touched.frames.first < 0) {
            touched.frames.first = m_frame->sequence;
            touched.begin = m_frame->sinceSend;
        }
        touched.frames.last = m_frame->sequence;
        touched.end = m_frame->sinceSend;
    }
    return index;
}

template <typename Kind, typename IsSame> int Fold::replaceOrAppend(const Kind &value, IsSame isSame)
{
    for (int index = int(m_message.parts.size()) - 1; index >= 0; --index) {
        auto *told = std::get_if<Kind>(&part(index).content);
        if (told && isSame(*told)) {
            *told = value;
            return touch(index);
        }
    }
    return append(value);
}

//! The text that goes on, or -1 if a new one begins. Blocks that are told in turns (AG-UI messages with
//! different ids) stand beside each other as neighbours, and each goes on where it is.
int Fold::textPartFor(const QString &blockKey) const
{
    int index = lastSolidPart(m_message);
    if (index >= 0 && blockKey.isEmpty()
        && std::holds_alternative<Text>(m_message.parts[size_t(index)].content))
        return index;
    const int end = std::max(0, index - longestLookBack);
    for (; index >= end; --index) {
        const MessagePart &candidate = m_message.parts[size_t(index)];
        if (letsTextGoOn(candidate))
            continue;
        if (!std::holds_alternative<Text>(candidate.content))
            return -1;
        if (*candidate.blockKey == blockKey)
            return index;
    }
    return -1;
}

int Fold::documentPart(const QString &id) const
{
    const int end = std::max(0, int(m_message.parts.size()) - longestLookBack);
    for (int index = int(m_message.parts.size()) - 1; index >= end; --index) {
        if (*m_message.parts[size_t(index)].givenId == id)
            return index;
    }
    return -1;
}

int Fold::replaceDocument(Part content, const QString &id)
{
    const int index = documentPart(id);
    if (index < 0 && content == Part(Text{}))
        return -1;
    if (index < 0)
        return append(std::move(content), {}, id);
    part(index).content = std::move(content);
    return touch(index);
}

int Fold::operator()(const TextDelta &delta)
{
    // Emptied, not removed: the indices of the parts are what the inspector points to.
    if (delta.replaces)
        return replaceDocument(Text{.markdown = delta.text}, delta.blockKey);
    if (delta.text.isEmpty())
        return -1;
    if (m_frame && !m_message.timings->firstText)
        m_message.timings.change().firstText = m_frame->sinceSend;
    const bool isDocument = delta.kind == KeyKind::Document;
    const int index = isDocument ? documentPart(delta.blockKey) : textPartFor(delta.blockKey);
    if (index < 0 || !std::holds_alternative<Text>(part(index).content))
        return append(Text{.markdown = delta.text}, delta.blockKey,
                      delta.kind == KeyKind::Passing ? QString() : delta.blockKey);
    content<Text>(index).markdown += delta.text;
    return touch(index);
}

int Fold::operator()(const ReasoningDelta &delta)
{
    if (delta.text.isEmpty() && !delta.isRedacted)
        return -1;
    const int index = lastSolidPart(m_message);
    if (index < 0 || !std::holds_alternative<Reasoning>(part(index).content))
        return append(Reasoning{.text = delta.text, .isRedacted = delta.isRedacted}, delta.blockKey);
    auto &reasoning = content<Reasoning>(index);
    if (!delta.blockKey.isEmpty() && delta.blockKey != *part(index).blockKey) {
        if (!reasoning.text.isEmpty() && !delta.text.isEmpty())
            reasoning.text += QStringLiteral("\n\n");
        part(index).blockKey = delta.blockKey;
    }
    reasoning.text += delta.text;
    reasoning.isRedacted = reasoning.isRedacted || delta.isRedacted;
    return touch(index);
}

int Fold::findCall(const QString &callId) const
{
    for (int index = int(m_message.parts.size()) - 1; index >= 0; --index) {
        const auto *call = std::get_if<ToolCall>(&m_message.parts[size_t(index)].content);
        if (call && (callId.isEmpty() || call->callId == callId))
            return index;
    }
    return -1;
}

//! For results that do not say which call they belong to: the oldest one still waiting.
int Fold::findOpenCall(const QString &name) const
{
    for (int index = 0; index < int(m_message.parts.size()); ++index) {
        const auto *call = std::get_if<ToolCall>(&m_message.parts[size_t(index)].content);
        if (call && (call->state == ToolState::Streaming || call->state == ToolState::Running)
            && (name.isEmpty() || call->name == name))
            return index;
    }
    return -1;
}

int Fold::callFor(const QString &callId, const QString &name)
{
    const int index = findCall(callId);
    return index >= 0 ? index : append(ToolCall{.callId = callId, .name = name});
}

int Fold::operator()(const ToolStartDelta &delta)
{
    const int known = delta.callId.isEmpty() ? -1 : findCall(delta.callId);
    if (known < 0)
        return append(ToolCall{.callId = delta.callId, .name = delta.name}, {}, delta.messageId);
    if (!delta.name.isEmpty())
        content<ToolCall>(known).name = delta.name;
    return touch(known);
}

int Fold::operator()(const ToolArgumentsDelta &delta)
{
    const int index = callFor(delta.callId, {});
    auto &call = content<ToolCall>(index);
    if (delta.replaces)
        call.arguments = delta.fragment;
    else
        call.arguments += delta.fragment;
    return touch(index);
}

int Fold::operator()(const ToolStateDelta &delta)
{
    const int index = findCall(delta.callId);
    if (index < 0)
        return -1;
    content<ToolCall>(index).state = delta.state;
    return touch(index);
}

int Fold::operator()(const ToolResultDelta &delta)
{
    const int call = delta.callId.isEmpty() ? findOpenCall(delta.name) : findCall(delta.callId);
    ToolResult result{
        .callId = delta.callId, .name = delta.name, .content = delta.content, .isError = delta.isError};
    if (call >= 0) {
        auto &toolCall = content<ToolCall>(call);
        toolCall.state = delta.isError ? ToolState::Failed : ToolState::Done;
        touch(call);
        if (result.callId.isEmpty())
            result.callId = toolCall.callId;
        if (result.name.isEmpty())
            result.name = toolCall.name;
    }
    // Agents tell a result again in a summary at the end: the later words replace the earlier.
    for (int index = int(m_message.parts.size()) - 1; index >= 0 && !result.callId.isEmpty(); --index) {
        auto *told = std::get_if<ToolResult>(&part(index).content);
        if (told && told->callId == result.callId) {
            *told = std::move(result);
            return touch(index);
        }
    }
    return append(std::move(result), {}, delta.messageId);
}

int Fold::operator()(const AttachmentDelta &delta)
{
    return delta.documentId.isEmpty() ? append(delta.attachment)
                                      : replaceDocument(delta.attachment, delta.documentId);
}

int Fold::operator()(const GivenIdDelta &delta)
{
    int last = -1;
    for (int index = 0; index < int(m_message.parts.size()); ++index) {
        MessagePart &named = part(index);
        const auto *call = std::get_if<ToolCall>(&named.content);
        const bool isMeant =
            delta.callId.isEmpty() ? *named.givenId == delta.before : call && call->callId == delta.callId;
        if (!isMeant)
            continue;
        named.givenId = delta.id;
        last = touch(index);
    }
    return last;
}

int Fold::operator()(const UsageDelta &delta)
{
    const auto take = [](auto &mine, const auto &told) {
        if (told)
            mine = told;
    };
    Usage &usage = m_message.usage.change();
    take(usage.inputTokens, delta.usage.inputTokens);
    take(usage.outputTokens, delta.usage.outputTokens);
    take(usage.totalTokens, delta.usage.totalTokens);
    take(usage.reasoningTokens, delta.usage.reasoningTokens);
    take(usage.cachedInputTokens, delta.usage.cachedInputTokens);
    take(usage.modelLatency, delta.usage.modelLatency);
    return -1;
}

int Fold::operator()(const StopReasonDelta &delta)
{
    m_message.stopReason = delta.reason;
    return -1;
}

//! The one output of this message's command.
int Fold::commandPart()
{
    const auto found = std::ranges::find_if(m_message.parts, [](const MessagePart &part) {
        return std::holds_alternative<CommandOutput>(part.content);
    });
    return found == m_message.parts.end() ? append(CommandOutput{}) : int(found - m_message.parts.begin());
}

int Fold::operator()(const CommandOutputDelta &delta)
{
    if (m_frame && !m_message.timings->firstText)
        m_message.timings.change().firstText = m_frame->sinceSend;
    const int index = commandPart();
    content<CommandOutput>(index).append(delta.stream, delta.text);
    return touch(index);
}

int Fold::operator()(const CommandStopDelta &delta)
{
    const int index = commandPart();
    auto &output = content<CommandOutput>(index);
    output.exitCode = delta.exitCode;
    output.status = delta.status;
    return touch(index);
}

int Fold::operator()(const RedactionDelta &delta)
{
    // Emptied, not removed: the indices of the parts are what the inspector points to.
    int last = -1;
    for (int index = 0; index < int(m_message.parts.size()); ++index) {
        if (auto *text = std::get_if<Text>(&part(index).content)) {
            text->markdown.clear();
            last = index;
        }
    }
    if (last < 0)
        return append(Text{.markdown = delta.replacement});
    content<Text>(last).markdown = delta.replacement;
    return touch(last);
}

bool hasError(const Message &message)
{
    return std::ranges::any_of(message.parts, [](const MessagePart &part) {
        return std::holds_alternative<ErrorPart>(part.content);
    });
}

} // namespace

int foldDelta(Message &message, const Delta &delta, const Frame *frame)
{
    return std::visit(Fold(message, frame), delta);
}

void finishMessage(Message &message, MessageState state)
{
    message.state = state == MessageState::Complete && hasError(message) ? MessageState::Failed : state;
    for (MessagePart &part : message.parts) {
        part.blockKey = {};
        auto *call = std::get_if<ToolCall>(&part.content);
        if (!call || (call->state != ToolState::Streaming && call->state != ToolState::Running))
            continue;
        call->state = message.state == MessageState::Complete ? ToolState::Running : ToolState::Cancelled;
    }
}

} // namespace Parlance
