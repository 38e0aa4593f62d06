// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "forms/fieldeditor.h"

#include <vector>

class QPushButton;
class QVBoxLayout;

namespace Parlance {

class FieldBox;

//! As many fields of one kind as one likes, each with a button that removes it.
class FieldList : public FieldEditor
{
    Q_OBJECT
public:
    FieldList(const Theme *theme, const SchemaField &field, QWidget *parent);

    QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;
    QString problem() const override;
    QWidget *check() override;
    QWidget *target() override;
    bool isEmpty() const override { return m_rows.empty(); }
    QJsonValue draft() const override;
    void setDraft(const QJsonValue &draft) override;

private:
    struct Row
    {
        QWidget *widget = nullptr;
        FieldBox *box = nullptr;
    };

    FieldEditor *add();
    void remove(QWidget *widget);
    void clear();
    void restyle();

    const Theme *m_theme;
    QVBoxLayout *m_column;
    QPushButton *m_add;
    std::vector<Row> m_rows;
};

} // namespace Parlance
