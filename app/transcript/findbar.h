// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/textmatch.h"

#include <QWidget>

class QBoxLayout;
class QLabel;
class QLineEdit;
class QToolButton;

namespace Parlance {

class Theme;

//! The small bar for Ctrl+F: words, count, next and previous.
class FindBar : public QWidget
{
    Q_OBJECT
public:
    explicit FindBar(const Theme *theme, QWidget *parent = nullptr);

    void open();
    //! Its size where it may be so wide. In little room the field has a line of its own.
    QSize fit(int most);
    //! With words that were looked for elsewhere and found.
    void openWith(const QString &words);
    QString words() const;
    FindOptions options() const;
    //! current counts from 0; -1: none. isSearching: there may be more.
    void setCount(int current, int count, bool isSearching = false);

Q_SIGNALS:
    //! Or how they are meant.
    void wordsChanged(const QString &words);
    void stepRequested(int step);
    void closeRequested();
    //! Comes after closeRequested() if it was asked for with Escape.
    void escaped();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme *m_theme;
    QLineEdit *m_field;
    QLabel *m_count;
    QBoxLayout *m_rows = nullptr;
    QToolButton *m_previous;
    QToolButton *m_next;
    QToolButton *m_matchCase;
    QToolButton *m_wholeWords;
};

} // namespace Parlance
