// SPDX-License-Identifier: Apache-2.0
#include "theme/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontMetricsF>
#include <QScreen>
#include <QStyle>

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
    {ColourRole::Page, 0xffffffff, 0xff15181d},          {ColourRole::Pane, 0xfff6f7f9, 0xff1b1f25},
    {ColourRole::PaneHover, 0xffeceef2, 0xff252a32},     {ColourRole::Line, 0xffe1e4e9, 0xff2e343d},
    {ColourRole::Ink, 0xff1b1f27, 0xffe8eaee},           {ColourRole::InkQuiet, 0xff4d5563, 0xffb6bdc8},
    {ColourRole::InkFaint, 0xff5f6878, 0xff929baa},      {ColourRole::Accent, 0xff2f5bd7, 0xff8fb0ff},
    {ColourRole::OnAccent, 0xffffffff, 0xff10141b},      {ColourRole::AccentGround, 0xffe9effd, 0xff22304f},
    {ColourRole::You, 0xfff1f4fa, 0xff1f252e},           {ColourRole::Good, 0xff1d7a4d, 0xff6fcf97},
    {ColourRole::Caution, 0xff8a5a00, 0xffe5b567},       {ColourRole::CautionGround, 0xfffdf3dc, 0xff33290f},
    {ColourRole::Bad, 0xffb3261e, 0xffff8a80},           {ColourRole::BadGround, 0xfffcebea, 0xff3a1d1b},
    {ColourRole::Added, 0xffdff3e6, 0xff1b3a28},         {ColourRole::Removed, 0xfffde3e1, 0xff4a2422},
    {ColourRole::FindHit, 0xfffdf3dc, 0xff4a3b12},       {ColourRole::FindCurrent, 0xfff6cf6b, 0xffe5b567},
    {ColourRole::OnFindCurrent, 0xff1b1f27, 0xff10141b}, {ColourRole::CodeKeyword, 0xff7a3aa8, 0xffc9a6f2},
    {ColourRole::CodeType, 0xff0f6a78, 0xff74c7d6},      {ColourRole::CodeFunction, 0xff2f5bd7, 0xff8fb0ff},
    {ColourRole::CodeString, 0xff1d7a4d, 0xff8fd6a9},    {ColourRole::CodeNumber, 0xff9a4a00, 0xffefb07c},
    {ColourRole::CodeComment, 0xff5f6878, 0xff929baa},   {ColourRole::CodeName, 0xff8a3358, 0xffee9fbd},
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

// What would be the colour of the ground itself is a grey that is readable on it.
constexpr auto consoleInks = std::to_array<std::pair<QRgb, QRgb>>({
    {0xff1b1f27, 0xff929baa},
    {0xffb3261e, 0xffff8a80},
    {0xff1a7046, 0xff6fcf97},
    {0xff855600, 0xffe5b567},
    {0xff2f5bd7, 0xff8fb0ff},
    {0xff8e3a9d, 0xffd7a3f5},
    {0xff0f6a78, 0xff6fd3e0},
    {0xff4d5563, 0xffb6bdc8},
    {0xff5f6878, 0xff929baa},
    {0xffc0281f, 0xffff9d94},
    {0xff17703f, 0xff8be0ad},
    {0xff805200, 0xfff2cb85},
    {0xff1f5ccc, 0xffa9c2ff},
    {0xff9a2db0, 0xffe3bcfb},
    {0xff0b6b7d, 0xff8fe3ee},
    {0xff1b1f27, 0xffe8eaee},
});

