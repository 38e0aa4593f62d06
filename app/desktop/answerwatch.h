// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ids.h"

#include <QObject>
#include <QPointer>
#include <QWidget>

#include <chrono>

namespace Parlance {

class DesktopNotifier;
class Settings;
class Workspace;
struct Message;

//! Tells outside the window of answers that took long while the window was not in front, and tells the
//! workspace when it is in front.
class AnswerWatch : public QObject
{
    Q_OBJECT
public:
    AnswerWatch(Workspace *workspace, const Settings *settings, QWidget *window);

    //! Shorter answers are not worth being called back for.
    void setLongAnswer(std::chrono::milliseconds duration) { m_longAnswer = duration; }
    //! Whether the person is at one of the program's windows.
    void setWindowFront(bool isFront);
    bool isWindowFront() const { return m_isFront; }

Q_SIGNALS:
    //! A message outside the window was pressed.
    void conversationAsked(const Parlance::ConversationId &conversation);

private:
    void onAnswerFinished(const ConversationId &conversation, const MessageId &answer);
    void onConversationChanged(const ConversationId &conversation);
    void refreshCount();

    Workspace *m_workspace;
    const Settings *m_settings;
    QPointer<QWidget> m_window;
    DesktopNotifier *m_notifier;
    std::chrono::milliseconds m_longAnswer{20'000};
    bool m_isFront = true;
};

} // namespace Parlance
