// SPDX-License-Identifier: Apache-2.0
#include "qa/toolpathdiff.h"

#include "qa/datadiff.h"
#include "qa/sequencediff.h"

#include <QHash>

#include <algorithm>

namespace Parlance {
namespace {

QString canonical(const QString &json)
{
    const Result<DataNode> node = readData(QStringView(json));
    return node ? canonicalJson(*node) : json.trimmed();
}

bool isSameResult(const ToolStep &left, const ToolStep &right)
{
    return left.hasResult == right.hasResult && left.isError == right.isError
        && (left.result == right.result || canonical(left.result) == canonical(right.result));
}

class ToolPathDiff
{
public:
    ToolPathDiff(const std::vector<ToolStep> &before, const std::vector<ToolStep> &after)
        : m_before(before)
        , m_after(after)
        , m_beforeKeys(keysOf(before))
        , m_afterKeys(keysOf(after))
        , m_ofBefore(before.size())
        , m_ofAfter(after.size())
    {
    }

    std::vector<ToolPair> pairs();

private:
    std::vector<int> keysOf(const std::vector<ToolStep> &tools);
    std::vector<int> namesOf(const std::vector<ToolStep> &tools, std::size_t begin, std::size_t count);
    int numberOf(const QString &text);
    void pair(std::size_t before, std::size_t after, ToolChange change);
    void pairMoved();
    void pairByName(const SequenceRun &gap);

    struct Counterpart
    {
        std::optional<std::size_t> at = std::nullopt;
        ToolChange change = ToolChange::Same;
    };

    const std::vector<ToolStep> &m_before;
    const std::vector<ToolStep> &m_after;
    QHash<QString, int> m_numbers;
    std::vector<int> m_beforeKeys;
    std::vector<int> m_afterKeys;
    std::vector<Counterpart> m_ofBefore;
    std::vector<Counterpart> m_ofAfter;
};

int ToolPathDiff::numberOf(const QString &text)
{
    const int number = m_numbers.value(text, int(m_numbers.size()));
    m_numbers.insert(text, number);
    return number;
}

std::vector<int> ToolPathDiff::keysOf(const std::vector<ToolStep> &tools)
{
    std::vector<int> keys;
    keys.reserve(tools.size());
    for (const ToolStep &tool : tools)
        keys.push_back(numberOf(tool.name + u'\x1f' + canonical(tool.arguments)));
    return keys;
}

std::vector<int> ToolPathDiff::namesOf(const std::vector<ToolStep> &tools, std::size_t begin,
                                       std::size_t count)
{
    std::vector<int> names;
    names.reserve(count);
    for (std::size_t index = begin; index < begin + count; ++index)
        names.push_back(numberOf(tools[index].name));
    return names;
}

void ToolPathDiff::pair(std::size_t before, std::size_t after, ToolChange change)
{
    m_ofBefore[before] = {.at = after, .change = change};
    m_ofAfter[after] = {.at = before, .change = change};
}

//! The same call, left over on both sides, went to another place.
void ToolPathDiff::pairMoved()
{
    QHash<int, std::vector<std::size_t>> left;
    for (std::size_t index = m_before.size(); index-- > 0;) {
        if (!m_ofBefore[index].at)
            left[m_beforeKeys[index]].push_back(index);
    }
    for (std::size_t index = 0; index < m_after.size(); ++index) {
        const auto found = left.find(m_afterKeys[index]);
        if (m_ofAfter[index].at || found == left.end() || found->empty())
            continue;
        pair(found->back(), index, ToolChange::Moved);
        found->pop_back();
    }
}

//! Within a gap the same tool, called in the same order, has other arguments.
void ToolPathDiff::pairByName(const SequenceRun &gap)
{
    const std::vector<int> before = namesOf(m_before, gap.before, gap.beforeCount);
    for (const SequenceRun &run : diffSequences(before, namesOf(m_after, gap.after, gap.afterCount))) {
        for (std::size_t index = 0; run.isSame && index < run.beforeCount; ++index) {
            const std::size_t left = gap.before + run.before + index;
            const std::size_t right = gap.after + run.after + index;
            if (!m_ofBefore[left].at && !m_ofAfter[right].at)
                pair(left, right, ToolChange::OtherArguments);
        }
    }
}

std::vector<ToolPair> ToolPathDiff::pairs()
{
    const std::vector<SequenceRun> runs = diffSequences(m_beforeKeys, m_afterKeys);
    for (const SequenceRun &run : runs) {
        for (std::size_t index = 0; run.isSame && index < run.beforeCount; ++index)
            pair(run.before + index, run.after + index, ToolChange::Same);
    }
    pairMoved();
    for (const SequenceRun &run : runs) {
        if (!run.isSame)
            pairByName(run);
    }
    std::vector<ToolPair> pairs;
    std::size_t before = 0;
    const auto addMissing = [&](std::size_t until) {
        for (; before < until; ++before) {
            if (!m_ofBefore[before].at)
                pairs.push_back({.change = ToolChange::Missing, .before = before});
        }
    };
    for (std::size_t after = 0; after < m_after.size(); ++after) {
        const Counterpart &other = m_ofAfter[after];
        if (!other.at) {
            pairs.push_back({.change = ToolChange::Added, .after = after});
            continue;
        }
        if (other.change != ToolChange::Moved)
            addMissing(*other.at);
        pairs.push_back({.change = other.change,
                         .hasOtherResult = !isSameResult(m_before[*other.at], m_after[after]),
                         .before = other.at,
                         .after = after});
    }
    addMissing(m_before.size());
    return pairs;
}

} // namespace

std::vector<ToolPair> diffToolPaths(const std::vector<ToolStep> &before, const std::vector<ToolStep> &after)
{
    return ToolPathDiff(before, after).pairs();
}

} // namespace Parlance
