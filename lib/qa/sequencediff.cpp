// SPDX-License-Identifier: Apache-2.0
#include "qa/sequencediff.h"

#include <QHash>

#include <dtl/dtl.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace Parlance {
namespace {

using Numbers = std::vector<int>;

//! Together they take some milliseconds, whatever is in them.
constexpr std::size_t mostTogether = 700;
constexpr std::size_t mostWork = 1'500'000;

struct Range
{
    std::size_t before = 0;
    std::size_t beforeEnd = 0;
    std::size_t after = 0;
    std::size_t afterEnd = 0;

    std::size_t beforeCount() const { return beforeEnd - before; }
    std::size_t afterCount() const { return afterEnd - after; }
};

struct Anchor
{
    std::size_t before = 0;
    std::size_t after = 0;
};

class SequenceDiff
{
public:
    SequenceDiff(const Numbers &before, const Numbers &after)
        : m_before(before)
        , m_after(after)
    {
    }

    std::vector<SequenceRun> runs();

private:
    void diff(Range range, std::size_t level);
    void diffShortly(const Range &range);
    std::vector<Anchor> anchorsIn(const Range &range, std::size_t length) const;
    void same(std::size_t count);
    void other(std::size_t beforeCount, std::size_t afterCount);

    const Numbers &m_before;
    const Numbers &m_after;
    std::vector<SequenceRun> m_runs;
    std::size_t m_beforeAt = 0;
    std::size_t m_afterAt = 0;
    std::size_t m_work = 0;
};

//! How many numbers in a row an anchor has: long ones first, since they are hardly ever there by chance.
constexpr auto anchorLengths = std::to_array<std::size_t>({6, 3, 1});

void SequenceDiff::same(std::size_t count)
{
    if (count == 0)
        return;
    if (m_runs.empty() || !m_runs.back().isSame)
        m_runs.push_back({.isSame = true, .before = m_beforeAt, .after = m_afterAt});
    m_runs.back().beforeCount += count;
    m_runs.back().afterCount += count;
    m_beforeAt += count;
    m_afterAt += count;
}

void SequenceDiff::other(std::size_t beforeCount, std::size_t afterCount)
{
    if (beforeCount + afterCount == 0)
        return;
    if (m_runs.empty() || m_runs.back().isSame)
        m_runs.push_back({.isSame = false, .before = m_beforeAt, .after = m_afterAt});
    m_runs.back().beforeCount += beforeCount;
    m_runs.back().afterCount += afterCount;
    m_beforeAt += beforeCount;
    m_afterAt += afterCount;
}

void SequenceDiff::diffShortly(const Range &range)
{
    const auto part = [](const Numbers &all, std::size_t from, std::size_t to) {
        return Numbers(all.begin() + std::ptrdiff_t(from), all.begin() + std::ptrdiff_t(to));
    };
    dtl::Diff<int> diff(part(m_before, range.before, range.beforeEnd),
                        part(m_after, range.after, range.afterEnd));
    diff.compose();
    // Kept by name: the library returns copies.
    const auto script = diff.getSes();
    for (const auto &[number, step] : script.getSequence()) {
        if (step.type == dtl::SES_COMMON)
            same(1);
        else
            other(step.type == dtl::SES_DELETE ? 1 : 0, step.type == dtl::SES_ADD ? 1 : 0);
    }
}

//! Where both have the same numbers in a row that are there but once in each; of these the most that are in
//! order.
std::vector<Anchor> SequenceDiff::anchorsIn(const Range &range, std::size_t length) const
{
    struct Place
    {
        std::size_t at = 0;
        int count = 0;
    };
    const auto placesIn = [length](const Numbers &all, std::size_t from, std::size_t to) {
        QHash<std::size_t, Place> places;
        places.reserve(qsizetype(to - from));
        for (std::size_t at = from; at + length <= to; ++at) {
            const std::size_t key =
                qHashRange(all.begin() + std::ptrdiff_t(at), all.begin() + std::ptrdiff_t(at + length));
            Place &place = places[key];
            place.at = at;
            ++place.count;
        }
        return places;
    };
    const QHash<std::size_t, Place> before = placesIn(m_before, range.before, range.beforeEnd);
    std::vector<Anchor> common;
    for (auto [key, place] : placesIn(m_after, range.after, range.afterEnd).asKeyValueRange()) {
        const auto found = before.constFind(key);
        if (place.count != 1 || found == before.constEnd() || found->count != 1)
            continue;
        // Two rows may have one hash.
        if (std::equal(m_before.begin() + std::ptrdiff_t(found->at),
                       m_before.begin() + std::ptrdiff_t(found->at + length),
                       m_after.begin() + std::ptrdiff_t(place.at)))
            common.push_back({found->at, place.at});
    }
    std::ranges::sort(common, {}, &Anchor::before);
    // The longest rising sequence of places in the other.
    std::vector<std::size_t> tails;
    std::vector<std::ptrdiff_t> previous(common.size(), -1);
    for (std::size_t index = 0; index < common.size(); ++index) {
        const auto at = std::ranges::lower_bound(tails, common[index].after, {},
                                                 [&](std::size_t tail) { return common[tail].after; });
        if (at != tails.begin())
            previous[index] = std::ptrdiff_t(*(at - 1));
        if (at == tails.end())
            tails.push_back(index);
        else
            *at = index;
    }
    std::vector<Anchor> anchors;
    for (std::ptrdiff_t index = tails.empty() ? -1 : std::ptrdiff_t(tails.back()); index >= 0;
         index = previous[std::size_t(index)])
        anchors.push_back(common[std::size_t(index)]);
    std::ranges::reverse(anchors);
    return anchors;
}

void SequenceDiff::diff(Range range, std::size_t level)
{
    std::size_t begin = 0;
    const std::size_t least = std::min(range.beforeCount(), range.afterCount());
    while (begin < least && m_before[range.before + begin] == m_after[range.after + begin])
        ++begin;
    std::size_t end = 0;
    while (end < least - begin && m_before[range.beforeEnd - end - 1] == m_after[range.afterEnd - end - 1])
        ++end;
    range = {range.before + begin, range.beforeEnd - end, range.after + begin, range.afterEnd - end};
    same(begin);
    const std::size_t together = range.beforeCount() + range.afterCount();
    const std::size_t work = together * together;
    if (range.beforeCount() == 0 || range.afterCount() == 0) {
        other(range.beforeCount(), range.afterCount());
    } else if (together <= mostTogether && m_work + work <= mostWork) {
        m_work += work;
        diffShortly(range);
    } else if (level == anchorLengths.size()) {
        other(range.beforeCount(), range.afterCount());
    } else {
        Range open = range;
        for (const Anchor &anchor : anchorsIn(range, anchorLengths[level])) {
            // One that is within the row of the one before goes with it.
            if (anchor.before < m_beforeAt || anchor.after < m_afterAt)
                continue;
            open = {m_beforeAt, anchor.before, m_afterAt, anchor.after};
            diff(open, level + 1);
            same(1);
        }
        diff({m_beforeAt, range.beforeEnd, m_afterAt, range.afterEnd}, level + 1);
    }
    same(end);
}

std::vector<SequenceRun> SequenceDiff::runs()
{
    diff({0, m_before.size(), 0, m_after.size()}, 0);
    return std::move(m_runs);
}

} // namespace

std::vector<SequenceRun> diffSequences(const std::vector<int> &before, const std::vector<int> &after)
{
    return SequenceDiff(before, after).runs();
}

} // namespace Parlance
