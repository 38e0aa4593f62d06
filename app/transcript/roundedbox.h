// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QRectF>

class QPainter;

namespace Parlance {

struct BoxLook
{
    QColor ground = {};
    QColor line = {}; //!< one pixel all around; not valid: none
    int radius = 0;
};

//! A box with round corners, on whole pixels. The corners are pictures: a curve that is cut by what is to be
//! painted comes out a shade different from a whole one, and costs by the height of its shape.
void paintBox(QPainter *painter, const QRectF &rect, const BoxLook &look);

} // namespace Parlance
