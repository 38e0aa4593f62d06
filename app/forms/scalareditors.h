// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "forms/fieldeditor.h"

#include <vector>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace Parlance {

//! One line: a text or a number.
class LineField : public FieldEditor
{
    Q_OBJECT
public:
    LineField(const SchemaField &field, QWidget *parent);
    QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;
    QString problem() const override;
    QWidget *target() override;
    bool isEmpty() const override;
    QJsonValue draft() const override;
    void setDraft(const QJsonValue &draft) override;

private:
    QLineEdit *m_edit;
};

//! Several lines: a long text, or JSON.
class LinesField : public FieldEditor
{
    Q_OBJECT
public:
    LinesField(const Theme *theme, const SchemaField &field, QWidget *parent);
    QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;
    QString problem() const override;
    QWidget *target() override;
    bool isEmpty() const override;
    QJsonValue draft() const override;
    void setDraft(const QJsonValue &draft) override;

private:
    void restyle();

    const Theme *m_theme;
    QPlainTextEdit *m_edit;
};

//! Yes or no. One that need not be there is left out until somebody touched it.
class TickField : public FieldEditor
{
    Q_OBJECT
public:
    TickField(const SchemaField &field, QWidget *parent);
    QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;
    QWidget *target() override;
    bool hasOwnTitle() const override { return true; }

private:
    QCheckBox *m_box;
    bool m_isSet = false;
};

//! One of a few values.
class ChoiceField : public FieldEditor
{
    Q_OBJECT
public:
    ChoiceField(const SchemaField &field, QWidget *parent);
    QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;
    QWidget *target() override;

private:
    QComboBox *m_box;
};

//! Any of a few values.
class ChoicesField : public FieldEditor
{
    Q_OBJECT
public:
    ChoicesField(const Theme *theme, const SchemaField &field, QWidget *parent);
    QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;
    QWidget *target() override;

private:
    std::vector<QCheckBox *> m_boxes;
    bool m_isSet = false;
};

} // namespace Parlance
