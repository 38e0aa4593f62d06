// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/chat.h"

#include <QObject>
#include <QPointer>

#include <functional>

class QWidget;

namespace Parlance {

class Notices;

//! Asks before a command runs on a machine that is marked production, or a tool is called there.
class CommandGuard : public QObject
{
    Q_OBJECT
public:
    CommandGuard(Notices *notices, QWidget *window);

    //! Runs it at once, or if the person says so.
    void allow(const Chat *chat, const QString &line, std::function<void()> run);
    //! The same for a call of a tool. arguments: JSON.
    void allowCall(const Chat *chat, const QString &tool, const QString &arguments,
                   std::function<void()> run);
    //! Asks again what an answer answered: a question at once, a command or a call as above.
    void retry(Chat *chat, const MessageId &answer, AttemptSession session = AttemptSession::Current);

private:
    void ask(const Chat *chat, const QString &title, const QString &words, const QString &shown,
             const QString &yes, std::function<void()> run);

    Notices *m_notices;
    QWidget *m_window;
};

} // namespace Parlance
