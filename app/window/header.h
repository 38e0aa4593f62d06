// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/chat.h"
#include "theme/panel.h"

#include <QPointer>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace Parlance {

class Actions;
class Chip;
class ElidingButton;
class IdentityChip;
class IdentityCommands;
class Workspace;

//! Agent, qualifier with the version it serves, session, state. Below it a strip in the agent's colour
//! when the agent is marked production.
class Header : public Panel
{
    Q_OBJECT
public:
    Header(const Theme *theme, Workspace *workspace, Actions *actions, QWidget *parent = nullptr);

    //! Null: nothing is open.
    void setChat(Chat *chat);
    void setIdentityCommands(IdentityCommands *commands);
    //! Offers the way to the agents and conversations while they are not beside the page.
    void setOffersSidebar(bool offers);
    //! Lower, for a window that is not high.
    void setCompact(bool isCompact);
    //! How long the session has, as it stands now.
    void showClock();

Q_SIGNALS:
    void qualifierChosen(const QString &qualifier);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void restyle();
    void refresh();
    //! Leaves out what there is no room for, first what can be seen elsewhere too.
    void arrange();
    QString stateText() const;
    QString servedVersion() const;
    void openQualifier();
    void openSessionMenu(const QPoint &at);

    Workspace *m_workspace;
    Actions *m_actions;
    QPointer<Chat> m_chat;
    QHBoxLayout *m_row;
    QToolButton *m_sidebar;
    ElidingButton *m_agent;
    Chip *m_qualifier;
    Chip *m_compare;
    Chip *m_session;
    IdentityChip *m_identity;
    Chip *m_connection;
    QLabel *m_state;
    ColourRole m_stateInk = ColourRole::InkFaint;
    QString m_clock; //!< in words; empty: nothing to tell
    bool m_isCompact = false;
};

} // namespace Parlance
