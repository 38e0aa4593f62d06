// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <vector>

class QLineEdit;
class QPushButton;

namespace Parlance {

class CompareActions;
class FlowLayout;
class SideBySide;
class ThemedLabel;
class Theme;

//! Which answer is better: a button for each, with its key; and what the verdicts come to once everybody may
//! know whose they are.
class VerdictBar : public QWidget
{
    Q_OBJECT
public:
    VerdictBar(const Theme *theme, SideBySide *comparison, CompareActions *actions, QWidget *parent);

    //! For the keyboard: the first of the buttons.
    void focusButtons();
    //! In a small window the answers are given its room; its keys go on.
    void setCompact(bool isCompact);
    //! False if none was being written.
    bool cancelNote();

private:
    void refresh();
    void restyle();
    void rebuild();
    void writeNote();
    void keepNote(bool isKept);
    QString tallyWords() const;

    const Theme *m_theme;
    SideBySide *m_comparison;
    CompareActions *m_actions;
    FlowLayout *m_flow;
    ThemedLabel *m_question;
    std::vector<QPushButton *> m_buttons; //!< a column each, then tie, all bad, note
    QLineEdit *m_note;
    ThemedLabel *m_tally;
    bool m_isCompact = false;
    int m_noted = -1; //!< the turn of the note that is written
};

} // namespace Parlance
