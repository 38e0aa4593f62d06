// SPDX-License-Identifier: Apache-2.0
#include "wire/json.h"

#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

namespace dom = simdjson::dom;

namespace Parlance {

struct JsonAccess
{
    struct Place
    {
        const void *document;
        std::size_t index;
    };
    // An element is a pointer to its document and a place on its tape; kept as such, simdjson's
    // large header stays out of ours.
    static_assert(sizeof(dom::element) == sizeof(Place) && std::is_trivially_copyable_v<dom::element>);

    static dom::element element(const JsonValue &value)
    {
        return std::bit_cast<dom::element>(Place{value.m_document, value.m_index});
    }
    static JsonValue value(const dom::element &element)
    {
        const auto place = std::bit_cast<Place>(element);
        JsonValue value;
        value.m_document = place.document;
        value.m_index = place.index;
        return value;
    }
};

namespace {

constexpr std::size_t maximumDepth = 1000;
// Numbers that JSON or 64 bits cannot hold become strings that begin with this (U+F8F1, private use).
constexpr std::string_view numberMark = "\xEF\xA3\xB1";

QByteArrayView viewOf(std::string_view text)
{
    return {text.data(), qsizetype(text.size())};
}

std::string_view rawString(const dom::element &element)
{
    std::string_view text;
    return element.get_string().get(text) == simdjson::SUCCESS ? text : std::string_view();
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

//! An agent's own string that begins with the mark is still a string, unless it goes on like a number.
bool isMarkedNumber(const dom::element &element)
{
    if (!element.is_string() || !rawString(element).starts_with(numberMark))
        return false;
    std::string_view rest = rawString(element).substr(numberMark.size());
    if (rest == "NaN")
        return true;
    if (rest.starts_with('-'))
        rest.remove_prefix(1);
    return rest == "Infinity" || (!rest.empty() && std::ranges::all_of(rest, isDigit));
}

std::optional<unsigned> hexValue(std::string_view text)
{
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

//! Writes what strict JSON refuses in a form it takes.
class Mender
{
public:
    explicit Mender(std::string_view text)
        : m_text(text)
    {
    }

    std::string mend()
    {
        m_out.reserve(m_text.size() + 64);
        while (m_at < m_text.size()) {
            if (m_text[m_at] == '"')
                copyString();
            else if (!mendWord("NaN") && !mendWord("-Infinity") && !mendWord("Infinity") && !mendInteger())
                m_out += m_text[m_at++];
        }
        return std::move(m_out);
    }

private:
    void mark(std::string_view spelling)
    {
        m_out += '"';
        m_out += numberMark;
        m_out += spelling;
        m_out += '"';
        m_at += spelling.size();
    }

    bool mendWord(std::string_view word)
    {
        if (!m_text.substr(m_at).starts_with(word))
            return false;
        mark(word);
        return true;
    }

    bool mendInteger()
    {
        std::size_t end = m_at + (m_text[m_at] == '-' ? 1 : 0);
        const std::size_t digits = end;
        while (end < m_text.size() && isDigit(m_text[end]))
            ++end;
        if (end == digits)
            return false;
        const bool isFraction =
            end < m_text.size() && (m_text[end] == '.' || m_text[end] == 'e' || m_text[end] == 'E');
        if (isFraction) {
            while (end < m_text.size()
                   && std::string_view("0123456789.eE+-").find(m_text[end]) != std::string_view::npos)
                ++end;
        }
        const std::string_view spelling = m_text.substr(m_at, end - m_at);
        if (isFraction || end - digits < 19) {
            m_out += spelling;
            m_at = end;
        } else {
            mark(spelling);
        }
        return true;
    }

    void copyString()
    {
        m_out += m_text[m_at++];
        while (m_at < m_text.size() && m_text[m_at] != '"') {
            if (m_text[m_at] != '\\') {
                m_out += m_text[m_at++];
                continue;
            }
            if (!copySurrogate()) {
                m_out += m_text.substr(m_at, 2);
                m_at += 2;
            }
        }
        if (m_at < m_text.size())
            m_out += m_text[m_at++];
    }

    std::optional<unsigned> unicodeEscapeAt(std::size_t at) const
    {
        if (at + 6 > m_text.size() || m_text[at] != '\\' || m_text[at + 1] != 'u')
            return std::nullopt;
        return hexValue(m_text.substr(at + 2, 4));
    }

    bool copySurrogate()
    {
        const auto first = unicodeEscapeAt(m_at);
        if (!first || *first < 0xD800 || *first > 0xDFFF)
            return false;
        const auto second = unicodeEscapeAt(m_at + 6);
        const bool isPair = *first < 0xDC00 && second && *second >= 0xDC00 && *second <= 0xDFFF;
        m_out += isPair ? m_text.substr(m_at, 12) : std::string_view("\\ufffd");
        m_at += isPair ? 12 : 6;
        return true;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::string m_out;
};

void writeDouble(double value, QByteArray &out)
{
    std::array<char, 32> buffer{};
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    const QByteArrayView digits(buffer.data(), end - buffer.data());
    out += digits;
    // A fraction stays a fraction: 3.0 is not written as 3.
    if (error == std::errc() && !digits.contains('.') && !digits.contains('e') && std::isfinite(value))
        out += ".0";
}

void write(const dom::element &element, QByteArray &out)
{
    bool isFirst = true;
    const auto separate = [&] {
        if (!isFirst)
            out += ',';
        isFirst = false;
    };
    switch (element.type()) {
    case dom::element_type::OBJECT:
        out += '{';
        for (const auto [key, value] : dom::object(element)) {
            separate();
            appendJsonString(viewOf(key), out);
            out += ':';
            write(value, out);
        }
        out += '}';
        break;
    case dom::element_type::ARRAY:
        out += '[';
        for (const dom::element item : dom::array(element)) {
            separate();
            write(item, out);
        }
        out += ']';
        break;
    case dom::element_type::STRING:
        if (isMarkedNumber(element))
            out += viewOf(rawString(element).substr(numberMark.size()));
        else
            appendJsonString(viewOf(rawString(element)), out);
        break;
    case dom::element_type::INT64:
        out += QByteArray::number(qint64(int64_t(element)));
        break;
    case dom::element_type::UINT64:
        out += QByteArray::number(quint64(uint64_t(element)));
        break;
    case dom::element_type::DOUBLE:
        writeDouble(double(element), out);
        break;
    case dom::element_type::BOOL:
        out += bool(element) ? "true" : "false";
        break;
    case dom::element_type::NULL_VALUE:
        out += "null";
        break;
    }
}

} // namespace

bool JsonValue::isNull() const
{
    return m_document && JsonAccess::element(*this).is_null();
}

bool JsonValue::isObject() const
{
    return m_document && JsonAccess::element(*this).is_object();
}

bool JsonValue::isArray() const
{
    return m_document && JsonAccess::element(*this).is_array();
}

bool JsonValue::isString() const
{
    return m_document && JsonAccess::element(*this).is_string()
        && !isMarkedNumber(JsonAccess::element(*this));
}

bool JsonValue::isNumber() const
{
    return m_document
        && (JsonAccess::element(*this).is_number() || isMarkedNumber(JsonAccess::element(*this)));
}

bool JsonValue::isBool() const
{
    return m_document && JsonAccess::element(*this).is_bool();
}

JsonValue JsonValue::find(QByteArrayView key) const
{
    if (!isObject())
        return {};
    dom::element found;
    const std::string_view name(key.data(), std::size_t(key.size()));
    if (dom::object(JsonAccess::element(*this)).at_key(name).get(found) != simdjson::SUCCESS
        || found.is_null())
        return {};
    return JsonAccess::value(found);
}

bool JsonValue::has(QByteArrayView key) const
{
    dom::element found;
    const std::string_view name(key.data(), std::size_t(key.size()));
    return isObject() && dom::object(JsonAccess::element(*this)).at_key(name).get(found) == simdjson::SUCCESS;
}

std::vector<JsonValue> JsonValue::items() const
{
    std::vector<JsonValue> values;
    if (isArray()) {
        for (const dom::element item : dom::array(JsonAccess::element(*this)))
            values.push_back(JsonAccess::value(item));
    }
    return values;
}

std::vector<JsonMember> JsonValue::members() const
{
    std::vector<JsonMember> values;
    if (isObject()) {
        for (const auto [key, value] : dom::object(JsonAccess::element(*this)))
            values.push_back({.key = viewOf(key), .value = JsonAccess::value(value)});
    }
    return values;
}

JsonValue JsonValue::at(std::size_t index) const
{
    dom::element found;
    if (!isArray() || dom::array(JsonAccess::element(*this)).at(index).get(found) != simdjson::SUCCESS)
        return {};
    return JsonAccess::value(found);
}

QString JsonValue::string() const
{
    return QString::fromUtf8(utf8());
}

QByteArrayView JsonValue::utf8() const
{
    return isString() ? viewOf(rawString(JsonAccess::element(*this))) : QByteArrayView();
}

std::optional<qint64> JsonValue::integer() const
{
    if (!m_document)
        return std::nullopt;
    const dom::element element = JsonAccess::element(*this);
    int64_t whole = 0;
    if (element.get_int64().get(whole) == simdjson::SUCCESS)
        return whole;
    double fraction = 0;
    if (element.is_double() && element.get_double().get(fraction) == simdjson::SUCCESS
        && std::trunc(fraction) == fraction && std::abs(fraction) < 9e15)
        return qint64(fraction);
    return std::nullopt;
}

bool JsonValue::boolean() const
{
    bool value = false;
    return isBool() && JsonAccess::element(*this).get_bool().get(value) == simdjson::SUCCESS && value;
}

QByteArray JsonValue::compact() const
{
    QByteArray out;
    if (m_document)
        write(JsonAccess::element(*this), out);
    return out;
}

QString JsonValue::text() const
{
    return isString() ? string() : QString::fromUtf8(compact());
}

struct Json::Private
{
    dom::parser parser;
    QByteArray padded; //!< simdjson reads past the end; a copy that is kept costs less than a fresh one

    simdjson::error_code parse(std::string_view text, dom::element &root)
    {
        if (parser.capacity() < text.size() || parser.max_depth() != maximumDepth) {
            const std::size_t capacity = std::max<std::size_t>(2 * text.size(), 4096);
            if (const auto error = parser.allocate(capacity, maximumDepth); error != simdjson::SUCCESS)
                return error;
        }
        const auto needed = qsizetype(text.size() + simdjson::SIMDJSON_PADDING);
        if (padded.size() < needed)
            padded = QByteArray(2 * needed, '\0');
        char *const data = padded.data();
        std::ranges::copy(text, data);
        std::memset(data + text.size(), 0, simdjson::SIMDJSON_PADDING);
        return parser.parse(data, text.size(), false).get(root);
    }
};

Json::Json()
    : d(std::make_unique<Private>())
{
}

Json::~Json() = default;

JsonValue Json::parse(QByteArrayView text)
{
    const std::string_view view(text.data(), std::size_t(text.size()));
    dom::element root;
    auto error = d->parse(view, root);
    if (error == simdjson::SUCCESS)
        return JsonAccess::value(root);
    if (error == simdjson::DEPTH_ERROR || error == simdjson::UTF8_ERROR || error == simdjson::EMPTY)
        return {};
    // Text that does not begin like JSON is the usual case of raw text: no second try for it.
    const QByteArrayView trimmed = text.trimmed();
    if (trimmed.isEmpty() || !QByteArrayView("{[\"-0123456789NI").contains(trimmed.front()))
        return {};
    const std::string mended = Mender(view).mend();
    error = d->parse(mended, root);
    return error == simdjson::SUCCESS ? JsonAccess::value(root) : JsonValue();
}

bool isValidUtf8(QByteArrayView bytes)
{
    return simdjson::validate_utf8(bytes.data(), std::size_t(bytes.size()));
}

void appendJsonString(QByteArrayView text, QByteArray &out)
{
    static constexpr char hex[] = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) {
                out += "\\u00";
                out += hex[c >> 4];
                out += hex[c & 15];
            } else {
                out += c;
            }
        }
    }
    out += '"';
}

} // namespace Parlance
