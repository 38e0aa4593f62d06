// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace Parlance {

enum class Pane { Sidebar, Inspector };

//! Widths in pixels: of the window, and the least that each column can be used with.
struct PaneRoom
{
    int window = 0;
    int sidebar = 0;
    int page = 0;
    int inspector = 0;
};

struct PaneWish
{
    bool sidebar = true;
    bool inspector = true;
    Pane first = Pane::Sidebar; //!< has the room when there is room for one
    bool mayCover = false; //!< where there is no room at all, `first` stands in the page's place
};

struct PanePlaces
{
    bool sidebar = false;
    bool page = true;
    bool inspector = false;
    friend bool operator==(const PanePlaces &, const PanePlaces &) = default;
};

//! Which columns are shown. The page is never narrower than it can be used with: the side panes give way.
PanePlaces placePanes(const PaneRoom &room, const PaneWish &wish);

} // namespace Parlance
