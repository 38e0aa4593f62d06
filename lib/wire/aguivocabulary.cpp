// SPDX-License-Identifier: Apache-2.0
#include "wire/aguivocabulary.h"

#include "wire/jsonpatch.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

//! Known, and nothing in them for a reader; the inspector shows them.
bool isQuiet(QByteArrayView type)
{
    static constexpr QByteArrayView types[] = {"RUN_STARTED", "STEP_STARTED", "STEP_FINISHED", "META_EVENT"};
    return std::ranges::find(types, type) != std::end(types);
}

//! Shown as they are: what they mean is the agent's own affair.
bool isOpaque(QByteArrayView type)
{
    static constexpr QByteArrayView types[] = {"RAW", "CUSTOM"};
    return std::ranges::find(types, type) != std::end(types);
}

bool changesNothing(const JsonValue &patch)
{
    return patch.isArray() && patch.items().empty();
}

} // namespace

bool AgUiVocabulary::take(const JsonValue &object)
{
    const QByteArrayView type = object.find("type").utf8();
    if (type.isEmpty())
        return false;
    if (takeText(type, object) || takeTool(type, object) || takeReasoning(type, object)
        || takeRun(type, object) || takeSharedState(type, object) || takeActivity(type, object))
        return true;
    if (isOpaque(type))
        state()->raw(QString::fromUtf8(type), object.compact());
    return isQuiet(type) || isOpaque(type);
}

bool AgUiVocabulary::takeText(QByteArrayView type, const JsonValue &event)
{
    if (!type.startsWith("TEXT_MESSAGE_"))
        return false;
    if (const QString id = event.find("messageId").string(); !id.isEmpty())
        m_textId = id;
    // A message may be played back in another's name.
    if (const QByteArrayView role = event.find("role").utf8(); !role.isEmpty() && role != "assistant")
        m_foreignIds.insert(m_textId);
    if (!m_foreignIds.contains(m_textId)
        && (type == "TEXT_MESSAGE_CONTENT" || type == "TEXT_MESSAGE_CHUNK")) {
        const QString text = event.find("delta").string();
        if (!text.isEmpty())
            m_shown[m_textId] += text;
        state()->text(text, m_textId, KeyKind::Message);
    }
    return true;
}

bool AgUiVocabulary::takeTool(QByteArrayView type, const JsonValue &event)
{
    if (!type.startsWith("TOOL_CALL_"))
        return false;
    const QString given = event.find("toolCallId").string();
    if (type == "TOOL_CALL_RESULT") {
        takeResult(event.find("messageId").string(), event);
        return true;
    }
    if (!given.isEmpty() && given != m_toolId) {
        if (type == "TOOL_CALL_CHUNK")
            state()->toolState(m_toolId, ToolState::Running);
        m_toolId = given;
    }
    const QString callId = given.isEmpty() ? m_toolId : given;
    if (type == "TOOL_CALL_START" || (type == "TOOL_CALL_CHUNK" && event.find("toolCallName"))) {
        const QString caller = event.find("parentMessageId").string();
        m_callers.insert(callId, caller);
        state()->toolStart(callId, event.find("toolCallName").string(), caller);
    }
    if (type == "TOOL_CALL_ARGS" || type == "TOOL_CALL_CHUNK")
        state()->toolFragment(callId, event.find("delta").string());
    if (type == "TOOL_CALL_END")
        state()->toolState(callId, ToolState::Running);
    return true;
}

bool AgUiVocabulary::takeReasoning(QByteArrayView type, const JsonValue &event)
{
    if (!type.startsWith("REASONING_") && !type.startsWith("THINKING_"))
        return false;
    if (type.endsWith("_CONTENT") || type.endsWith("_CHUNK"))
        state()->reasoning(event.find("delta").string(), event.find("messageId").string());
    else if (type == "REASONING_ENCRYPTED_VALUE" && event.find("subtype").utf8() == "message")
        state()->reasoning({}, {}, true);
    return true;
}

bool AgUiVocabulary::takeRun(QByteArrayView type, const JsonValue &event)
{
    if (type == "RUN_ERROR") {
        state()->error(event.find("message").string(), event.find("code").text(), event.compact());
        return true;
    }
    if (type == "MESSAGES_SNAPSHOT") {
        takeSnapshot(event.find("messages"));
        return true;
    }
    if (type != "RUN_FINISHED")
        return false;
    Usage total;
    for (const JsonValue &entry : event.find("usage").items())
        addUsage(total, usageOf(entry));
    state()->usage(total);
    if (const JsonValue outcome = event.find("outcome"); outcome.find("type").utf8() == "interrupt") {
        takeInterrupts(outcome.find("interrupts"));
        if (outcome.find("interrupts").items().empty())
            state()->raw(u"interrupt"_s, outcome.compact());
        state()->stopReason(u"interrupt"_s);
    }
    if (const JsonValue result = event.find("result"); result && !state()->hasText())
        state()->wholeText(result.text());
    return true;
}

void AgUiVocabulary::takeInterrupts(const JsonValue &interrupts)
{
    for (const JsonValue &interrupt : interrupts.items()) {
        const JsonValue schema = interrupt.find("responseSchema");
        // One without members allows anything, as none does.
        const bool saysSomething = schema.isObject() && !schema.members().empty();
        const QDateTime expires =
            QDateTime::fromString(interrupt.find("expiresAt").string(), Qt::ISODateWithMs);
        state()->inputRequest({.id = interrupt.find("id").text(),
                               .reason = interrupt.find("reason").text(),
                               .message = interrupt.find("message").text(),
                               .schema = saysSomething ? QString::fromUtf8(schema.compact()) : QString(),
                               .callId = interrupt.find("toolCallId").text(),
                               .expires = expires.isValid() ? expires.toUTC() : QDateTime()});
    }
}

