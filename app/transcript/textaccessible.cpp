// SPDX-License-Identifier: Apache-2.0
#include "transcript/textaccessible.h"

#include "transcript/hotaccessible.h"
#include "transcript/transcriptview.h"

#include <QTextBoundaryFinder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

std::pair<int, int> paragraphAround(const QString &all, int at)
{
    const int start = at == 0 ? 0 : int(all.lastIndexOf(u'\n', at - 1)) + 1;
    const auto newline = all.indexOf(u'\n', at);
    return {start, newline < 0 ? int(all.size()) : int(newline) + 1};
}

QTextBoundaryFinder::BoundaryType finderType(QAccessible::TextBoundaryType type)
{
    return type == QAccessible::CharBoundary    ? QTextBoundaryFinder::Grapheme
        : type == QAccessible::SentenceBoundary ? QTextBoundaryFinder::Sentence
                                                : QTextBoundaryFinder::Word;
}

} // namespace

void TextAccessible::selection(int index, int *start, int *end) const
{
    *start = *end = 0;
    if (index == 0 && m_view->hasSelection())
        std::tie(*start, *end) = map().covered(m_view->selection());
}

int TextAccessible::selectionCount() const
{
    int start = 0;
    int end = 0;
    selection(0, &start, &end);
    return end > start ? 1 : 0;
}

void TextAccessible::removeSelection(int index)
{
    if (index == 0 && selectionCount() > 0)
        m_view->select(m_view->selection().end, m_view->selection().end);
}

void TextAccessible::setSelection(int index, int start, int end)
{
    if (index != 0)
        return;
    const auto from = map().positionAt(start);
    const auto to = map().positionAt(end);
    if (from && to)
        m_view->select(*from, *to);
}

int TextAccessible::cursorPosition() const
{
    const std::optional<TextPosition> caret = m_view->caret();
    return caret ? map().offsetOf(*caret) : -1;
}

void TextAccessible::setCursorPosition(int position)
{
    if (const auto place = map().positionAt(position))
        m_view->placeCaret(*place, false);
}

QString TextAccessible::text(int start, int end) const
{
    return map().text().mid(start, std::max(0, end - start));
}

TextAccessible::Range TextAccessible::lineAround(int offset) const
{
    const RowText &text = map();
    const int at = std::clamp(offset, 0, int(text.text().size()));
    auto [start, end] = paragraphAround(text.text(), at);
    const auto place = text.positionAt(at);
    const LaidBlock *laid = place ? m_view->blockAt(*place) : nullptr;
    // A row of a table, or of several labels, is one line.
    if (!laid || laid->block.texts.size() != 1 || size_t(place->box) >= laid->boxes.size()
        || !isSelectable(laid->block.kind))
        return {start, end};
    const TextFlow &flow = laid->boxes[size_t(place->box)].flow;
    const auto [from, to] = flow.lineAt(place->offset);
    TextPosition edge = *place;
    edge.offset = from;
    if (from > 0)
        start = std::max(start, text.offsetOf(edge));
    edge.offset = to;
    if (to < flow.text().text.size())
        end = std::min(end, text.offsetOf(edge));
    return {start, end};
}

// Words and sentences never go beyond a paragraph, so a long answer is not searched for a word of it.
TextAccessible::Range TextAccessible::around(int offset, QAccessible::TextBoundaryType type) const
{
    const QString &all = map().text();
    const int at = std::clamp(offset, 0, int(all.size()));
    if (type == QAccessible::NoBoundary)
        return {0, int(all.size())};
    if (type == QAccessible::LineBoundary)
        return lineAround(at);
    const auto [from, to] = paragraphAround(all, at);
    if (type == QAccessible::ParagraphBoundary || from == to)
        return {from, to};
    const QString paragraph = all.mid(from, to - from);
    QTextBoundaryFinder finder(finderType(type), paragraph);
    finder.setPosition(at - from);
    if (!finder.isAtBoundary() || at == to)
        finder.toPreviousBoundary();
    const int start = std::max(0, int(finder.position()));
    const auto end = finder.toNextBoundary();
    return {from + start, end < 0 ? to : from + int(end)};
}

