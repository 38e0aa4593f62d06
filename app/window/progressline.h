// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/chat.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace Parlance {

class Theme;

//! One quiet line above the composer: what the answer waits for. Not there while it waits for nothing. Where
//! it is about to be tried again there are buttons for that, and against it.
class ProgressLine : public QWidget
{
    Q_OBJECT
public:
    explicit ProgressLine(const Theme *theme, QWidget *parent = nullptr);

    //! Null: nothing is open.
    void setChat(Chat *chat);

Q_SIGNALS:
    //! The line says something new; for a screen reader.
    void said(const QString &note);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void restyle();
    void place();
    void refresh();

    const Theme *m_theme;
    QLabel *m_note;
    QPushButton *m_tryNow;
    QPushButton *m_cancel;
    QPointer<Chat> m_chat;
};

} // namespace Parlance
