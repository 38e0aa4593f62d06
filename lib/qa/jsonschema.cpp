// SPDX-License-Identifier: Apache-2.0
#include "qa/jsonschema.h"

#include "qa/jsonschemacheck.h"
#include "qa/scriptregex.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::JsonSchema)
};

enum class Shape { Anything, Text, Number, Count, Boolean, Texts, List, Schema, Schemas, SchemaList, Type };

const QHash<QString, Shape> &keywords()
{
    static const QHash<QString, Shape> all{
        {u"$schema"_s, Shape::Text},
        {u"$id"_s, Shape::Text},
        {u"$ref"_s, Shape::Text},
        {u"$comment"_s, Shape::Text},
        {u"title"_s, Shape::Text},
        {u"description"_s, Shape::Text},
        {u"default"_s, Shape::Anything},
        {u"examples"_s, Shape::Anything},
        {u"readOnly"_s, Shape::Boolean},
        {u"writeOnly"_s, Shape::Boolean},
        {u"deprecated"_s, Shape::Boolean},
        {u"contentMediaType"_s, Shape::Text},
        {u"contentEncoding"_s, Shape::Text},
        {u"nullable"_s, Shape::Boolean},
        {u"definitions"_s, Shape::Schemas},
        {u"$defs"_s, Shape::Schemas},
        {u"type"_s, Shape::Type},
        {u"enum"_s, Shape::List},
        {u"const"_s, Shape::Anything},
        {u"multipleOf"_s, Shape::Number},
        {u"minimum"_s, Shape::Number},
        {u"maximum"_s, Shape::Number},
        {u"exclusiveMinimum"_s, Shape::Number},
        {u"exclusiveMaximum"_s, Shape::Number},
        {u"minLength"_s, Shape::Count},
        {u"maxLength"_s, Shape::Count},
        {u"pattern"_s, Shape::Text},
        {u"format"_s, Shape::Text},
        {u"items"_s, Shape::SchemaList},
        {u"additionalItems"_s, Shape::Schema},
        {u"contains"_s, Shape::Schema},
        {u"minItems"_s, Shape::Count},
        {u"maxItems"_s, Shape::Count},
        {u"uniqueItems"_s, Shape::Boolean},
        {u"properties"_s, Shape::Schemas},
        {u"patternProperties"_s, Shape::Schemas},
        {u"additionalProperties"_s, Shape::Schema},
        {u"propertyNames"_s, Shape::Schema},
        {u"dependencies"_s, Shape::Schemas},
        {u"required"_s, Shape::Texts},
        {u"minProperties"_s, Shape::Count},
        {u"maxProperties"_s, Shape::Count},
        {u"allOf"_s, Shape::SchemaList},
        {u"anyOf"_s, Shape::SchemaList},
        {u"oneOf"_s, Shape::SchemaList},
        {u"not"_s, Shape::Schema},
        {u"if"_s, Shape::Schema},
        {u"then"_s, Shape::Schema},
        {u"else"_s, Shape::Schema},
    };
    return all;
}

bool areTexts(const DataNode &node)
{
    return node.isList() && std::ranges::all_of(node.items, &DataNode::isString);
}

bool isType(const DataNode &node)
{
    static const QStringList types{u"null"_s,   u"boolean"_s, u"object"_s, u"array"_s,
                                   u"number"_s, u"string"_s,  u"integer"_s};
    if (node.isList())
        return !node.items.empty() && std::ranges::all_of(node.items, [](const DataNode &one) {
            return one.isString() && isType(one);
        });
    return node.isString() && types.contains(node.text);
}

bool hasShape(const DataNode &node, Shape shape)
{
    switch (shape) {
    case Shape::Text:
        return node.isString();
    case Shape::Number:
        return node.isNumber();
    case Shape::Count:
        return node.isNumber() && node.number() >= 0;
    case Shape::Boolean:
        return node.isBoolean();
    case Shape::Texts:
        return areTexts(node);
    case Shape::List:
        return node.isList();
    case Shape::Schemas:
        return node.isMap();
    case Shape::Type:
        return isType(node);
    case Shape::Anything:
    case Shape::Schema:
    case Shape::SchemaList:
        break;
    }
    return true;
}

} // namespace

