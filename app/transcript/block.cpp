// SPDX-License-Identifier: Apache-2.0
#include "transcript/block.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

void RichText::append(const QString &more, quint16 style, const QString &url)
{
    if (more.isEmpty())
        return;
    if (style != PlainRun) {
        const int start = int(text.size());
        if (!runs.empty() && runs.back().start + runs.back().length == start && runs.back().style == style
            && runs.back().url == url)
            runs.back().length += int(more.size());
        else
            runs.push_back(TextRun{start, int(more.size()), style, url});
    }
    text += more;
}

RichText RichText::mid(int start, int length) const
{
    RichText piece{.text = text.mid(start, length)};
    for (const TextRun &run : runs) {
        const int from = std::max(run.start, start);
        const int to = std::min(run.start + run.length, start + length);
        if (from < to)
            piece.runs.push_back({from - start, to - from, run.style, run.url, run.ink, run.ground});
    }
    return piece;
}

std::vector<Nest> nestOf(const Block &block)
{
    std::vector<Nest> result;
    int lists = 0;
    for (int quote = 0; quote < block.quoteDepth; ++quote) {
        const int outside = quote < 8 ? block.listsOutsideQuote(quote) : lists;
        for (; lists < std::min(outside, block.listDepth); ++lists)
            result.push_back(Nest::Item);
        result.push_back(Nest::Quote);
    }
    for (; lists < block.listDepth; ++lists)
        result.push_back(Nest::Item);
    return result;
}

QString plainText(const Block &block)
{
    QString result;
    if (!block.marker.isEmpty())
        result = block.marker + u' ';
    for (size_t i = 0; i < block.texts.size(); ++i) {
        if (i > 0)
            result += block.columns == 0 ? u' ' : int(i) % block.columns == 0 ? u'\n' : u'\t';
        result += block.texts[i].text;
    }
    return result;
}

} // namespace Parlance
