// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/chat.h"

#include <QLabel>
#include <QPointer>

namespace Parlance {

class Theme;

//! One quiet line above the composer: what the answer waits for. Not there while it waits for nothing.
class ProgressLine : public QLabel
{
    Q_OBJECT
public:
    explicit ProgressLine(const Theme *theme, QWidget *parent = nullptr);

    //! Null: nothing is open.
    void setChat(Chat *chat);

Q_SIGNALS:
    //! The line says something new; for a screen reader.
    void said(const QString &note);

private:
    void restyle();
    void refresh();

    const Theme *m_theme;
    QPointer<Chat> m_chat;
};

} // namespace Parlance
