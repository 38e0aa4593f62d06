// SPDX-License-Identifier: Apache-2.0
#include "qa/columnfacts.h"

#include <algorithm>

namespace Parlance {
namespace {

std::optional<double> milliseconds(const std::optional<std::chrono::microseconds> &time)
{
    return time ? std::optional<double>(double(time->count()) / 1000.0) : std::nullopt;
}

std::optional<qint64> tokensOf(const Usage &usage)
{
    if (usage.totalTokens || (!usage.inputTokens && !usage.outputTokens))
        return usage.totalTokens;
    return usage.inputTokens.value_or(0) + usage.outputTokens.value_or(0);
}

// What is nearer than that is the same to a person, and another time the other way round.
constexpr double nearly = 1.03;

} // namespace

ColumnFacts factsOf(const Message &answer)
{
    ColumnFacts facts{.version = answer.servedVersion,
                      .firstTextMs = milliseconds(answer.timings->firstText),
                      .totalMs = milliseconds(answer.timings->total),
                      .tokens = tokensOf(*answer.usage),
                      .events = answer.frameCount,
                      .isLive = answer.isLive(),
                      .isFailed = !answer.isLive() && answer.state != MessageState::Complete,
                      .isStopped = answer.state == MessageState::Stopped};
    for (const MessagePart &part : answer.parts) {
        // An answer that came in with a file may not tell how many there were.
        facts.events = std::max(facts.events, part.frames.last + 1);
        facts.tools += std::holds_alternative<ToolCall>(part.content) ? 1 : 0;
    }
    return facts;
}

std::vector<Standing> standingsOf(const std::vector<std::optional<double>> &values)
{
    std::vector<Standing> standings(values.size(), Standing::None);
    std::vector<double> known;
    for (const std::optional<double> &value : values) {
        if (value)
            known.push_back(*value);
    }
    if (known.size() < 2)
        return standings;
    const auto [least, most] = std::ranges::minmax(known);
    for (std::size_t i = 0; i < values.size() && least * nearly < most; ++i) {
        if (values[i])
            standings[i] = *values[i] <= least ? Standing::Best
                : *values[i] >= most           ? Standing::Worst
                                               : Standing::None;
    }
    return standings;
}

} // namespace Parlance
