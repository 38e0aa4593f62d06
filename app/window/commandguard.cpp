// SPDX-License-Identifier: Apache-2.0
#include "window/commandguard.h"

#include "chat/typedwords.h"
#include "window/notices.h"

#include <QWidget>

namespace Parlance {
namespace {

// Enough to know it again by.
constexpr qsizetype longestShown = 200;

} // namespace

CommandGuard::CommandGuard(Notices *notices, QWidget *window)
    : QObject(window)
    , m_notices(notices)
    , m_window(window)
{
}

void CommandGuard::allow(const Chat *chat, const QString &line, std::function<void()> run)
{
    if (!chat->agent().isProduction) {
        run();
        return;
    }
    const QString shown = line.size() > longestShown ? QString(line.left(longestShown) % u'…') : line;
    m_notices->ask({.title = tr("Run this on a production agent?"),
                    .text = tr("%1 is marked production. On the machine of its session this is run:\n\n%2")
                                .arg(chat->agent().name, shown),
                    .yes = tr("Run")},
                   m_window, std::move(run));
}

void CommandGuard::retry(Chat *chat, const MessageId &answer, AttemptSession session)
{
    const Message *old = chat->find(answer);
    const Message *question = old ? chat->find(old->answerTo) : nullptr;
    const Command *command = question ? commandOf(*question) : nullptr;
    if (!command) {
        chat->retry(answer, session);
        return;
    }
    const QPointer<Chat> asked(chat);
    allow(chat, command->line, [asked, answer = MessageId(answer.value()), session] {
        if (asked)
            asked->retry(answer, session);
    });
}

} // namespace Parlance
