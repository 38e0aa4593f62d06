// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>

class QAction;
class QWidget;

namespace Parlance {

//! Every action of the window and its shortcut. What they do is wired by MainWindow.
class Actions : public QObject
{
    Q_OBJECT
public:
    //! The actions' shortcuts work in this window.
    explicit Actions(QWidget *window);

    QAction *newConversation;
    QAction *newAgent;
    QAction *quit;
    QAction *undoDelete;
    QAction *find;
    QAction *settings;
    QAction *sidebar; //!< checkable
    QAction *inspector; //!< checkable
    QAction *largerText;
    QAction *smallerText;
    QAction *usualText;
    QAction *switcher;
    QAction *previousConversation;
    QAction *nextConversation;
    QAction *renameConversation;
    QAction *deleteConversation;
    QAction *newSession;
    QAction *copySession;
    QAction *stop;
    QAction *editAgent;
    QAction *setToken;
    QAction *deleteAgent;
    QAction *shortcuts;
    QAction *about;

    //! In the order of the menus, for the list of shortcuts.
    const QList<QAction *> &all() const { return m_all; }

private:
    QAction *add(const QString &name, const QString &text, const QList<QKeySequence> &keys = {});
    //! Works only while the widget it is added to has the focus.
    QAction *addForWidget(const QString &name, const QString &text, const QKeySequence &key);

    QWidget *m_window;
    QList<QAction *> m_all;
};

} // namespace Parlance
