// SPDX-License-Identifier: Apache-2.0
#include "forms/scalareditors.h"

#include "theme/metrics.h"
#include "theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

const QJsonValue nothing(QJsonValue::Undefined);

template <typename Widget> Widget *alone(FieldEditor *editor, Widget *widget)
{
    auto *layout = new QVBoxLayout(editor);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(widget);
    editor->setFocusProxy(widget);
    widget->setAccessibleName(editor->field().title);
    widget->setAccessibleDescription(editor->field().description);
    const QString &name = editor->field().name;
    widget->setObjectName(name.isEmpty() ? u"field"_s : QString(u"field-"_s % name));
    return widget;
}

QString hintFor(const SchemaField &field)
{
    if (field.format == "date"_L1)
        return u"2026-03-31"_s;
    if (field.format == "time"_L1)
        return u"09:30:00"_s;
    return field.format == "date-time"_L1 ? u"2026-03-31T09:30:00Z"_s : QString();
}

} // namespace

LineField::LineField(const SchemaField &field, QWidget *parent)
    : FieldEditor(field, parent)
    , m_edit(alone(this, new QLineEdit(this)))
{
    m_edit->setPlaceholderText(hintFor(field));
    setValue(field.initial);
    connect(m_edit, &QLineEdit::textChanged, this, &FieldEditor::changed);
}

QJsonValue LineField::value() const
{
    if (field().isText())
        return m_edit->text().isEmpty() ? nothing : QJsonValue(m_edit->text());
    QJsonValue read;
    QString problem;
    return readFieldText(field(), m_edit->text(), &read, &problem) ? read : nothing;
}

void LineField::setValue(const QJsonValue &value)
{
    m_edit->setText(fieldText(field(), value));
}

QString LineField::problem() const
{
    QJsonValue read;
    QString problem;
    const bool isGood = field().isText() || readFieldText(field(), m_edit->text(), &read, &problem);
    return isGood ? FieldEditor::problem() : problem;
}

QWidget *LineField::target()
{
    return m_edit;
}

bool LineField::isEmpty() const
{
    return m_edit->text().trimmed().isEmpty();
}

QJsonValue LineField::draft() const
{
    return m_edit->text().isEmpty() ? nothing : QJsonValue(m_edit->text());
}

void LineField::setDraft(const QJsonValue &draft)
{
    // As it was typed, which may be half a number.
    m_edit->setText(draft.toString());
}

LinesField::LinesField(const Theme *theme, const SchemaField &field, QWidget *parent)
    : FieldEditor(field, parent)
    , m_theme(theme)
    , m_edit(alone(this, new QPlainTextEdit(this)))
{
    // Tab leads on to the next field, as in every form.
    m_edit->setTabChangesFocus(true);
    setValue(field.initial);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &FieldEditor::changed);
    connect(theme, &Theme::changed, this, &LinesField::restyle);
    restyle();
}

void LinesField::restyle()
{
    const bool isJson = field().kind == FieldKind::Json;
    m_edit->setFont(m_theme->font(isJson ? FontRole::Code : FontRole::Body));
    m_edit->setFixedHeight(m_theme->px(Metric::templateHeight));
}

QJsonValue LinesField::value() const
{
    const QString text = m_edit->toPlainText();
    if (field().isText())
        return text.isEmpty() ? nothing : QJsonValue(text);
    QJsonValue read;
    QString problem;
    return readFieldText(field(), text, &read, &problem) ? read : nothing;
}

void LinesField::setValue(const QJsonValue &value)
{
    m_edit->setPlainText(fieldText(field(), value));
}

QString LinesField::problem() const
{
    QJsonValue read;
    QString problem;
    const bool isGood = field().isText() || readFieldText(field(), m_edit->toPlainText(), &read, &problem);
    return isGood ? FieldEditor::problem() : problem;
}

QWidget *LinesField::target()
{
    return m_edit;
}

