// SPDX-License-Identifier: Apache-2.0
#include "transcript/block.h"

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
