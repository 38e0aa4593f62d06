// SPDX-License-Identifier: Apache-2.0
#include "transcript/htmlnesting.h"

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

const QString quote = u"blockquote"_s;

QString listTag(const Block &block)
{
    return !block.marker.isEmpty() && block.marker.front().isDigit() ? u"ol"_s : u"ul"_s;
}

// A list that goes on elsewhere, or whose beginning was not selected, keeps its numbers.
QString startOf(const Block &block)
{
    // The second paragraph of an item has no marker.
    if (listTag(block) != u"ol"_s)
        return {};
    const int number = block.marker.chopped(1).toInt();
    return number > 1 ? u" start=\""_s + QString::number(number) + u'"' : QString();
}

} // namespace

// Until only so many lists and quotes are open.
QString HtmlNesting::closeTo(qsizetype depth)
{
    QString result;
    while (m_open.size() > depth) {
        const QString tag = m_open.takeLast();
        result += (tag == quote ? u"</"_s : u"</li></"_s) + tag + u'>';
    }
    return result;
}

QString HtmlNesting::before(const Block &block, bool beginsItem)
{
    const std::vector<Nest> nest = nestOf(block);
    const auto tagOf = [&block](Nest one) { return one == Nest::Quote ? quote : listTag(block); };
    const auto isOpen = [&](qsizetype i) {
        return i < m_open.size() && (m_open[i] == quote) == (nest[size_t(i)] == Nest::Quote);
    };
    // An item that begins is not the one that is open in its place.
    qsizetype item = qsizetype(nest.size());
    if (beginsItem)
        item = std::ranges::find(nest.rbegin(), nest.rend(), Nest::Item).base() - nest.begin() - 1;
    qsizetype depth = 0;
    while (depth < item && isOpen(depth))
        ++depth;
    const bool goesOn =
        beginsItem && depth == item && depth < m_open.size() && m_open[depth] == listTag(block);
    QString result = closeTo(goesOn ? depth + 1 : depth);
    if (goesOn) {
        result += u"</li><li>"_s;
        ++depth;
    }
    for (; depth < qsizetype(nest.size()); ++depth) {
        const Nest one = nest[size_t(depth)];
        m_open.append(tagOf(one));
        result += one == Nest::Quote ? QString(u'<' + quote + u'>')
                                     : QString(u'<' + m_open.last() + startOf(block) + u"><li>"_s);
    }
    return result;
}

QString HtmlNesting::end()
{
    return closeTo(0);
}

} // namespace Parlance
