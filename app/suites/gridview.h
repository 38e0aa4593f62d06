// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTableView>

namespace Parlance {

class GridDelegate;
class Theme;

//! The grid of a run. Its rows have one height, so that thousands of them cost nothing.
class GridView : public QTableView
{
    Q_OBJECT
public:
    GridView(const Theme *theme, QAbstractItemModel *rows, QWidget *parent = nullptr);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void restyle();
    void fitColumns();

    const Theme *m_theme;
    GridDelegate *m_delegate;
};

} // namespace Parlance
