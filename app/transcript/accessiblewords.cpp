// SPDX-License-Identifier: Apache-2.0
#include "transcript/accessiblewords.h"

#include "jsontree/jsonanswer.h"
#include "transcript/laidblock.h"
#include "transcript/markdownparser.h"
#include "transcript/outputblocks.h"
#include "transcript/partblocks.h"

#include "chat/errorcatalogue.h"
#include "core/agent.h"
#include "core/message.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTextBoundaryFinder>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::TranscriptView)
};

// A list is walked through by names: what is short is heard whole, a long answer is read by its text.
constexpr qsizetype longestName = 400;
constexpr qsizetype firstWordsLength = 200;
// Markdown has more characters than what it shows, yet not many times as many.
constexpr qsizetype parsed = 4 * longestName;

QString stateWord(MessageState state)
{
    switch (state) {
    case MessageState::Queued:
        return Words::tr("waiting");
    case MessageState::Streaming:
        return Words::tr("streaming");
    case MessageState::Stopped:
        return Words::tr("stopped");
    case MessageState::Interrupted:
        return Words::tr("interrupted");
    case MessageState::Failed:
        return Words::tr("failed");
    case MessageState::Complete:
        break;
    }
    return {};
}

QString timeOf(const Message &message)
{
    if (!message.created.isValid())
        return {};
    const QDateTime local = message.created.toLocalTime();
    return local.date() == QDate::currentDate() ? QLocale().toString(local.time(), QLocale::ShortFormat)
                                                : QLocale().toString(local, QLocale::ShortFormat);
}

QString speaker(const Message &message, const Agent *agent)
{
    QStringList facts;
    if (message.role == Role::User)
        facts.append(Words::tr("You"));
    else
        facts.append(Words::tr("Agent"));
    if (message.role == Role::Agent && agent && !agent->name.isEmpty())
        facts.append(agent->name);
    for (const QString &fact : {timeOf(message), stateWord(message.state)}) {
        if (!fact.isEmpty())
            facts.append(fact);
    }
    return facts.join(u", "_s);
}

QString markdownWords(const QString &markdown, bool isUser)
{
    QStringList lines;
    for (const Block &block :
         markdownBlocks(markdown.left(parsed), isUser ? LineBreaks::Kept : LineBreaks::Soft)) {
        if (const QString words = plainText(block); !words.isEmpty())
            lines.append(words);
    }
    return lines.join(u'\n');
}

// Tools and thoughts come first in an answer; a person who walks along wants to hear what it says.
QString wordsOf(const Message &message, const Agent *agent)
{
    QStringList said;
    QStringList done;
    qsizetype length = 0;
    for (const MessagePart &part : message.parts) {
        if (length > longestName)
            break;
        if (const auto *text = std::get_if<Text>(&part.content)) {
            said.append(markdownWords(shownMarkdown(message, *text), message.role == Role::User));
            length += said.last().size();
        } else if (const auto *error = std::get_if<ErrorPart>(&part.content)) {
            const QString title = errorWords(error->error, agent).title;
            said.append(title.isEmpty() ? error->error->message : title);
        } else if (const auto *attachment = std::get_if<Attachment>(&part.content)) {
            said.append(attachment->name);
        } else if (const auto *command = std::get_if<Command>(&part.content)) {
            said.append(Words::tr("Command %1").arg(command->line.toString()));
        } else if (const auto *request = std::get_if<InputRequest>(&part.content)) {
            said.append(Words::tr("The agent asks: %1").arg(request->message.toString()));
        } else if (const auto *answer = std::get_if<InputAnswer>(&part.content)) {
            // Else its words say it.
            if (message.text().isEmpty())
                said.append(answer->isCancelled ? Words::tr("Not answered") : answer->json.toString());
        } else if (const auto *output = std::get_if<CommandOutput>(&part.content)) {
            const QString end = commandEndWords(message, *output);
            const QString words = shownOutput(*output, longestName).text.trimmed();
            said.append(end.isEmpty() ? words : QString(end % u'\n' % words));
            length += words.size();
        } else if (const auto *call = std::get_if<ToolCall>(&part.content)) {
            done.append(Words::tr("Tool call %1").arg(call->name));
        }
    }
    said.removeAll(QString());
    return said.isEmpty() ? done.join(u", "_s) : said.join(u'\n');
}

} // namespace

QString firstWords(const QString &text)
{
    if (text.size() <= longestName)
        return text;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, text.left(firstWordsLength + 1));
    finder.setPosition(firstWordsLength);
    if (!finder.isAtBoundary())
        finder.toPreviousBoundary();
    const auto end = finder.position() > 0 ? finder.position() : firstWordsLength;
    return text.left(end).trimmed() + u'…';
}

QString messageName(const Message &message, const Agent *agent)
{
    const QString words = wordsOf(message, agent);
    const QString who = speaker(message, agent);
    return words.isEmpty() ? who : QString(who + u": "_s + firstWords(words));
}

