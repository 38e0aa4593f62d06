// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/datanode.h"

namespace Parlance {

enum class DataChange { Added, Missing, Changed };

struct DataDifference
{
    QString path = {}; //!< JSONPath, by the places after; of what is missing, by those before
    DataChange change = DataChange::Changed;
    QString before = {}; //!< JSON as it was written; empty if Added
    QString after = {}; //!< empty if Missing
    friend bool operator==(const DataDifference &, const DataDifference &) = default;
};

//! Compares by structure: members by name, whatever their order, items of lists aligned, numbers as decimal
//! ones of any length. In the order they stand after; what is missing comes where its map or list does.
std::vector<DataDifference> diffData(const DataNode &before, const DataNode &after);

//! The same text for what diffData() finds alike: members by name, numbers in one way.
QString canonicalJson(const DataNode &node);

} // namespace Parlance
