// SPDX-License-Identifier: Apache-2.0
#include "inspector/jsonprinter.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int deepestNesting = 200;
constexpr qsizetype longestLeaf = 60;
constexpr int spacesPerLevel = 2;

bool isSpace(QChar c)
{
    return c == u' ' || c == u'\n' || c == u'\r' || c == u'\t';
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

bool isHexDigit(QChar c)
{
    return isDigit(c) || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}

// Each of these gives the length of the token at the beginning of the text, 0 if there is none.

qsizetype stringLength(QStringView text)
{
    for (qsizetype i = 1; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == u'"')
            return i + 1;
        if (c.unicode() < 0x20)
            return 0;
        if (c != u'\\')
            continue;
        if (++i >= text.size())
            return 0;
        if (text[i] == u'u') {
            for (int digit = 0; digit < 4; ++digit) {
                if (++i >= text.size() || !isHexDigit(text[i]))
                    return 0;
            }
        } else if (!QStringView(u"\"\\/bfnrt").contains(text[i])) {
            return 0;
        }
    }
    return 0;
}

qsizetype digitsEnd(QStringView text, qsizetype from)
{
    while (from < text.size() && isDigit(text[from]))
        ++from;
    return from;
}

qsizetype numberLength(QStringView text)
{
    const qsizetype begin = text.startsWith(u'-') ? 1 : 0;
    qsizetype end = digitsEnd(text, begin);
    if (end == begin || (text[begin] == u'0' && end > begin + 1))
        return 0;
    if (end < text.size() && text[end] == u'.') {
        const qsizetype fraction = digitsEnd(text, end + 1);
        if (fraction == end + 1)
            return 0;
        end = fraction;
    }
    if (end < text.size() && (text[end] == u'e' || text[end] == u'E')) {
        qsizetype exponent = end + 1;
        if (exponent < text.size() && (text[exponent] == u'+' || text[exponent] == u'-'))
            ++exponent;
        const qsizetype last = digitsEnd(text, exponent);
        if (last == exponent)
            return 0;
        end = last;
    }
    return end;
}

qsizetype literalLength(QStringView text)
{
    constexpr std::array<QStringView, 6> literals = {u"true", u"false",    u"null",
                                                     u"NaN",  u"Infinity", u"-Infinity"};
    for (const QStringView literal : literals) {
        if (text.startsWith(literal))
            return literal.size();
    }
    return 0;
}

JsonToken tokenAt(QStringView text, qsizetype start)
{
    const QStringView rest = text.sliced(start);
    const QChar first = rest.front();
    if (first == u'"') {
        const qsizetype length = stringLength(rest);
        qsizetype after = length;
        while (after < rest.size() && isSpace(rest[after]))
            ++after;
        const bool isKey = length > 0 && after < rest.size() && rest[after] == u':';
        return {isKey ? JsonTokenKind::Key : JsonTokenKind::String, start, length};
    }
    if (QStringView(u"{}[]:,").contains(first))
        return {JsonTokenKind::Punctuation, start, 1};
    const qsizetype literal = literalLength(rest);
    if (literal > 0)
        return {JsonTokenKind::Literal, start, literal};
    return {JsonTokenKind::Number, start, numberLength(rest)};
}

// Whether the tokens, in their order, make exactly one JSON value.
class Grammar
{
public:
    bool accepts(QStringView text, const std::vector<JsonToken> &tokens)
    {
        return std::ranges::all_of(tokens, [&](const JsonToken &token) { return take(text, token); })
            && m_expected == Expected::End;
    }

private:
    enum class Expected { Value, ValueOrClose, KeyOrClose, Key, Colon, CommaOrClose, End };

    bool take(QStringView text, const JsonToken &token)
    {
        const QChar c = text[token.start];
        if (token.kind != JsonTokenKind::Punctuation)
            return takeScalar(token.kind);
        if (c == u'{' || c == u'[')
            return open(c);
        if (c == u'}' || c == u']')
            return close(c);
        if (c == u':')
            return m_expected == Expected::Colon && (m_expected = Expected::Value, true);
        if (m_expected != Expected::CommaOrClose)
            return false;
        m_expected = m_open.back() == u'{' ? Expected::Key : Expected::Value;
        return true;
    }

    bool takeScalar(JsonTokenKind kind)
    {
        if (m_expected == Expected::Key || m_expected == Expected::KeyOrClose) {
            m_expected = Expected::Colon;
            return kind == JsonTokenKind::Key;
        }
        if (kind == JsonTokenKind::Key || !wantsValue())
            return false;
        valueEnded();
        return true;
    }

    bool open(QChar c)
    {
        if (!wantsValue() || m_open.size() >= deepestNesting)
            return false;
        m_open.push_back(c);
        m_expected = c == u'{' ? Expected::KeyOrClose : Expected::ValueOrClose;
        return true;
    }

