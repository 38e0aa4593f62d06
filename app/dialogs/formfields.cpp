// SPDX-License-Identifier: Apache-2.0
#include "dialogs/formfields.h"

#include "dialogs/themedlabel.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

FormFields FormFields::on(const Theme *theme, QWidget *part, qreal spacing)
{
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme->px(spacing));
    return {theme, layout};
}

ThemedLabel *FormFields::addField(const QString &label, QWidget *field) const
{
    auto *name = new ThemedLabel(m_theme, FontRole::Small, ColourRole::InkQuiet, label);
    name->setBuddy(field);
    field->setAccessibleName(label);
    m_column->addWidget(name);
    m_column->addWidget(field);
    ThemedLabel *help = addHelp();
    addGap();
    return help;
}

ThemedLabel *FormFields::addHelp(const QString &text) const
{
    auto *help = new ThemedLabel(m_theme, FontRole::Small, ColourRole::InkFaint, text);
    help->setWordWrap(true);
    help->setVisible(!text.isEmpty());
    m_column->addWidget(help);
    return help;
}

void FormFields::addGap(qreal length) const
{
    m_column->addSpacing(m_theme->px(length));
}

void FormFields::setHelp(ThemedLabel *help, const QString &text)
{
    // A word joiner keeps the name of a placeholder on the line of its sign.
    help->setText(QString(text).replace(u"${"_s, u"$\u2060{"_s));
    help->setVisible(!text.isEmpty());
}

} // namespace Parlance
