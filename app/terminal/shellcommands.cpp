// SPDX-License-Identifier: Apache-2.0
#include "terminal/shellcommands.h"

#include "chat/chat.h"
#include "chat/shell.h"
#include "chat/workspace.h"
#include "terminal/liveterminal.h"
#include "terminal/shellpane.h"
#include "terminal/terminalaccessible.h"
#include "terminal/terminalview.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "window/actions.h"
#include "window/notices.h"

#include <QAction>
#include <QGuiApplication>
#include <QSplitter>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {

ShellCommands::ShellCommands(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_with(parts)
    , m_pane(new ShellPane(parts.theme, parts.place))
{
    TerminalAccessible::install();
    m_with.place->addWidget(m_pane);
    m_with.place->setCollapsible(1, false);
    m_pane->hide();
    TerminalView *view = m_pane->view();
    view->addActions(
        {m_with.actions->copyFromShell, m_with.actions->pasteIntoShell, m_with.actions->selectAllOfShell});
    view->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_with.actions->copyFromShell, &QAction::triggered, view, &TerminalView::copy);
    connect(m_with.actions->pasteIntoShell, &QAction::triggered, view, &TerminalView::paste);
    connect(m_with.actions->selectAllOfShell, &QAction::triggered, view, &TerminalView::selectAll);
    connect(view, &TerminalView::pasteAsked, this, &ShellCommands::askPaste);
    connect(view, &TerminalView::textSizeStepped, this, &ShellCommands::textSizeStepped);
    connect(m_with.actions->shell, &QAction::triggered, this, &ShellCommands::toggle);
    connect(m_with.actions->largeShell, &QAction::triggered, this, [this] { setLarge(!m_pane->isLarge()); });
    connect(m_pane, &ShellPane::largeAsked, this, &ShellCommands::setLarge);
    connect(m_pane, &ShellPane::hideAsked, this, &ShellCommands::hide);
    connect(m_pane, &ShellPane::openAsked, this, &ShellCommands::openAgain);
    connect(m_pane, &ShellPane::closeAsked, this, [this] {
        if (Shell *known = shell())
            known->close();
        m_pane->view()->setFocus();
    });
    place();
}

Shell *ShellCommands::shell() const
{
    return m_chat ? m_with.workspace->knownShell(m_chat->conversation().id) : nullptr;
}

LiveTerminal *ShellCommands::terminalOf(Shell *shell)
{
    QPointer<LiveTerminal> &terminal = m_terminals[shell];
    if (!terminal) {
        terminal = new LiveTerminal(shell);
        connect(shell, &QObject::destroyed, this, [this, shell] { m_terminals.erase(shell); });
    }
    return terminal;
}

void ShellCommands::setChat(Chat *chat)
{
    m_chat = chat;
    place();
}

void ShellCommands::place()
{
    Shell *known = shell();
    const bool isShown = known && m_shown.contains(m_chat->conversation().id);
    m_pane->setTerminal(isShown ? terminalOf(known) : nullptr);
    m_pane->setVisible(isShown);
    m_with.place->widget(0)->setVisible(!isShown || !m_pane->isLarge());
    m_with.actions->largeShell->setEnabled(isShown);
    m_with.actions->shell->setEnabled(m_chat != nullptr);
}

void ShellCommands::toggle()
{
    if (m_pane->isVisible() && m_pane->view()->hasFocus())
        hide();
    else
        open();
}

void ShellCommands::open()
{
    if (!m_chat)
        return;
    const Agent &agent = m_chat->agent();
    if (const QString why = whyNoShell(agent); !why.isEmpty()) {
        m_with.notices->show({.key = u"shell"_s, .text = why, .lifetime = 8s});
        return;
    }
    const Shell *known = shell();
    if (known && known->status().state != ShellState::New)
        show();
    else if (agent.isProduction)
        askFirst();
    else
        openNow();
}

void ShellCommands::askFirst()
{
    const QPointer<Chat> asked(m_chat);
    m_with.notices->ask({.title = tr("Open a shell on a production agent?"),
                         .text = tr("What is typed there runs on the machine that serves this session of %1, "
                                    "with the rights of the agent.")
                                     .arg(m_chat->agent().name),
                         .yes = tr("Open shell")},
                        m_pane->window(), [this, asked] {
                            if (asked && asked == m_chat)
                                openNow();
                        });
}

// The pane first, so that the shell begins at its size.
void ShellCommands::openNow()
{
    Shell *made = m_with.workspace->shell(m_chat->conversation().id);
    if (!made)
        return;
    show();
    made->open();
}

void ShellCommands::openAgain()
{
    Shell *known = shell();
    if (!known)
        return;
    m_pane->view()->setFocus(Qt::OtherFocusReason);
    if (known->status().state != ShellState::Ended)
        known->open();
    else if (m_chat->agent().isProduction && known->where().agent.id != m_chat->agent().id)
        askFirst(); // the conversation has moved on to another agent
    else
        openNow();
}

void ShellCommands::show()
{
    m_shown.insert(m_chat->conversation().id);
    place();
    // From then on it is as tall as the person makes it.
    if (!std::exchange(m_hasHeight, true)) {
        const int all = m_with.place->height();
        const int wanted = std::min(m_with.theme->px(Metric::shellHeight), all / 2);
        m_with.place->setSizes({all - wanted, wanted});
    }
    m_pane->view()->setFocus(Qt::OtherFocusReason);
}

void ShellCommands::hide()
{
    if (m_chat)
        m_shown.erase(m_chat->conversation().id);
    place();
    Q_EMIT hidden();
}

void ShellCommands::setLarge(bool isLarge)
{
    m_pane->setLarge(isLarge);
    place();
    if (m_pane->isVisible())
        m_pane->view()->setFocus(Qt::OtherFocusReason);
}

void ShellCommands::askPaste(const QString &text)
{
    const QPointer<LiveTerminal> terminal(m_pane->view()->terminal());
    const auto lines = int(text.trimmed().count(u'\n')) + 1;
    m_with.notices->ask({.title = tr("Paste %n line(s) into the shell?", nullptr, lines),
                         .text = tr("The shell runs each line as soon as it comes."),
                         .yes = tr("Paste")},
                        m_pane->window(), [terminal, text] {
                            if (terminal)
                                terminal->paste(text);
                        });
}

bool ShellCommands::mayEnd(const std::function<void()> &onYes)
{
    const int live = m_with.workspace->liveShellCount();
    // A desktop that logs out waits for nobody's questions.
    if (live == 0 || std::exchange(m_isAgreed, false) || qGuiApp->isSavingSession()) {
        m_with.workspace->closeShells();
        return true;
    }
    m_with.notices->ask({.title = tr("End %n open shell(s)?", nullptr, live),
                         .text = tr("What runs in a shell ends with it."),
                         .yes = tr("End and quit")},
                        m_pane->window(), [this, onYes] {
                            m_isAgreed = true;
                            QMetaObject::invokeMethod(this, onYes, Qt::QueuedConnection);
                        });
    return false;
}

} // namespace Parlance
