// SPDX-License-Identifier: Apache-2.0
#include "core/search.h"

#include "core/foldedwords.h"

#include <algorithm>
#include <deque>
#include <set>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

bool isQuote(QChar letter)
{
    return u"\"\u201C\u201D\u201E\u00AB\u00BB"_s.contains(letter);
}

bool isMinus(QChar letter)
{
    return letter == u'-' || letter == QChar(0x2212);
}

QStringList wordsOf(QStringView text)
{
    QStringList words;
    eachWord(text, [&words](QStringView word, qsizetype, qsizetype) {
        words.append(word.toString());
        return true;
    });
    return words;
}

// A word that is being typed: nothing stands behind it, and it is more than its first letter.
bool isBeingTyped(QStringView text, const QStringList &words)
{
    const QChar last = text.back();
    const bool endsInLetter = last.isLetterOrNumber() || last.isMark() || last.isSurrogate();
    return endsInLetter && words.constLast().size() > 1 && !isWholeWord(words.constLast());
}

bool isMatch(const SearchTerm &term, const std::deque<QString> &latest)
{
    const qsizetype count = term.words.size();
    if (qsizetype(latest.size()) < count)
        return false;
    for (qsizetype i = 0; i < count; ++i) {
        const QString &word = latest[latest.size() - size_t(count - i)];
        const bool isOpen = term.isPrefix && i + 1 == count;
        if (isOpen ? !word.startsWith(term.words[i]) : word != term.words[i])
            return false;
    }
    return true;
}

//! Calls take with every place of a term. False: enough.
template <typename Take>
void eachMatch(QStringView text, const std::vector<SearchTerm> &terms, bool withExcluded, Take take)
{
    size_t longest = 1;
    for (const SearchTerm &term : terms)
        longest = std::max(longest, size_t(term.words.size()));
    std::deque<QString> latest;
    std::deque<qsizetype> begins;
    eachWord(text, [&](QStringView word, qsizetype begin, qsizetype end) {
        if (latest.size() == longest) {
            latest.pop_front();
            begins.pop_front();
        }
        latest.push_back(word.toString());
        begins.push_back(begin);
        for (size_t i = 0; i < terms.size(); ++i) {
            if ((terms[i].isExcluded && !withExcluded) || !isMatch(terms[i], latest))
                continue;
            const qsizetype from = begins[begins.size() - size_t(terms[i].words.size())];
            if (!take(TextMark{.begin = from, .end = end, .term = int(i)}))
                return false;
        }
        return true;
    });
}

} // namespace

bool SearchWords::onlyExcludes() const
{
    return std::ranges::all_of(terms, &SearchTerm::isExcluded);
}

SearchWords parseSearch(const QString &typed)
{
    SearchWords result;
    const QStringView text(typed);
    const auto isSpaceAt = [&](qsizetype at) { return at >= text.size() || text[at].isSpace(); };
    for (qsizetype at = 0; at < text.size();) {
        if (text[at].isSpace()) {
            ++at;
            continue;
        }
        SearchTerm term;
        // One minus leaves out; two of them are an option of a program, which is a word like others.
        if (isMinus(text[at]) && !isSpaceAt(at + 1) && !isMinus(text[at + 1])) {
            term.isExcluded = true;
            ++at;
        }
        const bool isQuoted = isQuote(text[at]);
        const qsizetype begin = isQuoted ? at + 1 : at;
        qsizetype end = begin;
        while (end < text.size() && (isQuoted ? !isQuote(text[end]) : !text[end].isSpace()))
            ++end;
        const QStringView piece = text.sliced(begin, end - begin);
        term.words = wordsOf(piece);
        if (!term.words.isEmpty()) {
            term.isPrefix = !term.isExcluded && end == text.size() && isBeingTyped(piece, term.words);
            result.terms.push_back(std::move(term));
        }
        at = isQuoted ? end + 1 : end;
    }
    return result;
}

std::vector<TextMark> findWords(QStringView text, const SearchWords &words, size_t maximum)
{
    std::vector<TextMark> marks;
    if (words.isEmpty() || maximum == 0)
        return marks;
    eachMatch(text, words.terms, false, [&](const TextMark &mark) {
        marks.push_back(mark);
        return marks.size() < maximum;
    });
    std::ranges::stable_sort(marks, {}, &TextMark::begin);
    return marks;
}

bool matches(const std::vector<QString> &texts, const SearchWords &words)
{
    std::set<int> found;
    bool isExcluded = false;
    for (const QString &text : texts) {
        eachMatch(text, words.terms, true, [&](const TextMark &mark) {
            isExcluded = words.terms[size_t(mark.term)].isExcluded;
            found.insert(mark.term);
            return !isExcluded;
        });
        if (isExcluded)
            return false;
    }
    return std::ranges::count_if(words.terms, [](const SearchTerm &term) { return !term.isExcluded; })
        == std::ssize(found);
}

} // namespace Parlance
