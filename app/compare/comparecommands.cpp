// SPDX-License-Identifier: Apache-2.0
#include "compare/comparecommands.h"

#include "chat/chat.h"
#include "chat/comparisonbook.h"
#include "chat/workspace.h"
#include "compare/columnchooser.h"
#include "compare/comparedialog.h"
#include "compare/comparewindow.h"
#include "window/actions.h"

#include <QAction>

#include <utility>

namespace Parlance {

CompareCommands::CompareCommands(const MainWindow::Collaborators &with, Actions *actions, QWidget *window)
    : QObject(window)
    , m_with(with)
    , m_window(window)
    , m_compare(actions->compare)
    , m_replay(actions->replay)
{
    m_compare->setEnabled(false);
    m_replay->setEnabled(false);
    connect(m_compare, &QAction::triggered, this, &CompareCommands::ask);
    connect(m_replay, &QAction::triggered, this, &CompareCommands::askForReplay);
}

CompareCommands::~CompareCommands()
{
    for (const auto &[id, window] : std::exchange(m_windows, {})) {
        if (window)
            window->disconnect(this);
        delete window;
    }
}

void CompareCommands::setChat(Chat *chat)
{
    m_chat = chat;
    m_compare->setEnabled(chat);
    m_replay->setEnabled(chat);
}

void CompareCommands::ask()
{
    if (!m_chat)
        return;
    const Conversation &conversation = m_chat->conversation();
    if (const Comparison *of = m_with.workspace->comparisons()->of(conversation.id)) {
        open(of->id);
        return;
    }
    std::vector<ColumnChoice> first = knownChoices(conversation);
    first.resize(SideBySide::leastColumns, first.front());
    auto *dialog =
        new CompareDialog(m_with.theme, m_with.workspace, CompareDialog::Purpose::Begin, first, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CompareDialog::chosen, this, [this](const std::vector<ColumnChoice> &choices) {
        open(SideBySide::begin(m_with.workspace, choices));
    });
    connect(dialog, &CompareDialog::earlierChosen, this, [this](const ComparisonId &id) { open(id); });
    dialog->open();
}

std::vector<ColumnChoice> CompareCommands::knownChoices(const Conversation &conversation) const
{
    std::vector<ColumnChoice> choices{{.agent = conversation.agent, .qualifier = conversation.qualifier}};
    for (const QString &qualifier : ColumnChooser::knownQualifiers(*m_with.workspace, conversation.agent)) {
        if (qualifier != conversation.qualifier)
            choices.push_back({.agent = conversation.agent, .qualifier = qualifier});
    }
    return choices;
}

void CompareCommands::askForReplay()
{
    if (!m_chat)
        return;
    const ConversationId original = m_chat->conversation().id;
    // Another endpoint than the one it was at, if one is known.
    const ColumnChoice likely = knownChoices(m_chat->conversation()).size() > 1
        ? knownChoices(m_chat->conversation()).at(1)
        : knownChoices(m_chat->conversation()).front();
    auto *dialog =
        new CompareDialog(m_with.theme, m_with.workspace, CompareDialog::Purpose::Replay, {likely}, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CompareDialog::chosen, this, [this, original](const std::vector<ColumnChoice> &choices) {
        open(SideBySide::beginReplay(m_with.workspace, original, choices), true);
    });
    dialog->open();
}

void CompareCommands::open(const ComparisonId &id, bool begins)
{
    if (!m_with.workspace->comparisons()->find(id))
        return;
    QPointer<CompareWindow> &window = m_windows[id];
    if (!window) {
        window = new CompareWindow(m_with, id);
        window->setAttribute(Qt::WA_DeleteOnClose);
        // The program ends with its main window.
        window->setAttribute(Qt::WA_QuitOnClose, false);
        connect(window, &CompareWindow::conversationAsked, this, [this](const ConversationId &conversation) {
            m_window->raise();
            m_window->activateWindow();
            Q_EMIT conversationAsked(conversation);
        });
        connect(window->comparison(), &SideBySide::columnsChanged, this, &CompareCommands::tellBeside);
        // By then it is no window of ours any more, so that nothing may ask it.
        connect(window, &QObject::destroyed, this, [this, id] {
            m_windows.erase(id);
            tellBeside();
        });
        tellBeside();
    }
    if (begins)
        window->replay();
    window->show();
    window->raise();
    window->activateWindow();
}

// What stands in a window is looked at: it stays in memory, and does not become unread.
void CompareCommands::tellBeside()
{
    std::vector<ConversationId> beside;
    for (const auto &[id, window] : m_windows) {
        if (!window)
            continue;
        const std::vector<ConversationId> &columns = window->comparison()->comparison().columns;
        beside.insert(beside.end(), columns.begin(), columns.end());
    }
    m_with.workspace->setBeside(std::move(beside));
}

} // namespace Parlance
