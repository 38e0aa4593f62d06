// SPDX-License-Identifier: Apache-2.0
#include "qa/jsonschemacheck.h"

#include "qa/scriptregex.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::JsonSchema)
};

//! A schema that refers to itself without going into the value never ends.
constexpr int deepest = 300;
//! So many keywords are looked at: what branches without end is ended.
constexpr int mostSteps = 200'000;

bool isOfType(const QString &type, const DataNode &value)
{
    switch (value.kind) {
    case DataNode::Kind::Null:
        return type == "null"_L1;
    case DataNode::Kind::Boolean:
        return type == "boolean"_L1;
    case DataNode::Kind::String:
        return type == "string"_L1;
    case DataNode::Kind::List:
        return type == "array"_L1;
    case DataNode::Kind::Map:
        return type == "object"_L1;
    case DataNode::Kind::Number:
        break;
    }
    const double number = value.number();
    return type == "number"_L1
        || (type == "integer"_L1 && std::isfinite(number) && std::floor(number) == number);
}

bool isMultiple(double value, double of)
{
    const double quotient = value / of;
    return std::isfinite(quotient) && std::floor(quotient) == quotient;
}

//! Letters as a person counts them, not halves of pairs.
qsizetype lengthOf(const QString &text)
{
    return text.size() - std::ranges::count_if(text, [](QChar unit) { return unit.isLowSurrogate(); });
}

bool areUnique(const DataNode &list)
{
    // What is written alike is alike; only numbers and maps can be alike and written otherwise.
    for (std::size_t left = 0; left < list.items.size(); ++left) {
        for (std::size_t right = left + 1; right < list.items.size(); ++right) {
            if (meansTheSame(list.items[left], list.items[right]))
                return false;
        }
    }
    return true;
}

double countedIn(const DataNode &value)
{
    return value.isMap() ? double(membersByName(value).size()) : double(value.items.size());
}

} // namespace

JsonSchemaCheck::JsonSchemaCheck(const JsonSchema &schema)
    : m_schema(schema)
{
}

QString JsonSchemaCheck::problemWith(const DataNode &value)
{
    if (conforms(m_schema.m_schema, value) && !m_isEndless)
        return {};
    return m_isEndless ? Words::tr("The schema leads too far.") : m_problem;
}

bool JsonSchemaCheck::fail(const DataNode &keyword)
{
    if (m_silence > 0)
        return false;
    const QString where = m_path.isEmpty() ? Words::tr("The value") : m_path.join(QString());
    m_problem =
        Words::tr("%1 does not conform to “%2”: %3.").arg(where, keyword.name, keyword.json().left(80));
    return false;
}

bool JsonSchemaCheck::inside(const DataNode &schema, const DataNode &value, const QString &step)
{
    m_path.append(step);
    const bool isSound = conforms(schema, value);
    m_path.removeLast();
    return isSound;
}

bool JsonSchemaCheck::silently(const DataNode &schema, const DataNode &value)
{
    ++m_silence;
    const bool isSound = conforms(schema, value);
    --m_silence;
    return isSound;
}

bool JsonSchemaCheck::matches(const QString &pattern, const QString &text) const
{
    return isFound(m_schema.m_patterns.value(pattern), text);
}

bool JsonSchemaCheck::conforms(const DataNode &schema, const DataNode &value)
{
    if (schema.isBoolean()) {
        if (!schema.isTrue())
            m_problem = Words::tr("%1 should not be there.").arg(m_path.join(QString()));
        return schema.isTrue();
    }
    if (m_depth == deepest || m_steps > mostSteps) {
        m_isEndless = true;
        return false;
    }
    ++m_depth;
    // Beside a reference nothing else counts.
    const DataNode *reference = schema.member(u"$ref");
    bool isSound = true;
    if (reference != nullptr) {
        isSound = conforms(*m_schema.target(reference->text), value);
    } else {
        isSound = std::ranges::all_of(schema.items, [&](const DataNode &keyword) {
            ++m_steps;
            return conformsTo(keyword, schema, value);
        });
    }
    --m_depth;
    return isSound;
}

