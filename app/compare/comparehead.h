// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "theme/panel.h"

class QHBoxLayout;
class QToolButton;

namespace Parlance {

class Chip;
class CompareActions;
class ElidingLabel;
class SideBySide;
class ThemedLabel;

//! The head of a comparison: what is compared, from which baseline, and the way through the differences.
class CompareHead : public Panel
{
    Q_OBJECT
public:
    CompareHead(const Theme *theme, SideBySide *comparison, CompareActions *actions, QWidget *parent);

    //! current: from 0; -1: none.
    void setChanges(int current, int count);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void refresh();
    void restyle();
    void openBaselines();
    void openExports();
    void arrange();

    SideBySide *m_comparison;
    CompareActions *m_actions;
    QHBoxLayout *m_row;
    ElidingLabel *m_title;
    Chip *m_baseline;
    Chip *m_show;
    Chip *m_blind;
    Chip *m_add;
    Chip *m_export;
    ThemedLabel *m_changes;
    bool m_hasChanges = false; //!< there is something to tell of them
    QToolButton *m_previous;
    QToolButton *m_next;
};

} // namespace Parlance
