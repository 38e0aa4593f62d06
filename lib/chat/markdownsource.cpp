// SPDX-License-Identifier: Apache-2.0
#include "chat/markdownsource.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct StandIn
{
    char32_t stand;
    QLatin1StringView written;
    QLatin1StringView word;
};

constexpr auto table = std::to_array<StandIn>({
    {Stand::openRound, "\\("_L1, "("_L1},
    {Stand::closeRound, "\\)"_L1, ")"_L1},
    {Stand::openSquare, "\\["_L1, "["_L1},
    {Stand::closeSquare, "\\]"_L1, "]"_L1},
    {Stand::footnote, "[^"_L1, "[^"_L1},
});

constexpr ushort high = QChar::highSurrogate(Stand::openRound);

const StandIn *standIn(QChar low)
{
    const auto found = std::ranges::find_if(
        table, [low](const StandIn &one) { return QChar::lowSurrogate(one.stand) == low.unicode(); });
    return found == table.end() ? nullptr : &*found;
}

QString restored(QString text, QLatin1StringView StandIn::*form)
{
    for (qsizetype at = text.indexOf(QChar(high)); at >= 0 && at + 1 < text.size();
         at = text.indexOf(QChar(high), at + 1)) {
        if (const StandIn *found = standIn(text[at + 1]))
            text.replace(at, 2, found->*form);
    }
    return text;
}

// `[^label]`, unless it is the text of a link.
bool isFootnote(const QString &source, qsizetype at)
{
    constexpr qsizetype maxLabel = 80;
    qsizetype end = at + 2;
    while (end < source.size() && end - at < maxLabel && !source[end].isSpace() && source[end] != u'['
           && source[end] != u']' && source[end] != u'\\')
        ++end;
    return end > at + 2 && end < source.size() && source[end] == u']'
        && (end + 1 == source.size() || source[end + 1] != u'(');
}

void put(QString &result, qsizetype at, char32_t stand)
{
    result[at] = QChar(QChar::highSurrogate(stand));
    result[at + 1] = QChar(QChar::lowSurrogate(stand));
}

} // namespace

QString standIns(const QString &source)
{
    QString result = source;
    // A character that the source has of its own would be taken for one of ours.
    for (qsizetype at = result.indexOf(QChar(high)); at >= 0; at = result.indexOf(QChar(high), at + 1)) {
        if (at + 1 < result.size() && standIn(result[at + 1]))
            result[at] = result[at + 1] = QChar::ReplacementCharacter;
    }
    for (qsizetype i = 0; i + 1 < source.size(); ++i) {
        if (source[i] == u'\\') {
            const QChar next = source[i + 1];
            const auto found = std::ranges::find_if(table, [next](const StandIn &one) {
                return one.written.front() == u'\\' && one.written.back() == next;
            });
            if (found != table.end())
                put(result, i, found->stand);
            ++i;
        } else if (source[i] == u'[' && source[i + 1] == u'^' && isFootnote(source, i)) {
            put(result, i, Stand::footnote);
            ++i;
        }
    }
    return result;
}

QString withoutOpenImage(const QString &source)
{
    const qsizetype data = source.lastIndexOf(u"](data:image/");
    if (data < 0)
        return source;
    for (qsizetype i = data + 2; i < source.size(); ++i) {
        const QChar c = source[i];
        if (c == u')' || c.isSpace() || c == u'<' || c == u'(')
            return source;
    }
    const qsizetype line = source.lastIndexOf(u'\n', data) + 1;
    if (source.lastIndexOf(u"![", data) < line)
        return source;
    return source.first(data + 2) + openImage + u')';
}

QString asWritten(QString text)
{
    return restored(std::move(text), &StandIn::written);
}

QString asWords(QString text)
{
    return restored(std::move(text), &StandIn::word);
}

} // namespace Parlance
