// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "theme/metrics.h"
#include "theme/theme.h"

#include <QDialog>

class QHBoxLayout;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace Parlance {

class ThemedLabel;

//! The frame of every dialog: title, one sentence, fields with their labels above, a failure in words,
//! and the buttons at the right. Scrolls where the screen is too small for it.
class FormDialog : public QDialog
{
    Q_OBJECT
public:
    QString failureText() const;

protected:
    FormDialog(const Theme *theme, const QString &title, const QString &sentence, QWidget *parent);

    const Theme *theme() const { return m_theme; }
    QVBoxLayout *body() const { return m_body; }
    //! Adds a field with its label, which becomes its accessible name. The label that is returned stands
    //! below it and is hidden while it has no text.
    ThemedLabel *addField(QVBoxLayout *column, const QString &label, QWidget *field);
    ThemedLabel *addHelp(QVBoxLayout *column, const QString &text = {});
    //! A button at the left of the footer, for another way to do the same.
    QPushButton *addSideButton(const QString &text);
    QPushButton *addButton(const QString &text);
    //! The one action, in accent; Enter presses it.
    QPushButton *addDefaultButton(const QString &text);

    //! What stands below the title.
    void setSentence(const QString &sentence);
    //! Empty: hides it.
    void setFailure(const QString &sentence);
    //! Gives a field the keyboard and brings it into view.
    void goTo(QWidget *field);
    void bringIntoView(QWidget *widget);
    //! A part that came into the dialog while it is visible, or changed, is laid out at once, so that the
    //! dialog can fit around it.
    static void settle(QWidget *part);
    static void setHelp(ThemedLabel *help, const QString &text);
    //! Gives the dialog the height its content wants, as far as the screen has it.
    void fit();
    //! A gap as wide as between things.
    void addGap(QVBoxLayout *column, qreal length = Metric::inset);

    void showEvent(QShowEvent *event) override;

private:
    void applyTheme();

    const Theme *m_theme;
    ThemedLabel *m_sentence = nullptr;
    QScrollArea *m_scroll = nullptr;
    QWidget *m_content = nullptr;
    QVBoxLayout *m_body = nullptr;
    QWidget *m_failureBox = nullptr;
    ThemedLabel *m_failure = nullptr;
    QHBoxLayout *m_footer = nullptr;
};

} // namespace Parlance
