// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ids.h"
#include "inspector/eventspage.h"
#include "theme/panel.h"

#include <QTimer>

#include <memory>

class QAction;
class QPushButton;
class QTabBar;
class QStackedWidget;

namespace Parlance {

class Chat;
class FrameLog;
class SessionPage;
class ToolsPage;
struct Message;

//! What stands behind one answer: its events, its tool calls, its session. Shows the newest answer and
//! goes on to the next one, until a person chooses an older one.
class InspectorPane : public Panel
{
    Q_OBJECT
public:
    explicit InspectorPane(const Theme *theme, QWidget *parent = nullptr);
    ~InspectorPane() override;

    //! Not owned; may be null.
    void setChat(Chat *chat);
    void setSavePathAsker(SavePathAsker asker) { m_events->setSavePathAsker(std::move(asker)); }
    //! What the session's page offers to end it with.
    void setEndSession(QAction *action);
    const MessageId &shownAnswer() const { return m_answer; }

public Q_SLOTS:
    //! Unknown ids and a person's own messages are ignored.
    void showAnswer(const Parlance::MessageId &answer);
    //! Chooses the first event of a part, or its tool call while the tools are shown.
    void showPart(const Parlance::MessageId &answer, int part);
    void showNewestAnswer();

Q_SIGNALS:
    //! A person chose an event or a tool call that made this part.
    void partChosen(const Parlance::MessageId &answer, int part);

private:
    enum Tab { Events, Tools, Session };

    void makeHeader(QLayout *column);
    void connectChat();
    const Message *message() const;
    MessageId newestAnswer() const;
    void openAnswer(const MessageId &answer);
    void onMessagesChanged();
    void onMessageChanged(int index);
    void refresh();
    int firstSequenceOf(int part) const;
    void applyTheme();

    Chat *m_chat = nullptr; //!< null again once it is destroyed
    MessageId m_answer;
    std::unique_ptr<FrameLog> m_log;
    bool m_followsNewest = true;
    QTimer m_refreshTimer;
    QTabBar *m_tabs = nullptr;
    QPushButton *m_newest = nullptr;
    QStackedWidget *m_stack = nullptr;
    EventsPage *m_events = nullptr;
    ToolsPage *m_tools = nullptr;
    SessionPage *m_session = nullptr;
};

} // namespace Parlance
