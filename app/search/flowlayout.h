// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace Parlance {

//! Widgets side by side, in as many rows as the width makes of them.
class FlowLayout : public QLayout
{
    Q_OBJECT
public:
    explicit FlowLayout(QWidget *parent = nullptr);
    ~FlowLayout() override;

    //! Between rows; -1: as between widgets.
    void setRowSpacing(int spacing);
    void addItem(QLayoutItem *item) override;
    int count() const override { return int(m_items.size()); }
    QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override { return minimumSize(); }
    QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    //! Returns the height that the rows take.
    int place(const QRect &rect, bool isDry) const;
    int placeRow(const std::vector<QLayoutItem *> &row, QPoint corner, const QRect &inner, bool isDry) const;

    std::vector<std::unique_ptr<QLayoutItem>> m_items;
    int m_rowSpacing = -1;
};

} // namespace Parlance
