// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/switchermodel.h"
#include "theme/theme.h"

#include <QDialog>

class QLineEdit;
class QListView;
class QPushButton;
class QStackedWidget;

namespace Parlance {

class ThemedLabel;

//! One field and a list: go to any agent or conversation by a few letters of its name.
class SwitcherDialog : public QDialog
{
    Q_OBJECT
public:
    SwitcherDialog(const Theme *theme, Workspace *workspace, QWidget *parent = nullptr);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    //! Exactly one of these, just before the dialog is accepted.
    void agentChosen(const Parlance::AgentId &id);
    void conversationChosen(const Parlance::ConversationId &id);
    //! Or this: the words are meant for all messages.
    void searchAsked(const QString &words);

private:
    void onTyped(const QString &typed);
    void choose(const QModelIndex &index);
    void searchMessages();
    void applyTheme();

    const Theme *m_theme;
    SwitcherModel m_model;
    QLineEdit *m_field;
    QListView *m_list;
    ThemedLabel *m_empty;
    QStackedWidget *m_stack;
    QPushButton *m_search;
};

} // namespace Parlance
