// SPDX-License-Identifier: Apache-2.0
#include "qa/answer.h"

#include "chat/conversationwords.h"
#include "chat/fencedcode.h"
#include "core/consoletext.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

std::optional<double> milliseconds(const std::optional<std::chrono::microseconds> &time)
{
    return time ? std::optional<double>(double(time->count()) / 1000.0) : std::nullopt;
}

//! Puts calls and their results together.
class ToolGathering
{
public:
    explicit ToolGathering(std::vector<ToolStep> *tools)
        : m_tools(tools)
    {
    }

    //! These tell which of the tools it belongs to.
    std::optional<std::size_t> add(const ToolCall &call)
    {
        if (!call.callId.isEmpty())
            m_byId.insert(call.callId, m_tools->size());
        m_tools->push_back({.name = call.name,
                            .arguments = call.arguments.toString(),
                            .isError = call.state == ToolState::Failed});
        return m_tools->size() - 1;
    }
    std::optional<std::size_t> add(const ToolResult &result)
    {
        const std::size_t index = indexOf(result);
        ToolStep &step = (*m_tools)[index];
        step.result = result.content.toString();
        step.hasResult = true;
        step.isError = result.isError;
        return index;
    }
    template <typename Other> std::optional<std::size_t> add(const Other &) { return std::nullopt; }

private:
    //! A result without an id belongs to the first call that waits for one.
    std::size_t indexOf(const ToolResult &result)
    {
        if (m_byId.contains(result.callId))
            return m_byId.value(result.callId);
        if (result.callId.isEmpty()) {
            const auto waiting = std::ranges::find(*m_tools, false, &ToolStep::hasResult);
            if (waiting != m_tools->end())
                return std::size_t(waiting - m_tools->begin());
        } else {
            m_byId.insert(result.callId, m_tools->size());
        }
        m_tools->push_back({.name = result.name});
        return m_tools->size() - 1;
    }

    std::vector<ToolStep> *m_tools;
    QHash<QString, std::size_t> m_byId;
};

void addUp(std::optional<double> &sum, const std::optional<double> &more)
{
    if (more)
        sum = sum.value_or(0) + *more;
}

//! What a command wrote, as the code that it is, and how it ended.
QString textOf(const CommandOutput &output)
{
    const QString written = readConsole(output).text;
    const QString end = FileWords::commandEnd(output);
    return written.isEmpty() ? end : QString(fencedCode(written) % u"\n\n"_s % end);
}

QString textOf(const Message &message)
{
    for (const MessagePart &part : message.parts) {
        if (const auto *output = std::get_if<CommandOutput>(&part.content))
            return textOf(*output);
    }
    return message.text();
}

} // namespace

Answer answerOf(const Message &message)
{
    Answer answer{.text = textOf(message),
                  .isFailed = message.state != MessageState::Complete,
                  .totalMs = milliseconds(message.timings->total),
                  .firstTextMs = milliseconds(message.timings->firstText)};
    ToolGathering gathering(&answer.tools);
    for (const MessagePart &part : message.parts) {
        std::visit([&](const auto &content) { gathering.add(content); }, part.content);
        if (const auto *error = std::get_if<ErrorPart>(&part.content))
            answer.error = error->error->message;
    }
    return answer;
}

std::vector<std::optional<std::size_t>> toolStepsOf(const Message &message)
{
    std::vector<ToolStep> tools;
    ToolGathering gathering(&tools);
    std::vector<std::optional<std::size_t>> steps;
    for (const MessagePart &part : message.parts)
        steps.push_back(
            std::visit([&](const auto &content) { return gathering.add(content); }, part.content));
    return steps;
}

Answer joinedAnswers(const std::vector<Answer> &answers)
{
    Answer joined;
    QStringList texts;
    for (const Answer &answer : answers) {
        if (!answer.text.isEmpty())
            texts.append(answer.text);
        joined.tools.insert(joined.tools.end(), answer.tools.begin(), answer.tools.end());
        joined.isFailed = joined.isFailed || answer.isFailed;
        if (joined.error.isEmpty())
            joined.error = answer.error;
        addUp(joined.totalMs, answer.totalMs);
        if (answer.firstTextMs)
            joined.firstTextMs = std::max(joined.firstTextMs.value_or(0), *answer.firstTextMs);
        joined.streamFaults.insert(joined.streamFaults.end(), answer.streamFaults.begin(),
                                   answer.streamFaults.end());
        if (answer.verdict)
            joined.verdict = joined.verdict.value_or(true) && *answer.verdict;
    }
    joined.text = texts.join(u"\n\n"_s);
    return joined;
}

} // namespace Parlance
