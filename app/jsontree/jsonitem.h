// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace Parlance {

//! A JSON value as it was written: members in the order they came, also those whose name is there twice, and
//! numbers with every digit.
struct JsonItem
{
    enum class Kind { String, Number, Literal, Array, Object };

    Kind kind = Kind::Literal;
    QString name = {}; //!< of a member of an object
    QString text = {}; //!< of what has no items: JSON
    std::vector<JsonItem> items = {};

    bool isList() const { return kind == Kind::Array || kind == Kind::Object; }
    bool isNull() const;
    //! Null if there is none; of several the last, as everywhere.
    const JsonItem *member(const QString &wanted) const;
    //! Without white space.
    QString json() const;
    //! What a string says, of all else the JSON.
    QString words() const;
};

//! Absent: it is not JSON.
std::optional<JsonItem> readJson(const QString &text);

} // namespace Parlance
