// SPDX-License-Identifier: Apache-2.0
#include "wire/vocabulary.h"

#include <algorithm>
#include <array>

namespace Parlance {
namespace {

std::optional<qint64> firstInteger(const JsonValue &object, std::initializer_list<QByteArrayView> names)
{
    for (const QByteArrayView name : names) {
        if (const auto value = object.find(name).integer())
            return value;
    }
    return std::nullopt;
}

constexpr auto marks =
    std::to_array<QByteArrayView>({" object at 0x", "AgentResult(", "UUID('", "<class '", "<function ",
                                   "<module '", "datetime.datetime(", "Decimal('", "EventLoopMetrics("});

} // namespace

QString contentText(const JsonValue &content)
{
    if (content.isString())
        return content.string();
    if (content.isObject())
        return contentText(content.find("text"));
    QString text;
    for (const JsonValue &item : content.items())
        text += contentText(item);
    return text;
}

Usage usageOf(const JsonValue &object)
{
    Usage usage;
    usage.inputTokens = firstInteger(object, {"inputTokens", "input_tokens", "prompt_tokens"});
    usage.outputTokens = firstInteger(object, {"outputTokens", "output_tokens", "completion_tokens"});
    usage.totalTokens = firstInteger(object, {"totalTokens", "total_tokens"});
    usage.reasoningTokens = firstInteger(object, {"reasoningTokens", "reasoning_tokens"});
    usage.cachedInputTokens =
        firstInteger(object, {"cacheReadInputTokens", "cachedInputTokens", "cache_read_input_tokens"});
    return usage;
}

void addUsage(Usage &sum, const Usage &more)
{
    const auto add = [](auto &value, const auto &added) {
        if (added)
            value = value ? *value + *added : *added;
    };
    add(sum.inputTokens, more.inputTokens);
    add(sum.outputTokens, more.outputTokens);
    add(sum.totalTokens, more.totalTokens);
    add(sum.reasoningTokens, more.reasoningTokens);
    add(sum.cachedInputTokens, more.cachedInputTokens);
    add(sum.modelLatency, more.modelLatency);
}

bool isPythonRepr(QByteArrayView text)
{
    const QByteArrayView start = text.trimmed();
    if (start.startsWith("AgentResult("))
        return true;
    if (!start.startsWith("{'") && !start.startsWith("[{'"))
        return false;
    // Only an object that JSON cannot hold makes a server fall back to repr(); a dict of plain values in
    // an agent's own words is its answer.
    return std::ranges::any_of(marks, [&](QByteArrayView mark) { return start.contains(mark); });
}

} // namespace Parlance
