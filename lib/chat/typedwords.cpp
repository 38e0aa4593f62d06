// SPDX-License-Identifier: Apache-2.0
#include "chat/typedwords.h"

#include <algorithm>

namespace Parlance {
namespace {

//! How many backslashes stand before a mark at the beginning; -1: there is no mark.
qsizetype backslashesBeforeMark(const QString &text)
{
    qsizetype count = 0;
    while (count < text.size() && text.at(count) == u'\\')
        ++count;
    return count < text.size() && text.at(count) == u'!' ? count : -1;
}

} // namespace

std::optional<QString> commandIn(const QString &typed)
{
    if (!typed.startsWith(u'!'))
        return std::nullopt;
    QString line = typed.sliced(1).trimmed();
    const bool isOnlyMarks =
        std::ranges::all_of(line, [](QChar c) { return c == u'!' || c == u'?' || c.isSpace(); });
    return isOnlyMarks ? std::nullopt : std::optional(std::move(line));
}

Message typedMessage(const QString &typed, std::chrono::seconds commandTimeout)
{
    if (const std::optional<QString> line = commandIn(typed)) {
        Message message = userMessage({});
        message.parts = {MessagePart{.content = Command{.line = *line, .timeout = commandTimeout}}};
        return message;
    }
    return userMessage(backslashesBeforeMark(typed) > 0 ? typed.sliced(1) : typed);
}

void attach(Message &message, const std::vector<Attachment> &attachments)
{
    if (attachments.empty() || commandOf(message))
        return;
    std::erase_if(message.parts, [](const MessagePart &part) {
        const auto *text = std::get_if<Text>(&part.content);
        return text && text->markdown.toString().trimmed().isEmpty();
    });
    for (const Attachment &attachment : attachments)
        message.parts.push_back(MessagePart{.content = attachment});
}

QString typedText(const Message &message)
{
    if (const Command *command = commandOf(message))
        return u'!' + command->line.toString();
    const QString words = message.text();
    const qsizetype backslashes = backslashesBeforeMark(words);
    const bool needsOne = backslashes > 0 || (backslashes == 0 && commandIn(words));
    return needsOne ? QString(u'\\' + words) : words;
}

const Command *commandOf(const Message &message)
{
    for (const MessagePart &part : message.parts) {
        if (const auto *command = std::get_if<Command>(&part.content))
            return command;
    }
    return nullptr;
}

} // namespace Parlance
