// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/chat.h"
#include "window/settings.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <functional>

class QBoxLayout;
class QHBoxLayout;
class QVBoxLayout;
class QPushButton;
class QToolButton;

namespace Parlance {

class AttachmentBar;
class AttachmentDraft;
class ComposerEdit;
class EditStrip;
class ElidingLabel;
class Theme;
class TimeoutButton;

//! Where a person writes: one rounded field, Send or Stop in the same place, faint helpers below.
class Composer : public QWidget
{
    Q_OBJECT
public:
    Composer(const Theme *theme, Settings *settings, QWidget *parent = nullptr);
    //! Asked before a command is sent; calls back if it may be. Without one it always may.
    using CommandGate = std::function<void(const QString &line, std::function<void()> send)>;
    void setCommandGate(CommandGate gate) { m_gate = std::move(gate); }

    //! Keeps the draft of the chat before and shows this one's. What was typed before there was any
    //! chat stays. Null: nothing can be sent.
    void setChat(Chat *chat);
    QString text() const;
    void setText(const QString &text);
    //! Adds the lines as a quotation and puts the caret below.
    void quote(const QString &text);
    //! Words typed elsewhere go in where the cursor is, and those that follow with them.
    void type(const QString &words);
    void focusText();
    //! The files that go along.
    AttachmentDraft *attachments() const { return m_files; }
    //! Takes a message that waits back into the draft, with its files.
    void takeBack(const MessageId &queued);
    //! Takes a sent message for changing; the draft comes back afterwards. Sending makes another attempt.
    void edit(const MessageId &message);
    //! False if nothing was being changed. The draft is back; undo brings the changed words.
    bool cancelEdit();
    bool isEditing() const { return !m_edited.isEmpty(); }
    //! Actions with a key that works while one types.
    void addTextAction(QAction *action);
    //! What stands in the empty field instead of the agent's name.
    void setInvitation(const QString &words);
    //! A quiet button beside the one for files.
    void addHelperAction(QAction *action);
    //! For a window that is not high: one row, and no helpers.
    void setCompact(bool isCompact);
    //! How high the text may grow before it scrolls, at most eight.
    void setMaximumLines(int lines);
    //! Hands the draft to the chat now.
    void keepDraft();

Q_SIGNALS:
    void templateAsked();
    void attachAsked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void placeInside();
    void restyle();
    void refresh();
    void send();
    void sendWords(const QString &words);
    void showKind();
    bool hasSomething() const;
    void connectFiles();
    void onLoaded();
    void onLoadFailed();
    void endEdit();
    void recall(int direction);
    QString helperText() const;
    //! Between the widget's edge and the field that is drawn.
    QMargins outside() const;

    const Theme *m_theme;
    const Settings *m_settings;
    QPointer<Chat> m_chat;
    QVBoxLayout *m_column;
    QBoxLayout *m_body;
    QHBoxLayout *m_row;
    ComposerEdit *m_edit;
    EditStrip *m_strip;
    AttachmentDraft *m_files;
    AttachmentBar *m_bar;
    QToolButton *m_attach;
    MessageId m_edited; //!< the sent message that is being changed; empty: none
    QPushButton *m_template;
    QPushButton *m_extra = nullptr;
    TimeoutButton *m_timeout;
    CommandGate m_gate;
    bool m_isCommand = false; //!< what stands there is one
    ElidingLabel *m_helper;
    QPushButton *m_send;
    QPushButton *m_stop;
    QString m_invitation;
    bool m_isCompact = false;
    QTimer m_draftTimer;
    int m_recallIndex = 0; //!< 0: not recalling; 1: the newest message, 2: the one before …
};

} // namespace Parlance
