// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "theme/theme.h"

#include <QPushButton>

namespace Parlance {

//! A value in the header that can be pressed: a strong word, a quiet one, and a chevron if it opens
//! something. Shortens its words when there is no room.
class Chip : public QPushButton
{
    Q_OBJECT
public:
    explicit Chip(const Theme *theme, QWidget *parent = nullptr);

    void setWords(const QString &strong, const QString &quiet, FontRole quietFont = FontRole::Small);
    void setOpensSomething(bool opens);
    void setQuietInk(ColourRole ink);

    QSize sizeHint() const override;
    //! Room for the strong word, as far as it is not a long one.
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QFont strongFont() const;
    QFont quietFont() const;
    int margin() const;
    int widthOf(bool withQuiet) const;

    const Theme *m_theme;
    QString m_strong;
    QString m_quiet;
    FontRole m_quietRole = FontRole::Small;
    ColourRole m_quietInk = ColourRole::InkQuiet;
    bool m_opensSomething = false;
};

} // namespace Parlance