bool LinesField::isEmpty() const
{
    return m_edit->toPlainText().trimmed().isEmpty();
}

QJsonValue LinesField::draft() const
{
    const QString text = m_edit->toPlainText();
    return text.isEmpty() ? nothing : QJsonValue(text);
}

void LinesField::setDraft(const QJsonValue &draft)
{
    // A string is the text as it was typed, which may be half a value.
    if (draft.isString())
        m_edit->setPlainText(draft.toString());
    else
        setValue(draft);
}

TickField::TickField(const SchemaField &field, QWidget *parent)
    : FieldEditor(field, parent)
    , m_box(alone(this, new QCheckBox(field.title, this)))
{
    setValue(field.initial);
    connect(m_box, &QCheckBox::toggled, this, [this] {
        m_isSet = true;
        Q_EMIT changed();
    });
}

QJsonValue TickField::value() const
{
    return m_isSet || field().isRequired ? QJsonValue(m_box->isChecked()) : nothing;
}

void TickField::setValue(const QJsonValue &value)
{
    m_box->setChecked(value.toBool());
    m_isSet = value.isBool();
}

QWidget *TickField::target()
{
    return m_box;
}

ChoiceField::ChoiceField(const SchemaField &field, QWidget *parent)
    : FieldEditor(field, parent)
    , m_box(alone(this, new QComboBox(this)))
{
    m_box->addItem(field.isRequired ? tr("Choose…") : tr("None"));
    for (const FieldChoice &choice : field.choices)
        m_box->addItem(choice.title);
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setValue(field.initial);
    connect(m_box, &QComboBox::currentIndexChanged, this, &FieldEditor::changed);
}

QJsonValue ChoiceField::value() const
{
    const int chosen = m_box->currentIndex() - 1;
    return chosen < 0 ? nothing : field().choices[size_t(chosen)].value;
}

void ChoiceField::setValue(const QJsonValue &value)
{
    const auto &choices = field().choices;
    const auto found = std::ranges::find(choices, value, &FieldChoice::value);
    m_box->setCurrentIndex(found == choices.end() ? 0 : int(found - choices.begin()) + 1);
}

QWidget *ChoiceField::target()
{
    return m_box;
}

ChoicesField::ChoicesField(const Theme *theme, const SchemaField &field, QWidget *parent)
    : FieldEditor(field, parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme->px(Metric::step));
    for (const FieldChoice &choice : field.choices) {
        auto *box = new QCheckBox(choice.title, this);
        box->setObjectName(QString(u"field-"_s % field.name % u'-' % QString::number(m_boxes.size() + 1)));
        // Heard without the label above.
        box->setAccessibleName(field.title.isEmpty() ? choice.title
                                                     : tr("%1: %2").arg(field.title, choice.title));
        box->setAccessibleDescription(field.description);
        layout->addWidget(box);
        connect(box, &QCheckBox::toggled, this, [this] {
            m_isSet = true;
            Q_EMIT changed();
        });
        m_boxes.push_back(box);
    }
    setValue(field.initial);
    if (!m_boxes.empty())
        setFocusProxy(m_boxes.front());
}

QJsonValue ChoicesField::value() const
{
    QJsonArray chosen;
    for (size_t i = 0; i < m_boxes.size(); ++i) {
        if (m_boxes[i]->isChecked())
            chosen.append(field().choices[i].value);
    }
    return chosen.isEmpty() && !m_isSet && !field().isRequired ? nothing : QJsonValue(chosen);
}

void ChoicesField::setValue(const QJsonValue &value)
{
    const QJsonArray chosen = value.toArray();
    for (size_t i = 0; i < m_boxes.size(); ++i)
        m_boxes[i]->setChecked(chosen.contains(field().choices[i].value));
    m_isSet = value.isArray();
}

QWidget *ChoicesField::target()
{
    return m_boxes.empty() ? this : static_cast<QWidget *>(m_boxes.front());
}

} // namespace Parlance
