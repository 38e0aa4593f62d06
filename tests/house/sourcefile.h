// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace Parlance::House {

//! A file of the tree by its path from the root, with its lines as they stand.
struct SourceFile
{
    QString path;
    QStringList lines;
};

//! What a rule found; an empty list of these is a clean house.
struct Finding
{
    QString path;
    int line = 0; //!< from 1; 0 when the whole file is meant
    QString rule;
    QString words;

    QString asText() const { return QStringLiteral("%1:%2: [%3] %4").arg(path).arg(line).arg(rule, words); }
};

} // namespace Parlance::House
