// SPDX-License-Identifier: Apache-2.0
#include "window/conversationsmodel.h"

#include "chat/comparisonbook.h"
#include "chat/workspace.h"
#include "window/relativetime.h"

#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace Parlance {

ConversationsModel::ConversationsModel(Workspace *workspace, std::function<QDateTime()> now, QObject *parent)
    : RowModel(parent)
    , m_workspace(workspace)
    , m_now(now ? std::move(now) : [] { return QDateTime::currentDateTime(); })
{
    for (const auto signal :
         {&Workspace::conversationAdded, &Workspace::conversationChanged, &Workspace::conversationRemoved})
        connect(workspace, signal, this, &ConversationsModel::refresh);
    connect(workspace, &Workspace::streamingCountChanged, this, &ConversationsModel::refresh);
}

void ConversationsModel::setAgent(const AgentId &agent)
{
    m_agent = agent;
    refresh();
}

void ConversationsModel::refresh()
{
    std::vector<Row> rows;
    if (!m_agent.isEmpty()) {
        const std::vector<Conversation> conversations = m_workspace->conversations(m_agent);
        // Of a time that knows its zone's offset no row needs to ask for it, which looks at a file.
        const QDateTime now = m_now().toTimeZone(QTimeZone::systemTimeZone());
        rows.reserve(conversations.size());
        for (const Conversation &conversation : conversations) {
            if (!m_workspace->comparisons()->hides(conversation.id))
                rows.push_back(rowOf(conversation, now));
        }
    }
    setRows(rows);
}

QString ConversationsModel::titleOf(const Conversation &conversation)
{
    return conversation.title.isEmpty() ? tr("New conversation") : conversation.title;
}

Row ConversationsModel::rowOf(const Conversation &conversation, const QDateTime &now) const
{
    QStringList words;
    if (!conversation.qualifier.isEmpty())
        words.append(conversation.qualifier);
    words.append(relativeTime(conversation.lastActive, now, QLocale()));
    if (!conversation.importedFrom.isEmpty())
        words.append(tr("imported"));
    if (conversation.hasFailed)
        words.append(tr("failed"));
    return {.id = conversation.id.value(),
            .title = titleOf(conversation),
            .detail = words.join(u" · "_s),
            .isUnread = conversation.isUnread,
            .isStreaming = m_workspace->isStreaming(conversation.id),
            .isEditable = true};
}

bool ConversationsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const QString title = value.toString().simplified();
    if (role != Qt::EditRole || !index.isValid() || title.isEmpty())
        return false;
    const Row &row = at(index.row());
    if (title != row.title)
        m_workspace->rename(ConversationId(row.id), title);
    return true;
}

QString ConversationsModel::spokenState(const Row &row) const
{
    return stateWords(row);
}

} // namespace Parlance