constexpr auto consoleGrounds = std::to_array<std::pair<QRgb, QRgb>>({
    {0xffdfe3e9, 0xff2e343d},
    {0xfffcdedb, 0xff4a2422},
    {0xffd7f0e0, 0xff1b3a28},
    {0xfffbecc8, 0xff40341a},
    {0xffdde7fd, 0xff22304f},
    {0xfff3def8, 0xff3d2647},
    {0xffd5eff3, 0xff163a41},
    {0xffe4e7ec, 0xff3a414c},
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

qreal linear(int channel)
{
    const qreal value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

qreal luminance(const QColor &colour)
{
    return 0.2126 * linear(colour.red()) + 0.7152 * linear(colour.green()) + 0.0722 * linear(colour.blue());
}

QColor mixed(const QColor &ground, const QColor &over, qreal share)
{
    const auto channel = [share](int a, int b) { return int(std::lround(a + (b - a) * share)); };
    return QColor::fromRgb(channel(ground.red(), over.red()), channel(ground.green(), over.green()),
                           channel(ground.blue(), over.blue()));
}

// Ordinary palettes stop short of the two ends; the high contrast ones use nothing else.
bool asksForHighContrast(const QPalette &palette)
{
    const auto isExtreme = [&palette](QPalette::ColorRole ink, QPalette::ColorRole ground) {
        return Theme::contrast(palette.color(ink), palette.color(ground)) > 20;
    };
    return isExtreme(QPalette::WindowText, QPalette::Window) && isExtreme(QPalette::Text, QPalette::Base)
        && isExtreme(QPalette::ButtonText, QPalette::Button);
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
    // Whatever else the system would find for them, pictures in words have their colours.
    const QString emoji = firstInstalled({"Noto Color Emoji"_L1}, {});
    for (QStringList *families : {&m_textFamilies, &m_codeFamilies}) {
        families->append(families == &m_textFamilies ? m_textFamily : m_codeFamily);
        if (!emoji.isEmpty())
            families->append(emoji);
    }
    m_system = QGuiApplication::palette();
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
    if (m_isHighContrast)
        return systemColour(role);
    const auto row = std::ranges::find(roleColours, role, &RoleColours::role);
    return QColor::fromRgba(m_isDark ? row->dark : row->light);
}

QColor Theme::agentColour(int index) const
{
    const auto &[light, dark] = agentColours[size_t(std::clamp(index, 0, agentColourCount - 1))];
    return QColor::fromRgba(m_isDark ? dark : light);
}

QColor Theme::consoleInk(int index) const
{
    // High contrast has two colours.
    if (m_isHighContrast)
        return colour(ColourRole::Ink);
    const auto &[light, dark] = consoleInks[size_t(std::clamp(index, 0, consoleColourCount - 1))];
    return QColor::fromRgba(m_isDark ? dark : light);
}

QColor Theme::consoleGround(int index) const
{
    if (m_isHighContrast)
        return colour(ColourRole::Pane);
    const auto &[light, dark] = consoleGrounds[size_t(std::clamp(index, 0, consoleColourCount - 1) % 8)];
    return QColor::fromRgba(m_isDark ? dark : light);
}

QColor Theme::selectionWash() const
{
    QColor wash = colour(ColourRole::Accent);
    // High contrast has fewer steps between the two ends.
    wash.setAlphaF(m_isHighContrast ? 0.15F : 0.28F);
    return wash;
}

// In high contrast there are two colours, and the system's highlight where text stays readable on it.
QColor Theme::systemColour(ColourRole role) const
{
    const QColor ground = m_system.color(QPalette::Base);
    const QColor ink = m_system.color(QPalette::Text);
    const auto readable = [](const QColor &wanted, const QColor &against, const QColor &otherwise) {
        return contrast(wanted, against) >= 7 ? wanted : otherwise;
    };
    switch (role) {
    case ColourRole::Page:
    case ColourRole::CautionGround:
    case ColourRole::BadGround:
        return ground;
    case ColourRole::Pane:
        return m_system.color(QPalette::Window);
    case ColourRole::You:
    case ColourRole::PaneHover:
        return mixed(ground, ink, 0.15);
    case ColourRole::AccentGround:
        return readable(m_system.color(QPalette::Highlight), ink, mixed(ground, ink, 0.3));
    case ColourRole::Added:
    case ColourRole::Removed:
    case ColourRole::FindHit:
        return mixed(ground, ink, 0.2);
    case ColourRole::Accent: {
        const QColor link = readable(m_system.color(QPalette::Link), ground, ink);
        const bool isReadableInRows = contrast(link, systemColour(ColourRole::AccentGround)) >= 4.5
            && contrast(link, systemColour(ColourRole::You)) >= 4.5;
        return isReadableInRows ? link : ink;
    }
    case ColourRole::OnAccent:
    case ColourRole::OnFindCurrent: // the match one stands on is turned about, as nothing else is
        return ground;
    case ColourRole::FindCurrent:
    case ColourRole::Line:
    case ColourRole::Ink:
    case ColourRole::InkQuiet:
    case ColourRole::InkFaint:
    case ColourRole::Good:
    case ColourRole::Caution:
    case ColourRole::Bad:
    case ColourRole::CodeKeyword:
    case ColourRole::CodeType:
    case ColourRole::CodeFunction:
    case ColourRole::CodeString:
    case ColourRole::CodeNumber:
    case ColourRole::CodeComment:
    case ColourRole::CodeName:
        return ink;
    }
    return ink;
}

qreal Theme::contrast(const QColor &a, const QColor &b)
{
    const auto [dark, light] = std::minmax({luminance(a), luminance(b)});
    return (light + 0.05) / (dark + 0.05);
}

QPalette Theme::palette() const
{
    const QColor page = colour(ColourRole::Page);
    const QColor ink = colour(ColourRole::Ink);
    const QColor line = colour(ColourRole::Line);
    QPalette palette(ink, page);
    palette.setColor(QPalette::Window, page);
    palette.setColor(QPalette::Base, page);
    palette.setColor(QPalette::AlternateBase, colour(ColourRole::Pane));
    palette.setColor(QPalette::Button, page);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                            QPalette::HighlightedText, QPalette::ToolTipText})
        palette.setColor(role, ink);
    palette.setColor(QPalette::PlaceholderText, colour(ColourRole::InkFaint));
    palette.setColor(QPalette::BrightText, colour(ColourRole::Bad));
    palette.setColor(QPalette::Highlight, colour(ColourRole::AccentGround));
    palette.setColor(QPalette::Link, colour(ColourRole::Accent));
    palette.setColor(QPalette::LinkVisited, colour(ColourRole::Accent));
    palette.setColor(QPalette::ToolTipBase, colour(ColourRole::Pane));
    palette.setColor(QPalette::Light, colour(ColourRole::Pane));
    palette.setColor(QPalette::Midlight, colour(ColourRole::PaneHover));
    palette.setColor(QPalette::Mid, line);
    palette.setColor(QPalette::Dark, line);
    palette.setColor(QPalette::Shadow, line);
    const QColor off = mixed(page, ink, 0.45);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                            QPalette::HighlightedText, QPalette::PlaceholderText, QPalette::Link})
        palette.setColor(QPalette::Disabled, role, off);
    return palette;
}

