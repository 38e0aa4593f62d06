// SPDX-License-Identifier: Apache-2.0
#include "highlight/linehighlighter.h"

#include "highlight/languages.h"

#include <array>
#include <string>

#include <srchilite/formattermanager.h>
#include <srchilite/formatterparams.h>
#include <srchilite/langdefmanager.h>
#include <srchilite/regexrulefactory.h>
#include <srchilite/sourcehighlighter.h>

namespace Parlance {
namespace {

// The time of a regular expression can grow with the square of a line. What is longer is data, not code.
constexpr qsizetype longestLine = 1000;

struct Element
{
    const char *name;
    TokenKind kind;
};

// The names that the rules of languages use; what is not named here is plain.
constexpr auto elements = std::to_array<Element>({
    {"keyword", TokenKind::Keyword}, {"preproc", TokenKind::Keyword},  {"type", TokenKind::Type},
    {"usertype", TokenKind::Type},   {"classname", TokenKind::Type},   {"function", TokenKind::Function},
    {"string", TokenKind::String},   {"regexp", TokenKind::String},    {"specialchar", TokenKind::String},
    {"number", TokenKind::Number},   {"date", TokenKind::Number},      {"time", TokenKind::Number},
    {"comment", TokenKind::Comment}, {"todo", TokenKind::Comment},     {"url", TokenKind::Comment},
    {"variable", TokenKind::Name},   {"predef_var", TokenKind::Name},  {"attribute", TokenKind::Name},
    {"key", TokenKind::Name},        {"label", TokenKind::Name},       {"property", TokenKind::Name},
    {"atom", TokenKind::Name},       {"selector", TokenKind::Keyword}, {"value", TokenKind::String},
    {"newfile", TokenKind::Added},   {"oldfile", TokenKind::Removed},  {"difflines", TokenKind::Number},
    {"path", TokenKind::String},     {"meta", TokenKind::Keyword},     {"identifier", TokenKind::Name},
});

// What the library calls for each word it knows.
class Collector : public srchilite::Formatter
{
public:
    Collector(TokenKind kind, const int *offset, std::vector<Token> *const *tokens)
        : m_kind(kind)
        , m_offset(offset)
        , m_tokens(tokens)
    {
    }

    void format(const std::string &word, const srchilite::FormatterParams *params) override
    {
        if (!params || params->start < 0 || word.empty())
            return;
        const int start = *m_offset + params->start;
        std::vector<Token> &tokens = **m_tokens;
        if (!tokens.empty() && tokens.back().kind == m_kind
            && tokens.back().start + tokens.back().length == start)
            tokens.back().length += int(word.size());
        else
            tokens.push_back({.start = start, .length = int(word.size()), .kind = m_kind});
    }

private:
    TokenKind m_kind;
    const int *m_offset;
    std::vector<Token> *const *m_tokens;
};

class Ignored : public srchilite::Formatter
{
public:
    void format(const std::string &, const srchilite::FormatterParams *) override { }
};

// The library reads bytes. One byte for each UTF-16 unit keeps the offsets: a letter stands for every letter.
std::string inBytes(QStringView line)
{
    std::string bytes;
    bytes.reserve(size_t(line.size()));
    for (const QChar unit : line)
        bytes.push_back(unit.unicode() < 0x80 ? char(unit.unicode()) : unit.isLetterOrNumber() ? 'x' : ' ');
    return bytes;
}

} // namespace

class LineHighlighter::Private
{
public:
    explicit Private(const LanguageFile &file)
        : languages(&rules)
        , formatters(srchilite::FormatterPtr(new Ignored))
        , highlighter(languages.getHighlightState(file.folder, file.name))
    {
        for (const Element &element : elements)
            formatters.addFormatter(element.name,
                                    srchilite::FormatterPtr(new Collector(element.kind, &offset, &tokens)));
        highlighter.setFormatterManager(&formatters);
        highlighter.setFormatterParams(&params);
        highlighter.setOptimize(false);
    }

    srchilite::RegexRuleFactory rules;
    srchilite::LangDefManager languages;
    srchilite::FormatterManager formatters;
    srchilite::FormatterParams params;
    srchilite::SourceHighlighter highlighter;
    int offset = 0;
    std::vector<Token> *tokens = nullptr;
};

LineHighlighter::LineHighlighter(const QString &language, Languages *languages)
{
    const LanguageFile file = languages->file(language);
    if (file.isEmpty())
        return;
    try {
        d = std::make_unique<Private>(file);
    } catch (const std::exception &) {
        // Rules that cannot be read: the text stays plain.
    }
}

LineHighlighter::~LineHighlighter() = default;

bool LineHighlighter::isUsable() const
{
    return bool(d);
}

void LineHighlighter::addLine(QStringView line, int offset, std::vector<Token> &tokens)
{
    if (!d || line.size() > longestLine)
        return;
    const size_t before = tokens.size();
    d->offset = offset;
    d->tokens = &tokens;
    try {
        d->highlighter.highlightParagraph(inBytes(line));
    } catch (const std::exception &) {
        // An expression that gave up on this line.
        tokens.resize(before);
    }
}

} // namespace Parlance
