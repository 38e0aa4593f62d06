// SPDX-License-Identifier: Apache-2.0
#include "theme/theme.h"

#include <QRandomGenerator>
#include <QTest>

#include <cmath>
#include <vector>

using namespace Parlance;

namespace {

using enum ColourRole;

//! Words and what they stand on.
struct Pair
{
    ColourRole ink;
    ColourRole ground;
};

//! WCAG 2, 1.4.3, level AA, for text of any size.
constexpr qreal enoughForText = 4.5;
//! WCAG 2, 1.4.11: marks that are not words.
constexpr qreal enoughForMarks = 3;

std::vector<Pair> textPairs()
{
    std::vector<Pair> pairs;
    const auto add = [&pairs](std::initializer_list<ColourRole> inks,
                              std::initializer_list<ColourRole> grounds) {
        for (const ColourRole ink : inks) {
            for (const ColourRole ground : grounds)
                pairs.push_back({ink, ground});
        }
    };
    add({Ink, InkQuiet, InkFaint}, {Page, Pane, PaneHover, You, AccentGround});
    add({Ink, InkQuiet}, {CautionGround, BadGround, Added, Removed});
    add({Ink}, {FindHit}); // marked words are in Ink, whatever they were
    add({Accent, Good, Caution, Bad}, {Page, Pane, PaneHover, You, AccentGround});
    add({OnFindCurrent}, {FindCurrent});
    add({Caution}, {CautionGround});
    add({Bad}, {BadGround});
    add({Good}, {Added});
    add({Bad}, {Removed});
    add({OnAccent}, {Accent});
    add({CodeKeyword, CodeType, CodeFunction, CodeString, CodeNumber, CodeComment, CodeName},
        {Page, Pane, You});
    return pairs;
}

QPalette highContrast(const QColor &ink, const QColor &ground, const QColor &highlight, const QColor &link)
{
    QPalette palette(ink, ground);
    for (const auto role : {QPalette::Window, QPalette::Base, QPalette::Button})
        palette.setColor(role, ground);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(role, ink);
    palette.setColor(QPalette::Highlight, highlight);
    palette.setColor(QPalette::Link, link);
    return palette;
}

} // namespace

class ThemeTest : public QObject
{
    Q_OBJECT

    static QStringList unreadable(const Theme &theme, qreal enough)
    {
        QStringList found;
        const QColor wash = theme.selectionWash();
        for (const ColourRole role : {Page, Pane, You, CautionGround, BadGround, FindHit}) {
            const QColor ground = theme.colour(role);
            const auto channel = [&wash](int under, int over) {
                return int(std::lround(under + (over - under) * wash.alphaF()));
            };
            const QColor seen(channel(ground.red(), wash.red()), channel(ground.green(), wash.green()),
                              channel(ground.blue(), wash.blue()));
            if (Theme::contrast(theme.colour(Ink), seen) < enough)
                found.append(QStringLiteral("selected on role %1 (%2)").arg(int(role)).arg(seen.name()));
        }
        for (const auto [ink, ground] : textPairs()) {
            const qreal contrast = Theme::contrast(theme.colour(ink), theme.colour(ground));
            if (contrast < enough) {
                found.append(QStringLiteral("role %1 (%2) on role %3 (%4): %5")
                                 .arg(int(ink))
                                 .arg(theme.colour(ink).name())
                                 .arg(int(ground))
                                 .arg(theme.colour(ground).name())
                                 .arg(contrast, 0, 'f', 2));
            }
        }
        return found;
    }

private Q_SLOTS:
    void everyWordCanBeRead_data()
    {
        QTest::addColumn<ThemeChoice>("choice");
        QTest::newRow("light") << ThemeChoice::Light;
        QTest::newRow("dark") << ThemeChoice::Dark;
    }
    void everyWordCanBeRead()
    {
        QFETCH(ThemeChoice, choice);
        Theme theme;
        theme.setChoice(choice);
        QCOMPARE(unreadable(theme, enoughForText).join(u'\n'), QString());
    }

    void marksCanBeSeen()
    {
        Theme theme;
        for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
            theme.setChoice(choice);
            for (int i = 0; i < Theme::agentColourCount; ++i) {
                for (const ColourRole ground : {Page, Pane, AccentGround}) {
                    const qreal contrast = Theme::contrast(theme.agentColour(i), theme.colour(ground));
                    QVERIFY2(contrast >= enoughForMarks, qPrintable(theme.agentColour(i).name()));
                }
            }
        }
    }

    void theColoursOfAConsoleCanBeRead_data() { everyWordCanBeRead_data(); }
    void theColoursOfAConsoleCanBeRead()
    {
        QFETCH(ThemeChoice, choice);
        Theme theme;
        theme.setChoice(choice);
        for (int i = 0; i < Theme::consoleColourCount; ++i) {
            const QColor ink = theme.consoleInk(i);
            QVERIFY2(Theme::contrast(ink, theme.colour(Pane)) >= enoughForText, qPrintable(ink.name()));
            const QColor ground = theme.consoleGround(i);
            QVERIFY2(Theme::contrast(theme.colour(Ink), ground) >= enoughForText, qPrintable(ground.name()));
        }
    }

    void highContrastStaysReadableWhateverTheDesktopPicks_data()
    {
        QTest::addColumn<QColor>("ink");
        QTest::addColumn<QColor>("ground");
        QTest::newRow("black on white") << QColor(Qt::black) << QColor(Qt::white);
        QTest::newRow("white on black") << QColor(Qt::white) << QColor(Qt::black);
    }
    void highContrastStaysReadableWhateverTheDesktopPicks()
    {
        QFETCH(QColor, ink);
        QFETCH(QColor, ground);
        QRandomGenerator random(4471);
        for (int i = 0; i < 500; ++i) {
            const QColor highlight = QColor::fromRgb(random.generate());
            const QColor link = QColor::fromRgb(random.generate());
            Theme theme;
            theme.setSystemPalette(highContrast(ink, ground, highlight, link));
            QVERIFY(theme.isHighContrast());
            const QString found = unreadable(theme, enoughForText).join(u'\n');
            QVERIFY2(found.isEmpty(), qPrintable(found));
            QVERIFY(Theme::contrast(theme.colour(Ink), theme.colour(Page)) >= 7);
            // The match one stands on is told from the others without a colour.
            QVERIFY(Theme::contrast(theme.colour(FindCurrent), theme.colour(FindHit)) >= 4.5);
        }
    }

    void aDesktopWithAnOrdinaryPaletteIsNotHighContrast()
    {
        Theme theme;
        theme.setSystemPalette(highContrast(QColor(0x23, 0x26, 0x29), QColor(0xef, 0xf0, 0xf1),
                                            QColor(0x3d, 0xae, 0xe9), QColor(0x29, 0x80, 0xb9)));
        QVERIFY(!theme.isHighContrast());
    }
};

QTEST_MAIN(ThemeTest)
#include "tst_theme.moc"
