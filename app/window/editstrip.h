// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/chat.h"

#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QPushButton;
class QVBoxLayout;

namespace Parlance {

class ElidingLabel;
class Theme;

//! What one session or another means for another attempt, in words.
QString sessionWords(AttemptSession session, bool sendsHistory);

//! The line over the composer while a sent message is changed: says so, asks in which session it goes.
class EditStrip : public QWidget
{
    Q_OBJECT
public:
    explicit EditStrip(const Theme *theme, QWidget *parent = nullptr);

    //! Shows it for a message of this chat, with the session that is likely meant.
    void begin(const Chat &chat, const MessageId &message);
    AttemptSession session() const;
    //! One line, where height is short.
    void setCompact(bool isCompact);

Q_SIGNALS:
    void cancelled();

private:
    void restyle();
    void explain();

    const Theme *m_theme;
    QVBoxLayout *m_rows;
    QHBoxLayout *m_row;
    ElidingLabel *m_title;
    QComboBox *m_session;
    ElidingLabel *m_note;
    QPushButton *m_cancel;
    bool m_sendsHistory = false;
};

} // namespace Parlance