bool JsonSchemaCheck::conformsTo(const DataNode &keyword, const DataNode &schema, const DataNode &value)
{
    if (!ofAnyKind(keyword, schema, value))
        return false;
    switch (value.kind) {
    case DataNode::Kind::Number:
        return number(keyword, value) || fail(keyword);
    case DataNode::Kind::String:
        return text(keyword, value) || fail(keyword);
    case DataNode::Kind::List:
        return list(keyword, schema, value);
    case DataNode::Kind::Map:
        return map(keyword, schema, value);
    case DataNode::Kind::Null:
    case DataNode::Kind::Boolean:
        break;
    }
    return true;
}

bool JsonSchemaCheck::ofAnyKind(const DataNode &keyword, const DataNode &schema, const DataNode &value)
{
    if (keyword.name == "type"_L1) {
        const DataNode *nullable = schema.member(u"nullable");
        if (value.isNull() && nullable != nullptr && nullable->isTrue())
            return true;
        const auto fits = [&](const DataNode &type) { return isOfType(type.text, value); };
        return (keyword.isList() ? std::ranges::any_of(keyword.items, fits) : fits(keyword)) || fail(keyword);
    }
    if (keyword.name == "const"_L1)
        return meansTheSame(keyword, value) || fail(keyword);
    if (keyword.name == "enum"_L1)
        return std::ranges::any_of(keyword.items,
                                   [&](const DataNode &one) { return meansTheSame(one, value); })
            || fail(keyword);
    if (keyword.name == "if"_L1) {
        const DataNode *next = schema.member(silently(keyword, value) ? u"then" : u"else");
        return next == nullptr || conforms(*next, value);
    }
    return combined(keyword, value);
}

bool JsonSchemaCheck::combined(const DataNode &keyword, const DataNode &value)
{
    const auto fits = [&](const DataNode &schema) { return silently(schema, value); };
    if (keyword.name == "allOf"_L1)
        return std::ranges::all_of(keyword.items,
                                   [&](const DataNode &schema) { return conforms(schema, value); });
    if (keyword.name == "anyOf"_L1)
        return std::ranges::any_of(keyword.items, fits) || fail(keyword);
    if (keyword.name == "oneOf"_L1)
        return std::ranges::count_if(keyword.items, fits) == 1 || fail(keyword);
    if (keyword.name == "not"_L1)
        return !silently(keyword, value) || fail(keyword);
    return true;
}

bool JsonSchemaCheck::number(const DataNode &keyword, const DataNode &value)
{
    const double limit = keyword.number();
    const double number = value.number();
    if (keyword.name == "minimum"_L1)
        return number >= limit;
    if (keyword.name == "maximum"_L1)
        return number <= limit;
    if (keyword.name == "exclusiveMinimum"_L1)
        return number > limit;
    if (keyword.name == "exclusiveMaximum"_L1)
        return number < limit;
    return keyword.name != "multipleOf"_L1 || isMultiple(number, limit);
}

bool JsonSchemaCheck::text(const DataNode &keyword, const DataNode &value)
{
    if (keyword.name == "minLength"_L1)
        return double(lengthOf(value.text)) >= keyword.number();
    if (keyword.name == "maxLength"_L1)
        return double(lengthOf(value.text)) <= keyword.number();
    if (keyword.name == "pattern"_L1)
        return matches(keyword.text, value.text);
    return keyword.name != "format"_L1 || hasFormat(keyword.text, value.text);
}

bool JsonSchemaCheck::list(const DataNode &keyword, const DataNode &schema, const DataNode &value)
{
    if (keyword.name == "minItems"_L1)
        return countedIn(value) >= keyword.number() || fail(keyword);
    if (keyword.name == "maxItems"_L1)
        return countedIn(value) <= keyword.number() || fail(keyword);
    if (keyword.name == "uniqueItems"_L1)
        return !keyword.isTrue() || areUnique(value) || fail(keyword);
    if (keyword.name == "contains"_L1)
        return std::ranges::any_of(value.items, [&](const DataNode &item) { return silently(keyword, item); })
            || fail(keyword);
    return items(keyword, schema, value);
}

