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

namespace Parlance {

CompareCommands::CompareCommands(const MainWindow::Collaborators &with, Actions *actions, QWidget *window)
    : QObject(window)
    , m_with(with)
    , m_window(window)
    , m_compare(actions->compare)
{
    m_compare->setEnabled(false);
    connect(m_compare, &QAction::triggered, this, &CompareCommands::ask);
}

CompareCommands::~CompareCommands()
{
    for (const auto &[id, window] : m_windows)
        delete window;
}

void CompareCommands::setChat(Chat *chat)
{
    m_chat = chat;
    m_compare->setEnabled(chat);
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
    // The endpoint one is at, and the next one that is known.
    std::vector<ColumnChoice> first{{.agent = conversation.agent, .qualifier = conversation.qualifier}};
    for (const QString &qualifier : ColumnChooser::knownQualifiers(*m_with.workspace, conversation.agent)) {
        if (first.size() < SideBySide::leastColumns && qualifier != conversation.qualifier)
            first.push_back({.agent = conversation.agent, .qualifier = qualifier});
    }
    if (first.size() < SideBySide::leastColumns)
        first.push_back(first.front());
    auto *dialog =
        new CompareDialog(m_with.theme, m_with.workspace, CompareDialog::Purpose::Begin, first, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CompareDialog::chosen, this, [this](const std::vector<ColumnChoice> &choices) {
        open(SideBySide::begin(m_with.workspace, choices));
    });
    connect(dialog, &CompareDialog::earlierChosen, this, &CompareCommands::open);
    dialog->open();
}

void CompareCommands::open(const ComparisonId &id)
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
        connect(window, &QObject::destroyed, this, &CompareCommands::tellBeside);
        tellBeside();
    }
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
