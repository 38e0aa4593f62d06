// SPDX-License-Identifier: Apache-2.0
#include "qa/differencewords.h"

#include <QCoreApplication>

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Differences)
};

QString changeWord(const ToolPair &pair, const QString &name)
{
    switch (pair.change) {
    case ToolChange::Added:
        return Words::tr("Only here: %1.").arg(name);
    case ToolChange::Missing:
        return Words::tr("Not called: %1.").arg(name);
    case ToolChange::Moved:
        return Words::tr("In another place: %1.").arg(name);
    case ToolChange::OtherArguments:
        return Words::tr("Other arguments: %1.").arg(name);
    case ToolChange::Same:
        break;
    }
    return Words::tr("Other result: %1.").arg(name);
}

} // namespace

QStringList differenceSentences(const Answer &before, const Answer &after, const AnswerDiff &diff)
{
    QStringList sentences;
    for (const ToolPair &pair : diff.tools) {
        if (pair.isDifferent())
            sentences.append(changeWord(
                pair, pair.after ? after.tools[*pair.after].name : before.tools[*pair.before].name));
    }
    for (const DataDifference &difference : diff.data)
        sentences.append(
            difference.after.isEmpty()
                ? Words::tr("%1 was %2, is gone.").arg(difference.path, difference.before)
                : difference.before.isEmpty()
                ? Words::tr("%1 is new: %2.").arg(difference.path, difference.after)
                : Words::tr("%1 was %2, is %3.").arg(difference.path, difference.before, difference.after));
    for (const TextPiece &piece : diff.words.pieces) {
        if (piece.kind == PieceKind::Removed)
            sentences.append(Words::tr("Removed: %1.").arg(piece.before.simplified()));
        else if (piece.kind == PieceKind::Added)
            sentences.append(Words::tr("Added: %1.").arg(piece.after.simplified()));
    }
    if (diff.hasOtherEnd)
        sentences.append(before.isFailed && after.isFailed
                             ? Words::tr("Both failed, with different errors: %1").arg(after.error)
                             : Words::tr("One of the two failed."));
    return sentences;
}

} // namespace Parlance