bool JsonSchemaCheck::items(const DataNode &keyword, const DataNode &schema, const DataNode &value)
{
    const bool isItems = keyword.name == "items"_L1;
    if (!isItems && keyword.name != "additionalItems"_L1)
        return true;
    const DataNode *first = schema.member(u"items");
    const bool isTuple = first != nullptr && first->isList();
    if (!isItems && !isTuple)
        return true;
    for (std::size_t index = isItems ? 0 : first->items.size(); index < value.items.size(); ++index) {
        if (isItems && isTuple && index >= keyword.items.size())
            break;
        const DataNode &wanted = isItems && isTuple ? keyword.items[index] : keyword;
        if (!inside(wanted, value.items[index], u"[%1]"_s.arg(index)))
            return false;
    }
    return true;
}

bool JsonSchemaCheck::map(const DataNode &keyword, const DataNode &schema, const DataNode &value)
{
    if (keyword.name == "required"_L1)
        return std::ranges::all_of(keyword.items,
                                   [&](const DataNode &name) { return value.member(name.text) != nullptr; })
            || fail(keyword);
    if (keyword.name == "minProperties"_L1)
        return countedIn(value) >= keyword.number() || fail(keyword);
    if (keyword.name == "maxProperties"_L1)
        return countedIn(value) <= keyword.number() || fail(keyword);
    if (keyword.name == "propertyNames"_L1)
        return std::ranges::all_of(value.items, [&](const DataNode &member) {
            return inside(keyword, textNode(member.name), u"."_s + member.name);
        });
    if (keyword.name == "dependencies"_L1)
        return dependencies(keyword, value);
    return properties(keyword, value) && otherProperties(keyword, schema, value);
}

bool JsonSchemaCheck::properties(const DataNode &keyword, const DataNode &value)
{
    if (keyword.name == "properties"_L1) {
        return std::ranges::all_of(keyword.items, [&](const DataNode &wanted) {
            const DataNode *member = value.member(wanted.name);
            return member == nullptr || inside(wanted, *member, u"."_s + wanted.name);
        });
    }
    if (keyword.name != "patternProperties"_L1)
        return true;
    for (const DataNode *member : membersByName(value)) {
        for (const DataNode &wanted : keyword.items) {
            if (matches(wanted.name, member->name) && !inside(wanted, *member, u"."_s + member->name))
                return false;
        }
    }
    return true;
}

bool JsonSchemaCheck::otherProperties(const DataNode &keyword, const DataNode &schema, const DataNode &value)
{
    if (keyword.name != "additionalProperties"_L1)
        return true;
    const DataNode *named = schema.member(u"properties");
    const DataNode *patterns = schema.member(u"patternProperties");
    for (const DataNode *member : membersByName(value)) {
        const bool isNamed = named != nullptr && named->member(member->name) != nullptr;
        const bool isMatched = patterns != nullptr
            && std::ranges::any_of(patterns->items,
                                   [&](const DataNode &one) { return matches(one.name, member->name); });
        if (!isNamed && !isMatched && !inside(keyword, *member, u"."_s + member->name))
            return false;
    }
    return true;
}

bool JsonSchemaCheck::dependencies(const DataNode &keyword, const DataNode &value)
{
    return std::ranges::all_of(keyword.items, [&](const DataNode &one) {
        if (value.member(one.name) == nullptr)
            return true;
        if (!one.isList())
            return conforms(one, value);
        const auto isThere = [&](const DataNode &name) { return value.member(name.text) != nullptr; };
        return std::ranges::all_of(one.items, isThere) || fail(keyword);
    });
}

} // namespace Parlance