QString TextAccessible::piece(Range range, int *start, int *end) const
{
    *start = range.first;
    *end = range.second;
    return text(range.first, range.second);
}

QString TextAccessible::textAtOffset(int offset, QAccessible::TextBoundaryType type, int *start,
                                     int *end) const
{
    return piece(around(offset, type), start, end);
}

QString TextAccessible::textBeforeOffset(int offset, QAccessible::TextBoundaryType type, int *start,
                                         int *end) const
{
    const int here = around(offset, type).first;
    return piece(here == 0 ? Range{0, 0} : around(here - 1, type), start, end);
}

QString TextAccessible::textAfterOffset(int offset, QAccessible::TextBoundaryType type, int *start,
                                        int *end) const
{
    const int next = around(offset, type).second;
    return piece(next >= characterCount() ? Range{next, next} : around(next, type), start, end);
}

int TextAccessible::characterCount() const
{
    return int(map().text().size());
}

QRect TextAccessible::characterRect(int offset) const
{
    const auto place = map().positionAt(offset);
    if (!place)
        return {};
    TextPosition next = *place;
    ++next.offset;
    const QRectF here = m_view->caretRect(*place);
    const QRectF after = m_view->caretRect(next);
    const bool isSameLine = qFuzzyCompare(here.top() + 1, after.top() + 1) && after.left() != here.left();
    const qreal left = isSameLine ? std::min(here.left(), after.left()) : here.left();
    const qreal width = isSameLine ? std::abs(after.left() - here.left()) : 1;
    return onScreen(m_view, QRectF(left, here.top(), width, here.height()));
}

int TextAccessible::offsetAtPoint(const QPoint &point) const
{
    const auto place = m_view->positionAt(m_view->viewport()->mapFromGlobal(point));
    return place ? map().offsetOf(*place) : -1;
}

void TextAccessible::scrollToSubstring(int start, int /*end*/)
{
    if (const auto place = map().positionAt(start))
        m_view->reveal(*place);
}

QString TextAccessible::attributes(int offset, int *start, int *end) const
{
    *start = *end = offset;
    if (offset < 0 || offset >= characterCount())
        return {};
    // Who goes from run to run must come to the end, so that even what stands in no text, as a marker or the
    // break between two blocks, is one.
    *end = offset + 1;
    const auto place = map().positionAt(offset);
    const LaidBlock *laid = place ? m_view->blockAt(*place) : nullptr;
    if (!laid || size_t(place->box) >= laid->block.texts.size() || map().offsetOf(*place) != offset
        || place->offset >= laid->block.texts[size_t(place->box)].text.size())
        return {};
    const RichText &rich = laid->block.texts[size_t(place->box)];
    const int first = offset - place->offset;
    *start = first;
    *end = first + int(rich.text.size());
    quint16 style = PlainRun;
    for (const TextRun &run : rich.runs) {
        if (run.start > place->offset) {
            *end = first + run.start;
            break;
        }
        *start = first + run.start + (run.start + run.length <= place->offset ? run.length : 0);
        if (run.start + run.length > place->offset) {
            style = run.style;
            *end = first + run.start + run.length;
            break;
        }
    }
    QString result;
    if (style & BoldRun || laid->block.kind == BlockKind::Heading)
        result += u"font-weight:bold;"_s;
    if (style & ItalicRun)
        result += u"font-style:italic;"_s;
    if (style & StrikeRun)
        result += u"text-line-through-type:single;"_s;
    if (style & LinkRun)
        result += u"text-underline-style:solid;"_s;
    if (style & CodeRun || laid->block.kind == BlockKind::Code)
        result += u"font-family:monospace;"_s;
    return result;
}

} // namespace Parlance
