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
    CodeWordKind kind;
};

// The names that the rules of languages use; what is not named here is plain.
constexpr auto elements = std::to_array<Element>({
    {"keyword", CodeWordKind::Keyword},    {"preproc", CodeWordKind::Keyword},
    {"type", CodeWordKind::Type},          {"usertype", CodeWordKind::Type},
    {"classname", CodeWordKind::Type},     {"function", CodeWordKind::Function},
    {"string", CodeWordKind::String},      {"regexp", CodeWordKind::String},
    {"specialchar", CodeWordKind::String}, {"number", CodeWordKind::Number},
    {"date", CodeWordKind::Number},        {"time", CodeWordKind::Number},
    {"comment", CodeWordKind::Comment},    {"todo", CodeWordKind::Comment},
    {"url", CodeWordKind::Comment},        {"variable", CodeWordKind::Name},
    {"predef_var", CodeWordKind::Name},    {"attribute", CodeWordKind::Name},
    {"key", CodeWordKind::Name},           {"label", CodeWordKind::Name},
    {"property", CodeWordKind::Name},      {"atom", CodeWordKind::Name},
    {"selector", CodeWordKind::Keyword},   {"value", CodeWordKind::String},
    {"newfile", CodeWordKind::Added},      {"oldfile", CodeWordKind::Removed},
    {"difflines", CodeWordKind::Number},   {"path", CodeWordKind::String},
    {"meta", CodeWordKind::Keyword},       {"identifier", CodeWordKind::Name},
});

// What the library calls for each word it knows.
class Collector : public srchilite::Formatter
{
public:
    Collector(CodeWordKind kind, const int *offset, std::vector<CodeWord> *const *words)
        : m_kind(kind)
        , m_offset(offset)
        , m_words(words)
    {
    }

    void format(const std::string &word, const srchilite::FormatterParams *params) override
    {
        if (!params || params->start < 0 || word.empty())
            return;
        const int start = *m_offset + params->start;
        std::vector<CodeWord> &words = **m_words;
        if (!words.empty() && words.back().kind == m_kind
            && words.back().start + words.back().length == start)
            words.back().length += int(word.size());
        else
            words.push_back({.start = start, .length = int(word.size()), .kind = m_kind});
    }

private:
    CodeWordKind m_kind;
    const int *m_offset;
    std::vector<CodeWord> *const *m_words;
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
                                    srchilite::FormatterPtr(new Collector(element.kind, &offset, &words)));
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
    std::vector<CodeWord> *words = nullptr;
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

void LineHighlighter::addLine(QStringView line, int offset, std::vector<CodeWord> &words)
{
    if (!d || line.size() > longestLine)
        return;
    const size_t before = words.size();
    d->offset = offset;
    d->words = &words;
    try {
        d->highlighter.highlightParagraph(inBytes(line));
    } catch (const std::exception &) {
        // An expression that gave up on this line.
        words.resize(before);
    }
}

} // namespace Parlance
