// SPDX-License-Identifier: Apache-2.0
#include "window/suggestions.h"

#include "theme/metrics.h"
#include "theme/style.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

Suggestions::Suggestions(const Theme *theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_column(new QVBoxLayout(this))
{
    setObjectName(u"suggestions"_s);
    setAccessibleName(tr("Things to try"));
    const QStringList prompts{tr("What can Parlance do?"), tr("Show me a table and code"), tr("Call a tool"),
                              tr("Simulate an error")};
    for (const QString &prompt : prompts) {
        auto *button = new QPushButton(prompt, this);
        button->setObjectName("suggestion-"_L1 + QString::number(m_buttons.size() + 1));
        button->setAccessibleName(prompt);
        setButtonKind(button, ButtonKind::Plain);
        connect(button, &QPushButton::clicked, this, [this, prompt] { Q_EMIT chosen(prompt); });
        m_buttons.append(button);
    }
    connect(theme, &Theme::changed, this, &Suggestions::restyle);
    restyle();
}

QSize Suggestions::minimumSizeHint() const
{
    int widest = 0;
    for (const QPushButton *button : m_buttons)
        widest = std::max(widest, button->sizeHint().width());
    const QMargins margins = m_column->contentsMargins();
    return {widest + margins.left() + margins.right(), QWidget::minimumSizeHint().height()};
}

void Suggestions::restyle()
{
    m_column->setSpacing(m_theme->px(Metric::within));
    m_column->setContentsMargins(m_theme->px(Metric::inset), 0, m_theme->px(Metric::inset),
                                 m_theme->px(Metric::within));
    m_rows.clear();
    arrange();
}

QList<int> Suggestions::rowsFor(int width) const
{
    QList<int> rows;
    int left = -1;
    for (const QPushButton *button : m_buttons) {
        const int needed = button->sizeHint().width();
        if (rows.isEmpty() || needed + m_theme->px(Metric::within) > left) {
            rows.append(0);
            left = width + m_theme->px(Metric::within);
        }
        ++rows.last();
        left -= needed + m_theme->px(Metric::within);
    }
    // Two and two look better than three and one.
    const bool isLopsided = rows == QList<int>{3, 1};
    return isLopsided ? QList<int>{2, 2} : rows;
}

void Suggestions::arrange()
{
    const QMargins margins = m_column->contentsMargins();
    const QList<int> rows = rowsFor(width() - margins.left() - margins.right());
    if (rows == m_rows)
        return;
    m_rows = rows;
    while (QLayoutItem *item = m_column->takeAt(0))
        delete item->layout();
    qsizetype next = 0;
    for (const int count : rows) {
        auto *row = new QHBoxLayout;
        row->setSpacing(m_theme->px(Metric::within));
        row->addStretch();
        for (int i = 0; i < count; ++i)
            row->addWidget(m_buttons[next++]);
        row->addStretch();
        m_column->addLayout(row);
    }
    updateGeometry();
}

void Suggestions::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace Parlance
