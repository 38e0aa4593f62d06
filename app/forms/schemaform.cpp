// SPDX-License-Identifier: Apache-2.0
#include "forms/schemaform.h"

#include "forms/fieldbox.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QJsonObject>
#include <QVBoxLayout>

#include <algorithm>

namespace Parlance {

SchemaForm::SchemaForm(const Theme *theme, const SchemaField &field, QWidget *parent)
    : FieldEditor(field, parent)
    , m_theme(theme)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    const std::vector<SchemaField> fields =
        field.kind == FieldKind::Group ? field.fields : std::vector<SchemaField>{field};
    for (const SchemaField &one : fields) {
        auto *box = new FieldBox(theme, one, this);
        m_column->addWidget(box);
        connect(box->editor(), &FieldEditor::changed, this, &FieldEditor::changed);
        m_boxes.push_back(box);
    }
    if (field.kind == FieldKind::Group && !field.initial.isUndefined())
        SchemaForm::setValue(field.initial);
    connect(theme, &Theme::changed, this, &SchemaForm::restyle);
    restyle();
}

void SchemaForm::restyle()
{
    m_column->setSpacing(m_theme->px(Metric::inset));
}

//! The one field of a form that is no group.
FieldEditor *SchemaForm::only() const
{
    return field().kind == FieldKind::Group ? nullptr : m_boxes.front()->editor();
}

QJsonValue SchemaForm::value() const
{
    if (const FieldEditor *editor = only())
        return editor->value();
    QJsonObject object;
    for (const FieldBox *box : m_boxes) {
        const QJsonValue value = box->editor()->value();
        if (!value.isUndefined())
            object.insert(box->editor()->field().name, value);
    }
    // An object that need not be there is not there until something is in it.
    const bool isLeftOut = object.isEmpty() && !field().isRequired && !field().name.isEmpty();
    return isLeftOut ? QJsonValue(QJsonValue::Undefined) : QJsonValue(object);
}

void SchemaForm::setValue(const QJsonValue &value)
{
    if (FieldEditor *editor = only()) {
        editor->setValue(value);
        return;
    }
    const QJsonObject object = value.toObject();
    for (const FieldBox *box : m_boxes)
        box->editor()->setValue(object.value(box->editor()->field().name));
}

QString SchemaForm::problem() const
{
    return {};
}

QWidget *SchemaForm::check()
{
    // What is inside an object that is left out need not be there.
    const bool isLeftOut = isEmpty() && !field().isRequired && !field().name.isEmpty();
    QWidget *first = nullptr;
    for (FieldBox *box : m_boxes) {
        QWidget *wrong = isLeftOut ? nullptr : box->check();
        first = first ? first : wrong;
    }
    return first;
}

QWidget *SchemaForm::target()
{
    return m_boxes.empty() ? this : m_boxes.front()->editor()->target();
}

bool SchemaForm::isEmpty() const
{
    return std::ranges::all_of(m_boxes, [](const FieldBox *box) { return box->editor()->isEmpty(); });
}

QJsonValue SchemaForm::draft() const
{
    if (const FieldEditor *editor = only())
        return editor->draft();
    QJsonObject object;
    for (const FieldBox *box : m_boxes) {
        const QJsonValue draft = box->editor()->draft();
        if (!draft.isUndefined())
            object.insert(box->editor()->field().name, draft);
    }
    return object;
}

void SchemaForm::setDraft(const QJsonValue &draft)
{
    if (FieldEditor *editor = only()) {
        editor->setDraft(draft);
        return;
    }
    const QJsonObject object = draft.toObject();
    for (const FieldBox *box : m_boxes)
        box->editor()->setDraft(object.value(box->editor()->field().name));
}

} // namespace Parlance
