// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

class QApplication;

namespace Parlance {

class Theme;

//! Puts the theme on the application: style, palette, font. Listens for the desktop's own changes and
//! tells the theme of them. Lives as long as the application's widgets.
class Appearance : public QObject
{
    Q_OBJECT
public:
    Appearance(QApplication *application, Theme *theme, QObject *parent = nullptr);
    //! The theme may go next: the application has a plain style from here on.
    ~Appearance() override;

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void apply();
    void readSystem();

    QApplication *m_application;
    Theme *m_theme;
    bool m_isApplying = false;
};

} // namespace Parlance
