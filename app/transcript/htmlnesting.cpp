// SPDX-License-Identifier: Apache-2.0
#include "transcript/htmlnesting.h"

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

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

int HtmlNesting::count(const QString &tag) const
{
    return int(m_open.count(tag));
}

QString HtmlNesting::close()
{
    return QString(u"</"_s + m_open.takeLast() + u'>');
}

QString HtmlNesting::open(const QString &tag, const QString &attribute)
{
    m_open.append(tag);
    return QString(u'<' + tag + attribute + u'>');
}

QString HtmlNesting::before(const Block &block, bool beginsItem)
{
    QString result;
    while (count(u"blockquote"_s) > block.quoteDepth || count(u"li"_s) > block.listDepth) {
        const bool isItem = m_open.last() == u"li"_s;
        result += close();
        if (isItem)
            result += close();
    }
    if (beginsItem && block.listDepth > 0 && count(u"li"_s) == block.listDepth) {
        while (m_open.last() != u"li"_s)
            result += close();
        result += close();
        if (count(u"blockquote"_s) < block.quoteDepth || m_open.last() != listTag(block))
            result += close();
        else
            result += open(u"li"_s);
    }
    while (count(u"blockquote"_s) < block.quoteDepth)
        result += open(u"blockquote"_s);
    while (count(u"li"_s) < block.listDepth) {
        result += open(listTag(block), startOf(block));
        result += open(u"li"_s);
    }
    return result;
}

QString HtmlNesting::end()
{
    QString result;
    while (!m_open.isEmpty())
        result += close();
    return result;
}

} // namespace Parlance
