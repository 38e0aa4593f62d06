// SPDX-License-Identifier: Apache-2.0
#include "window/attemptcommands.h"

#include "chat/typedwords.h"
#include "transcript/outputblocks.h"
#include "transcript/partblocks.h"
#include "transcript/transcriptview.h"
#include "window/actions.h"
#include "window/commandguard.h"
#include "window/composer.h"
#include "window/editstrip.h"
#include "window/qualifierpopup.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int longestWords = 48;

QString failureWord(MessageState state)
{
    switch (state) {
    case MessageState::Failed:
        return AttemptCommands::tr("failed");
    case MessageState::Stopped:
        return AttemptCommands::tr("stopped");
    case MessageState::Interrupted:
        return AttemptCommands::tr("interrupted");
    case MessageState::Streaming:
        return AttemptCommands::tr("streaming");
    case MessageState::Queued:
        return AttemptCommands::tr("waiting");
    case MessageState::Complete:
        break;
    }
    return {};
}

} // namespace

AttemptCommands::AttemptCommands(Actions *actions, TranscriptView *transcript, Composer *composer,
                                 CommandGuard *guard, QWidget *window)
    : QObject(window)
    , m_transcript(transcript)
    , m_composer(composer)
    , m_guard(guard)
    , m_window(window)
{
    connect(transcript, &TranscriptView::editRequested, composer, &Composer::edit);
    connect(transcript, &TranscriptView::regenerateRequested, this, &AttemptCommands::askRegenerate);
    connect(transcript, &TranscriptView::attemptListRequested, this, &AttemptCommands::list);
    connect(transcript, &TranscriptView::attemptStepRequested, this,
            [this](const MessageId &message, int by) {
                if (m_chat)
                    m_chat->stepAttempt(message, by);
            });
    connect(actions->editMessage, &QAction::triggered, this, [this] {
        if (const MessageId message = m_transcript->currentMessage(Role::User); !message.isEmpty())
            m_composer->edit(message);
    });
    connect(actions->regenerate, &QAction::triggered, this, [this] {
        if (const MessageId answer = m_transcript->currentMessage(Role::Agent); !answer.isEmpty())
            askRegenerate(answer, m_transcript->placeOf(answer));
    });
    connect(actions->previousAttempt, &QAction::triggered, this, [this] { m_transcript->stepAttempt(-1); });
    connect(actions->nextAttempt, &QAction::triggered, this, [this] { m_transcript->stepAttempt(1); });
}

void AttemptCommands::setChat(Chat *chat)
{
    m_chat = chat;
}

void AttemptCommands::open(QMenu *menu, const QString &name, const QPoint &at)
{
    menu->setObjectName(name);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    menu->popup(at);
}

void AttemptCommands::askRegenerate(const MessageId &answer, const QPoint &at)
{
    if (!m_chat)
        return;
    if (m_chat->isStreaming()) {
        m_transcript->announce(tr("An answer is still coming. Stop it first."));
        return;
    }
    const QPointer<Chat> chat(m_chat);
    auto *menu = new QMenu(m_window);
    const AttemptSession suggested = m_chat->suggestedSession(answer);
    const auto offer = [&](AttemptSession session, const QString &words) {
        QAction *action =
            menu->addAction(tr("%1: %2").arg(words, sessionWords(session, m_chat->sendsHistory())), this,
                            [this, chat, answer, session] {
                                if (chat)
                                    m_guard->retry(chat, answer, session);
                            });
        if (session == suggested)
            menu->setActiveAction(action);
    };
    const Message *old = m_chat->find(answer);
    if (old && isCommandRun(*old)) {
        offer(AttemptSession::Current, tr("Run again in this session"));
        offer(AttemptSession::New, tr("Run again in a new session"));
    } else {
        offer(AttemptSession::Current, tr("Regenerate in this session"));
        offer(AttemptSession::New, tr("Regenerate in a new session"));
    }
    open(menu, u"regenerateMenu"_s, at);
}

QString AttemptCommands::wordsOf(const Message &message, int number) const
{
    QStringList facts{QString::number(number)};
    if (message.role == Role::User) {
        const QString words = typedText(message).simplified();
        facts.append(words.size() > longestWords ? QString(words.left(longestWords) % u'…') : words);
    }
    if (!message.session.isEmpty())
        facts.append(tr("session %1").arg(shortSession(message.session)));
    facts.append(message.qualifier.isEmpty() ? defaultQualifierName() : message.qualifier);
    if (!message.servedVersion.isEmpty())
        facts.append(tr("version %1").arg(message.servedVersion));
    if (const QString state = failureWord(message.state); !state.isEmpty())
        facts.append(state);
    // An ampersand would mark a letter.
    return facts.join(u" · "_s).replace(u'&', u"&&"_s);
}

void AttemptCommands::list(const MessageId &message, const QPoint &at)
{
    if (!m_chat)
        return;
    const QPointer<Chat> chat(m_chat);
    auto *menu = new QMenu(m_window);
    auto *group = new QActionGroup(menu);
    int number = 0;
    for (const MessageId &id : m_chat->attempts(message)) {
        const Message *attempt = m_chat->find(id);
        if (!attempt)
            continue;
        QAction *action = menu->addAction(wordsOf(*attempt, ++number), this, [chat, id] {
            if (chat)
                chat->showAttempt(id);
        });
        action->setCheckable(true);
        action->setChecked(id == message);
        action->setToolTip(attempt->session.value());
        group->addAction(action);
        if (id == message)
            menu->setActiveAction(action);
    }
    open(menu, u"attemptMenu"_s, at);
}

} // namespace Parlance
