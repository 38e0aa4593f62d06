// SPDX-License-Identifier: Apache-2.0
#include "forms/fieldeditor.h"

#include "forms/fieldlist.h"
#include "forms/scalareditors.h"
#include "forms/schemaform.h"

namespace Parlance {

FieldEditor::FieldEditor(SchemaField field, QWidget *parent)
    : QWidget(parent)
    , m_field(std::move(field))
{
}

QString FieldEditor::problem() const
{
    return problemWith(m_field, value());
}

QWidget *FieldEditor::check()
{
    return problem().isEmpty() ? nullptr : target();
}

FieldEditor *makeFieldEditor(const Theme *theme, const SchemaField &field, QWidget *parent)
{
    switch (field.kind) {
    case FieldKind::Text:
    case FieldKind::Number:
    case FieldKind::Integer:
        return new LineField(field, parent);
    case FieldKind::LongText:
    case FieldKind::Json:
        return new LinesField(theme, field, parent);
    case FieldKind::Boolean:
        return new TickField(field, parent);
    case FieldKind::Choice:
        return new ChoiceField(field, parent);
    case FieldKind::Choices:
        return new ChoicesField(theme, field, parent);
    case FieldKind::List:
        return new FieldList(theme, field, parent);
    case FieldKind::Group:
        return new SchemaForm(theme, field, parent);
    }
    return new LinesField(theme, field, parent);
}

} // namespace Parlance
