// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "theme/theme.h"

#include <QWidget>

namespace Parlance {

//! A widget on a ground of the theme, with hairlines along some of its edges.
class Panel : public QWidget
{
    Q_OBJECT
public:
    Panel(const Theme *theme, ColourRole ground, Qt::Edges hairlines, QWidget *parent = nullptr);

    void setGround(ColourRole ground);

protected:
    void paintEvent(QPaintEvent *event) override;

    const Theme *m_theme;

private:
    void applyGround();

    ColourRole m_ground;
    Qt::Edges m_hairlines;
};

} // namespace Parlance
