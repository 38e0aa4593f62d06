// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ids.h"

#include <QAbstractListModel>

#include <optional>
#include <vector>

namespace Parlance {

class Workspace;

//! An agent or a conversation one can go to.
struct SwitcherEntry
{
    AgentId agent = {};
    ConversationId conversation = {}; //!< empty: the agent itself
    QString title = {};
    QString details = {}; //!< faint, below the title
    int colour = 0;
};

//! How well a title fits what was typed: the beginning is better than the beginning of a word, that is
//! better than the middle, that is better than letters with gaps. Empty: it does not fit.
std::optional<int> matchRank(const QString &title, const QString &typed);

//! Agents and conversations that fit what was typed, best first; without anything typed the newest first.
class SwitcherModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { DetailsRole = Qt::UserRole + 1, ColourRole };

    explicit SwitcherModel(const Workspace &workspace, QObject *parent = nullptr);

    void setTyped(const QString &typed);
    const SwitcherEntry &entry(int row) const { return m_all[m_shown[size_t(row)]]; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    std::vector<SwitcherEntry> m_all;
    std::vector<size_t> m_shown;
};

} // namespace Parlance
