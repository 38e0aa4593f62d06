// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace Parlance {

//! A link's address given on a line of its own, `[label]: https://…`, which the parser takes out of the text.
struct LinkDefinition
{
    int line = 0; //!< of the source, from 0
    QString label = {};
    QString text = {}; //!< as it was written
};

//! What a source has of them in lines that no block covers, from one line up to another.
std::vector<LinkDefinition> definitionsIn(const QStringList &lines, int from, int to);
//! The same at the beginning of a paragraph, which goes on below them.
std::vector<LinkDefinition> definitionsAtop(const QStringList &lines, int from, int to);

//! True if a source refers to a label somewhere, not counting where it is defined.
bool isReferredTo(const QString &source, const QString &label);

} // namespace Parlance
