// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "theme/panel.h"

#include <QTimer>

class QPushButton;
class QToolButton;

namespace Parlance {

class ElidingLabel;
class LiveTerminal;
class TerminalView;

//! The shell of one conversation: what it is, how it is, and its terminal.
class ShellPane : public Panel
{
    Q_OBJECT
public:
    explicit ShellPane(const Theme *theme, QWidget *parent = nullptr);

    TerminalView *view() const { return m_view; }
    //! Not owned. Null: there can be none, and words say why.
    void setTerminal(LiveTerminal *terminal, const QString &words = {});
    bool isLarge() const { return m_isLarge; }
    void setLarge(bool isLarge);
    //! Something that the shell's machine or service says.
    void note(const QString &words);

Q_SIGNALS:
    //! Open it, or connect again.
    void openAsked();
    void closeAsked();
    void hideAsked();
    void largeAsked(bool isLarge);

private:
    void refresh();
    void applyTheme();
    QToolButton *addTool(const char *name, const QString &words);

    TerminalView *m_view;
    ElidingLabel *m_title = nullptr;
    ElidingLabel *m_state = nullptr;
    QPushButton *m_open = nullptr;
    QPushButton *m_end = nullptr;
    QToolButton *m_large = nullptr;
    QToolButton *m_hide = nullptr;
    QString m_words; //!< why there can be none
    QString m_note;
    QTimer m_minute;
    bool m_isLarge = false;
};

} // namespace Parlance
