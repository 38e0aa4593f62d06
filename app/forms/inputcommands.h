// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/chat.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <map>
#include <optional>

namespace Parlance {

class CommandGuard;
class Composer;
class Notices;
class RequestPanel;
class ToolCaller;
class ToolPanel;
class Theme;

//! What the agent in front asks, from the chat to the panel and back.
class InputCommands : public QObject
{
    Q_OBJECT
public:
    InputCommands(const Theme *theme, Composer *composer, Notices *notices, QWidget *window);

    QWidget *panel() const;
    //! Null: nothing is open.
    void setChat(Chat *chat);
    //! Leads the keyboard to where one says something, or chooses a tool.
    void focusInput();
    //! What to do in a conversation where nothing was said.
    QString invitation() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refresh();
    void showInput();
    void keepDrafts();
    void fit();
    //! Of an MCP server; null: the agent in front is none.
    ToolCaller *caller() const;
    void askForTools();
    void call(const QString &tool, const QString &arguments);

    Composer *m_composer;
    QWidget *m_window;
    QWidget *m_place;
    RequestPanel *m_panel;
    ToolPanel *m_tools;
    CommandGuard *m_guard;
    QPointer<Chat> m_chat;
    MessageId m_shown; //!< whose requests the panel shows; empty: none
    std::map<QString, QString> m_drafts; //!< not handed to the chat yet
    std::optional<QString> m_toolDraft; //!< likewise
    QTimer m_draftTimer;
    QTimer m_expiry;
};

} // namespace Parlance
