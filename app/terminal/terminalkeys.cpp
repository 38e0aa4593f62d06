// SPDX-License-Identifier: Apache-2.0
#include "terminal/terminalkeys.h"

#include <vterm_keycodes.h>

#include <algorithm>
#include <array>

namespace Parlance {
namespace {

struct Named
{
    int key;
    VTermKey name;
};

constexpr auto plainKeys = std::to_array<Named>({
    {Qt::Key_Return, VTERM_KEY_ENTER},
    {Qt::Key_Tab, VTERM_KEY_TAB},
    {Qt::Key_Backtab, VTERM_KEY_TAB},
    {Qt::Key_Backspace, VTERM_KEY_BACKSPACE},
    {Qt::Key_Escape, VTERM_KEY_ESCAPE},
    {Qt::Key_Up, VTERM_KEY_UP},
    {Qt::Key_Down, VTERM_KEY_DOWN},
    {Qt::Key_Left, VTERM_KEY_LEFT},
    {Qt::Key_Right, VTERM_KEY_RIGHT},
    {Qt::Key_Insert, VTERM_KEY_INS},
    {Qt::Key_Delete, VTERM_KEY_DEL},
    {Qt::Key_Home, VTERM_KEY_HOME},
    {Qt::Key_End, VTERM_KEY_END},
    {Qt::Key_PageUp, VTERM_KEY_PAGEUP},
    {Qt::Key_PageDown, VTERM_KEY_PAGEDOWN},
    {Qt::Key_Enter, VTERM_KEY_ENTER},
});

struct Controlled
{
    int key;
    char character;
};

// As terminals have had them since there were keyboards for them.
constexpr auto controlledSigns = std::to_array<Controlled>({
    {Qt::Key_Space, 0x00},
    {Qt::Key_At, 0x00},
    {Qt::Key_2, 0x00},
    {Qt::Key_BracketLeft, 0x1b},
    {Qt::Key_3, 0x1b},
    {Qt::Key_Backslash, 0x1c},
    {Qt::Key_4, 0x1c},
    {Qt::Key_5, 0x1d},
    {Qt::Key_BracketRight, 0x1d},
    {Qt::Key_AsciiCircum, 0x1e},
    {Qt::Key_6, 0x1e},
    {Qt::Key_Underscore, 0x1f},
    {Qt::Key_7, 0x1f},
    {Qt::Key_Slash, 0x1f},
    {Qt::Key_8, 0x7f},
    {Qt::Key_Question, 0x7f},
});

} // namespace

int terminalKey(int key)
{
    if (key >= Qt::Key_F1 && key <= Qt::Key_F35)
        return VTERM_KEY_FUNCTION(key - Qt::Key_F1 + 1);
    const auto *found = std::ranges::find(plainKeys, key, &Named::key);
    return found == plainKeys.end() ? int(VTERM_KEY_NONE) : int(found->name);
}

Qt::KeyboardModifiers meaningfulModifiers(int key, Qt::KeyboardModifiers modifiers)
{
    switch (key) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Escape:
    case Qt::Key_Backspace:
        return modifiers & Qt::AltModifier;
    case Qt::Key_Backtab:
        return Qt::ShiftModifier;
    case Qt::Key_Tab:
        return modifiers & (Qt::AltModifier | Qt::ShiftModifier);
    default:
        return modifiers;
    }
}

std::optional<char> controlCharacter(int key, Qt::KeyboardModifiers modifiers)
{
    if (!(modifiers & Qt::ControlModifier))
        return std::nullopt;
    if (key >= Qt::Key_A && key <= Qt::Key_Z)
        return char(key - Qt::Key_A + 1);
    const auto *found = std::ranges::find(controlledSigns, key, &Controlled::key);
    if (found == controlledSigns.end())
        return std::nullopt;
    return found->character;
}

} // namespace Parlance
