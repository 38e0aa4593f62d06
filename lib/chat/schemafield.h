// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonValue>
#include <QString>

#include <optional>
#include <vector>

namespace Parlance {

enum class FieldKind {
    Text,
    LongText, //!< of several lines
    Number,
    Integer,
    Boolean,
    Choice, //!< one of a few values
    Choices, //!< any of a few values, as an array
    List, //!< as many of one kind as one likes, as an array
    Group, //!< an object of fields
    Json, //!< whatever no form can be made for
};

struct FieldChoice
{
    QString title = {};
    QJsonValue value = {};
    friend bool operator==(const FieldChoice &, const FieldChoice &) = default;
};

//! One field of a form, made of a JSON Schema; see readSchema().
struct SchemaField
{
    QString name = {}; //!< of the object's member; empty: the whole, or an item of a list
    QString title = {}; //!< for a person
    QString description = {};
    FieldKind kind = FieldKind::Json;
    bool isRequired = false;
    QJsonValue initial = QJsonValue(QJsonValue::Undefined); //!< what stands there at first
    QString format =
        {}; //!< of Text: "date", "date-time", "time", "email", "uri"; of Json: "object" or "array"
    QString pattern = {}; //!< of Text: a regular expression that is found in it
    std::optional<double> least = std::nullopt; //!< of numbers
    std::optional<double> most = std::nullopt;
    bool isLeastOutside = false; //!< the limit itself is not allowed
    bool isMostOutside = false;
    std::optional<double> step = std::nullopt; //!< it is a multiple of that
    std::optional<qint64> fewest = std::nullopt; //!< characters of Text, items of List and Choices
    std::optional<qint64> mostMany = std::nullopt;
    std::vector<FieldChoice> choices = {}; //!< of Choice and Choices
    std::vector<SchemaField> fields = {}; //!< of Group; of List one: what its items are
    friend bool operator==(const SchemaField &, const SchemaField &) = default;

    bool isText() const { return kind == FieldKind::Text || kind == FieldKind::LongText; }
    bool isNumber() const { return kind == FieldKind::Number || kind == FieldKind::Integer; }
};

//! Why a value is not one for the field, in a sentence; empty: it is. Undefined: nothing was filled in. What
//! is inside a group or a list is not looked at.
QString problemWith(const SchemaField &field, const QJsonValue &value);

//! What a text means in a field of numbers or of JSON; Undefined for a blank one. False: it means nothing,
//! and problem says why.
bool readFieldText(const SchemaField &field, const QString &text, QJsonValue *value, QString *problem);
//! The text that reads as that value.
QString fieldText(const SchemaField &field, const QJsonValue &value);

//! What was filled in, to be read: Markdown.
QString answerWords(const SchemaField &field, const QJsonValue &value);

} // namespace Parlance
