// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "house/sourcefile.h"

#include <QList>
#include <QRegularExpression>

namespace Parlance::House {

//! A thing that may stand only in some places.
struct Rule
{
    QString name;
    QRegularExpression where; //!< paths that the rule reads
    QRegularExpression except; //!< paths among them that may do it
    QRegularExpression forbidden; //!< searched in every line
    QString words;
    bool readsComments = false; //!< otherwise what follows // is not looked at
};

//! Every rule that is a line of text in the wrong place.
const QList<Rule> &rules();

QList<Finding> checkRule(const Rule &rule, const SourceFile &file);

//! SPDX, #pragma once and length: what a file must have as a whole.
QList<Finding> checkWholeFile(const SourceFile &file);

} // namespace Parlance::House
