// SPDX-License-Identifier: Apache-2.0
#include "core/command.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct CommandWords
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Command)
};

constexpr auto statusNames = std::to_array<std::pair<CommandStatus, QLatin1StringView>>({
    {CommandStatus::Running, "running"_L1},
    {CommandStatus::Completed, "completed"_L1},
    {CommandStatus::TimedOut, "timedOut"_L1},
});

//! How much goes at once when the text is too long, so that not every piece moves all of it.
constexpr qsizetype dropStep = CommandOutput::mostKept / 4;

//! A place to begin at: after the next line end if there is one near, and never inside a character.
qsizetype beginningFrom(const QString &text, qsizetype wanted)
{
    constexpr qsizetype nearby = 4096;
    const qsizetype end = text.indexOf(u'\n', wanted);
    if (end >= 0 && end - wanted < nearby)
        return end + 1;
    return wanted < text.size() && text.at(wanted).isLowSurrogate() ? wanted + 1 : wanted;
}

void dropFront(CommandOutput &output, const QString &text, qsizetype count)
{
    std::vector<int> turns;
    if (output.streamAt(count) == CommandStream::Error)
        turns.push_back(0);
    for (auto turn = std::ranges::upper_bound(output.turns, int(count)); turn != output.turns.end(); ++turn)
        turns.push_back(*turn - int(count));
    output.turns = std::move(turns);
    output.text = text.sliced(count);
    output.dropped += count;
}

} // namespace

Result<void> checkCommand(const Command &command)
{
    if (command.line.toString().trimmed().isEmpty())
        return failure(ErrorKind::InvalidCommand, CommandWords::tr("There is no command to run."));
    if (command.line.size() > Command::longestLine)
        return failure(ErrorKind::InvalidCommand,
                       CommandWords::tr("The command is longer than 65,536 characters, which is the most "
                                        "a runtime takes. Nothing was sent."));
    if (command.timeout < Command::shortestTimeout || command.timeout > Command::longestTimeout)
        return failure(ErrorKind::InvalidCommand,
                       CommandWords::tr("A command's time-out is from 1 to 3600 seconds."));
    return {};
}

void CommandOutput::append(CommandStream stream, QStringView more)
{
    if (more.isEmpty())
        return;
    const bool isError = stream == CommandStream::Error;
    if (const bool wasError = turns.size() % 2 == 1; wasError != isError)
        turns.push_back(int(text.size()));
    text += more.toString();
    if (text.size() > mostKept + dropStep) {
        const QString all = text.toString();
        dropFront(*this, all, beginningFrom(all, all.size() - mostKept));
    }
    if (turns.size() > mostTurns + mostTurns / 4)
        dropFront(*this, text.toString(), turns[turns.size() - mostTurns]);
}

CommandStream CommandOutput::streamAt(qsizetype offset) const
{
    const auto before = std::ranges::upper_bound(turns, int(offset)) - turns.begin();
    return before % 2 == 1 ? CommandStream::Error : CommandStream::Output;
}

QString CommandOutput::textOf(CommandStream stream) const
{
    const QString all = text.toString();
    QString result;
    qsizetype from = 0;
    for (std::size_t i = 0; i <= turns.size(); ++i) {
        const qsizetype to = i < turns.size() ? turns[i] : all.size();
        if ((i % 2 == 1) == (stream == CommandStream::Error))
            result += QStringView(all).sliced(from, to - from);
        from = to;
    }
    return result;
}

QString commandStatusName(CommandStatus status)
{
    const auto found =
        std::ranges::find(statusNames, status, &std::pair<CommandStatus, QLatin1StringView>::first);
    return found == statusNames.end() ? QString() : QString(found->second);
}

std::optional<CommandStatus> commandStatusFromName(const QString &name)
{
    const auto found = std::ranges::find_if(statusNames, [&](const auto &row) { return name == row.second; });
    return found == statusNames.end() ? std::nullopt : std::optional(found->first);
}

} // namespace Parlance
