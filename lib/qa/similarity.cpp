// SPDX-License-Identifier: Apache-2.0
#include "qa/similarity.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Rewriting
{
    QRegularExpression from;
    QString to;
};

QRegularExpression pattern(const QString &text)
{
    QRegularExpression result(text, QRegularExpression::UseUnicodePropertiesOption);
    Q_ASSERT(result.isValid());
    result.optimize();
    return result;
}

QRegularExpression contraction(const QString &text)
{
    QRegularExpression result =
        pattern(u"(?<![\\p{L}\\p{N}\\p{M}\\p{Pc}])"_s + text + u"(?![\\p{L}\\p{N}\\p{M}\\p{Pc}])"_s);
    result.setPatternOptions(result.patternOptions() | QRegularExpression::CaseInsensitiveOption);
    return result;
}

std::vector<Rewriting> makeRewritings()
{
    std::vector<Rewriting> all{
        {pattern(u"\\.{3}"_s), u" ... "_s},
        {pattern(u"([:,])(?!\\p{Nd})"_s), u" \\1 "_s},
        {pattern(u"([;@#$%&])"_s), u" \\1 "_s},
        {pattern(u"([^.])(?<!\\b[A-Za-z]\\.[A-Za-z])(\\.)([\\])}>'\\s]*)\\z"_s), u"\\1 \\2\\3 "_s},
        {pattern(u"([?!])"_s), u" \\1 "_s},
        {pattern(u"([\\]\\[(){}<>])"_s), u" \\1 "_s},
        {pattern(u"--"_s), u" -- "_s},
        // Spaces around the whole make what follows the same everywhere in it.
        {pattern(u"\\A"_s), u" "_s},
        {pattern(u"\\z"_s), u" "_s},
        {pattern(u"([^'])' "_s), u"\\1 ' "_s},
        {pattern(u"'([sSmMdD]) "_s), u" '\\1 "_s},
        {pattern(u"('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) "_s), u" \\1 "_s},
    };
    for (const QString &word :
         {u"(can)(not)"_s, u"(d)('ye)"_s, u"(gim)(me)"_s, u"(gon)(na)"_s, u"(got)(ta)"_s, u"(lem)(me)"_s,
          u"(more)('n)"_s, u"(wan)(na)(?= )"_s, u"('t)(is)"_s, u"('t)(was)"_s})
        all.push_back({contraction(word), u" \\1 \\2 "_s});
    return all;
}

bool opensQuote(QStringView text, qsizetype at, bool isWithin)
{
    if (isWithin)
        return false;
    if (at == 0)
        return true;
    const QChar before = text[at - 1];
    return before.isSpace() || before == u'<' || (before.isPunct() && !u".!?"_s.contains(before));
}

//! Quotes become those of the Treebank, which tell the beginning from the end.
QString withQuotesParted(const QString &text)
{
    static const QRegularExpression quote = pattern(u"``|''|\""_s);
    QString parted;
    bool isWithin = false;
    qsizetype copied = 0;
    for (auto match = quote.globalMatch(text); match.hasNext();) {
        const QRegularExpressionMatch found = match.next();
        const qsizetype at = found.capturedStart();
        isWithin = found.capturedView() == u"``"
            || (found.capturedView() == u"\"" && (found.capturedEnd() < text.size() || at == 0)
                && opensQuote(text, at, isWithin));
        parted += QStringView(text).sliced(copied, at - copied);
        parted += isWithin ? u" `` "_s : u" '' "_s;
        copied = found.capturedEnd();
    }
    return parted + text.mid(copied);
}

} // namespace

qsizetype editDistance(QStringView left, QStringView right, qsizetype most)
{
    if (left.size() > right.size())
        std::swap(left, right);
    while (!left.isEmpty() && left.front() == right.front()) {
        left = left.sliced(1);
        right = right.sliced(1);
    }
    while (!left.isEmpty() && left.back() == right.back()) {
        left.chop(1);
        right.chop(1);
    }
    most = std::min(most, right.size());
    const qsizetype outside = most + 1;
    if (right.size() - left.size() > most)
        return outside;
    // Only what lies within the band can come to no more than the most.
    std::vector<qsizetype> row(std::size_t(left.size()) + 1, outside);
    for (qsizetype column = 0; column <= std::min(left.size(), most); ++column)
        row[std::size_t(column)] = column;
    for (qsizetype line = 1; line <= right.size(); ++line) {
        const qsizetype first = std::max<qsizetype>(1, line - most);
        const qsizetype last = std::min(left.size(), line + most);
        if (first > left.size() + 1)
            return outside;
        qsizetype diagonal = row[std::size_t(first) - 1];
        row[std::size_t(first) - 1] = first == 1 && line <= most ? line : outside;
        qsizetype least = row[std::size_t(first) - 1];
        for (qsizetype column = first; column <= last; ++column) {
            const qsizetype above = row[std::size_t(column)];
            const qsizetype before = row[std::size_t(column) - 1];
            const bool isSame = left[column - 1] == right[line - 1];
            const qsizetype best = std::min({diagonal + (isSame ? 0 : 1), above + 1, before + 1, outside});
            row[std::size_t(column)] = best;
            least = std::min(least, best);
            diagonal = above;
        }
        if (last < left.size())
            row[std::size_t(last) + 1] = outside;
        if (least > most)
            return outside;
    }
    return row.back();
}

QStringList treebankWords(const QString &text)
{
    static const std::vector<Rewriting> rewritings = makeRewritings();
    const QString simplified = text.simplified();
    if (simplified.isEmpty())
        return {};
    QString words = withQuotesParted(simplified);
    for (const Rewriting &rewriting : rewritings)
        words.replace(rewriting.from, rewriting.to);
    return words.split(u' ', Qt::SkipEmptyParts);
}

double rougeScore(const QString &candidate, const QString &reference)
{
    const QStringList said = treebankWords(candidate.toLower());
    const QStringList wanted = treebankWords(reference.toLower());
    QHash<QString, int> left;
    for (const QString &word : wanted)
        ++left[word];
    int shared = 0;
    for (const QString &word : said) {
        const auto found = left.find(word);
        if (found != left.end() && found.value() > 0) {
            --found.value();
            ++shared;
        }
    }
    if (shared == 0)
        return 0;
    const double precision = double(shared) / double(said.size());
    const double recall = double(shared) / double(wanted.size());
    return 2 * precision * recall / (precision + recall);
}

} // namespace Parlance
