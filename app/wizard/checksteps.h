// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/connectioncheck.h"

#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;

namespace Parlance {

class Theme;
class ThemedLabel;

//! The steps of a test below each other: how each went, what came of it, and its time.
class CheckSteps : public QWidget
{
    Q_OBJECT
public:
    explicit CheckSteps(const Theme *theme, QWidget *parent = nullptr);

    //! As many rows as there are steps; none clears it.
    void show(const std::vector<CheckRow> &rows);

private:
    struct Line
    {
        QLabel *mark = nullptr;
        ThemedLabel *text = nullptr;
        ThemedLabel *took = nullptr;
    };
    void addLine();
    void fill(const Line &line, const CheckRow &row);
    void redraw();

    const Theme *m_theme;
    QGridLayout *m_grid;
    std::vector<Line> m_lines;
    std::vector<CheckRow> m_rows;
};

} // namespace Parlance
