// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>

namespace Parlance {

class Theme;
enum class ColourRole;

//! Our line icons: 16 px on a 1.5 px stroke, drawn in the ink of the text beside them.
enum class IconName {
    Search,
    Plus,
    ChevronDown,
    ChevronUp,
    ChevronRight,
    Copy,
    Close,
    Check,
    Warning,
    Pencil,
    Trash,
    Refresh,
    Inspector,
    Sidebar,
    Settings,
    Key,
    ArrowDown,
    Chat,
    Paperclip,
};

//! size in device-independent pixels. Answers are cached.
QPixmap iconPixmap(IconName name, const QColor &ink, int size, qreal devicePixelRatio);

//! At the theme's 16 px, sharp on screens of any ratio up to 3.
QIcon icon(IconName name, const Theme &theme, ColourRole ink);

} // namespace Parlance
