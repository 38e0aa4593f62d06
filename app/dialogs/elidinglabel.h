// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>

namespace Parlance {

//! One line that ends in an ellipsis where there is no room for all of it; the tool tip then has the rest.
class ElidingLabel : public QLabel
{
    Q_OBJECT
public:
    using QLabel::QLabel;

    //! Of a key's name half is worth nothing: what does not fit is not shown.
    void setWholeOrNothing(bool isWhole) { m_isWholeOrNothing = isWhole; }
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QString shownWords() const;

    bool m_isWholeOrNothing = false;
};

} // namespace Parlance
