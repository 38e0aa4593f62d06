// SPDX-License-Identifier: Apache-2.0
#include "desktop/answerwatch.h"

#include "chat/asking.h"
#include "chat/comparisonbook.h"
#include "chat/workspace.h"
#include "desktop/desktopnotifier.h"
#include "transcript/partblocks.h"
#include "window/settings.h"

#include <QApplication>

namespace Parlance {

AnswerWatch::AnswerWatch(Workspace *workspace, const Settings *settings, QWidget *window)
    : QObject(window)
    , m_workspace(workspace)
    , m_settings(settings)
    , m_window(window)
    , m_notifier(new DesktopNotifier(this))
{
    // A dialog of ours is in front of the window, and the person is there all the same.
    connect(qApp, &QGuiApplication::applicationStateChanged, this,
            [this](Qt::ApplicationState state) { setWindowFront(state == Qt::ApplicationActive); });
    connect(workspace, &Workspace::answerFinished, this, &AnswerWatch::onAnswerFinished);
    connect(workspace, &Workspace::conversationChanged, this, &AnswerWatch::onConversationChanged);
    for (const auto signal : {&Workspace::conversationAdded, &Workspace::conversationRemoved})
        connect(workspace, signal, this, &AnswerWatch::refreshCount);
    connect(workspace, &Workspace::ready, this, &AnswerWatch::refreshCount);
    connect(m_notifier, &DesktopNotifier::opened, this, &AnswerWatch::conversationAsked);
}

void AnswerWatch::setWindowFront(bool isFront)
{
    m_isFront = isFront;
    m_workspace->setWindowFront(isFront);
}

void AnswerWatch::onAnswerFinished(const ConversationId &conversation, const MessageId &answer)
{
    Chat *chat = m_workspace->chat(conversation);
    const Message *message = chat ? chat->find(answer) : nullptr;
    // What the person stopped needs no telling.
    if (!message || m_isFront || !m_settings->tellsOfLongAnswers() || message->state == MessageState::Stopped)
        return;
    const auto took = message->timings->total
        ? std::chrono::duration_cast<std::chrono::milliseconds>(*message->timings->total)
        : std::chrono::milliseconds(message->created.msecsTo(QDateTime::currentDateTimeUtc()));
    if (took < m_longAnswer)
        return;
    if (m_window)
        QApplication::alert(m_window);
    // Nothing of what was said: others may see the screen.
    const QString agent = chat->agent().name;
    const QString title = m_workspace->comparisons()->hides(conversation)
        ? tr("An answer has ended in a blind comparison")
        : message->state != MessageState::Complete ? tr("The answer of %1 failed").arg(agent)
        : asksThePerson(*message)                  ? tr("%1 asks you something").arg(agent)
                                                   : tr("%1 has answered").arg(agent);
    m_notifier->show(conversation, title, tr("It took %1.").arg(durationText(took)));
}

void AnswerWatch::onConversationChanged(const ConversationId &conversation)
{
    const Conversation *changed = m_workspace->conversation(conversation);
    if (changed && !changed->isUnread)
        m_notifier->withdraw(conversation);
    refreshCount();
}

void AnswerWatch::refreshCount()
{
    m_notifier->setCount(m_workspace->unreadCount());
}

} // namespace Parlance
