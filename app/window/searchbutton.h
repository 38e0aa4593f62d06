// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPushButton>

namespace Parlance {

class Theme;

//! Looks like a search field and opens the switcher: words at the left, the shortcut at the right.
class SearchButton : public QPushButton
{
    Q_OBJECT
public:
    SearchButton(const Theme *theme, QString shortcut, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme *m_theme;
    QString m_shortcut;
};

} // namespace Parlance
