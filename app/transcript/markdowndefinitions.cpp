// SPDX-License-Identifier: Apache-2.0
#include "transcript/markdowndefinitions.h"

#include <QRegularExpression>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

const QRegularExpression &beginning()
{
    static const QRegularExpression expression(uR"(^ {0,3}\[((?:[^\[\]\\]|\\.)+)\]:)"_s);
    return expression;
}

std::optional<LinkDefinition> definitionAt(const QStringList &lines, int line)
{
    const QRegularExpressionMatch match = beginning().match(lines[line]);
    if (!match.hasMatch())
        return std::nullopt;
    return LinkDefinition{line, match.captured(1).simplified(), lines[line].trimmed()};
}

} // namespace

std::vector<LinkDefinition> definitionsIn(const QStringList &lines, int from, int to)
{
    std::vector<LinkDefinition> result;
    bool goesOn = false;
    for (int line = std::max(0, from); line < std::min(to, int(lines.size())); ++line) {
        if (lines[line].trimmed().isEmpty()) {
            goesOn = false;
        } else if (auto definition = definitionAt(lines, line)) {
            result.push_back(std::move(*definition));
            goesOn = true;
        } else if (goesOn) {
            result.back().text += u' ' + lines[line].trimmed();
        }
    }
    return result;
}

std::vector<LinkDefinition> definitionsAtop(const QStringList &lines, int from, int to)
{
    static const QRegularExpression whole(
        uR"(^ {0,3}\[(?:[^\[\]\\]|\\.)+\]:[ \t]*(?:<[^<>]*>|[^\s<]\S*)(?:[ \t]+(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*$)"_s);
    std::vector<LinkDefinition> result;
    for (int line = std::max(0, from);
         line < std::min(to, int(lines.size())) && whole.match(lines[line]).hasMatch(); ++line)
        result.push_back(*definitionAt(lines, line));
    return result;
}

bool isReferredTo(const QString &source, const QString &label)
{
    const QString wanted = u'[' + label + u']';
    for (qsizetype at = source.indexOf(wanted, 0, Qt::CaseInsensitive); at >= 0;
         at = source.indexOf(wanted, at + wanted.size(), Qt::CaseInsensitive)) {
        const qsizetype end = at + wanted.size();
        const bool isDefinition = end < source.size() && source[end] == u':'
            && QStringView(source)
                   .mid(source.lastIndexOf(u'\n', at) + 1, at - source.lastIndexOf(u'\n', at) - 1)
                   .trimmed()
                   .isEmpty();
        if (!isDefinition)
            return true;
    }
    return false;
}

} // namespace Parlance
