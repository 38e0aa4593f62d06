// SPDX-License-Identifier: Apache-2.0
#include "window/paneplaces.h"

namespace Parlance {

PanePlaces placePanes(const PaneRoom &room, const PaneWish &wish)
{
    PanePlaces places;
    int left = room.window - room.page;
    const auto place = [&left](bool isWished, int width) {
        const bool fits = isWished && width <= left;
        if (fits)
            left -= width;
        return fits;
    };
    const bool isSidebarFirst = wish.first == Pane::Sidebar;
    if (isSidebarFirst)
        places.sidebar = place(wish.sidebar, room.sidebar);
    places.inspector = place(wish.inspector, room.inspector);
    if (!isSidebarFirst)
        places.sidebar = place(wish.sidebar, room.sidebar);

    const bool isFirstWished = isSidebarFirst ? wish.sidebar : wish.inspector;
    const bool isFirstShown = isSidebarFirst ? places.sidebar : places.inspector;
    if (wish.mayCover && isFirstWished && !isFirstShown)
        return {.sidebar = isSidebarFirst, .page = false, .inspector = !isSidebarFirst};
    return places;
}

} // namespace Parlance