bool AgUiVocabulary::takeSharedState(QByteArrayView type, const JsonValue &event)
{
    if (type != "STATE_SNAPSHOT" && type != "STATE_DELTA")
        return false;
    if (changesNothing(event.find("delta")))
        return true;
    if (type == "STATE_SNAPSHOT") {
        m_sharedState = JsonNode::of(event.find("snapshot"));
    } else if (auto changed = patched(m_sharedState, event.find("delta"))) {
        m_sharedState = *std::move(changed);
    } else {
        tellUnfit(type, event);
        return true;
    }
    state()->liveValue({.kind = LiveKind::State, .json = QString::fromUtf8(m_sharedState.compact())});
    return true;
}

void AgUiVocabulary::setActivity(const LiveValue &activity)
{
    Json json;
    if (const JsonValue content = json.parse(activity.json.toString().toUtf8()))
        m_activities.insert_or_assign(activity.id,
                                      Activity{.type = activity.label, .content = JsonNode::of(content)});
}

bool AgUiVocabulary::takeActivity(QByteArrayView type, const JsonValue &event)
{
    if (type != "ACTIVITY_SNAPSHOT" && type != "ACTIVITY_DELTA")
        return false;
    if (changesNothing(event.find("patch")))
        return true;
    const QString id = event.find("messageId").text();
    const auto known = m_activities.find(id);
    if (type == "ACTIVITY_SNAPSHOT") {
        // One that does not replace is for those who have not heard of the activity yet.
        const bool replaces = !event.find("replace") || event.find("replace").boolean();
        if (known != m_activities.end() && !replaces)
            return true;
        tellActivity(
            id, {.type = event.find("activityType").text(), .content = JsonNode::of(event.find("content"))});
        return true;
    }
    auto changed =
        known == m_activities.end() ? std::nullopt : patched(known->second.content, event.find("patch"));
    if (!changed) {
        tellUnfit(type, event);
        return true;
    }
    const QString named = event.find("activityType").text();
    tellActivity(id, {.type = named.isEmpty() ? known->second.type : named, .content = *std::move(changed)});
    return true;
}

void AgUiVocabulary::tellActivity(const QString &id, const Activity &activity)
{
    m_activities.insert_or_assign(id, activity);
    state()->liveValue({.kind = LiveKind::Activity,
                        .id = id,
                        .label = activity.type,
                        .json = QString::fromUtf8(activity.content.compact())});
}

void AgUiVocabulary::tellUnfit(QByteArrayView type, const JsonValue &event)
{
    state()->raw(QCoreApplication::translate("Parlance::AgUiVocabulary", "%1, which does not fit")
                     .arg(QString::fromUtf8(type)),
                 event.compact());
}

void AgUiVocabulary::takeSnapshot(const JsonValue &messages)
{
    const auto items = messages.items();
    std::size_t first = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].find("role").utf8() == "user")
            first = i + 1;
    }
    QSet<QString> ids;
    for (const JsonValue &item : items)
        ids.insert(item.find("id").string());
    for (std::size_t i = first; i < items.size(); ++i) {
        const QByteArrayView role = items[i].find("role").utf8();
        if (role == "tool") {
            takeResult(items[i].find("id").string(), items[i]);
        } else if (role == "activity") {
            tellActivity(items[i].find("id").text(),
                         {.type = items[i].find("activityType").text(),
                          .content = JsonNode::of(items[i].find("content"))});
        } else if (role == "assistant") {
            takeWords(items[i], ids);
            takeCalls(items[i]);
        }
    }
}

// What was streamed under a name that the snapshot does not know goes by the one it gives from now on.
void AgUiVocabulary::takeWords(const JsonValue &message, const QSet<QString> &ids)
{
    const QString id = message.find("id").string();
    const QString text = contentText(message.find("content"));
    if (m_shown.contains(id) || text.trimmed().isEmpty())
        return;
    const auto same = std::ranges::find_if(
        m_shown, [&text](const auto &shown) { return shown.second.trimmed() == text.trimmed(); });
    if (same == m_shown.end() || id.isEmpty()) {
        state()->wholeText(text, id, KeyKind::Message);
    } else if (ids.contains(same->first)) {
        // The same words in another message are said once more.
        state()->text(text, id, KeyKind::Message);
    } else {
        state()->givenId(same->first, id);
        for (QString &caller : m_callers) {
            if (caller == same->first)
                caller = id;
        }
        m_shown.erase(same);
    }
    m_shown.insert_or_assign(id, text);
}

void AgUiVocabulary::takeCalls(const JsonValue &message)
{
    const QString id = message.find("id").string();
    for (const JsonValue &call : message.find("toolCalls").items()) {
        const QString callId = call.find("id").string();
        if (m_callers.contains(callId) && m_callers.value(callId) != id)
            state()->givenIdOfCall(callId, id);
        m_callers.insert(callId, id);
        state()->toolStart(callId, call.find("function").find("name").string(), id);
        state()->toolArguments(callId, call.find("function").find("arguments").text());
        state()->toolState(callId, ToolState::Running);
    }
}

void AgUiVocabulary::takeResult(const QString &id, const JsonValue &message)
{
    const QString callId = message.find("toolCallId").string();
    state()->givenId(m_resultIds.value(callId), id);
    m_resultIds.insert(callId, id);
    state()->toolResult({.callId = callId, .content = message.find("content").text(), .messageId = id});
}

} // namespace Parlance
