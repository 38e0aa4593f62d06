// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QButtonGroup;

namespace Parlance {

class Theme;

//! The agent colours in a row. Tab enters at the chosen one, arrows move.
class ColourPicker : public QWidget
{
    Q_OBJECT
public:
    explicit ColourPicker(const Theme *theme, QWidget *parent = nullptr);

    int colour() const;
    void setColour(int index);

private:
    QButtonGroup *m_group;
};

} // namespace Parlance
