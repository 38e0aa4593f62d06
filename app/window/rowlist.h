// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QListView>

namespace Parlance {

class RowModel;
class Theme;

//! One list of the sidebar. Choosing a row with the mouse or the keyboard tells its id.
class RowList : public QListView
{
    Q_OBJECT
public:
    RowList(const Theme *theme, RowModel *model, QWidget *parent = nullptr);

    //! Marks the row without telling rowChosen().
    void choose(const QString &id);
    //! Empty: none.
    QString currentId() const;

    //! As high as its rows.
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void rowChosen(const QString &id);
    //! Enter or a double click.
    void rowOpened(const QString &id);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    int rowsHeight() const;

    const Theme *m_theme;
    RowModel *m_rows;
    bool m_isChoosing = false;
};

} // namespace Parlance