QFont Theme::font(FontRole role) const
{
    // One that was used before knows its glyphs.
    if (const auto kept = m_fonts.find(role); kept != m_fonts.end())
        return kept->second;
    const FontSpec &spec = specOf(role);
    QFont font;
    font.setFamilies(spec.isCode ? m_codeFamilies : m_textFamilies);
    font.setPixelSize(px(spec.size));
    font.setWeight(spec.weight);
    if (spec.isCode)
        font.setStyleHint(QFont::Monospace);
    m_fonts.emplace(role, font);
    return font;
}

qreal Theme::widthOf(FontRole role, const QString &words) const
{
    constexpr qsizetype longestKept = 16;
    constexpr qsizetype mostKept = 200;
    const auto kept = m_widths.constFind({int(role), words});
    if (kept != m_widths.cend())
        return *kept;
    const qreal width = QFontMetricsF(font(role)).horizontalAdvance(words);
    if (words.size() > longestKept)
        return width;
    // Times and counts hardly come again: what is usual is soon back.
    if (m_widths.size() >= mostKept)
        m_widths.clear();
    m_widths.insert({int(role), words}, width);
    return width;
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
    const auto *application = qobject_cast<const QApplication *>(QCoreApplication::instance());
    if (!application)
        return 120;
    return QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration) > 0 ? 120 : 0;
}

void Theme::refresh()
{
    update();
    Q_EMIT changed();
}

void Theme::setSystemPalette(const QPalette &palette)
{
    m_system = palette;
    refresh();
}

void Theme::update()
{
    m_fonts.clear();
    m_widths.clear();
    m_isHighContrast = m_choice == ThemeChoice::System && asksForHighContrast(m_system);
    m_isDark = m_choice == ThemeChoice::System
        ? m_system.color(QPalette::Window).lightness() < m_system.color(QPalette::WindowText).lightness()
        : m_choice == ThemeChoice::Dark;
    const QScreen *screen = QGuiApplication::primaryScreen();
    const qreal resolution = screen ? screen->logicalDotsPerInchY() / 96.0 : 1.0;
    m_scale = resolution * m_textSize / 100.0;
}

} // namespace Parlance
