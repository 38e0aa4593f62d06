// SPDX-License-Identifier: Apache-2.0
#include "transcript/outputblocks.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Transcript)
};

// Of an output that is kept this much is on the page; Copy has the whole.
constexpr qsizetype maxShown = 200'000;
// While it streams less: it is set anew with every frame.
constexpr qsizetype mostShownLive = 20'000;
// An output of more lines than this is folded, and its last lines stand below the fold.
constexpr int longestUnfolded = 24;
constexpr int previewLines = 12;

Block lineBlock(BlockKind kind, const QString &text, quint16 style = PlainRun)
{
    Block block;
    block.kind = kind;
    block.texts[0].append(text, style);
    return block;
}

//! A line end at the end is not one more line.
RichText consoleText(const ConsoleText &console)
{
    const int size = int(console.text.size()) - (console.text.endsWith(u'\n') ? 1 : 0);
    RichText text{.text = console.text, .runs = {}};
    text.runs.reserve(console.runs.size());
    for (const auto &[start, length, style] : console.runs) {
        quint16 flags = PlainRun;
        for (const auto &[is, flag] :
             {std::pair(style.isBold, BoldRun), std::pair(style.isFaint, FaintRun),
              std::pair(style.isItalic, ItalicRun), std::pair(style.isUnderlined, UnderlineRun),
              std::pair(style.isStruck, StrikeRun), std::pair(style.isError, ErrorRun)}) {
            if (is)
                flags |= flag;
        }
        text.runs.push_back(
            {.start = start, .length = length, .style = flags, .ink = style.ink, .ground = style.ground});
    }
    return text.mid(0, size);
}

Block consoleBlock(BlockKind kind, RichText text, const QString &label)
{
    Block block;
    block.kind = kind;
    block.isConsole = true;
    block.texts[0] = std::move(text);
    block.label = label;
    return block;
}

//! Where the last lines of a text begin.
int beginningOfLastLines(const QString &text, int lines)
{
    qsizetype at = text.size();
    for (int line = 0; line < lines && at > 0; ++line)
        at = text.lastIndexOf(u'\n', at - 1);
    return int(at + 1);
}

QString withErrors(const QString &label, const CommandOutput &output)
{
    return output.hasErrors() ? Words::tr("%1, errors marked by a bar").arg(label) : label;
}

} // namespace

std::vector<Block> commandBlocks(const Command &command)
{
    return {lineBlock(BlockKind::Paragraph, QString(u'!' % command.line.toString()), CodeRun)};
}

std::vector<Block> outputBlocks(const Message &message, const CommandOutput &output)
{
    std::vector<Block> blocks;
    const qsizetype most = message.state == MessageState::Streaming ? mostShownLive : maxShown;
    const bool isCut = output.text.size() > most || output.dropped > 0;
    RichText text = consoleText(shownOutput(output, most));
    const int lines = int(text.text.count(u'\n')) + 1;
    if (lines > longestUnfolded) {
        blocks.push_back(lineBlock(BlockKind::Fold,
                                   isCut ? Words::tr("The last %n line(s) of a long output", nullptr, lines)
                                         : Words::tr("%n line(s) of output", nullptr, lines)));
        const int from = beginningOfLastLines(text.text, previewLines);
        RichText end = text.mid(from, int(text.text.size()) - from);
        Block whole = consoleBlock(BlockKind::Code, std::move(text), withErrors(Words::tr("Output"), output));
        whole.isInsideFold = true;
        blocks.push_back(std::move(whole));
        blocks.push_back(
            consoleBlock(BlockKind::Output, std::move(end), withErrors(Words::tr("The end of it"), output)));
    } else if (!text.text.isEmpty()) {
        blocks.push_back(
            consoleBlock(BlockKind::Code, std::move(text), withErrors(Words::tr("Output"), output)));
    }
    QStringList notes{commandEndWords(message, output)};
    if (output.dropped > 0)
        notes.append(Words::tr("Of this output the last %L1 characters are kept.").arg(output.text.size()));
    notes.removeAll(QString());
    if (!notes.isEmpty())
        blocks.push_back(lineBlock(BlockKind::Note, notes.join(u"  "_s)));
    return blocks;
}

bool isCommandRun(const Message &message)
{
    return std::ranges::any_of(message.parts, [](const MessagePart &part) {
        return std::holds_alternative<CommandOutput>(part.content);
    });
}

ConsoleText shownOutput(const CommandOutput &output, qsizetype most)
{
    qsizetype from = 0;
    if (output.text.size() > most) {
        const QString all = output.text.toString();
        const qsizetype lineEnd = all.indexOf(u'\n', all.size() - most);
        from = lineEnd < 0 ? all.size() - most : lineEnd + 1;
    }
    return readConsole(output, from);
}

QString commandEndWords(const Message &message, const CommandOutput &output)
{
    if (output.status == CommandStatus::TimedOut)
        return Words::tr("Timed out: the command took longer than it was given, and was ended.");
    if (output.status == CommandStatus::Running || message.state == MessageState::Streaming)
        return {};
    if (!output.exitCode)
        return Words::tr("Ended without an exit code");
    if (*output.exitCode == -1)
        return Words::tr("Exit code −1: the platform could not run the command to its end");
    return *output.exitCode == 0 ? Words::tr("Exit code 0")
                                 : Words::tr("Failed with exit code %1").arg(*output.exitCode);
}

QString copiedWords(const Message &message)
{
    QStringList words;
    for (const MessagePart &part : message.parts) {
        if (const auto *text = std::get_if<Text>(&part.content))
            words.append(text->markdown);
        else if (const auto *command = std::get_if<Command>(&part.content))
            words.append(command->line);
        else if (const auto *output = std::get_if<CommandOutput>(&part.content))
            words.append(readConsole(*output).text);
    }
    words.removeAll(QString());
    return words.join(u"\n\n"_s);
}

} // namespace Parlance
