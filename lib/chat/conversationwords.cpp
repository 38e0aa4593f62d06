// SPDX-License-Identifier: Apache-2.0
#include "chat/conversationwords.h"

#include "core/attachment.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString timeWords(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(u"yyyy-MM-dd HH:mm:ss 'UTC'"_s) : QString();
}

QString seconds(std::chrono::microseconds time)
{
    return FileWords::tr("%1 s").arg(double(time.count()) / 1e6, 0, 'f', 2);
}

} // namespace

QString FileWords::title(const Conversation &conversation)
{
    return conversation.title.isEmpty() ? tr("New conversation") : conversation.title;
}

QString FileWords::about(const ConversationFile &file)
{
    QStringList words;
    const auto add = [&words](const QString &word) {
        if (!word.isEmpty())
            words.append(word);
    };
    add(file.agent.name);
    add(file.conversation.qualifier);
    if (!file.conversation.session.isEmpty())
        add(tr("session %1").arg(file.conversation.session.value()));
    add(timeWords(file.conversation.created));
    if (file.leftOut > 0)
        add(tr("%n messages of other attempts are not in this file; one for Parlance (JSON) has them",
               nullptr, file.leftOut));
    return words.join(u" · "_s);
}

QString FileWords::heading(const ConversationFile &file, const Message &message)
{
    QStringList words{message.role == Role::User ? tr("You") : tr("Agent")};
    const QString time = timeWords(message.created);
    if (!time.isEmpty())
        words.append(time);
    switch (message.state) {
    case MessageState::Stopped:
        words.append(tr("stopped"));
        break;
    case MessageState::Interrupted:
        words.append(tr("interrupted"));
        break;
    case MessageState::Failed:
        words.append(tr("failed"));
        break;
    case MessageState::Queued:
        words.append(tr("not sent"));
        break;
    case MessageState::Streaming:
        words.append(tr("not complete"));
        break;
    case MessageState::Complete:
        break;
    }
    if (const auto attempt = file.attempts.find(message.id); attempt != file.attempts.end())
        words.append(tr("attempt %1 of %2").arg(attempt->second.index + 1).arg(attempt->second.count));
    return words.join(u" · "_s);
}

QString FileWords::facts(const ConversationFile &file, const Message &message)
{
    QStringList words;
    if (!message.qualifier.isEmpty())
        words.append(message.qualifier);
    if (file.attempts.contains(message.id) && message.role == Role::Agent && !message.session.isEmpty())
        words.append(tr("session %1").arg(message.session.value()));
    if (!message.servedVersion.isEmpty())
        words.append(tr("version %1").arg(message.servedVersion));
    if (message.timings->firstText)
        words.append(tr("first text %1").arg(seconds(*message.timings->firstText)));
    if (message.timings->total)
        words.append(seconds(*message.timings->total));
    if (message.usage->totalTokens)
        words.append(tr("%n tokens", nullptr, int(*message.usage->totalTokens)));
    return words.join(u" · "_s);
}

QString FileWords::thoughts()
{
    return tr("Thoughts");
}

QString FileWords::toolCall()
{
    return tr("Tool call");
}

QString FileWords::toolResult()
{
    return tr("Tool result");
}

QString FileWords::toolFailure()
{
    return tr("Tool failure");
}

QString FileWords::error()
{
    return tr("Error");
}

QString FileWords::attachment()
{
    return tr("Attachment");
}

QString FileWords::size(const Attachment &attachment)
{
    const qint64 bytes = sizeOf(attachment);
    return bytes == 0
        ? QString()
        : tr(" (%1)").arg(QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat));
}

QString FileWords::event()
{
    return tr("Event");
}

QString FileWords::command()
{
    return tr("Command");
}

QString FileWords::errorOutput()
{
    return tr("Standard error");
}

QString FileWords::errorsMarked()
{
    return tr("errors marked by a bar");
}

QString FileWords::commandEnd(const CommandOutput &output)
{
    if (output.status == CommandStatus::TimedOut)
        return tr("Timed out");
    if (output.status == CommandStatus::Running)
        return tr("Its end was not told");
    return output.exitCode ? tr("Exit code %1").arg(*output.exitCode) : tr("Ended");
}

QString FileWords::inputRequest()
{
    return tr("The agent asks");
}

QString FileWords::inputAnswer(const InputAnswer &answer)
{
    return answer.isCancelled ? tr("Not answered") : tr("Answer");
}

QString FileWords::task()
{
    return tr("Task");
}

QString FileWords::liveValue(const LiveValue &value)
{
    if (value.kind == LiveKind::State)
        return tr("State");
    return value.label.isEmpty() ? tr("Activity") : tr("Activity %1").arg(value.label);
}

QString FileWords::dropped(const CommandOutput &output)
{
    return tr("The first %1 characters were not kept").arg(output.dropped);
}

} // namespace Parlance
