// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QAbstractButton;
class QLineEdit;
class QPlainTextEdit;

namespace Parlance {

class JsonHighlighter;
class Theme;
class ThemedLabel;

//! One payload: pretty if it is JSON, as it came if not or if asked for; secrets masked either way.
class PayloadView : public QWidget
{
    Q_OBJECT
public:
    //! What is laid out at once; Copy gives all.
    static constexpr qsizetype longestShown = 256 * 1024;

    explicit PayloadView(const Theme *theme, QWidget *parent = nullptr);

    //! caption: one faint line above, for example "Event 12, 0.214 s".
    void showText(const QString &caption, const QString &payload);
    //! The same for text that is already as it should be read, with JSON in some of its lines.
    void showPrinted(const QString &caption, const QString &text);
    void clear();
    QString shownText() const;
    void openFind();

public Q_SLOTS:
    void copy();

private:
    QWidget *makeToolRow();
    QWidget *makeFindRow();
    void setPayload(const QString &caption, const QString &payload, bool isPrinted);
    void update();
    void applyTheme();
    void markMatches();
    void stepMatch(int direction);

    const Theme *m_theme;
    ThemedLabel *m_caption;
    ThemedLabel *m_note;
    ThemedLabel *m_matchCount;
    QAbstractButton *m_raw;
    QAbstractButton *m_copy;
    QLineEdit *m_find;
    QPlainTextEdit *m_text;
    JsonHighlighter *m_highlighter;
    QWidget *m_findRow = nullptr;
    QAbstractButton *m_findButton;
    QString m_payload;
    bool m_isPrinted = false;
    int m_match = 0;
};

} // namespace Parlance
