// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace Parlance {

struct JsonMember;

//! A value inside a Json document. A view: valid until that Json parses again or is destroyed. A
//! default-constructed value is absent: of no kind and empty, so look-ups chain without checks.
class JsonValue
{
public:
    JsonValue() = default;

    bool isAbsent() const { return m_document == nullptr; }
    explicit operator bool() const { return m_document != nullptr; }
    bool isNull() const;
    bool isObject() const;
    bool isArray() const;
    bool isString() const;
    bool isNumber() const;
    bool isBool() const;

    //! The member of that name; absent if there is none or this is not an object. A member that is
    //! null counts as absent, since many senders write null for "not there".
    JsonValue find(QByteArrayView key) const;
    //! True even if the member is null.
    bool has(QByteArrayView key) const;
    std::vector<JsonValue> items() const; //!< of an array; else none
    std::vector<JsonMember> members() const; //!< of an object, in order; else none
    JsonValue at(std::size_t index) const; //!< item of an array; absent if there is none

    QString string() const; //!< of a string; empty for anything else
    QByteArrayView utf8() const; //!< the same without a copy
    std::optional<qint64> integer() const; //!< 3.0 counts, 3.5 does not
    bool boolean() const; //!< false for anything but true

    //! JSON text without white space; integers keep every digit.
    QByteArray compact() const;
    //! What a person wants to read: a string's own text, anything else as compact JSON.
    QString text() const;

private:
    friend struct JsonAccess;
    const void *m_document = nullptr;
    std::size_t m_index = 0;
};

struct JsonMember
{
    QByteArrayView key = {};
    JsonValue value = {};
};

//! Parses one JSON text at a time and owns what its values look at; reuse it, it keeps its memory.
//! Takes any value at the top, and what agents send although JSON forbids it: NaN, Infinity,
//! integers of any length, halves of surrogate pairs (read as U+FFFD).
class Json
{
public:
    Json();
    Json(const Json &) = delete;
    Json &operator=(const Json &) = delete;
    ~Json();

    //! Absent if it is not JSON, is nested deeper than 1,000, or is not UTF-8.
    JsonValue parse(QByteArrayView text);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

bool isValidUtf8(QByteArrayView bytes);

//! Adds the text, which is UTF-8, as a string of JSON with its quotes.
void appendJsonString(QByteArrayView text, QByteArray &out);

} // namespace Parlance
