// SPDX-License-Identifier: Apache-2.0
#include "qa/worddiff.h"

#include "qa/markdownwords.h"
#include "qa/sequencediff.h"

#include <QHash>

#include <algorithm>

namespace Parlance {
namespace {

using Words = std::vector<MarkdownWord>;

//! A number for each word, the same for the same.
class WordNumbers
{
public:
    std::vector<int> numbersOf(const Words &words)
    {
        std::vector<int> numbers;
        numbers.reserve(words.size());
        for (const MarkdownWord &word : words) {
            const auto found = m_numbers.constFind(word.key);
            const int number = found != m_numbers.constEnd() ? *found : int(m_numbers.size());
            if (found == m_numbers.constEnd())
                m_numbers.insert(word.key, number);
            numbers.push_back(number);
        }
        return numbers;
    }

private:
    QHash<QString, int> m_numbers;
};

//! The words lie one after the other in their text.
QString textOf(const Words &words, std::size_t begin, std::size_t count)
{
    if (count == 0)
        return {};
    const QStringView first = words[begin].text;
    const QStringView last = words[begin + count - 1].text;
    return QStringView(first.begin(), last.end()).toString();
}

bool isBetweenWords(const Words &words, const SequenceRun &run)
{
    return run.isSame && run.beforeCount == 1 && words[run.before].isSpace();
}

//! A lone space between two changes makes them hard to read: it belongs to them.
std::vector<SequenceRun> withoutLoneSpaces(const std::vector<SequenceRun> &runs, const Words &words)
{
    std::vector<SequenceRun> joined;
    for (std::size_t index = 0; index < runs.size(); ++index) {
        const SequenceRun &run = runs[index];
        const bool isWithin = index > 0 && index + 1 < runs.size() && isBetweenWords(words, run);
        if (joined.empty() || (!isWithin && run.isSame) || joined.back().isSame) {
            joined.push_back(run);
            continue;
        }
        joined.back().beforeCount += run.beforeCount;
        joined.back().afterCount += run.afterCount;
    }
    return joined;
}

} // namespace

bool TextDiff::isSame() const
{
    return std::ranges::all_of(pieces, [](const TextPiece &piece) { return piece.kind == PieceKind::Same; });
}

TextDiff diffWords(const QString &before, const QString &after)
{
    TextDiff diff;
    if (before == after) {
        if (!before.isEmpty())
            diff.pieces.push_back({.kind = PieceKind::Same, .before = before, .after = after});
        return diff;
    }
    const Words left = markdownWords(before);
    const Words right = markdownWords(after);
    WordNumbers numbers;
    const std::vector<int> leftNumbers = numbers.numbersOf(left);
    const std::vector<SequenceRun> runs = diffSequences(leftNumbers, numbers.numbersOf(right));
    for (const SequenceRun &run : withoutLoneSpaces(runs, left)) {
        const QString removed = textOf(left, run.before, run.beforeCount);
        const QString added = textOf(right, run.after, run.afterCount);
        if (run.isSame) {
            diff.pieces.push_back({.kind = PieceKind::Same, .before = removed, .after = added});
            continue;
        }
        if (!removed.isEmpty())
            diff.pieces.push_back({.kind = PieceKind::Removed, .before = removed});
        if (!added.isEmpty())
            diff.pieces.push_back({.kind = PieceKind::Added, .after = added});
    }
    return diff;
}

} // namespace Parlance
