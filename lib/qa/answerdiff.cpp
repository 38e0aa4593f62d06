// SPDX-License-Identifier: Apache-2.0
#include "qa/answerdiff.h"

#include <algorithm>

namespace Parlance {
namespace {

//! An object or a list, as agents answer with JSON.
std::optional<DataNode> dataOf(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (!trimmed.startsWith(u'{') && !trimmed.startsWith(u'['))
        return std::nullopt;
    Result<DataNode> data = readData(QStringView(trimmed));
    return data ? std::optional(std::move(*data)) : std::nullopt;
}

} // namespace

int AnswerDiff::count() const
{
    int count = int(std::ranges::count_if(tools, &ToolPair::isDifferent)) + (hasOtherEnd ? 1 : 0);
    if (isJson)
        return count + int(data.size());
    bool isWithin = false;
    for (const TextPiece &piece : words.pieces) {
        const bool isChange = piece.kind != PieceKind::Same;
        count += isChange && !isWithin ? 1 : 0;
        isWithin = isChange;
    }
    return count;
}

AnswerDiff diffAnswers(const Answer &baseline, const Answer &other)
{
    AnswerDiff diff{.tools = diffToolPaths(baseline.tools, other.tools),
                    .hasOtherEnd = baseline.isFailed != other.isFailed
                        || (other.isFailed && baseline.error != other.error)};
    const std::optional<DataNode> before = dataOf(baseline.text);
    const std::optional<DataNode> after = before ? dataOf(other.text) : std::nullopt;
    diff.isJson = before && after;
    if (diff.isJson)
        diff.data = diffData(*before, *after);
    else
        diff.words = diffWords(baseline.text, other.text);
    return diff;
}

} // namespace Parlance
