// SPDX-License-Identifier: Apache-2.0
#include "window/suggestions.h"

#include "theme/style.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Parlance {

Suggestions::Suggestions(const Theme *theme, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"suggestions"_s);
    setAccessibleName(tr("Things to try"));
    auto *row = new QHBoxLayout(this);
    row->addStretch();
    const QStringList prompts{tr("What can Parlance do?"), tr("Show me a table and code"), tr("Call a tool"),
                              tr("Simulate an error")};
    for (const QString &prompt : prompts) {
        auto *button = new QPushButton(prompt, this);
        button->setObjectName("suggestion-"_L1 + QString::number(row->count()));
        button->setAccessibleName(prompt);
        setButtonKind(button, ButtonKind::Plain);
        connect(button, &QPushButton::clicked, this, [this, prompt] { Q_EMIT chosen(prompt); });
        row->addWidget(button);
    }
    row->addStretch();
    const auto restyle = [row, theme] {
        row->setSpacing(theme->px(8));
        row->setContentsMargins(theme->px(16), 0, theme->px(16), theme->px(8));
    };
    connect(theme, &Theme::changed, this, restyle);
    restyle();
}

} // namespace Parlance
