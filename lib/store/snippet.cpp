// SPDX-License-Identifier: Apache-2.0
#include "store/snippet.h"

#include "store/searchtext.h"

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr qsizetype lettersBefore = 60;
constexpr qsizetype lettersInAll = 260;
constexpr size_t mostMarks = 200;

size_t termCount(const std::vector<TextMark> &marks)
{
    std::set<int> terms;
    for (const TextMark &mark : marks)
        terms.insert(mark.term);
    return terms.size();
}

// Which mark to begin with so that most terms are in view.
size_t bestStart(const std::vector<TextMark> &marks)
{
    size_t best = 0;
    size_t most = 0;
    for (size_t i = 0; i < marks.size(); ++i) {
        std::set<int> terms;
        for (size_t k = i; k < marks.size() && marks[k].end <= marks[i].begin + lettersInAll - lettersBefore;
             ++k)
            terms.insert(marks[k].term);
        if (terms.size() > most) {
            most = terms.size();
            best = i;
        }
    }
    return best;
}

// Back to where a word begins, if one begins near.
qsizetype wordStart(QStringView text, qsizetype from, qsizetype until)
{
    if (from == 0 || text[from - 1].isSpace())
        return from;
    for (qsizetype at = from; at < std::min(until, from + 24); ++at) {
        if (text[at].isSpace())
            return at + 1;
    }
    return from < text.size() && text[from].isLowSurrogate() ? from + 1 : from;
}

bool isMarkup(QStringView text, qsizetype at)
{
    const QChar letter = text[at];
    if (letter == u'`' || letter == u'*')
        return at + 1 >= text.size() || !text[at + 1].isSpace() || at == 0 || !text[at - 1].isSpace();
    if (letter == u'~')
        return (at > 0 && text[at - 1] == letter) || (at + 1 < text.size() && text[at + 1] == letter);
    if (letter != u'#' && letter != u'>')
        return false;
    // A quote in an item, a heading in a quote: nothing but such marks and gaps since the line began.
    const auto isBefore = [](QChar c) { return c == u'#' || c == u'>' || c == u' '; };
    qsizetype before = at;
    while (before > 0 && at - before < 80 && isBefore(text[before - 1]))
        --before;
    return before == 0 || text[before - 1] == u'\n';
}

// One line of a piece of text: gaps become one space, marks of Markdown go.
Snippet lineOf(QStringView text, qsizetype from, qsizetype until, const std::vector<TextMark> &marks,
               bool isMarkdown)
{
    Snippet line;
    if (from > 0)
        line.text += u'…';
    std::vector<qsizetype> places(size_t(until - from) + 1);
    for (qsizetype at = from; at < until; ++at) {
        places[size_t(at - from)] = line.text.size();
        const bool isGap = text[at].isSpace() || text[at].category() == QChar::Other_Control
            || (isMarkdown && text[at] == u'|');
        if (isGap) {
            if (!line.text.isEmpty() && !line.text.endsWith(u' '))
                line.text += u' ';
        } else if (!isMarkdown || !isMarkup(text, at)) {
            line.text += text[at];
        }
    }
    places.back() = line.text.size();
    if (until < text.size())
        line.text += u'…';
    for (const TextMark &mark : marks) {
        if (mark.begin < from || mark.end > until)
            continue;
        const TextMark moved{.begin = places[size_t(mark.begin - from)],
                             .end = places[size_t(mark.end - from)],
                             .term = mark.term};
        // Words of one term may lie in the place of another; what is marked is marked once.
        if (!line.marks.empty() && moved.begin < line.marks.back().end)
            line.marks.back().end = std::max(line.marks.back().end, moved.end);
        else if (moved.begin < moved.end)
            line.marks.push_back(moved);
    }
    return line;
}

Snippet cut(const QString &text, const std::vector<TextMark> &marks, bool isMarkdown)
{
    qsizetype from = 0;
    if (!marks.empty()) {
        const qsizetype first = marks[bestStart(marks)].begin;
        from = first > lettersBefore ? wordStart(text, first - lettersBefore, first) : 0;
    }
    qsizetype until = std::min(text.size(), from + lettersInAll);
    if (until < text.size() && text[until].isLowSurrogate())
        --until;
    return lineOf(text, from, until, marks, isMarkdown);
}

} // namespace

Snippet snippetOf(const std::vector<MessagePart> &parts, const SearchWords &words)
{
    int best = -1;
    size_t most = 0;
    QString bestText;
    std::vector<TextMark> bestMarks;
    for (size_t i = 0; i < parts.size(); ++i) {
        const QString text = searchedText(parts[i].content);
        const std::vector<TextMark> marks = findWords(text, words, mostMarks);
        const size_t count = termCount(marks);
        const bool isFirst = best < 0 && !text.trimmed().isEmpty();
        if (!isFirst && count <= most)
            continue;
        best = int(i);
        most = count;
        bestText = text;
        bestMarks = marks;
    }
    if (best < 0)
        return {};
    const Part &content = parts[size_t(best)].content;
    Snippet snippet =
        cut(bestText, bestMarks,
            std::holds_alternative<Text>(content) || std::holds_alternative<Reasoning>(content));
    snippet.part = best;
    return snippet;
}

} // namespace Parlance
