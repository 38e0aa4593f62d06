// SPDX-License-Identifier: Apache-2.0
#include "theme/terminalpalette.h"

#include "theme/theme.h"

#include <algorithm>
#include <array>

namespace Parlance {
namespace {

struct Shades
{
    QRgb light;
    QRgb dark;
};

// Black, red, green, yellow, blue, magenta, cyan, white; then the bright ones.
constexpr auto named = std::to_array<Shades>({
    {0xff1b1f27, 0xff2e343d},
    {0xffb3261e, 0xffff8a80},
    {0xff1d7a4d, 0xff6fcf97},
    {0xff8a5a00, 0xffe5b567},
    {0xff2f5bd7, 0xff8fb0ff},
    {0xff8b3fb8, 0xffc792ea},
    {0xff0f6a78, 0xff67c5da},
    {0xffc9ced6, 0xffc8ced8},
    {0xff5f6878, 0xff7d8797},
    {0xffd1372d, 0xffffaba4},
    {0xff24915c, 0xff94deb2},
    {0xffa86f00, 0xfff0cd91},
    {0xff4a74ea, 0xffb3c9ff},
    {0xffa255cf, 0xffdab8f2},
    {0xff16808f, 0xff93d8e7},
    {0xffe8eaee, 0xffffffff},
});

constexpr int cubeStart = 16;
constexpr int cubeSide = 6;
constexpr int greyStart = 232;

int cubeStep(int step)
{
    return step == 0 ? 0 : 55 + 40 * step;
}

} // namespace

QColor TerminalPalette::indexed(int index) const
{
    index = std::clamp(index, 0, 255);
    if (index < cubeStart) {
        const Shades &shades = named[std::size_t(index)];
        return QColor::fromRgba(m_theme->isDark() ? shades.dark : shades.light);
    }
    if (index >= greyStart) {
        const int grey = 8 + 10 * (index - greyStart);
        return mixed(grey, grey, grey);
    }
    const int place = index - cubeStart;
    return mixed(cubeStep(place / (cubeSide * cubeSide)), cubeStep(place / cubeSide % cubeSide),
                 cubeStep(place % cubeSide));
}

QColor TerminalPalette::mixed(int red, int green, int blue)
{
    return QColor::fromRgb(red, green, blue);
}

QColor TerminalPalette::readable(const QColor &ink, const QColor &ground) const
{
    const qreal wanted = m_theme->isHighContrast() ? 7 : 4.5;
    if (Theme::contrast(ink, ground) >= wanted)
        return ink;
    const QColor page = m_theme->colour(ColourRole::Page);
    const QColor usual = m_theme->colour(ColourRole::Ink);
    const QColor end = Theme::contrast(usual, ground) > Theme::contrast(page, ground) ? usual : page;
    constexpr int steps = 8;
    for (int step = 1; step < steps; ++step) {
        const auto between = [&](int from, int to) { return from + (to - from) * step / steps; };
        const QColor nearer = mixed(between(ink.red(), end.red()), between(ink.green(), end.green()),
                                    between(ink.blue(), end.blue()));
        if (Theme::contrast(nearer, ground) >= wanted)
            return nearer;
    }
    return end;
}

} // namespace Parlance
