// SPDX-License-Identifier: Apache-2.0
#include "forms/fieldbox.h"

#include "dialogs/themedlabel.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

FieldBox::FieldBox(const Theme *theme, const SchemaField &field, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_column(new QVBoxLayout(this))
    , m_inside(new QVBoxLayout)
    , m_editor(makeFieldEditor(theme, field, this))
    , m_problem(new ThemedLabel(theme, FontRole::Small, ColourRole::Bad, {}, this))
{
    if (!field.title.isEmpty() && !m_editor->hasOwnTitle()) {
        const QString title = field.isRequired ? field.title : tr("%1 (optional)").arg(field.title);
        auto *name = new ThemedLabel(theme, FontRole::Small, ColourRole::InkQuiet, title, this);
        name->setWordWrap(true);
        name->setBuddy(m_editor->target());
        m_column->addWidget(name);
    }
    m_inside->addWidget(m_editor);
    m_column->addLayout(m_inside);
    if (!field.description.isEmpty()) {
        auto *help = new ThemedLabel(theme, FontRole::Small, ColourRole::InkFaint, field.description, this);
        help->setWordWrap(true);
        m_column->addWidget(help);
    }
    m_problem->setObjectName(QString(u"problem-"_s % field.name));
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_column->addWidget(m_problem);
    connect(m_editor, &FieldEditor::changed, this, [this] {
        if (m_isChecked)
            showProblem(m_editor->problem());
    });
    connect(theme, &Theme::changed, this, &FieldBox::restyle);
    restyle();
}

QWidget *FieldBox::check()
{
    m_isChecked = true;
    showProblem(m_editor->problem());
    return m_editor->check();
}

void FieldBox::showProblem(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    QWidget *target = m_editor->target();
    target->setAccessibleDescription(problem.isEmpty() ? m_editor->field().description : problem);
}

void FieldBox::restyle()
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(m_theme->px(Metric::step));
    // What is inside a thing stands a little to the right of its name.
    const FieldKind kind = m_editor->field().kind;
    const bool isInside = kind == FieldKind::Group || kind == FieldKind::List;
    m_inside->setContentsMargins(isInside ? m_theme->px(Metric::inset) : 0, 0, 0, 0);
}

} // namespace Parlance
