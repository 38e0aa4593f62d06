// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/schemafield.h"

#include <QWidget>

namespace Parlance {

class Theme;

//! What a person fills in one field of a form with. Without its label, which stands above it; see FieldBox.
class FieldEditor : public QWidget
{
    Q_OBJECT
public:
    explicit FieldEditor(SchemaField field, QWidget *parent = nullptr);

    const SchemaField &field() const { return m_field; }

    //! Undefined: nothing is filled in, and the member is left out. What is no value yet, such as half a
    //! number, is Undefined too, and problem() says so.
    virtual QJsonValue value() const = 0;
    //! Undefined empties it. What does not fit the field is left out.
    virtual void setValue(const QJsonValue &value) = 0;
    //! Why what is filled in cannot be sent, in a sentence, without what is inside a group or a list.
    virtual QString problem() const;
    //! Shows what is wrong here and inside, or that nothing is. Returns the first widget to mend; null: none.
    virtual QWidget *check();
    //! What the label belongs to, and where the keyboard goes.
    virtual QWidget *target() { return this; }
    //! Also once something was typed that is no value.
    virtual bool isEmpty() const { return value().isUndefined(); }
    //! Text that is no value yet is kept too, so that a draft has it.
    virtual QJsonValue draft() const { return value(); }
    virtual void setDraft(const QJsonValue &draft) { setValue(draft); }
    //! Whether it has a title of its own, as a tick box has, so that none stands above it.
    virtual bool hasOwnTitle() const { return false; }

Q_SIGNALS:
    void changed();

private:
    SchemaField m_field;
};

//! The editor for a field.
FieldEditor *makeFieldEditor(const Theme *theme, const SchemaField &field, QWidget *parent);

} // namespace Parlance
