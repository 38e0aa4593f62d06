// SPDX-License-Identifier: Apache-2.0
#include "transcript/laidblock.h"

namespace Parlance {
namespace {

// A thumb is at least so many times as long as it is high.
constexpr double leastShare = 6;

} // namespace

QRectF SideScroll::thumb() const
{
    if (range() <= 0 || track.width() <= 0)
        return {};
    const qreal width = std::min(
        track.width(), std::max(leastShare * track.height(), track.width() * window.width() / extent));
    const qreal x = (track.width() - width) * std::clamp(offset / range(), 0.0, 1.0);
    return {track.left() + x, track.top(), width, track.height()};
}

QList<QRectF> LaidBlock::rectsOf(const Hot &hot) const
{
    if (hot.box < 0)
        return {hot.rect};
    if (size_t(hot.box) >= boxes.size())
        return {};
    const TextBox &text = boxes[size_t(hot.box)];
    QList<QRectF> rects = text.flow.rectsOf(hot.start, hot.length);
    for (QRectF &line : rects)
        line.translate(cornerOf(text));
    if (text.isScrolled && side.range() > 0) {
        // What is moved out of the window cannot be pressed.
        for (QRectF &line : rects)
            line &= side.window;
        rects.removeIf([](const QRectF &line) { return line.isEmpty(); });
    }
    return rects;
}

} // namespace Parlance
