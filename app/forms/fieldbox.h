// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "forms/fieldeditor.h"

class QVBoxLayout;

namespace Parlance {

class ThemedLabel;

//! A field of a form with all that stands around it.
class FieldBox : public QWidget
{
    Q_OBJECT
public:
    FieldBox(const Theme *theme, const SchemaField &field, QWidget *parent);

    FieldEditor *editor() const { return m_editor; }
    //! As FieldEditor::check(); shows the sentence below the field.
    QWidget *check();

private:
    void showProblem(const QString &problem);
    void restyle();

    const Theme *m_theme;
    QVBoxLayout *m_column;
    QVBoxLayout *m_inside;
    FieldEditor *m_editor;
    ThemedLabel *m_problem;
    bool m_isChecked = false; //!< from then on each change is
};

} // namespace Parlance
