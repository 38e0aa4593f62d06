// SPDX-License-Identifier: Apache-2.0
#include "chat/titles.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int longestTitle = 60;

QString withoutMarks(QString line)
{
    static const QRegularExpression lineStart(u"^\\s*(?:#{1,6}\\s+|>\\s*|[-*+]\\s+|\\d+[.)]\\s+)+"_s);
    static const QRegularExpression link(u"!?\\[([^\\]]*)\\]\\([^)]*\\)"_s);
    static const QRegularExpression pairs(u"(\\*\\*|__|\\*|~~|`+)(\\S(?:.*?\\S)?)\\1"_s);
    line.remove(lineStart);
    line.replace(link, u"\\1"_s);
    line.replace(pairs, u"\\2"_s);
    line.replace(pairs, u"\\2"_s);
    return line.simplified();
}

QString shortened(const QString &line)
{
    if (line.size() <= longestTitle)
        return line;
    qsizetype cut = line.lastIndexOf(u' ', longestTitle - 1);
    if (cut < longestTitle / 2)
        cut = longestTitle - 1;
    if (line.at(cut - 1).isHighSurrogate())
        --cut;
    return line.left(cut).trimmed() + u'…';
}

} // namespace

QString plainFirstLine(const QString &markdown)
{
    const QStringList lines = markdown.split(u'\n');
    for (const QString &line : lines) {
        if (line.trimmed().startsWith("```"_L1))
            continue;
        QString words = withoutMarks(line);
        if (!words.isEmpty())
            return words;
    }
    return {};
}

QString titleFromMessage(const QString &markdown)
{
    return shortened(plainFirstLine(markdown));
}

} // namespace Parlance
