// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/chat.h"
#include "window/rowmodel.h"

#include "core/conversation.h"

#include <QDateTime>
#include <functional>

namespace Parlance {

class Workspace;

//! The conversations of one agent, newest activity first; without those of a comparison that is blind.
class ConversationsModel : public RowModel
{
    Q_OBJECT
public:
    //! now is asked whenever times are worked out, so that a test can hold the clock.
    explicit ConversationsModel(Workspace *workspace, std::function<QDateTime()> now = {},
                                QObject *parent = nullptr);

    void setAgent(const AgentId &agent);
    //! Works out the times again.
    void refresh();

    //! Renames the conversation.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

    static QString titleOf(const Conversation &conversation);

protected:
    QString spokenState(const Row &row) const override;

private:
    Row rowOf(const Conversation &conversation, const QDateTime &now) const;

    Workspace *m_workspace;
    std::function<QDateTime()> m_now;
    AgentId m_agent;
};

} // namespace Parlance
