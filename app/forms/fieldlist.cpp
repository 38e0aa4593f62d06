// SPDX-License-Identifier: Apache-2.0
#include "forms/fieldlist.h"

#include "forms/fieldbox.h"
#include "theme/metrics.h"
#include "theme/style.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QJsonArray>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

FieldList::FieldList(const Theme *theme, const SchemaField &field, QWidget *parent)
    : FieldEditor(field, parent)
    , m_theme(theme)
    , m_column(new QVBoxLayout(this))
    , m_add(new QPushButton(tr("Add"), this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_add->setObjectName(QString(u"add-"_s % field.name));
    m_add->setAccessibleName(field.title.isEmpty() ? tr("Add an item") : tr("Add to %1").arg(field.title));
    m_add->setToolTip(tr("Add an item"));
    m_add->setAutoDefault(false);
    m_column->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_add, &QPushButton::clicked, this, [this] {
        add()->target()->setFocus(Qt::OtherFocusReason);
        Q_EMIT changed();
    });
    FieldList::setValue(field.initial);
    connect(theme, &Theme::changed, this, &FieldList::restyle);
    restyle();
}

void FieldList::restyle()
{
    m_column->setSpacing(m_theme->px(Metric::within));
}

FieldEditor *FieldList::add()
{
    SchemaField item = field().fields.front();
    item.isRequired = true;
    auto *widget = new QWidget(this);
    auto *line = new QHBoxLayout(widget);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(m_theme->px(Metric::step));
    auto *box = new FieldBox(m_theme, item, widget);
    auto *gone = new QPushButton(tr("Remove"), widget);
    gone->setObjectName(u"removeItem"_s);
    gone->setAutoDefault(false);
    setButtonKind(gone, ButtonKind::Flat);
    line->addWidget(box, 1);
    line->addWidget(gone, 0, Qt::AlignTop);
    m_column->insertWidget(int(m_rows.size()), widget);
    m_rows.push_back({.widget = widget, .box = box});
    const QString name = tr("%1, item %2").arg(field().title).arg(m_rows.size());
    if (item.title.isEmpty())
        box->editor()->target()->setAccessibleName(name);
    gone->setAccessibleName(tr("Remove %1").arg(name));
    gone->setToolTip(tr("Remove this item"));
    connect(box->editor(), &FieldEditor::changed, this, &FieldEditor::changed);
    connect(gone, &QPushButton::clicked, this, [this, widget] {
        remove(widget);
        m_add->setFocus(Qt::OtherFocusReason);
        Q_EMIT changed();
    });
    return box->editor();
}

void FieldList::remove(QWidget *widget)
{
    std::erase_if(m_rows, [widget](const Row &row) { return row.widget == widget; });
    m_column->removeWidget(widget);
    widget->hide();
    // The click that removes it is still running inside it.
    widget->deleteLater();
}

void FieldList::clear()
{
    while (!m_rows.empty())
        remove(m_rows.back().widget);
}

QJsonValue FieldList::value() const
{
    QJsonArray items;
    for (const Row &row : m_rows) {
        const QJsonValue value = row.box->editor()->value();
        if (!value.isUndefined())
            items.append(value);
    }
    return items.isEmpty() && !field().isRequired ? QJsonValue(QJsonValue::Undefined) : QJsonValue(items);
}

void FieldList::setValue(const QJsonValue &value)
{
    clear();
    for (const QJsonValueConstRef item : value.toArray())
        add()->setValue(item);
}

QString FieldList::problem() const
{
    return problemWith(field(), value());
}

QWidget *FieldList::check()
{
    QWidget *first = problem().isEmpty() ? nullptr : target();
    for (const Row &row : m_rows) {
        QWidget *wrong = row.box->check();
        first = first ? first : wrong;
    }
    return first;
}

QWidget *FieldList::target()
{
    return m_add;
}

QJsonValue FieldList::draft() const
{
    QJsonArray items;
    for (const Row &row : m_rows) {
        const QJsonValue draft = row.box->editor()->draft();
        items.append(draft.isUndefined() ? QJsonValue(QString()) : draft);
    }
    return items.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(items);
}

void FieldList::setDraft(const QJsonValue &draft)
{
    clear();
    for (const QJsonValueConstRef item : draft.toArray())
        add()->setDraft(item);
}

} // namespace Parlance
