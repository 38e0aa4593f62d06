// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

//! The lengths of the window's drawing, in pixels at 96 dpi and 100 % text. Theme::px() scales them.
namespace Parlance::Metric {

// The grid of four, and what is finer than it
inline constexpr qreal hairline = 1;
inline constexpr qreal stroke = 1.5; //!< of icons and outlines
inline constexpr qreal tight = 2;
inline constexpr qreal strip = 3; //!< the colour of a production agent
inline constexpr qreal step = 4;
inline constexpr qreal snug = 6;
inline constexpr qreal within = 8; //!< between parts of one thing
inline constexpr qreal near = 10;
inline constexpr qreal inset = 12; //!< from a thing's edge to its words
inline constexpr qreal between = 16; //!< between things
inline constexpr qreal apart = 20;
inline constexpr qreal section = 24; //!< between messages
inline constexpr qreal edge = 28; //!< from the window's edge to the page

// Controls
inline constexpr qreal smallControl = 28;
inline constexpr qreal button = 30;
inline constexpr qreal control = 32;

// The window
inline constexpr qreal headerHeight = 52;
inline constexpr qreal leastRow = 200; //!< width below which a row of a list is not asked to go
inline constexpr qreal leastFrame = 120; //!< the same for a row of the inspector

// Dialogs
inline constexpr qreal dialogWidth = 460;
inline constexpr qreal dialogLeast = 80; //!< height of what scrolls in a small window
inline constexpr qreal templateHeight = 96; //!< a payload template's field
inline constexpr qreal switcherWidth = 520;
inline constexpr qreal switcherHeight = 420;
inline constexpr qreal colourDot = 7; //!< radius
inline constexpr qreal colourRing = 11; //!< radius of the chosen colour's ring
inline constexpr qreal endpointList = 132;
inline constexpr qreal runtimeList = 172;
inline constexpr qreal qrCode = 180;

} // namespace Parlance::Metric
