// SPDX-License-Identifier: Apache-2.0
#include "chat/markdownmarks.h"

#include "chat/markdownsource.h"

#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

#include <QByteArray>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <optional>
#include <string_view>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

using Bytes = std::string_view;

// A formula longer than this inside a line is none: the search for its end must not cost by the text.
constexpr size_t maxDollar = 600;
constexpr size_t maxInline = 4000;

struct Pair
{
    Bytes open;
    Bytes close;
};

// In UTF-8; see Stand.
constexpr Bytes openRound = "\xF4\x8F\xBF\xB0";
constexpr Bytes closeRound = "\xF4\x8F\xBF\xB1";
constexpr Bytes openSquare = "\xF4\x8F\xBF\xB2";
constexpr Bytes closeSquare = "\xF4\x8F\xBF\xB3";
constexpr Bytes footnote = "\xF4\x8F\xBF\xB4";
constexpr auto displayPairs = std::to_array<Pair>({{"$$", "$$"}, {openSquare, closeSquare}});

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isLetter(char c)
{
    return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

Bytes trimmed(Bytes text)
{
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

bool hasWord(Bytes text)
{
    int letters = 0;
    for (const char c : text) {
        letters = isLetter(c) ? letters + 1 : 0;
        if (letters >= 3)
            return true;
    }
    return false;
}

bool hasSign(Bytes text)
{
    return text.find_first_of("\\^_={}+<>") != Bytes::npos;
}

// Where a closing delimiter stands, over escaped characters.
size_t closingAt(Bytes text, Bytes close, size_t from, size_t most)
{
    for (size_t i = from; i < text.size() && i < most; ++i) {
        if (text.substr(i).starts_with(close))
            return i;
        if (text[i] == '\\')
            ++i;
    }
    return Bytes::npos;
}

// Prices and variables of a shell have dollars too: what stands between two of them must touch both, no
// digit may follow, and words alone are no formula.
bool isDollarFormula(Bytes inside, char next)
{
    if (inside.empty() || isSpace(inside.front()) || isSpace(inside.back()) || isDigit(next)
        || inside.find('`') != Bytes::npos)
        return false;
    if (inside.find('\\') != Bytes::npos || !hasWord(inside))
        return true;
    const bool hasSpace = inside.find_first_of(" \n") != Bytes::npos;
    return !isDigit(inside.front()) && !isLetter(next) && (!hasSpace || hasSign(inside));
}

// The length of a formula that begins a text, with its delimiters; 0 if none does.
size_t formulaLength(Bytes text)
{
    const auto upTo = [&](Bytes open, Bytes close, size_t most, const auto &isRight) -> size_t {
        const size_t end = closingAt(text, close, open.size(), most);
        if (end == Bytes::npos)
            return 0;
        const Bytes inside = text.substr(open.size(), end - open.size());
        return isRight(inside) ? end + close.size() : 0;
    };
    const auto isAnything = [](Bytes inside) { return !trimmed(inside).empty(); };
    if (text.starts_with("$$"))
        return text.starts_with("$$$") ? 0 : upTo("$$", "$$", maxInline, isAnything);
    if (text.starts_with("$")) {
        const size_t end = closingAt(text, "$", 1, maxDollar);
        if (end == Bytes::npos
            || !isDollarFormula(text.substr(1, end - 1), end + 1 < text.size() ? text[end + 1] : ' '))
            return 0;
        return end + 1;
    }
    // An escaped bracket may be just that.
    if (text.starts_with(openRound))
        return upTo(openRound, closeRound, maxInline, [&](Bytes inside) {
            return isAnything(inside) && (hasSign(inside) || !hasWord(inside));
        });
    if (text.starts_with(openSquare))
        return upTo(openSquare, closeSquare, maxInline, [](Bytes inside) { return hasSign(inside); });
    return 0;
}

size_t footnoteLength(Bytes text)
{
    const size_t end = text.starts_with(footnote) ? text.find(']') : Bytes::npos;
    return end == Bytes::npos ? 0 : end + 1;
}

cmark_node *matchInline(cmark_syntax_extension *extension, cmark_parser *, cmark_node *, unsigned char,
                        cmark_inline_parser *parser)
{
    const int at = cmark_inline_parser_get_offset(parser);
    if (at > 0 && cmark_inline_parser_peek_char(parser) == '$'
        && cmark_inline_parser_peek_at(parser, at - 1) == '$')
        return nullptr;
    // The parser gives single bytes, and a zero at the end.
    const auto byteAt = [&](size_t i) { return char(cmark_inline_parser_peek_at(parser, at + int(i))); };
    std::string text;
    const auto readTo = [&](size_t most) {
        for (char byte = byteAt(text.size()); byte != 0 && text.size() < most; byte = byteAt(text.size()))
            text += byte;
    };
    readTo(Bytes(openRound).size());
    const bool isDollar = text.starts_with('$');
    if (isDollar ? text.size() < 2 || isSpace(text[1]) : !text.starts_with(openRound.substr(0, 3)))
        return nullptr;
    readTo(isDollar && text[1] != '$' ? maxDollar + 2 : maxInline + 8);
    size_t length = formulaLength(text);
    if (length == 0)
        length = footnoteLength(text);
    if (length == 0)
        return nullptr;
    cmark_node *node = cmark_node_new(CMARK_NODE_CODE);
    text.resize(length);
    cmark_node_set_literal(node, text.c_str());
    cmark_node_set_syntax_extension(node, extension);
    cmark_inline_parser_set_offset(parser, at + int(length));
    return node;
}

// A line that opens a display formula: its delimiter alone, a whole formula, or one that goes on below.
const Pair *opensDisplay(Bytes line)
{
    for (const Pair &pair : displayPairs) {
        if (!line.starts_with(pair.open) || line.starts_with("$$$"))
            continue;
        const Bytes rest = trimmed(line.substr(pair.open.size()));
        if (rest.empty())
            return &pair;
        const size_t end = closingAt(rest, pair.close, 0, rest.size());
        const bool isWhole = end != Bytes::npos && end + pair.close.size() == rest.size();
        const bool isSure = hasSign(rest.substr(0, end)) || (pair.open == "$$" && isWhole);
        if (isSure && (isWhole || end == Bytes::npos))
            return &pair;
    }
    return nullptr;
}

cmark_node *openBlock(cmark_syntax_extension *extension, int isIndented, cmark_parser *parser,
                      cmark_node *parent, unsigned char *input, int length)
{
    if (isIndented)
        return nullptr;
    const int start = cmark_parser_get_first_nonspace(parser);
    const Bytes line = Bytes(reinterpret_cast<const char *>(input), size_t(length)).substr(size_t(start));
    const int column = start + 1;
    if (opensDisplay(line)) {
        cmark_node *node = cmark_parser_add_child(parser, parent, CMARK_NODE_CODE_BLOCK, column);
        cmark_node_set_syntax_extension(node, extension);
        cmark_parser_advance_offset(parser, reinterpret_cast<const char *>(input),
                                    start - cmark_parser_get_offset(parser), 0);
        return node;
    }
    const size_t mark = footnoteLength(line);
    if (mark == 0 || mark >= line.size() || line[mark] != ':')
        return nullptr;
    cmark_node *node = cmark_parser_add_child(parser, parent, CMARK_NODE_CUSTOM_BLOCK, column);
    cmark_node_set_on_enter(node, std::string(line.substr(0, mark)).c_str());
    cmark_node_set_syntax_extension(node, extension);
    cmark_parser_advance_offset(parser, reinterpret_cast<const char *>(input),
                                start + int(mark) + 1 - cmark_parser_get_offset(parser), 0);
    return node;
}

// Whether what a display formula has so far is complete. Each line is looked at once.
bool isClosed(cmark_node *node)
{
    const Bytes content = cmark_node_get_string_content(node);
    const auto seen = size_t(quintptr(cmark_node_get_user_data(node)));
    cmark_node_set_user_data(node, reinterpret_cast<void *>(quintptr(content.size())));
    for (const Pair &pair : displayPairs) {
        if (content.starts_with(pair.open))
            return closingAt(content, pair.close, std::max(seen, pair.open.size()), content.size())
                != Bytes::npos;
    }
    return true;
}

int goesOn(cmark_syntax_extension *, cmark_parser *parser, unsigned char *input, int, cmark_node *node)
{
    if (cmark_node_get_type(node) == CMARK_NODE_CODE_BLOCK)
        return !isClosed(node);
    // The text of a note goes on while it is indented, as in a list.
    if (cmark_parser_get_indent(parser) >= 4) {
        cmark_parser_advance_offset(parser, reinterpret_cast<const char *>(input), 4, 1);
        return 1;
    }
    return cmark_parser_is_blank(parser) && cmark_node_first_child(node) ? 1 : 0;
}

cmark_syntax_extension *makeExtension()
{
    cmark_syntax_extension *extension = cmark_syntax_extension_new("parlance");
    cmark_syntax_extension_set_open_block_func(extension, &openBlock);
    cmark_syntax_extension_set_match_block_func(extension, &goesOn);
    cmark_syntax_extension_set_match_inline_func(extension, &matchInline);
    cmark_mem *memory = cmark_get_default_mem_allocator();
    cmark_llist *special = nullptr;
    for (const unsigned char byte : {static_cast<unsigned char>('$'), Stand::firstByte})
        special = cmark_llist_append(memory, special, reinterpret_cast<void *>(quintptr(byte)));
    cmark_syntax_extension_set_special_inline_chars(extension, special);
    return extension;
}

} // namespace

cmark_syntax_extension *markExtension()
{
    struct Closer
    {
        void operator()(cmark_syntax_extension *extension) const
        {
            cmark_syntax_extension_free(cmark_get_default_mem_allocator(), extension);
        }
    };
    static const std::unique_ptr<cmark_syntax_extension, Closer> extension(makeExtension());
    return extension.get();
}

bool isMark(cmark_node *node)
{
    return cmark_node_get_syntax_extension(node) == markExtension();
}

bool Formula::isDisplay() const
{
    return delimiter == "$$"_L1 || delimiter == "\\["_L1;
}

Formula formulaOf(const QString &literal)
{
    const QString text = literal.trimmed();
    struct Ends
    {
        QString open;
        QString close;
    };
    const std::array<Ends, 4> all{
        {{u"$$"_s, u"$$"_s},
         {u"$"_s, u"$"_s},
         {QString::fromUcs4(&Stand::openRound, 1), QString::fromUcs4(&Stand::closeRound, 1)},
         {QString::fromUcs4(&Stand::openSquare, 1), QString::fromUcs4(&Stand::closeSquare, 1)}}};
    for (const auto &[open, close] : all) {
        if (!text.startsWith(open))
            continue;
        Formula formula{.delimiter = asWritten(open)};
        qsizetype end = open.size();
        while (end < text.size() && !QStringView(text).mid(end).startsWith(close))
            end += text[end] == u'\\' ? 2 : 1;
        QString inside = text.mid(open.size(), end - open.size()).trimmed();
        // Half of what closes it has arrived.
        if (end >= text.size() && inside.endsWith(u"\n$"_s))
            inside.chop(2);
        formula.text = asWritten(inside);
        formula.rest = asWords(text.mid(end + close.size()).trimmed());
        return formula;
    }
    return {.text = asWritten(text)};
}

bool isFootnoteMark(const QString &literal)
{
    return literal.startsWith(QString::fromUcs4(&Stand::footnote, 1)) && literal.endsWith(u']');
}

QString footnoteLabel(const QString &literal)
{
    QString label = literal.mid(2, literal.size() - 3);
    // Some agents write [^1^].
    while (label.size() > 1 && label.endsWith(u'^'))
        label.chop(1);
    return label;
}

} // namespace Parlance
