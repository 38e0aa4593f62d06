// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/packedtext.h"
#include "core/result.h"

#include <QString>
#include <QStringView>

#include <chrono>
#include <optional>
#include <vector>

namespace Parlance {

//! A command line for the machine of a runtime session, which runs it as a process of its own.
struct Command
{
    PackedText line = {};
    std::chrono::seconds timeout{300}; //!< after that the service ends it
    friend bool operator==(const Command &, const Command &) = default;

    static constexpr qsizetype longestLine = 65'536;
    static constexpr std::chrono::seconds shortestTimeout{1};
    static constexpr std::chrono::seconds longestTimeout{3600};
};

//! Says in one sentence why the service would not take it: InvalidCommand.
Result<void> checkCommand(const Command &command);

enum class CommandStream : quint8 { Output, Error };
enum class CommandStatus : quint8 { Running, Completed, TimedOut };

//! What a command wrote, and how it ended.
struct CommandOutput
{
    //! Both streams in the order they came, with their control sequences; see core/consoletext.h.
    PackedText text = {};
    std::vector<int> turns = {}; //!< where in the text one stream takes over from the other; Output is first
    qint64 dropped = 0; //!< how many characters of the beginning were not kept
    std::optional<int> exitCode = std::nullopt; //!< -1: the platform failed; absent: the end was not told
    CommandStatus status = CommandStatus::Running;
    friend bool operator==(const CommandOutput &, const CommandOutput &) = default;

    //! Of more than this the end is kept.
    static constexpr qsizetype mostKept = 1'000'000;
    static constexpr std::size_t mostTurns = 20'000;

    //! Adds what came on one stream. Of what gets too long the beginning goes, in large steps.
    void append(CommandStream stream, QStringView more);
    //! Which stream a character of the text came on.
    CommandStream streamAt(qsizetype offset) const;
    //! What came on one stream.
    QString textOf(CommandStream stream) const;
    bool hasErrors() const { return !turns.empty(); }
};

QString commandStatusName(CommandStatus status); //!< "running", "completed", "timedOut"
std::optional<CommandStatus> commandStatusFromName(const QString &name);

} // namespace Parlance
