// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/datanode.h"

#include <QStringList>

#include <optional>

namespace Parlance {

//! What stands between {{ and }} comes to.
struct ExpressionValue
{
    std::optional<DataNode> value = std::nullopt; //!< absent: a name that stands for nothing
    QString problem = {}; //!< a sentence; empty: it was understood
    QStringList missing = {}; //!< names that stand for nothing

    //! As it is put into the text.
    QString words() const;
};

ExpressionValue evaluateExpression(QStringView expression, const DataNode &variables);

} // namespace Parlance
