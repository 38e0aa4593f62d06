// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace Parlance {

//! Heights of many rows with fast sums: where a row begins, and which row a place is in, in O(log n).
class RowHeights
{
public:
    void assign(std::vector<int> heights);
    void append(int height);
    void insert(int row, int height);
    void remove(int row);
    void set(int row, int height);

    int count() const { return int(m_heights.size()); }
    int height(int row) const { return m_heights[std::size_t(row)]; }
    int total() const { return top(count()); }
    //! Sum of the heights before a row.
    int top(int row) const;
    //! The row that covers y; the first or last one for a y outside. -1 if there are none.
    int rowAt(int y) const;

private:
    void build();

    std::vector<int> m_heights;
    std::vector<int> m_tree; //!< Fenwick tree, from 1
};

} // namespace Parlance
