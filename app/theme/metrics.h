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
inline constexpr qreal frameInset = 13; //!< the same with its outline
inline constexpr qreal between = 16; //!< between things
inline constexpr qreal apart = 20;
inline constexpr qreal section = 24; //!< between messages
inline constexpr qreal edge = 28; //!< from the window's edge to the page

// Corners, rings and signs
inline constexpr qreal corner = 8;
inline constexpr qreal bubbleCorner = 12;
inline constexpr qreal composerCorner = 14;
inline constexpr qreal hotCorner = 6; //!< of the ring about a link or a button in a message
inline constexpr qreal focusRing = 2;
inline constexpr qreal icon = 16;
inline constexpr qreal dot = 8;
inline constexpr qreal caret = 2;
inline constexpr qreal bullet = 2.25; //!< radius
inline constexpr qreal triangle = 3.2; //!< radius

// Controls
inline constexpr qreal tinyControl = 24;
inline constexpr qreal smallButton = 26; //!< inside a message
inline constexpr qreal smallControl = 28;
inline constexpr qreal button = 30;
inline constexpr qreal control = 32;
inline constexpr qreal buttonPadding = 12;
inline constexpr qreal wordsPadding = 4; //!< of a button that is words alone
inline constexpr qreal buttonText = 13; //!< font size

// The window
inline constexpr qreal windowWidth = 1360;
inline constexpr qreal windowHeight = 860;
inline constexpr qreal narrowestWindow = 720; //!< not scaled: the window works from here at any text size
inline constexpr qreal lowestWindow = 480; //!< not scaled
inline constexpr qreal compactBelow = 420; //!< height under which header and composer take one line each
inline constexpr qreal headerHeight = 52;
inline constexpr qreal compactHeader = 40;
inline constexpr qreal statusHeight = 26;
inline constexpr qreal statusGap = 48; //!< between the two ends of the status line
inline constexpr qreal agentName = 15; //!< font size in the header
inline constexpr qreal mostHeaderName = 160; //!< an agent's name, where room is short
inline constexpr qreal mostChip = 140; //!< the same for a chip
inline constexpr qreal sidebarWidth = 264;
inline constexpr qreal leastSidebar = 200;
inline constexpr qreal mostSidebar = 400;
inline constexpr qreal pageWidth = 760;
inline constexpr qreal leastPage = 320;
inline constexpr qreal inspectorWidth = 336;
inline constexpr qreal leastInspector = 260;
inline constexpr qreal mostInspector = 600;
inline constexpr qreal progressEdge = 29; //!< in line with the words of the page
inline constexpr qreal composerRise = 14; //!< from its outline down to its words
inline constexpr qreal composerDrop = 11; //!< from its buttons down to its outline
inline constexpr qreal composerWidth = 200;
inline constexpr qreal leastComposer = 80;
inline constexpr qreal leastRequest = 96; //!< height of what an agent asks in a small window
inline constexpr qreal chipPicture = 32; //!< side of the picture of an attached file
inline constexpr qreal chipName = 200; //!< the most of an attached file's name
inline constexpr qreal qualifierField = 240;
inline constexpr qreal shellHeight = 300;

// Lists and panes
inline constexpr qreal row = 40;
inline constexpr qreal tallRow = 56; //!< with a second line
inline constexpr qreal rowTitle = 13; //!< font size
inline constexpr qreal rowTitleHeight = 20;
inline constexpr qreal rowDetail = 12; //!< font size
inline constexpr qreal rowDetailHeight = 18;
inline constexpr qreal leastTitle = 160;
inline constexpr qreal leastRow = 200; //!< width below which a row of a list is not asked to go
inline constexpr qreal narrowRow = 100; //!< width below which a whole list does not go
inline constexpr qreal fewRows = 96; //!< height below which a list with more in it does not go
inline constexpr qreal leastFrame = 120; //!< a row of the inspector
inline constexpr qreal paneLabel = 11; //!< font size
inline constexpr qreal searchInset = 11;
inline constexpr qreal searchField = 34;
inline constexpr qreal mostFilter = 200;
inline constexpr qreal usualHit = 400; //!< any size of a hit that is large enough to measure its rows

// The page
inline constexpr qreal readingColumn = 704; //!< 80 digits of the body's font
inline constexpr qreal leastReading = 120;
inline constexpr qreal bubbleWidth = 560;
inline constexpr qreal bubblePadding = 16;
inline constexpr qreal bubbleRise = 10; //!< from its top to its words
inline constexpr qreal leastBubble = 16;
inline constexpr qreal rowRing = 8; //!< how far the ring about a message stands from it
inline constexpr qreal scrollLine = 22;
inline constexpr qreal nearBottom = 50; //!< so far from the end one still follows an answer
inline constexpr qreal reveal = 48; //!< kept between what is shown and the edge of the page
inline constexpr qreal tailWidth = 2; //!< the sign that an answer goes on
inline constexpr qreal tailHeight = 17;
inline constexpr qreal findBar = 460;
inline constexpr qreal findField = 72; //!< no narrower
inline constexpr qreal viewerWidth = 1000;
inline constexpr qreal viewerHeight = 760;

// Guesses of a message's height, until it is laid out
inline constexpr qreal guessedLetter = 14; //!< font size
inline constexpr qreal guessedFooter = 30;
inline constexpr qreal guessedPart = 40;

// Blocks of a message
inline constexpr qreal unbounded = 100'000; //!< wider than any line
inline constexpr qreal leastText = 40; //!< width under which words are not laid out
inline constexpr qreal listIndent = 24;
inline constexpr qreal markerGap = 6; //!< from an item's number to its words
inline constexpr qreal bulletGap = 12; //!< from the middle of a dot to the words
inline constexpr qreal taskBox = 13;
inline constexpr qreal taskGap = 8;
inline constexpr qreal quoteIndent = 16;
inline constexpr qreal quoteBar = 2;
inline constexpr qreal ruleHeight = 9;
inline constexpr qreal shortRule = 96;
inline constexpr qreal columnGap = 16;
inline constexpr qreal cellPadding = 6; //!< above and below a cell's words
inline constexpr qreal leastCell = 16;
inline constexpr qreal wordyCell = 96; //!< a column with words is not made narrower
inline constexpr qreal leastTable = 60;
inline constexpr qreal codeHeader = 29;
inline constexpr qreal codePadding = 14;
inline constexpr qreal codeRise = 10;
inline constexpr qreal caretRoom = 4; //!< beside code, so that a caret at either end is whole
inline constexpr qreal sideBar = 4; //!< the bar of what scrolls sideways
inline constexpr qreal sideBarRise = 8; //!< from the bar's top to the end of its block
inline constexpr qreal sideBarRoom = 6;
inline constexpr qreal sideStep = 48; //!< of an arrow key
inline constexpr qreal sideReveal = 40; //!< kept between what is shown and the edge of its block
inline constexpr qreal foldHeight = 22;
inline constexpr qreal foldIndent = 12;
inline constexpr qreal foldTriangle = 4;
inline constexpr qreal toolHeight = 36;
inline constexpr qreal toolTriangle = 16;
inline constexpr qreal toolName = 29;
inline constexpr qreal leastToolName = 52;
inline constexpr qreal leastArguments = 30;
inline constexpr qreal cardPadding = 16;
inline constexpr qreal leastCard = 60;
inline constexpr qreal mostPicture = 480; //!< height
inline constexpr qreal pictureRow = 52; //!< of words in a picture's place
inline constexpr qreal besideIcon = 40;

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
