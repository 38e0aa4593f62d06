// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ids.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <map>
#include <set>

class QSplitter;

namespace Parlance {

class Actions;
class Chat;
class LiveTerminal;
class Notices;
class Shell;
class ShellPane;
class Theme;
class Workspace;

//! The shells of the window: one for each conversation that wants it, in a pane under the page. A shell goes
//! on while its pane is hidden or another conversation is shown.
class ShellCommands : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        const Theme *theme = nullptr;
        Workspace *workspace = nullptr;
        const Actions *actions = nullptr;
        Notices *notices = nullptr;
        QSplitter *place = nullptr; //!< has the page; gets the pane under it
    };
    ShellCommands(const Parts &parts, QObject *parent);

    ShellPane *pane() const { return m_pane; }
    void setChat(Chat *chat);
    //! Shows the shell, opens it if it is not, and gives it the keyboard; hides it if it has that.
    void toggle();
    void hide();
    //! True if there is nothing to lose, or the person has said so. Else asks, and then calls the function.
    bool mayEnd(const std::function<void()> &onYes);

Q_SIGNALS:
    void textSizeStepped(int by);
    //! The pane has gone: the page wants the keyboard.
    void hidden();

private:
    Shell *shell() const;
    LiveTerminal *terminalOf(Shell *shell);
    void open();
    void askFirst();
    void openNow();
    void openAgain();
    void show();
    void place();
    void setLarge(bool isLarge);
    void askPaste(const QString &text);

    Parts m_with;
    ShellPane *m_pane;
    QPointer<Chat> m_chat;
    std::map<Shell *, QPointer<LiveTerminal>> m_terminals;
    std::set<ConversationId> m_shown; //!< those whose pane is wanted
    bool m_isAgreed = false;
    bool m_hasHeight = false;
};

} // namespace Parlance
