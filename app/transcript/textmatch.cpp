// SPDX-License-Identifier: Apache-2.0
#include "transcript/textmatch.h"

#include <QList>

#include <algorithm>
#include <string_view>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

bool isAscii(QStringView text)
{
    return std::ranges::all_of(text, [](QChar letter) { return letter.unicode() < 0x80; });
}

bool isWordLetter(char32_t letter)
{
    return QChar::isLetterOrNumber(letter) || QChar::isMark(letter) || letter == U'_';
}

// A syllable of Hangul is one letter to whoever reads it, though it can be taken apart.
bool isTakenApart(char32_t letter)
{
    constexpr char32_t firstSyllable = 0xac00;
    constexpr char32_t lastSyllable = 0xd7a3;
    return letter >= 0x80 && (letter < firstSyllable || letter > lastSyllable)
        && QChar::decompositionTag(letter) == QChar::Canonical;
}

char32_t letterAt(QStringView text, qsizetype at)
{
    const QChar first = text[at];
    return first.isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate()
        ? QChar::surrogateToUcs4(first, text[at + 1])
        : first.unicode();
}

} // namespace

TextMatch::TextMatch(const QString &words, const FindOptions &options)
    : m_words(words)
    , m_options(options)
    , m_isPlain(isAscii(words))
{
    const QString apart = m_isPlain ? words : words.normalized(QString::NormalizationForm_D);
    m_keepsMarks = std::ranges::any_of(apart, [](QChar letter) { return letter.isMark(); });
    m_folded = folded(words).text;
    QString stretch;
    const QString ended = words % u' ';
    for (const QChar letter : ended) {
        if (letter.isLetterOrNumber() && letter.unicode() < 0x80) {
            stretch += letter;
            continue;
        }
        if (stretch.size() > m_longest.size())
            m_longest = stretch;
        stretch.clear();
    }
}

TextMatch::Folded TextMatch::folded(QStringView text) const
{
    Folded result;
    result.text.reserve(text.size());
    result.begins.reserve(size_t(text.size()) + 1);
    const auto add = [&](char32_t letter, int begin) {
        if (QChar::isMark(letter) && !m_keepsMarks)
            return;
        const char32_t one = m_options.matchesCase ? letter : QChar::toCaseFolded(letter);
        for (const QChar unit : QChar::fromUcs4(one)) {
            result.text += unit;
            result.begins.push_back(begin);
        }
    };
    for (qsizetype at = 0; at < text.size();) {
        const char32_t letter = letterAt(text, at);
        const int begin = int(at);
        at += QChar::requiresSurrogates(letter) ? 2 : 1;
        if (!isTakenApart(letter)) {
            add(letter, begin);
            continue;
        }
        const QString whole = text.sliced(begin, at - begin).toString();
        for (const uint piece : whole.normalized(QString::NormalizationForm_D).toUcs4())
            add(piece, begin);
    }
    return result;
}

bool TextMatch::isWhole(const QString &text, qsizetype begin, qsizetype end) const
{
    const auto before = [&] {
        const bool isPair =
            begin > 1 && text[begin - 1].isLowSurrogate() && text[begin - 2].isHighSurrogate();
        return letterAt(text, begin - (isPair ? 2 : 1));
    };
    return (begin == 0 || !isWordLetter(before()))
        && (end >= text.size() || !isWordLetter(letterAt(text, end)));
}

qsizetype TextMatch::eachPlace(const QString &text, qsizetype from, qsizetype to, const Take &take) const
{
    // Not between a letter and what belongs to it.
    while (to < text.size() && (text[to].isMark() || text[to].isLowSurrogate()))
        ++to;
    to = std::min(to, text.size());
    if (m_words.isEmpty())
        return to;
    // What begins before the end goes on behind it, with whatever marks its letters have.
    const qsizetype reach = to + m_words.size() * 4 + 64;
    const QStringView piece = QStringView(text).sliced(from, std::min(reach, text.size()) - from);
    qsizetype next = to;
    const auto offer = [&](qsizetype begin, qsizetype end) {
        next = std::max(next, from + end);
        if (!m_options.wholeWords || isWhole(text, from + begin, from + end))
            take(int(from + begin), int(from + end));
    };
    // Nearly all texts: nothing to fold but the case.
    if (m_isPlain && isAscii(piece)) {
        const Qt::CaseSensitivity sensitivity =
            m_options.matchesCase ? Qt::CaseSensitive : Qt::CaseInsensitive;
        const qsizetype length = m_words.size();
        for (qsizetype at = piece.indexOf(m_words, 0, sensitivity); at >= 0 && from + at < to;
             at = piece.indexOf(m_words, at + length, sensitivity))
            offer(at, at + length);
        return next;
    }
    const Folded where = folded(piece);
    const qsizetype length = m_folded.size();
    if (length == 0)
        return to;
    for (qsizetype at = where.text.indexOf(m_folded); at >= 0;
         at = where.text.indexOf(m_folded, at + length)) {
        const qsizetype begin = where.begins[size_t(at)];
        if (from + begin >= to)
            break;
        // With the accents that stand on the last letter.
        const size_t behind = size_t(at + length);
        offer(begin, behind < where.begins.size() ? where.begins[behind] : piece.size());
    }
    return next;
}

bool TextMatch::mayMatch(const QString &markdown) const
{
    // Accents, entities and links write what is shown in other letters.
    if (m_longest.isEmpty() || !isAscii(markdown) || markdown.contains(u'&') || markdown.contains(u'$'))
        return true;
    if (markdown.contains(m_longest, Qt::CaseInsensitive))
        return true;
    // Markup may stand in the middle of a word.
    constexpr std::u16string_view marks = u"*_~`\\[]()!<>^";
    const auto isMarkup = [&](QChar letter) { return marks.find(letter.unicode()) != marks.npos; };
    if (!std::ranges::any_of(markdown, isMarkup))
        return false;
    QString bare;
    bare.reserve(markdown.size());
    std::ranges::copy_if(markdown, std::back_inserter(bare), [&](QChar letter) { return !isMarkup(letter); });
    return bare.contains(m_longest, Qt::CaseInsensitive);
}

} // namespace Parlance
