// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/json.h"

#include <vector>

namespace Parlance {

//! A JSON value that can be changed and outlives what it was read from. Members keep their order, numbers
//! their spelling.
struct JsonNode
{
    enum class Kind { Scalar, Object, Array };

    Kind kind = Kind::Scalar;
    QByteArray scalar = "null"; //!< of what is neither object nor array: JSON text
    std::vector<QByteArray> names = {}; //!< of an object's members, UTF-8
    std::vector<JsonNode> items = {}; //!< the members' values, or an array's items

    static JsonNode of(const JsonValue &value);
    //! Null if there is no such member.
    const JsonNode *member(QByteArrayView name) const;
    JsonNode *member(QByteArrayView name);
    QByteArray compact() const;
    //! How deep it is nested: 1 for a scalar.
    int depth() const;
    //! About how many bytes of memory it takes.
    qsizetype weight() const;
};

//! Whether they are the same value: of numbers what they count, of objects whatever their order.
bool isSameJson(const JsonNode &one, const JsonNode &other);

} // namespace Parlance
