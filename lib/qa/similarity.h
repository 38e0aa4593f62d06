// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace Parlance {

//! How many letters (UTF-16) have to be put in, taken out or changed to make one text of the other. More than
//! the most: most + 1, found in time that grows with the most and not with the texts' product.
qsizetype editDistance(QStringView left, QStringView right, qsizetype most);

//! The words of a text by the rules of the Penn Treebank, by which ROUGE is counted.
QStringList treebankWords(const QString &text);

//! ROUGE-1 as promptfoo has it: how many words two texts share, as an F measure from 0 to 1, without case.
double rougeScore(const QString &candidate, const QString &reference);

} // namespace Parlance
