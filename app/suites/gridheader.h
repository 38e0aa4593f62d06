// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHeaderView>

namespace Parlance {

class Theme;

//! The head of the grid, in line with the words below it.
class GridHeader : public QHeaderView
{
    Q_OBJECT
public:
    GridHeader(const Theme *theme, QWidget *parent);

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
    void paintEvent(QPaintEvent *event) override;

private:
    void restyle();

    const Theme *m_theme;
};

} // namespace Parlance
