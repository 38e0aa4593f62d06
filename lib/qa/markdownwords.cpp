// SPDX-License-Identifier: Apache-2.0
#include "qa/markdownwords.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

enum class LineKind {
    Blank,
    Paragraph,
    Block, //!< begins something of its own, which goes on like a paragraph: an item of a list
    Whole, //!< a line by itself: a heading, a row of a table, a rule
    Code,
};

struct Line
{
    qsizetype begin = 0;
    qsizetype end = 0; //!< without what ends it
    LineKind kind = LineKind::Blank;
    QString quote = {}; //!< the marks of quotations before it
    qsizetype textBegin = 0; //!< behind them and the white space
};

bool startsFence(QStringView text)
{
    return text.startsWith(u"```") || text.startsWith(u"~~~");
}

//! What a line is by itself, behind its marks of quotation.
LineKind kindOf(QStringView text)
{
    static const QRegularExpression item(u"\\A([-*+]|\\d{1,9}[.)])(\\s|\\z)"_s);
    static const QRegularExpression rule(u"\\A(={2,}|-{2,}|([-*_]\\s*){3,})\\s*\\z"_s);
    if (text.isEmpty())
        return LineKind::Blank;
    const QString start = text.left(200).toString();
    if (text.front() == u'#' || text.front() == u'|' || rule.match(start).hasMatch())
        return LineKind::Whole;
    return item.match(start).hasMatch() ? LineKind::Block : LineKind::Paragraph;
}

std::vector<Line> linesOf(QStringView text)
{
    std::vector<Line> lines;
    bool isCode = false;
    for (qsizetype at = 0; at <= text.size();) {
        Line line{.begin = at};
        const qsizetype end = text.indexOf(u'\n', at);
        line.end = end < 0 ? text.size() : end;
        line.textBegin = at;
        while (line.textBegin < line.end
               && (text[line.textBegin].isSpace() || (!isCode && text[line.textBegin] == u'>'))) {
            if (text[line.textBegin] == u'>')
                line.quote += u'>';
            ++line.textBegin;
        }
        const QStringView inner = text.sliced(line.textBegin, line.end - line.textBegin).trimmed();
        const bool isFence = startsFence(inner);
        const bool isAfterBlank =
            lines.empty() || lines.back().kind == LineKind::Blank || lines.back().kind == LineKind::Code;
        const bool isIndented = isAfterBlank && line.quote.isEmpty() && !inner.isEmpty()
            && (line.textBegin - line.begin >= 4 || text[line.begin] == u'\t');
        line.kind = isCode || isFence || isIndented ? LineKind::Code : kindOf(inner);
        if (isFence)
            isCode = !isCode;
        lines.push_back(line);
        at = line.end + 1;
    }
    return lines;
}

bool endsInHardBreak(QStringView line)
{
    return line.endsWith(u"  ") || line.endsWith(u'\\');
}

//! A paragraph, or an item of a list, goes on in the next line.
bool goesOn(QStringView text, const Line &line, const Line &next)
{
    return (line.kind == LineKind::Paragraph || line.kind == LineKind::Block)
        && next.kind == LineKind::Paragraph && line.quote == next.quote
        && !endsInHardBreak(text.sliced(line.begin, line.end - line.begin));
}

bool isWordLetter(QChar character)
{
    return character.isLetterOrNumber() || character.isMark() || character == u'_' || character.isSurrogate();
}

//! Each of these letters is a word of its own: their scripts put no space between words.
bool isWordByItself(QChar character)
{
    const QChar::Script script = character.script();
    return script == QChar::Script_Han || script == QChar::Script_Hiragana || script == QChar::Script_Katakana
        || script == QChar::Script_Thai;
}

void splitWords(QStringView text, std::vector<MarkdownWord> &words)
{
    for (qsizetype at = 0; at < text.size();) {
        qsizetype end = at + 1;
        const QChar first = text[at];
        if (first.isSpace()) {
            while (end < text.size() && text[end].isSpace())
                ++end;
            words.push_back({text.sliced(at, end - at), u" "_s});
        } else {
            while (isWordLetter(first) && !isWordByItself(first) && end < text.size()
                   && isWordLetter(text[end]) && !isWordByItself(text[end]))
                ++end;
            words.push_back({text.sliced(at, end - at), text.sliced(at, end - at).toString()});
        }
        at = end;
    }
}

//! Code is compared with its white space.
void splitCode(QStringView text, std::vector<MarkdownWord> &words)
{
    const std::size_t first = words.size();
    splitWords(text, words);
    for (std::size_t index = first; index < words.size(); ++index)
        words[index].key = words[index].text.toString();
}

} // namespace

std::vector<MarkdownWord> markdownWords(QStringView text)
{
    std::vector<MarkdownWord> words;
    words.reserve(std::size_t(text.size() / 3));
    const std::vector<Line> lines = linesOf(text);
    qsizetype begin = 0; // of what is not yet taken
    for (std::size_t index = 0; index < lines.size(); ++index) {
        const Line &line = lines[index];
        qsizetype end = line.end;
        if (line.kind == LineKind::Code) {
            splitCode(text.sliced(begin, end - begin), words);
        } else {
            // White space at the end of a line belongs to what ends it.
            while (end > begin && text[end - 1].isSpace())
                --end;
            splitWords(text.sliced(begin, end - begin), words);
        }
        begin = end;
        if (index + 1 == lines.size())
            break;
        const Line &next = lines[index + 1];
        const bool isSoft = goesOn(text, line, next);
        begin = isSoft ? next.textBegin : line.end + 1;
        QString key = u" "_s;
        if (!isSoft)
            key = endsInHardBreak(text.sliced(line.begin, line.end - line.begin)) ? u"\\\n"_s : u"\n"_s;
        // Lines without a word in them are one break.
        const bool isMore =
            !isSoft && line.kind == LineKind::Blank && !words.empty() && words.back().key == u"\n\n"_s;
        if (isMore
            || (!isSoft && line.kind == LineKind::Blank && !words.empty() && words.back().key == u'\n')) {
            MarkdownWord &last = words.back();
            last.text = QStringView(last.text.begin(), text.begin() + begin);
            last.key = u"\n\n"_s;
        } else {
            words.push_back({text.sliced(end, begin - end), key});
        }
    }
    if (begin < text.size())
        splitWords(text.sliced(begin), words);
    return words;
}

} // namespace Parlance