JsonSchema::JsonSchema(DataNode schema)
    : m_schema(std::move(schema))
{
}

Result<JsonSchema> JsonSchema::read(const DataNode &schema)
{
    JsonSchema read(schema);
    read.collectIds(read.m_schema);
    const QString problem = read.check(read.m_schema);
    if (!problem.isEmpty())
        return failure(ErrorKind::Internal, problem);
    return read;
}

void JsonSchema::collectIds(const DataNode &schema)
{
    const DataNode *id = schema.member(u"$id");
    if (id != nullptr && id->isString() && &schema != &m_schema)
        m_ids.insert(id->text, schema);
    for (const DataNode &item : schema.items) {
        if (item.name != "enum"_L1 && item.name != "const"_L1)
            collectIds(item);
    }
}

const DataNode *JsonSchema::target(const QString &reference) const
{
    const auto found = m_ids.constFind(reference);
    if (found != m_ids.constEnd())
        return &*found;
    const DataNode *own = m_schema.member(u"$id");
    QString pointer = reference;
    if (own != nullptr && pointer.startsWith(own->text))
        pointer.remove(0, own->text.size());
    if (pointer.isEmpty() || pointer == u'#')
        return &m_schema;
    if (!pointer.startsWith("#/"_L1))
        return nullptr;
    const DataNode *node = &m_schema;
    for (QString step : QUrl::fromPercentEncoding(pointer.mid(2).toUtf8()).split(u'/')) {
        step.replace("~1"_L1, "/"_L1).replace("~0"_L1, "~"_L1);
        bool isNumber = false;
        const std::size_t index = step.toULongLong(&isNumber);
        if (node->isList())
            node = isNumber && index < node->items.size() ? &node->items[index] : nullptr;
        else
            node = node->member(step);
        if (node == nullptr)
            return nullptr;
    }
    return node;
}

QString JsonSchema::checkPattern(const QString &pattern)
{
    if (m_patterns.contains(pattern))
        return {};
    const Result<QRegularExpression> regex = scriptRegex(pattern);
    if (!regex)
        return regex.error().message;
    m_patterns.insert(pattern, *regex);
    return {};
}

QString JsonSchema::check(const DataNode &schema)
{
    if (schema.isBoolean())
        return {};
    if (!schema.isMap())
        return Words::tr("A part of the schema is neither a map nor true or false.");
    for (const DataNode &member : schema.items) {
        QString problem = checkMember(member);
        if (!problem.isEmpty())
            return problem;
    }
    return {};
}

QString JsonSchema::checkMember(const DataNode &member)
{
    const auto shape = keywords().constFind(member.name);
    if (shape == keywords().constEnd())
        return Words::tr("The schema's “%1” is not known.").arg(member.name);
    if (!hasShape(member, *shape))
        return Words::tr("The schema's “%1” cannot be %2.").arg(member.name, member.json().left(60));
    if (member.name == "multipleOf"_L1 && member.number() <= 0)
        return Words::tr("The schema's “%1” cannot be %2.").arg(member.name, member.text);
    if (member.name == "pattern"_L1)
        return checkPattern(member.text);
    if (member.name == "format"_L1 && !isKnownFormat(member.text))
        return Words::tr("The schema's format “%1” is not known.").arg(member.text);
    if (member.name == "$ref"_L1 && target(member.text) == nullptr)
        return Words::tr("The schema's reference “%1” leads nowhere.").arg(member.text);
    if (*shape == Shape::Schema || (*shape == Shape::SchemaList && !member.isList()))
        return check(member);
    if (*shape != Shape::Schemas && *shape != Shape::SchemaList)
        return {};
    for (const DataNode &item : member.items) {
        QString problem;
        if (member.name == "patternProperties"_L1)
            problem = checkPattern(item.name);
        if (problem.isEmpty() && !(member.name == "dependencies"_L1 && areTexts(item)))
            problem = check(item);
        if (!problem.isEmpty())
            return problem;
    }
    return {};
}

QString JsonSchema::problemWith(const DataNode &value) const
{
    return JsonSchemaCheck(*this).problemWith(value);
}

} // namespace Parlance
