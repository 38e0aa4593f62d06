// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/repeating.h"

#include <QWidget>

class QHBoxLayout;
class QPushButton;
class QScrollArea;

namespace Parlance {

class ElidingLabel;
class Notices;
class Panel;
class RepeatColumn;
class Theme;

//! What endpoints say to the same words, asked again and again.
class RepeatWindow : public QWidget
{
    Q_OBJECT
public:
    RepeatWindow(const Theme *theme, Workspace *workspace, const QString &prompt,
                 const std::vector<ColumnChoice> &choices, int times, QWidget *parent);

    Repeating *repeating() const { return m_repeating; }
    RepeatColumn *column(int column) const { return m_columns[size_t(column)]; }

private:
    void refresh();
    void restyle();

    const Theme *m_theme;
    Notices *m_notices;
    Repeating *m_repeating;
    ElidingLabel *m_title;
    ElidingLabel *m_progress;
    QPushButton *m_stop;
    QHBoxLayout *m_head;
    QScrollArea *m_scroll;
    std::vector<RepeatColumn *> m_columns;
};

} // namespace Parlance
