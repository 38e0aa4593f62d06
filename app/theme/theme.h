// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QFont>
#include <QHash>
#include <QObject>
#include <QPalette>
#include <QStringList>

#include <map>
#include <utility>

namespace Parlance {

//! What a colour is for. The table of values is in theme.cpp and nowhere else.
enum class ColourRole {
    Page, //!< transcript, composer, dialogs
    Pane, //!< sidebar, inspector, code, status
    PaneHover, //!< a row under the mouse
    Line, //!< hairlines
    Ink,
    InkQuiet,
    InkFaint,
    Accent,
    OnAccent, //!< text on an accent button
    AccentGround, //!< selected row, selected text
    You, //!< the person's own message
    Good,
    Caution,
    CautionGround,
    Bad,
    BadGround,
    Added,
    Removed,
    FindHit, //!< ground of every match
    FindCurrent, //!< ground of the match one stands on
    OnFindCurrent, //!< its words
    CodeKeyword, //!< words of a program, on Pane
    CodeType,
    CodeFunction,
    CodeString,
    CodeNumber,
    CodeComment,
    CodeName,
};

enum class FontRole {
    Body, //!< 14 px on 22
    BodyStrong,
    Small, //!< 12.5 on 18
    SmallStrong,
    Label, //!< 11.5, small headings of panes
    Heading1, //!< 20
    Heading2, //!< 17
    Heading3, //!< 16
    Code, //!< 12.5 on 20, monospace
    SmallCode, //!< 12, monospace
};

enum class ThemeChoice { System, Light, Dark };

//! Every colour, font and metric of the window. Lengths are given in pixels of the drawings in
//! 96 dpi at 100 % text and come back scaled by the screen's font resolution and the chosen text size.
class Theme : public QObject
{
    Q_OBJECT
public:
    explicit Theme(QObject *parent = nullptr);

    ThemeChoice choice() const { return m_choice; }
    void setChoice(ThemeChoice choice);
    //! In percent, 75 to 300.
    int textSize() const { return m_textSize; }
    void setTextSize(int percent);
    bool isDark() const { return m_isDark; }
    bool isHighContrast() const { return m_isHighContrast; }

    QColor colour(ColourRole role) const;
    //! Lies over whatever ground selected words have; the words are in Ink.
    QColor selectionWash() const;
    static constexpr int agentColourCount = 8;
    QColor agentColour(int index) const;
    //! A terminal's sixteen colours, for words on Pane and for the ground of words in Ink: 0 to 7, and 8 to
    //! 15 the bright ones.
    static constexpr int consoleColourCount = 16;
    QColor consoleInk(int index) const;
    QColor consoleGround(int index) const;

    QFont font(FontRole role) const;
    //! How wide words are on one line. Kept, since labels are asked about again and again.
    qreal widthOf(FontRole role, const QString &words) const;
    //! Distance from baseline to baseline.
    qreal lineHeight(FontRole role) const;
    //! A length from the drawings, scaled and rounded; never 0 for a positive one.
    int px(qreal length) const;
    qreal scale() const { return m_scale; }

    //! For motion that folds: 120 ms, or 0 when the system asks for less.
    int foldDuration() const;

    //! The screen's resolution or the system's fonts changed: works out everything again.
    void refresh();
    //! The desktop's own palette, as it was before this program set one. Says whether the desktop is
    //! dark and whether it asks for high contrast. Taken once by the constructor; told again by Style.
    void setSystemPalette(const QPalette &palette);
    //! Every role of a palette for standard widgets.
    QPalette palette() const;

    //! WCAG 2 contrast of two opaque colours, 1 to 21.
    static qreal contrast(const QColor &a, const QColor &b);

Q_SIGNALS:
    //! Anything that this class answers may differ now.
    void changed();

private:
    void update();
    QColor systemColour(ColourRole role) const;

    QPalette m_system;
    ThemeChoice m_choice = ThemeChoice::System;
    int m_textSize = 100;
    bool m_isDark = false;
    bool m_isHighContrast = false;
    qreal m_scale = 1.0;
    QString m_textFamily;
    QString m_codeFamily;
    QStringList m_textFamilies; //!< the first that has a character draws it
    QStringList m_codeFamilies;
    // What was worked out from the above, until it changes.
    mutable std::map<FontRole, QFont> m_fonts;
    mutable QHash<std::pair<int, QString>, qreal> m_widths;
};

} // namespace Parlance
