// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "theme/metrics.h"

#include <QString>

class QVBoxLayout;
class QWidget;

namespace Parlance {

class Theme;
class ThemedLabel;

//! How fields stand below each other in every form, for dialogs and for the parts they are made of.
class FormFields
{
public:
    FormFields(const Theme *theme, QVBoxLayout *column)
        : m_theme(theme)
        , m_column(column)
    {
    }

    //! A column without margins on a part of a form.
    static FormFields on(const Theme *theme, QWidget *part, qreal spacing = Metric::step);

    QVBoxLayout *column() const { return m_column; }
    //! Adds a field with its label, which becomes its accessible name. The label that is returned stands
    //! below it and is hidden while it has no text.
    ThemedLabel *addField(const QString &label, QWidget *field) const;
    ThemedLabel *addHelp(const QString &text = {}) const;
    //! A gap as wide as between things.
    void addGap(qreal length = Metric::inset) const;
    static void setHelp(ThemedLabel *help, const QString &text);

private:
    const Theme *m_theme;
    QVBoxLayout *m_column;
};

} // namespace Parlance
