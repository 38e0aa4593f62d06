// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "forms/fieldeditor.h"

#include <vector>

class QVBoxLayout;

namespace Parlance {

class FieldBox;

//! A form made of the field that a JSON Schema describes: the fields of a group below each other, each with
//! its label, what it says of itself and, once it was checked, what is wrong with it. A field that is no
//! group is a form of one.
class SchemaForm : public FieldEditor
{
    Q_OBJECT
public:
    SchemaForm(const Theme *theme, const SchemaField &field, QWidget *parent = nullptr);

    QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;
    QString problem() const override;
    QWidget *check() override;
    QWidget *target() override;
    bool isEmpty() const override;
    QJsonValue draft() const override;
    void setDraft(const QJsonValue &draft) override;

private:
    void restyle();
    FieldEditor *only() const;

    const Theme *m_theme;
    QVBoxLayout *m_column;
    std::vector<FieldBox *> m_boxes;
};

} // namespace Parlance
