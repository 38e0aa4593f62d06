// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/identitybook.h"
#include "dialogs/formdialog.h"

namespace Parlance {

class IdentitiesModel;
class IdentityCommands;
class RowList;

//! Every identity, how it stands, and what can be done with it.
class IdentitiesDialog : public FormDialog
{
    Q_OBJECT
public:
    IdentitiesDialog(const Theme *theme, IdentityBook *book, IdentityCommands *commands,
                     QWidget *parent = nullptr);

private:
    QPushButton *addCommand(const QString &text, const QString &name);
    IdentityId current() const;
    void refresh();

    IdentityBook *m_book;
    IdentityCommands *m_commands;
    IdentitiesModel *m_rows;
    RowList *m_list;
    ThemedLabel *m_empty;
    QWidget *m_buttons;
    QPushButton *m_add;
    QPushButton *m_edit;
    QPushButton *m_remove;
    QPushButton *m_signIn;
    QPushButton *m_check;
    ThemedLabel *m_details;
};

} // namespace Parlance
