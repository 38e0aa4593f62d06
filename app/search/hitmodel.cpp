// SPDX-License-Identifier: Apache-2.0
#include "search/hitmodel.h"

#include "chat/conversationsearch.h"
#include "chat/comparisonbook.h"
#include "chat/workspace.h"
#include "window/conversationsmodel.h"
#include "window/relativetime.h"

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// What of the answer was found, if it is not its words.
QString partWord(const QString &kind)
{
    if (kind == "reasoning"_L1)
        return HitModel::tr("thoughts");
    if (kind == "toolCall"_L1)
        return HitModel::tr("tool call");
    if (kind == "toolResult"_L1)
        return HitModel::tr("tool result");
    if (kind == "citation"_L1)
        return HitModel::tr("source");
    if (kind == "error"_L1)
        return HitModel::tr("error");
    if (kind == "attachment"_L1)
        return HitModel::tr("attachment");
    if (kind == "raw"_L1)
        return HitModel::tr("event");
    return {};
}

QString stateWord(MessageState state)
{
    switch (state) {
    case MessageState::Queued:
        return HitModel::tr("queued");
    case MessageState::Streaming:
        return HitModel::tr("streaming");
    case MessageState::Stopped:
        return HitModel::tr("stopped");
    case MessageState::Interrupted:
        return HitModel::tr("interrupted");
    case MessageState::Failed:
        return HitModel::tr("failed");
    case MessageState::Complete:
        break;
    }
    return {};
}

} // namespace

QString roleWord(Role role)
{
    return role == Role::User ? HitModel::tr("You") : HitModel::tr("Agent");
}

HitModel::HitModel(Workspace *workspace, ConversationSearch *search, std::function<QDateTime()> now,
                   QObject *parent)
    : QAbstractListModel(parent)
    , m_workspace(workspace)
    , m_search(search)
    , m_now(now ? std::move(now) : [] { return QDateTime::currentDateTime(); })
{
    connect(search, &ConversationSearch::answered, this, [this] {
        beginResetModel();
        m_rows = int(m_search->hits().size());
        endResetModel();
    });
    connect(search, &ConversationSearch::grew, this, [this](int from) {
        const int count = int(m_search->hits().size());
        if (count <= from)
            return;
        beginInsertRows({}, from, count - 1);
        m_rows = count;
        endInsertRows();
    });
}

int HitModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

const SearchHit &HitModel::at(int row) const
{
    return m_search->hits()[size_t(row)];
}

bool HitModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_rows > 0 && m_rows < m_search->count() && !m_search->isBusy();
}

void HitModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        m_search->more();
}

QString HitModel::detail(const SearchHit &hit) const
{
    QStringList words;
    const Conversation *conversation = m_workspace->conversation(hit.conversation);
    const Agent *agent = conversation ? m_workspace->agents()->find(conversation->agent) : nullptr;
    const bool isHidden = m_workspace->comparisons()->hides(hit.conversation);
    if (isHidden)
        words.append(tr("in a blind comparison"));
    if (agent && !isHidden)
        words.append(agent->name);
    if (!hit.qualifier.isEmpty() && !isHidden)
        words.append(hit.qualifier);
    words.append(roleWord(hit.role));
    for (const QString &word : {partWord(hit.partKind), stateWord(hit.state)}) {
        if (!word.isEmpty() && words.constLast() != word)
            words.append(word);
    }
    return words.join(u" · "_s);
}

QVariant HitModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows)
        return {};
    const SearchHit &hit = at(index.row());
    const Conversation *conversation = m_workspace->conversation(hit.conversation);
    const QString title = conversation ? ConversationsModel::titleOf(*conversation) : QString();
    switch (role) {
    case Qt::DisplayRole:
    case TitleRole:
        return title;
    case DetailRole:
        return detail(hit);
    case TimeRole:
        return relativeTime(hit.created, m_now(), QLocale());
    case DotRole: {
        const bool isHidden = m_workspace->comparisons()->hides(hit.conversation);
        const Agent *agent =
            conversation && !isHidden ? m_workspace->agents()->find(conversation->agent) : nullptr;
        return agent ? agent->colour : 0;
    }
    case SnippetRole:
        return hit.snippet;
    case Qt::AccessibleTextRole:
        return tr("%1, %2, %3: %4")
            .arg(title, detail(hit), relativeTime(hit.created, m_now(), QLocale()), hit.snippet);
    default:
        return {};
    }
}

} // namespace Parlance
