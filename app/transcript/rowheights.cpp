// SPDX-License-Identifier: Apache-2.0
#include "transcript/rowheights.h"

#include <algorithm>
#include <bit>

namespace Parlance {

void RowHeights::assign(std::vector<int> heights)
{
    m_heights = std::move(heights);
    build();
}

void RowHeights::append(int height)
{
    m_heights.push_back(height);
    const size_t node = m_heights.size();
    m_tree.resize(node + 1);
    int sum = height;
    const size_t step = node & (~node + 1);
    for (size_t i = 1; i < step; i <<= 1U)
        sum += m_tree[node - i];
    m_tree[node] = sum;
}

void RowHeights::insert(int row, int height)
{
    if (row == count()) {
        append(height);
        return;
    }
    m_heights.insert(m_heights.begin() + row, height);
    build();
}

void RowHeights::remove(int row)
{
    m_heights.erase(m_heights.begin() + row);
    build();
}

void RowHeights::set(int row, int height)
{
    const int difference = height - m_heights[size_t(row)];
    m_heights[size_t(row)] = height;
    for (size_t i = size_t(row) + 1; i < m_tree.size(); i += i & (~i + 1))
        m_tree[i] += difference;
}

int RowHeights::top(int row) const
{
    int sum = 0;
    for (size_t i = size_t(row); i > 0; i -= i & (~i + 1))
        sum += m_tree[i];
    return sum;
}

int RowHeights::rowAt(int y) const
{
    if (m_heights.empty())
        return -1;
    size_t position = 0;
    int rest = y;
    for (size_t step = std::bit_floor(m_heights.size()); step > 0; step >>= 1U) {
        if (position + step < m_tree.size() && m_tree[position + step] <= rest) {
            position += step;
            rest -= m_tree[position];
        }
    }
    return std::clamp(int(position), 0, count() - 1);
}

void RowHeights::build()
{
    m_tree.assign(m_heights.size() + 1, 0);
    for (size_t i = 1; i < m_tree.size(); ++i) {
        m_tree[i] += m_heights[i - 1];
        const size_t parent = i + (i & (~i + 1));
        if (parent < m_tree.size())
            m_tree[parent] += m_tree[i];
    }
}

} // namespace Parlance
