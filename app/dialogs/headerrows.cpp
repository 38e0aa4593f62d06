// SPDX-License-Identifier: Apache-2.0
#include "dialogs/headerrows.h"

#include "theme/metrics.h"
#include "theme/style.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

HeaderRows::HeaderRows(const Theme *theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_column(new QVBoxLayout(this))
    , m_add(new QPushButton(tr("Add header")))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(theme->px(Metric::step));
    m_add->setObjectName(u"addHeader"_s);
    m_add->setAutoDefault(false);
    m_column->addWidget(m_add, 0, Qt::AlignLeft);
    setFocusProxy(m_add);
    connect(m_add, &QPushButton::clicked, this, [this] {
        addRow({}).name->setFocus();
        Q_EMIT rowsChanged();
    });
}

HeaderRows::Row &HeaderRows::addRow(const HttpHeader &header)
{
    auto *widget = new QWidget;
    auto *layout = new QHBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(m_theme->px(Metric::step));
    auto *name = new QLineEdit(QString::fromUtf8(header.name));
    auto *value = new QLineEdit(QString::fromUtf8(header.value));
    auto *remove = new QPushButton(tr("Remove"));
    setButtonKind(remove, ButtonKind::Flat);
    remove->setAutoDefault(false);
    remove->setAccessibleName(tr("Remove header"));
    name->setAccessibleName(tr("Header name"));
    name->setPlaceholderText(tr("Name"));
    value->setAccessibleName(tr("Header value"));
    value->setPlaceholderText(tr("Value"));
    layout->addWidget(name, 2);
    layout->addWidget(value, 3);
    layout->addWidget(remove);
    m_column->insertWidget(int(m_rows.size()), widget);
    connect(name, &QLineEdit::textEdited, this, &HeaderRows::edited);
    connect(value, &QLineEdit::textEdited, this, &HeaderRows::edited);
    connect(remove, &QPushButton::clicked, this, [this, widget] { removeRow(widget); });
    return m_rows.emplace_back(Row{widget, name, value});
}

void HeaderRows::removeRow(QWidget *widget)
{
    std::erase_if(m_rows, [widget](const Row &row) { return row.widget == widget; });
    widget->hide();
    widget->deleteLater();
    m_add->setFocus();
    Q_EMIT edited();
    Q_EMIT rowsChanged();
}

QList<HttpHeader> HeaderRows::headers() const
{
    QList<HttpHeader> headers;
    for (const Row &row : m_rows) {
        const HttpHeader header{row.name->text().trimmed().toUtf8(), row.value->text().trimmed().toUtf8()};
        if (!header.name.isEmpty() || !header.value.isEmpty())
            headers.append(header);
    }
    return headers;
}

void HeaderRows::setHeaders(const QList<HttpHeader> &headers)
{
    for (const HttpHeader &header : headers)
        addRow(header);
}

} // namespace Parlance
