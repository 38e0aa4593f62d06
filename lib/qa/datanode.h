// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"

#include <QByteArrayView>
#include <QString>

#include <optional>
#include <vector>

namespace Parlance {

//! A value of JSON or YAML as it was written: members in the order they came, also those whose name is there
//! twice, numbers with every digit, and the line it begins in.
struct DataNode
{
    enum class Kind { Null, Boolean, Number, String, List, Map };

    Kind kind = Kind::Null;
    int line = 0; //!< 1, 2 …; 0: it stood in no file
    QString name = {}; //!< of a member of a map
    QString text = {}; //!< what a string says; of a number or boolean, as it was written
    std::vector<DataNode> items = {}; //!< of a list or map

    bool isNull() const { return kind == Kind::Null; }
    bool isString() const { return kind == Kind::String; }
    bool isNumber() const { return kind == Kind::Number; }
    bool isBoolean() const { return kind == Kind::Boolean; }
    bool isList() const { return kind == Kind::List; }
    bool isMap() const { return kind == Kind::Map; }
    bool isTrue() const;
    //! Of a number; 0 for all else.
    double number() const;
    //! Null if there is none, or this is no map; of several the last, as everywhere.
    const DataNode *member(QStringView wanted) const;

    //! Without white space.
    QString json() const;
    //! What JavaScript makes of it as a string: of a string what it says, of a number the shortest digits, of
    //! lists and maps JSON.
    QString words() const;

    //! By what is written: order, digits and names, but not the line.
    friend bool operator==(const DataNode &left, const DataNode &right);
};

//! The members of a map in the order of their names, of several of one name the last.
std::vector<const DataNode *> membersByName(const DataNode &map);
DataNode textNode(const QString &text);

//! By meaning: members in any order, of several of one name the last, numbers as JavaScript compares them.
bool meansTheSame(const DataNode &left, const DataNode &right);
//! As decimal numbers of any length: 1.10 and 1.1 are, 2^53 and 2^53 + 1 are not.
bool isSameNumber(const QString &left, const QString &right);
//! One way to write a decimal number: digits without zeros around them, and the power of ten.
QString canonicalNumber(const QString &text);
//! A number as JavaScript writes it.
QString scriptNumber(double number);

//! Reads JSON by the letter of RFC 8259, any value at the top. Error: ErrorKind::Internal with a sentence
//! that names the line, counted from the one given.
Result<DataNode> readData(QStringView json, int firstLine = 1);
//! The same; not UTF-8 is an error, too.
Result<DataNode> readData(QByteArrayView utf8, int firstLine = 1);
//! Reads the value that the text begins with, and tells where it ends. Absent: none begins there.
std::optional<DataNode> readDataPrefix(QStringView json, qsizetype *end);

} // namespace Parlance
