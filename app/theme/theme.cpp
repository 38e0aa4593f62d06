// SPDX-License-Identifier: Apache-2.0
#include "theme/theme.h"

#include <QFontDatabase>
#include <QGuiApplication>
#include <QPalette>
#include <QScreen>
#include <QStyleHints>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct RoleColours
{
    ColourRole role;
    QRgb light;
    QRgb dark;
};

constexpr auto roleColours = std::to_array<RoleColours>({
    {ColourRole::Page, 0xffffffff, 0xff15181d},      {ColourRole::Pane, 0xfff6f7f9, 0xff1b1f25},
    {ColourRole::PaneHover, 0xffeceef2, 0xff252a32}, {ColourRole::Line, 0xffe1e4e9, 0xff2e343d},
    {ColourRole::Ink, 0xff1b1f27, 0xffe8eaee},       {ColourRole::InkQuiet, 0xff4d5563, 0xffb6bdc8},
    {ColourRole::InkFaint, 0xff5f6878, 0xff929baa},  {ColourRole::Accent, 0xff2f5bd7, 0xff8fb0ff},
    {ColourRole::OnAccent, 0xffffffff, 0xff10141b},  {ColourRole::AccentGround, 0xffe9effd, 0xff22304f},
    {ColourRole::You, 0xfff1f4fa, 0xff1f252e},       {ColourRole::Good, 0xff1d7a4d, 0xff6fcf97},
    {ColourRole::Caution, 0xff8a5a00, 0xffe5b567},   {ColourRole::CautionGround, 0xfffdf3dc, 0xff33290f},
    {ColourRole::Bad, 0xffb3261e, 0xffff8a80},       {ColourRole::BadGround, 0xfffcebea, 0xff3a1d1b},
    {ColourRole::Added, 0xffdff3e6, 0xff1b3a28},     {ColourRole::Removed, 0xfffde3e1, 0xff4a2422},
    {ColourRole::FindHit, 0xfffdf3dc, 0xff4a3b12},   {ColourRole::FindCurrent, 0xfff6cf6b, 0xff8a6a14},
});

constexpr auto agentColours = std::to_array<std::pair<QRgb, QRgb>>({
    {0xff7a8496, 0xff8d97a8},
    {0xff2f5bd7, 0xff8fb0ff},
    {0xff1d7a4d, 0xff6fcf97},
    {0xffc2410c, 0xfff0884f},
    {0xff8a5a00, 0xffe5b567},
    {0xff8b3fb8, 0xffc792ea},
    {0xff0e7490, 0xff67c5da},
    {0xffbe185d, 0xfff48fb1},
});

struct FontSpec
{
    FontRole role;
    qreal size;
    qreal line;
    QFont::Weight weight;
    bool isCode;
};

constexpr auto fontSpecs = std::to_array<FontSpec>({
    {FontRole::Body, 14, 22, QFont::Normal, false},
    {FontRole::BodyStrong, 14, 22, QFont::DemiBold, false},
    {FontRole::Small, 12.5, 18, QFont::Normal, false},
    {FontRole::SmallStrong, 12.5, 18, QFont::DemiBold, false},
    {FontRole::Label, 11.5, 16, QFont::DemiBold, false},
    {FontRole::Heading1, 20, 28, QFont::DemiBold, false},
    {FontRole::Heading2, 17, 25, QFont::DemiBold, false},
    {FontRole::Heading3, 16, 24, QFont::DemiBold, false},
    {FontRole::Code, 12.5, 20, QFont::Normal, true},
    {FontRole::SmallCode, 12, 18, QFont::Normal, true},
});

const FontSpec &specOf(FontRole role)
{
    return *std::ranges::find(fontSpecs, role, &FontSpec::role);
}

QString firstInstalled(std::initializer_list<QLatin1StringView> wanted, const QString &otherwise)
{
    const QStringList families = QFontDatabase::families();
    for (const QLatin1StringView name : wanted) {
        if (families.contains(name))
            return name;
    }
    return otherwise;
}

// The desktop's own palette, as long as this program has not set one of its own.
QPalette systemPalette()
{
    return QPalette(QGuiApplication::palette());
}

} // namespace

Theme::Theme(QObject *parent)
    : QObject(parent)
{
    const QString system = QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
    // A desktop without a font of its own answers with a generic name: then Inter is better.
    const bool isGeneric =
        QStringList{u"Sans"_s, u"Sans Serif"_s, u"sans-serif"_s, u"DejaVu Sans"_s, u""_s}.contains(system);
    m_textFamily = isGeneric ? firstInstalled({"Inter"_L1, "Noto Sans"_L1, "Cantarell"_L1}, system) : system;
    m_codeFamily = firstInstalled({"JetBrains Mono"_L1, "Noto Sans Mono"_L1},
                                  QFontDatabase::systemFont(QFontDatabase::FixedFont).family());
    const QPalette palette = systemPalette();
    m_isHighContrast = false;
    m_isDark = palette.color(QPalette::Window).lightness() < 128;
    update();
}

void Theme::setChoice(ThemeChoice choice)
{
    if (m_choice == choice)
        return;
    m_choice = choice;
    update();
    Q_EMIT changed();
}

void Theme::setTextSize(int percent)
{
    const int bounded = std::clamp(percent, 75, 300);
    if (m_textSize == bounded)
        return;
    m_textSize = bounded;
    update();
    Q_EMIT changed();
}

QColor Theme::colour(ColourRole role) const
{
    const auto row = std::ranges::find(roleColours, role, &RoleColours::role);
    return QColor::fromRgba(m_isDark ? row->dark : row->light);
}

QColor Theme::agentColour(int index) const
{
    const auto &[light, dark] = agentColours[size_t(std::clamp(index, 0, agentColourCount - 1))];
    return QColor::fromRgba(m_isDark ? dark : light);
}

QFont Theme::font(FontRole role) const
{
    const FontSpec &spec = specOf(role);
    QFont font(spec.isCode ? m_codeFamily : m_textFamily);
    font.setPixelSize(px(spec.size));
    font.setWeight(spec.weight);
    if (spec.isCode)
        font.setStyleHint(QFont::Monospace);
    return font;
}

qreal Theme::lineHeight(FontRole role) const
{
    return std::round(specOf(role).line * m_scale);
}

int Theme::px(qreal length) const
{
    return length > 0 ? std::max(1, int(std::lround(length * m_scale))) : int(std::lround(length * m_scale));
}

int Theme::foldDuration() const
{
    return 120;
}

void Theme::refresh()
{
    update();
    Q_EMIT changed();
}

void Theme::update()
{
    const QScreen *screen = QGuiApplication::primaryScreen();
    const qreal resolution = screen ? screen->logicalDotsPerInchY() / 96.0 : 1.0;
    m_scale = resolution * m_textSize / 100.0;
}

} // namespace Parlance
