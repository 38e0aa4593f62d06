// SPDX-License-Identifier: Apache-2.0
#include "window/commandguard.h"

#include "chat/typedwords.h"
#include "window/notices.h"

#include <QWidget>

namespace Parlance {
namespace {

// Enough to know it again by.
constexpr qsizetype longestShown = 200;

//! What a person's message calls; null: it is none.
const ToolCall *callOf(const Message &message)
{
    for (const MessagePart &part : message.parts) {
        if (const auto *call = std::get_if<ToolCall>(&part.content))
            return call;
    }
    return nullptr;
}

} // namespace

CommandGuard::CommandGuard(Notices *notices, QWidget *window)
    : QObject(window)
    , m_notices(notices)
    , m_window(window)
{
}

void CommandGuard::allow(const Chat *chat, const QString &line, std::function<void()> run)
{
    ask(chat, tr("Run this on a production agent?"),
        tr("%1 is marked production. On the machine of its session this is run:\n\n%2"), line, tr("Run"),
        std::move(run));
}

void CommandGuard::allowCall(const Chat *chat, const QString &tool, const QString &arguments,
                             std::function<void()> run)
{
    ask(chat, tr("Call this on a production agent?"),
        tr("%1 is marked production. This tool is called:\n\n%2"), QString(tool % u' ' % arguments),
        tr("Call"), std::move(run));
}

void CommandGuard::ask(const Chat *chat, const QString &title, const QString &words, const QString &shown,
                       const QString &yes, std::function<void()> run)
{
    if (!chat->agent().isProduction) {
        run();
        return;
    }
    const QString cut = shown.size() > longestShown ? QString(shown.left(longestShown) % u'…') : shown;
    m_notices->ask({.title = title, .text = words.arg(chat->agent().name, cut), .yes = yes}, m_window,
                   std::move(run));
}

void CommandGuard::retry(Chat *chat, const MessageId &answer, AttemptSession session)
{
    const Message *old = chat->find(answer);
    const Message *question = old ? chat->find(old->answerTo) : nullptr;
    const Command *command = question ? commandOf(*question) : nullptr;
    const ToolCall *call = question ? callOf(*question) : nullptr;
    const QPointer<Chat> asked(chat);
    const auto again = [asked, answer = MessageId(answer.value()), session] {
        if (asked)
            asked->retry(answer, session);
    };
    if (command)
        allow(chat, command->line, again);
    else if (call)
        allowCall(chat, call->name, call->arguments, again);
    else
        again();
}

} // namespace Parlance
