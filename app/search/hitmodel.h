// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/search.h"

#include <QAbstractListModel>

#include <functional>

namespace Parlance {

class ConversationSearch;
class Workspace;

//! What a search found, a row for each message; further pages come as the list is scrolled.
class HitModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Roles {
        TitleRole = Qt::UserRole + 1, //!< of the conversation
        DetailRole, //!< agent, qualifier, who, what
        TimeRole,
        DotRole, //!< index of the agent's colour
        SnippetRole,
    };

    HitModel(Workspace *workspace, ConversationSearch *search, std::function<QDateTime()> now,
             QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

    const SearchHit &at(int row) const;

private:
    QString detail(const SearchHit &hit) const;

    Workspace *m_workspace;
    ConversationSearch *m_search;
    std::function<QDateTime()> m_now;
    int m_rows = 0;
};

//! What a message is called in words: "You", "Agent".
QString roleWord(Role role);

} // namespace Parlance
