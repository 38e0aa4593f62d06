// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <vector>

namespace Parlance {

enum class PieceKind { Same, Removed, Added };

//! A stretch of two texts. What is the same may be broken into lines otherwise.
struct TextPiece
{
    PieceKind kind = PieceKind::Same;
    QString before = {}; //!< empty if Added
    QString after = {}; //!< empty if Removed
    friend bool operator==(const TextPiece &, const TextPiece &) = default;
};

struct TextDiff
{
    std::vector<TextPiece> pieces = {}; //!< in order; what was removed stands before what was added for it
    friend bool operator==(const TextDiff &, const TextDiff &) = default;

    bool isSame() const;
};

//! Compares two Markdown texts word by word. Where a paragraph's lines end is no difference; where a line
//! means something (code, tables, lists, headings, hard breaks) it is. Takes time that grows with the texts'
//! lengths.
TextDiff diffWords(const QString &before, const QString &after);

} // namespace Parlance
