// SPDX-License-Identifier: Apache-2.0
#include "chat/conversationfile.h"
#include "chat/conversationwords.h"
#include "chat/fencedcode.h"
#include "core/consoletext.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString quoted(const QString &text)
{
    return u"> "_s + QString(text).replace(u'\n', u"\n> "_s);
}

// Words that are no Markdown, on one line.
QString plain(const QString &text)
{
    static const QRegularExpression special(u"([\\\\`*_\\[\\]<>#|~])"_s);
    return text.simplified().replace(special, u"\\\\1"_s);
}

QString codeLanguage(const QString &text)
{
    const QString begin = text.trimmed().left(1);
    return begin == u"{"_s || begin == u"["_s ? u"json"_s : QString();
}

//! A fence for each piece of a stream, those for errors with words above.
QString consoleMarkdown(const ConsoleText &console)
{
    QStringList pieces;
    int at = 0;
    const auto add = [&](int end, bool isError) {
        QString text = console.text.mid(at, end - at);
        if (at > 0 && text.startsWith(u'\n'))
            text.remove(0, 1);
        at = end;
        if (text.trimmed().isEmpty())
            return;
        const QString fence = fencedCode(text, {});
        pieces.append(isError ? QString(u"*"_s % FileWords::errorOutput() % u"*\n\n"_s % fence) : fence);
    };
    for (const auto &[start, length] : errorRuns(console)) {
        add(start, false);
        add(start + length, true);
    }
    add(int(console.text.size()), false);
    return pieces.join(u"\n\n"_s);
}

struct ToMarkdown
{
    QString operator()(const Text &part) const { return part.markdown; }
    QString operator()(const Reasoning &part) const
    {
        return part.text.isEmpty()
            ? QString()
            : QString(u"> *"_s % FileWords::thoughts() % u"*\n>\n"_s % quoted(part.text));
    }
    QString operator()(const ToolCall &part) const
    {
        return u"**"_s % FileWords::toolCall() % u"** "_s % plain(part.name) % u"\n\n"_s
            % fencedCode(part.arguments, codeLanguage(part.arguments));
    }
    QString operator()(const ToolResult &part) const
    {
        const QString title = part.isError ? FileWords::toolFailure() : FileWords::toolResult();
        return u"**"_s % title % u"** "_s % plain(part.name) % u"\n\n"_s
            % fencedCode(part.content, codeLanguage(part.content));
    }
    QString operator()(const Citation &part) const
    {
        QString text = u"["_s % plain(part.title.isEmpty() ? part.url : part.title) % u"](<"_s
            % QString(part.url).remove(QRegularExpression(u"[<>\\n]"_s)) % u">)"_s;
        return part.quote.isEmpty() ? text : QString(text % u"\n\n"_s % quoted(part.quote));
    }
    QString operator()(const ErrorPart &part) const
    {
        QString text = u"**"_s % FileWords::error() % u"** "_s % plain(part.error->message);
        if (!part.error->serverMessage.isEmpty())
            text += u"\n\n"_s % fencedCode(part.error->serverMessage, {});
        return text;
    }
    QString operator()(const Attachment &part) const
    {
        return u"**"_s % FileWords::attachment() % u"** "_s
            % plain(part.name.isEmpty() ? part.url : part.name) % FileWords::size(part);
    }
    QString operator()(const RawEvent &part) const
    {
        return u"**"_s % FileWords::event() % u"** "_s % plain(part.label) % u"\n\n"_s
            % fencedCode(part.json, codeLanguage(part.json));
    }
    QString operator()(const Command &part) const
    {
        return u"**"_s % FileWords::command() % u"**\n\n"_s % fencedCode(part.line, u"sh"_s);
    }
    QString operator()(const CommandOutput &part) const
    {
        const QString text = consoleMarkdown(readConsole(part));
        const QString end = u"*"_s % plain(FileWords::commandEnd(part)) % u"*"_s;
        const QString head =
            part.dropped > 0 ? QString(u"*"_s % plain(FileWords::dropped(part)) % u"*\n\n"_s) : QString();
        return text.isEmpty() ? end : QString(head % text % u"\n\n"_s % end);
    }
    QString operator()(const InputRequest &part) const
    {
        return u"**"_s % FileWords::inputRequest() % u"** "_s % plain(part.reason) % u"\n\n"_s
            % quoted(part.message);
    }
    QString operator()(const InputAnswer &part) const
    {
        return u"**"_s % FileWords::inputAnswer(part) % u"**\n\n"_s
            % (part.isCancelled ? QString() : fencedCode(part.json, u"json"_s));
    }
    QString operator()(const TaskStatus &part) const
    {
        return u"**"_s % FileWords::task() % u"** "_s % plain(part.taskId) % u" "_s % plain(part.state);
    }
    QString operator()(const LiveValue &part) const
    {
        return u"**"_s % FileWords::liveValue(part) % u"**\n\n"_s % fencedCode(part.json, u"json"_s);
    }
};

} // namespace

QString messageMarkdown(const Message &message)
{
    QStringList pieces;
    for (const MessagePart &part : message.parts) {
        const QString text = std::visit(ToMarkdown(), part.content);
        if (!text.trimmed().isEmpty())
            pieces.append(text);
    }
    return pieces.join(u"\n\n"_s);
}

QByteArray conversationMarkdown(const ConversationFile &file)
{
    QStringList pieces{u"# "_s + plain(FileWords::title(file.conversation)), plain(FileWords::about(file))};
    for (const Message &message : file.messages) {
        pieces.append(u"## "_s + plain(FileWords::heading(file, message)));
        const QString text = messageMarkdown(message);
        if (!text.isEmpty())
            pieces.append(text);
        const QString facts = FileWords::facts(file, message);
        if (!facts.isEmpty())
            pieces.append(u"*"_s % plain(facts) % u"*"_s);
    }
    return pieces.join(u"\n\n"_s).toUtf8() + '\n';
}

} // namespace Parlance
