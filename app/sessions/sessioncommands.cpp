// SPDX-License-Identifier: Apache-2.0
#include "sessions/sessioncommands.h"

#include "chat/errorcatalogue.h"
#include "chat/healthwatch.h"
#include "chat/sessionbook.h"
#include "chat/workspace.h"
#include "core/whendone.h"
#include "sessions/seenwatch.h"
#include "sessions/sessionclock.h"
#include "sessions/sessionsdialog.h"
#include "transcript/transcriptview.h"
#include "window/actions.h"
#include "window/agentsmodel.h"
#include "window/header.h"
#include "window/notices.h"
#include "window/settings.h"

#include <QAction>
#include <QGuiApplication>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {

SessionCommands::SessionCommands(Collaborators with, Actions *actions, QMainWindow *window)
    : QObject(window)
    , m_with(with)
    , m_actions(actions)
    , m_window(window)
{
    watch();
    connect(actions->endSession, &QAction::triggered, this, &SessionCommands::askToEnd);
    connect(actions->openSessions, &QAction::triggered, this, &SessionCommands::openList);
    connect(with.transcript, &TranscriptView::newSessionRequested, actions->newSession, &QAction::trigger);
    connect(with.transcript, &TranscriptView::goOnRequested, this, [this] {
        if (m_chat)
            m_chat->goOnInSession();
    });
    refresh();
}

void SessionCommands::watch()
{
    auto *seen = new SeenWatch(m_window);
    m_clock = new SessionClock(seen, this);
    connect(m_clock, &SessionClock::ticked, m_with.header, &Header::showClock);
    HealthWatch *health = m_with.workspace->health();
    connect(seen, &SeenWatch::changed, health, &HealthWatch::setWatching);
    health->setWatching(seen->isSeen());
    m_with.agentRows->setHealth(health);
}

void SessionCommands::setChat(Chat *chat)
{
    if (m_chat)
        m_chat->disconnect(this);
    m_chat = chat;
    m_clock->setChat(chat);
    if (chat) {
        for (const auto signal : {&Chat::sessionChanged, &Chat::conversationChanged, &Chat::loaded})
            connect(chat, signal, this, &SessionCommands::refresh);
        connect(chat, &Chat::answerFinished, this, &SessionCommands::refresh);
        connect(chat, &Chat::streamingChanged, this, &SessionCommands::refresh);
    }
    refresh();
}

void SessionCommands::refresh()
{
    const bool canEnd = m_chat && m_with.workspace->sessionOf(m_chat->conversation().id).has_value();
    m_actions->endSession->setEnabled(canEnd);
}

void SessionCommands::askToEnd()
{
    const auto session = m_chat ? m_with.workspace->sessionOf(m_chat->conversation().id) : std::nullopt;
    if (!session)
        return;
    const QString lost = tr("What the agent remembers of this conversation is lost, and so are the files it "
                            "keeps on the session's machine. What stands here stays.");
    m_with.notices->ask({.title = tr("End this session?"),
                         .text = m_chat->isStreaming()
                             ? tr("%1 The answer that is still coming is cut off.").arg(lost)
                             : lost,
                         .yes = tr("End session")},
                        m_window, [this, session = *session] { end(session); });
}

void SessionCommands::end(const RuntimeSession &session)
{
    m_with.notices->show({.key = u"endSession"_s, .text = tr("Ending the session…")});
    whenDone(
        m_with.workspace->endSession(session), this,
        [this, session](const Result<SessionEnd> &end) {
            if (end) {
                m_with.notices->show(
                    {.key = u"endSession"_s,
                     .text = *end == SessionEnd::Ended
                         ? tr("The session was ended. The next message begins a new one.")
                         : tr("The service knows this session no longer. The next message begins a new one."),
                     .lifetime = 8s});
                return;
            }
            const ErrorWords words = errorWords(end.error(), m_with.workspace->agents()->find(session.agent));
            const QString title = words.title.isEmpty() ? end.error().message : words.title;
            m_with.notices->show(
                {.key = u"endSession"_s,
                 .tone = NoticeTone::Bad,
                 .text = tr("The session could not be ended. %1 %2").arg(title, words.advice),
                 .actionText = tr("Try again"),
                 .action = [this, session] { this->end(session); }});
        },
        [this] { m_with.notices->dismiss(u"endSession"_s); });
}

void SessionCommands::openList()
{
    auto *dialog =
        new SessionsDialog(m_with.theme, m_with.workspace, SessionsDialog::Occasion::Asked, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

bool SessionCommands::holdsQuit()
{
    // A desktop that logs out waits for nobody's questions.
    if (m_mayQuit || qGuiApp->isSavingSession() || !m_with.settings->asksAboutOpenSessions()
        || m_with.workspace->sessions()->open().empty())
        return false;
    if (m_question) {
        m_question->raise();
        return true;
    }
    m_question =
        new SessionsDialog(m_with.theme, m_with.workspace, SessionsDialog::Occasion::Quitting, m_window);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_question, &QDialog::finished, this, [this, dialog = m_question.data()] {
        m_question.clear();
        if (dialog->isUnasked())
            m_with.settings->setAsksAboutOpenSessions(false);
    });
    connect(m_question, &SessionsDialog::mayQuit, this, [this, dialog = m_question.data()] {
        m_mayQuit = true;
        dialog->accept();
        m_window->close();
    });
    m_question->open();
    return true;
}

} // namespace Parlance