    bool close(QChar c)
    {
        if (m_open.empty() || m_open.back() != (c == u'}' ? u'{' : u'['))
            return false;
        const bool isAllowed = m_expected == Expected::CommaOrClose
            || m_expected == (c == u'}' ? Expected::KeyOrClose : Expected::ValueOrClose);
        m_open.pop_back();
        valueEnded();
        return isAllowed;
    }

    bool wantsValue() const { return m_expected == Expected::Value || m_expected == Expected::ValueOrClose; }
    void valueEnded() { m_expected = m_open.empty() ? Expected::End : Expected::CommaOrClose; }

    std::vector<QChar> m_open;
    Expected m_expected = Expected::Value;
};

class Printer
{
public:
    Printer(QStringView text, const std::vector<JsonToken> &tokens)
        : m_text(text)
        , m_tokens(tokens)
    {
    }

    QString print()
    {
        for (size_t i = 0; i < m_tokens.size(); ++i) {
            const QChar c = m_text[m_tokens[i].start];
            const bool isPunctuation = m_tokens[i].kind == JsonTokenKind::Punctuation;
            if (isPunctuation && (c == u'{' || c == u'['))
                i = printOpening(i);
            else if (isPunctuation && (c == u'}' || c == u']'))
                newLine(--m_depth), m_out += c;
            else
                printToken(i), breakAfterComma(i);
        }
        return m_out;
    }

private:
    // Gives the index of the last token it wrote: a short leaf is written as a whole.
    size_t printOpening(size_t opening)
    {
        size_t last = opening + 1;
        while (!isBracket(last))
            ++last;
        const bool isLeaf = QStringView(u"}]").contains(m_text[m_tokens[last].start]);
        // Measured as it will be printed: spaces of the source do not decide.
        qsizetype length = 0;
        for (size_t i = opening; i <= last && length <= longestLeaf; ++i)
            length += m_tokens[i].length;
        const bool isShort = length <= longestLeaf;
        if (isLeaf && isShort) {
            for (size_t i = opening; i <= last; ++i)
                printToken(i), spaceAfterComma(i);
            return last;
        }
        printToken(opening);
        newLine(++m_depth);
        return opening;
    }

    bool isBracket(size_t i) const
    {
        return m_tokens[i].kind == JsonTokenKind::Punctuation
            && QStringView(u"{}[]").contains(m_text[m_tokens[i].start]);
    }

    void printToken(size_t i)
    {
        m_out += m_text.sliced(m_tokens[i].start, m_tokens[i].length);
        if (m_tokens[i].kind == JsonTokenKind::Punctuation && m_text[m_tokens[i].start] == u':')
            m_out += u' ';
    }

    bool isComma(size_t i) const
    {
        return m_tokens[i].kind == JsonTokenKind::Punctuation && m_text[m_tokens[i].start] == u',';
    }
    void spaceAfterComma(size_t i)
    {
        if (isComma(i))
            m_out += u' ';
    }
    void breakAfterComma(size_t i)
    {
        if (isComma(i))
            newLine(m_depth);
    }
    void newLine(int depth)
    {
        m_out += u'\n';
        m_out.resize(m_out.size() + qsizetype(depth) * spacesPerLevel, u' ');
    }

    QStringView m_text;
    const std::vector<JsonToken> &m_tokens;
    QString m_out;
    int m_depth = 0;
};

} // namespace

qsizetype tokeniseJson(QStringView text, std::vector<JsonToken> &tokens)
{
    qsizetype position = 0;
    while (position < text.size()) {
        if (isSpace(text[position])) {
            ++position;
            continue;
        }
        const JsonToken token = tokenAt(text, position);
        if (token.length == 0)
            return position;
        tokens.push_back(token);
        position += token.length;
    }
    return position;
}

std::optional<std::vector<JsonToken>> jsonTokens(QStringView text)
{
    std::vector<JsonToken> tokens;
    if (tokeniseJson(text, tokens) < text.size() || !Grammar().accepts(text, tokens))
        return std::nullopt;
    return tokens;
}

std::optional<QString> prettyJson(QStringView text)
{
    const std::optional<std::vector<JsonToken>> tokens = jsonTokens(text);
    return tokens ? std::optional(Printer(text, *tokens).print()) : std::nullopt;
}

QString quotedJson(QStringView text)
{
    QString out;
    out.reserve(text.size() + 2);
    out += u'"';
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\') {
            out += u'\\';
            out += c;
        } else if (c == u'\n') {
            out += u"\\n"_s;
        } else if (c.unicode() < 0x20 || c.isSurrogate()) {
            // Surrogates as escapes: a lone one would not survive UTF-8.
            out += u"\\u"_s;
            out += QString::number(c.unicode(), 16).rightJustified(4, u'0');
        } else {
            out += c;
        }
    }
    out += u'"';
    return out;
}

} // namespace Parlance
