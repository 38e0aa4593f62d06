// SPDX-License-Identifier: Apache-2.0
#include "wire/jsonnode.h"

#include <algorithm>

namespace Parlance {
namespace {

void write(const JsonNode &node, QByteArray &out)
{
    if (node.kind == JsonNode::Kind::Scalar) {
        out += node.scalar;
        return;
    }
    const bool isObject = node.kind == JsonNode::Kind::Object;
    out += isObject ? '{' : '[';
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        if (i > 0)
            out += ',';
        if (isObject) {
            appendJsonString(node.names[i], out);
            out += ':';
        }
        write(node.items[i], out);
    }
    out += isObject ? '}' : ']';
}

bool isNumber(const QByteArray &scalar)
{
    return !scalar.isEmpty() && (scalar.front() == '-' || (scalar.front() >= '0' && scalar.front() <= '9'));
}

} // namespace

JsonNode JsonNode::of(const JsonValue &value)
{
    JsonNode node;
    if (value.isObject()) {
        node.kind = Kind::Object;
        node.scalar.clear();
        for (const JsonMember &member : value.members()) {
            // Of a name that is there twice the last counts, as everywhere.
            if (JsonNode *known = node.member(member.key)) {
                *known = of(member.value);
                continue;
            }
            node.names.push_back(member.key.toByteArray());
            node.items.push_back(of(member.value));
        }
    } else if (value.isArray()) {
        node.kind = Kind::Array;
        node.scalar.clear();
        for (const JsonValue &item : value.items())
            node.items.push_back(of(item));
    } else if (value) {
        node.scalar = value.compact();
    }
    return node;
}

const JsonNode *JsonNode::member(QByteArrayView name) const
{
    const auto found = std::ranges::find(names, name);
    return found == names.end() ? nullptr : &items[std::size_t(found - names.begin())];
}

JsonNode *JsonNode::member(QByteArrayView name)
{
    return const_cast<JsonNode *>(std::as_const(*this).member(name));
}

QByteArray JsonNode::compact() const
{
    QByteArray out;
    write(*this, out);
    return out;
}

int JsonNode::depth() const
{
    int deepest = 0;
    for (const JsonNode &item : items)
        deepest = std::max(deepest, item.depth());
    return deepest + 1;
}

qsizetype JsonNode::weight() const
{
    qsizetype sum = qsizetype(sizeof(JsonNode)) + scalar.size();
    for (const QByteArray &name : names)
        sum += qsizetype(sizeof(QByteArray)) + name.size();
    for (const JsonNode &item : items)
        sum += item.weight();
    return sum;
}

bool isSameJson(const JsonNode &one, const JsonNode &other)
{
    if (one.kind != other.kind || one.items.size() != other.items.size())
        return false;
    if (one.kind == JsonNode::Kind::Scalar) {
        return one.scalar == other.scalar
            || (isNumber(one.scalar) && isNumber(other.scalar)
                && one.scalar.toDouble() == other.scalar.toDouble());
    }
    if (one.kind == JsonNode::Kind::Array)
        return std::ranges::equal(one.items, other.items, isSameJson);
    for (std::size_t i = 0; i < one.items.size(); ++i) {
        const JsonNode *twin = other.member(one.names[i]);
        if (!twin || !isSameJson(one.items[i], *twin))
            return false;
    }
    return true;
}

} // namespace Parlance
