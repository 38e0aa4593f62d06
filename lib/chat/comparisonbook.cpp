// SPDX-License-Identifier: Apache-2.0
#include "chat/comparisonbook.h"

#include "chat/archive.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace Parlance {

ComparisonBook::ComparisonBook(Archive *archive, QObject *parent)
    : QObject(parent)
    , m_archive(archive)
{
}

void ComparisonBook::load(const std::vector<Comparison> &comparisons)
{
    for (const Comparison &comparison : comparisons)
        m_comparisons.insert_or_assign(comparison.id, comparison);
    onChanged();
}

void ComparisonBook::save(const Comparison &comparison)
{
    m_comparisons.insert_or_assign(comparison.id, comparison);
    m_archive->saveComparison(comparison);
    onChanged();
}

void ComparisonBook::remove(const ComparisonId &id)
{
    if (m_comparisons.erase(id) == 0)
        return;
    m_archive->removeComparison(id);
    onChanged();
}

void ComparisonBook::onChanged()
{
    std::set<ConversationId> hidden;
    for (const auto &[id, comparison] : m_comparisons) {
        if (comparison.isBlind())
            hidden.insert(comparison.columns.begin(), comparison.columns.end());
    }
    const std::set<ConversationId> before = std::exchange(m_hidden, std::move(hidden));
    Q_EMIT changed();
    std::vector<ConversationId> others;
    std::set_symmetric_difference(before.begin(), before.end(), m_hidden.begin(), m_hidden.end(),
                                  std::back_inserter(others));
    if (!others.empty())
        Q_EMIT hiddenChanged(others);
}

const Comparison *ComparisonBook::find(const ComparisonId &id) const
{
    const auto found = m_comparisons.find(id);
    return found == m_comparisons.end() ? nullptr : &found->second;
}

const Comparison *ComparisonBook::of(const ConversationId &column) const
{
    const auto found = std::ranges::find_if(m_comparisons, [&column](const auto &entry) {
        return std::ranges::find(entry.second.columns, column) != entry.second.columns.end();
    });
    return found == m_comparisons.end() ? nullptr : &found->second;
}

std::vector<Comparison> ComparisonBook::all() const
{
    std::vector<Comparison> list;
    for (const auto &[id, comparison] : m_comparisons)
        list.push_back(comparison);
    std::ranges::stable_sort(list, std::ranges::greater(), &Comparison::created);
    return list;
}

} // namespace Parlance
