// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/chat.h"

#include <QObject>
#include <QPointer>

class QMenu;
class QWidget;

namespace Parlance {

class Actions;
class CommandGuard;
class Composer;
class TranscriptView;

//! Attempts from the window's side: what is asked before one is made, and the list of those there are.
class AttemptCommands : public QObject
{
    Q_OBJECT
public:
    AttemptCommands(Actions *actions, TranscriptView *transcript, Composer *composer, CommandGuard *guard,
                    QWidget *window);

    void setChat(Chat *chat);

private:
    void askRegenerate(const MessageId &answer, const QPoint &at);
    void list(const MessageId &message, const QPoint &at);
    QString wordsOf(const Message &message, int number) const;
    //! Shows it at a place on the screen; it deletes itself.
    void open(QMenu *menu, const QString &name, const QPoint &at);

    TranscriptView *m_transcript;
    Composer *m_composer;
    CommandGuard *m_guard;
    QWidget *m_window;
    QPointer<Chat> m_chat;
};

} // namespace Parlance