QString blockName(const Block &block)
{
    switch (block.kind) {
    case BlockKind::Code:
    case BlockKind::Output: {
        if (block.isFormula())
            return Words::tr("Formula");
        const int lines = int(block.texts[0].text.count(u'\n')) + 1;
        QStringList facts;
        if (!block.isConsole)
            facts.append(Words::tr("Code"));
        if (!block.label.isEmpty())
            facts.append(block.label);
        facts.append(Words::tr("%n line(s)", nullptr, lines));
        return facts.join(u", "_s);
    }
    case BlockKind::Table: {
        QStringList headings;
        for (int i = 0; i < block.columns && i < int(block.texts.size()); ++i)
            headings.append(block.texts[size_t(i)].text);
        return firstWords(headings.join(u", "_s));
    }
    case BlockKind::ErrorCard:
        return Words::tr("Error: %1").arg(block.texts[0].text);
    case BlockKind::Heading:
        return firstWords(block.texts[0].text);
    case BlockKind::AnswerHeader:
        return block.label.isEmpty() ? block.texts[0].text
                                     : QString(block.texts[0].text + u' ' + block.label);
    case BlockKind::Note:
    case BlockKind::Meta:
    case BlockKind::SessionBreak:
    case BlockKind::Image:
        return block.texts[0].text;
    default:
        return {};
    }
}

QString blockSummary(const LaidBlock &laid)
{
    const Block &block = laid.block;
    if (block.kind == BlockKind::Table) {
        const QString rows = Words::tr("%n row(s)", nullptr, std::max(0, block.rows() - 1));
        const QString columns = Words::tr("%n column(s)", nullptr, block.columns);
        return Words::tr("Table, %1, %2").arg(rows, columns);
    }
    if (block.kind == BlockKind::Image)
        return Words::tr("Image: %1").arg(blockName(block));
    if (block.kind == BlockKind::Tool && !laid.hots.empty())
        return hotName(laid.hots.front(), laid);
    if (block.kind == BlockKind::ErrorCard && !blockDescription(block).isEmpty())
        return Words::tr("%1 %2").arg(blockName(block), blockDescription(block));
    return blockName(block);
}

QString blockDescription(const Block &block)
{
    if (block.kind == BlockKind::Heading)
        return Words::tr("Level %1").arg(block.level);
    return block.kind == BlockKind::ErrorCard && block.texts.size() > 1 ? block.texts[1].text : QString();
}

QString hotName(const Hot &hot, const LaidBlock &laid)
{
    if (hot.action == Hot::Action::CopyMessage)
        return Words::tr("Copy message");
    if (hot.action == Hot::Action::EditSent)
        return Words::tr("Edit and send again");
    if (hot.action == Hot::Action::Regenerate)
        return Words::tr("Regenerate answer");
    if (hot.action == Hot::Action::PreviousAttempt)
        return Words::tr("Previous attempt");
    if (hot.action == Hot::Action::NextAttempt)
        return Words::tr("Next attempt");
    if (hot.action == Hot::Action::AttemptList)
        return hot.url.section(u'\n', 0, 0);
    if (hot.action == Hot::Action::WrapCode)
        return laid.side.range() > 0 ? Words::tr("Wrap lines of code") : Words::tr("Unwrap lines of code");
    if (hot.action == Hot::Action::ShowTree)
        return Words::tr("Show JSON as a tree");
    if (hot.action == Hot::Action::NoteBack)
        return Words::tr("Back from footnote %1").arg(hot.url);
    if (hot.action == Hot::Action::CopyCode && laid.block.isFormula())
        return Words::tr("Copy formula");
    if (hot.action == Hot::Action::CopyCode && laid.block.isConsole)
        return Words::tr("Copy output");
    if (hot.action == Hot::Action::CopyCode)
        return laid.block.label.isEmpty() ? Words::tr("Copy code")
                                          : Words::tr("Copy code: %1").arg(laid.block.label);
    if (hot.action != Hot::Action::Fold || laid.block.kind != BlockKind::Tool)
        return hot.label;
    QStringList facts{Words::tr("Tool call %1").arg(hot.label)};
    for (const QString &fact : {laid.block.label, laid.block.detail}) {
        if (!fact.isEmpty())
            facts.append(fact);
    }
    return facts.join(u", "_s);
}

QString hotDescription(const Hot &hot, const LaidBlock &laid)
{
    if (hot.action == Hot::Action::Link)
        return hot.url;
    if (hot.action == Hot::Action::AttemptList)
        return hot.url.section(u'\n', 1);
    if (laid.block.kind == BlockKind::SessionBreak)
        return laid.block.texts[0].text;
    if (laid.block.kind == BlockKind::ErrorCard || laid.block.kind == BlockKind::Tool)
        return laid.block.texts[laid.block.kind == BlockKind::Tool ? 1 : 0].text;
    return {};
}

} // namespace Parlance
