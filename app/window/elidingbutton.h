// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPushButton>

namespace Parlance {

//! A button whose words are cut with an ellipsis where there is no room for them.
class ElidingButton : public QPushButton
{
    Q_OBJECT
public:
    using QPushButton::QPushButton;

    //! Wide enough for a few letters.
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace Parlance
