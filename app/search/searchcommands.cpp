// SPDX-License-Identifier: Apache-2.0
#include "search/searchcommands.h"

#include "chat/workspace.h"
#include "search/searchview.h"
#include "window/navigation.h"

#include <QScopedValueRollback>
#include <QStackedWidget>

namespace Parlance {

SearchCommands::SearchCommands(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_with(parts)
    , m_view(new SearchView(parts.theme, parts.workspace, parts.stack))
    , m_page(parts.stack->currentWidget())
{
    m_with.stack->addWidget(m_view);
    connect(m_view, &SearchView::chosen, this, &SearchCommands::visit);
    connect(m_view, &SearchView::closeAsked, this, &SearchCommands::goBack);
    connect(m_with.navigation, &Navigation::chatChanged, this, &SearchCommands::onChatChanged);
    connect(m_with.transcript, &TranscriptView::findChanged, this, &SearchCommands::onFindChanged);
    connect(m_with.transcript, &TranscriptView::findEscaped, this, [this] {
        if (!m_visited.isEmpty())
            goBack();
    });
}

bool SearchCommands::isOpen() const
{
    return m_with.stack->currentWidget() == m_view;
}

void SearchCommands::open(const QString &words)
{
    if (!isOpen() && m_visited.isEmpty()) {
        const Chat *chat = m_with.navigation->chat();
        m_origin = chat ? chat->conversation().id : ConversationId();
        m_place = m_with.transcript->readingPlace();
    }
    m_visited = {};
    m_with.stack->setCurrentWidget(m_view);
    m_view->begin(words);
}

void SearchCommands::close()
{
    m_visited = {};
    if (isOpen())
        m_with.stack->setCurrentWidget(m_page);
}

bool SearchCommands::goBack()
{
    if (!m_visited.isEmpty()) {
        m_visited = {};
        m_with.transcript->closeFind();
        m_with.stack->setCurrentWidget(m_view);
        m_view->comeBack();
        return true;
    }
    if (!isOpen())
        return false;
    const Chat *chat = m_with.navigation->chat();
    const bool isElsewhere = chat && chat->conversation().id != m_origin;
    close();
    if (isElsewhere && m_with.workspace->conversation(m_origin)) {
        m_with.navigation->openConversation(m_origin);
        whenLoaded([this] { m_with.transcript->returnTo(m_place); });
    } else if (!m_place.message.isEmpty()) {
        m_with.transcript->returnTo(m_place);
    }
    Q_EMIT closed();
    return true;
}

void SearchCommands::visit(const SearchHit &hit)
{
    if (!m_with.workspace->conversation(hit.conversation))
        return;
    const QString typed = m_view->typed();
    {
        const QScopedValueRollback guard(m_isMoving, true);
        m_with.navigation->openConversation(hit.conversation);
        m_with.stack->setCurrentWidget(m_page);
    }
    m_with.transcript->setFocus(Qt::OtherFocusReason);
    whenLoaded([this, hit, typed] { show(hit, typed); });
}

void SearchCommands::show(const SearchHit &hit, const QString &typed)
{
    m_visited = hit.conversation;
    const QScopedValueRollback guard(m_isMoving, true);
    // What was found may stand in an attempt that is not shown.
    if (Chat *chat = m_with.navigation->chat())
        chat->showAttempt(hit.message);
    m_with.transcript->showFound(hit.message, hit.part, typed);
}

void SearchCommands::whenLoaded(const std::function<void()> &function)
{
    disconnect(m_loading);
    Chat *chat = m_with.navigation->chat();
    if (!chat)
        return;
    if (chat->isLoaded())
        function();
    else
        m_loading = connect(chat, &Chat::loaded, this, function,
                            Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection));
}

void SearchCommands::onChatChanged()
{
    disconnect(m_loading);
    if (!m_isMoving)
        close();
}

// Who closes the bar stays where the search led to.
void SearchCommands::onFindChanged()
{
    if (!m_isMoving && !m_with.transcript->finder().isActive())
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (!m_with.transcript->finder().isActive())
                    m_visited = {};
            },
            Qt::QueuedConnection);
}

} // namespace Parlance
