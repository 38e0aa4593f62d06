// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/agentbook.h"
#include "core/ids.h"
#include "dialogs/formdialog.h"

namespace Parlance {

class TokenField;

//! Takes the bearer token of one agent.
class TokenDialog : public FormDialog
{
    Q_OBJECT
public:
    TokenDialog(const Theme *theme, AgentBook *book, AgentId agent, QWidget *parent = nullptr);

Q_SIGNALS:
    void saved(const Parlance::AgentId &id);

private:
    void showDurability(SecretDurability durability);
    void save();
    void forget();

    AgentBook *m_book;
    AgentId m_agent;
    TokenField *m_token;
    ThemedLabel *m_help = nullptr;
    QPushButton *m_save = nullptr;
    bool m_isSaved = false; //!< only leaving is left
};

} // namespace Parlance
