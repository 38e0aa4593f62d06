// SPDX-License-Identifier: Apache-2.0
// What the transcript says as text: selection, copy, find.
#include "transcript/transcriptview.h"

#include "transcript/blockmarkup.h"
#include "transcript/caretwalk.h"
#include "transcript/findbar.h"
#include "transcript/htmlnesting.h"
#include "transcript/markdownwriter.h"

#include "theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// A block of which only a part of one text is selected.
Block pieceOf(const Block &block, int box, int start, int length)
{
    Block piece = block;
    const RichText &text = block.texts[size_t(box)];
    const bool isWhole = start == 0 && length == text.text.size();
    piece.texts.assign(size_t(std::max(1, block.columns)), RichText{});
    piece.texts[size_t(block.columns > 0 ? box % block.columns : 0)] = text.mid(start, length);
    if (block.columns > 0 || isWhole)
        return piece;
    // Part of a program is words as they stand, and what begins inside an item is none.
    if (block.kind == BlockKind::Code) {
        piece.kind = BlockKind::Paragraph;
        piece.isVerbatim = true;
    }
    if (start > 0) {
        if (block.kind == BlockKind::Heading)
            piece.kind = BlockKind::Paragraph;
        piece.marker.clear();
        piece.task = TaskMark::None;
        piece.quoteDepth = piece.listDepth = 0;
        piece.note.clear();
    }
    return piece;
}

// Items of one list stand close, everything else is a paragraph apart.
QString separator(bool wasInList, const Block &block)
{
    return wasInList && block.listDepth > 0 ? u"\n"_s : u"\n\n"_s;
}

} // namespace

// A rule and an item without words have no length.
template <typename Visit> void TranscriptView::visitSelection(Visit visit) const
{
    const TextRange range = selection();
    if (range.isEmpty() || !m_messages)
        return;
    std::vector<Block> own;
    for (int row = range.begin.row; row <= range.end.row && row < m_messages->count(); ++row) {
        const int parts = int(m_messages->at(row).parts.size());
        for (int section = 1; section <= parts; ++section) {
            const std::vector<Block> &blocks = m_rows.blocks(row, section, own);
            const bool isOpen = m_rows.openParts(row).contains(section - 1);
            for (size_t b = 0; b < blocks.size(); ++b) {
                if (blocks[b].isInsideFold && !isOpen)
                    continue;
                const TextPosition place{row, section, int(b), 0, 0};
                const bool isEmptyItem =
                    !blocks[b].marker.isEmpty() && plainText(blocks[b]).size() == blocks[b].marker.size() + 1;
                if (blocks[b].kind == BlockKind::Rule || isEmptyItem) {
                    if (range.begin < place && place < range.end)
                        visit(blocks[b], place, 0, 0);
                    continue;
                }
                if (!isSelectable(blocks[b].kind))
                    continue;
                for (size_t i = 0; i < blocks[b].texts.size(); ++i) {
                    const TextPosition here{row, section, int(b), int(i), 0};
                    const auto [start, length] = range.inBox(here, int(blocks[b].texts[i].text.size()));
                    if (length > 0)
                        visit(blocks[b], here, start, length);
                }
            }
        }
    }
}

QString TranscriptView::selectedText() const
{
    QString result;
    bool wasInList = false;
    TextPosition last{-1, 0, 0, 0, 0};
    visitSelection([&](const Block &block, const TextPosition &at, int start, int length) {
        if (length == 0)
            return;
        const bool isSameBlock = at.row == last.row && at.section == last.section && at.block == last.block;
        if (isSameBlock)
            result += block.columns > 0 && at.box % block.columns != 0 ? u"\t"_s : u"\n"_s;
        else if (last.row >= 0)
            result += separator(wasInList, block);
        const RichText &text = block.texts[size_t(at.box)];
        const bool isWhole = start == 0 && length == text.text.size();
        result += isWhole && block.isFormula() ? formulaSource(block) : plainOf(text, start, length);
        wasInList = block.listDepth > 0;
        last = at;
    });
    return result;
}

QString TranscriptView::selectedMarkdown() const
{
    QStringList sections; // a list never goes on in another message
    std::vector<Block> pieces;
    TextPosition first{-1, 0, 0, 0, 0};
    const auto endSection = [&] {
        if (!pieces.empty())
            sections.append(markdownOf(std::exchange(pieces, {})));
    };
    visitSelection([&](const Block &block, const TextPosition &at, int start, int length) {
        if (at.row != first.row || at.section != first.section)
            endSection();
        if (pieces.empty() || at.block != first.block) {
            first = at;
            pieces.push_back(pieceOf(block, at.box, start, length));
            return;
        }
        // Whole rows of a table, empty where nothing of a cell is selected.
        const int place = at.box - (first.box - first.box % block.columns);
        Block &table = pieces.back();
        table.texts.resize(size_t(place - place % block.columns + block.columns));
        table.texts[size_t(place)] = block.texts[size_t(at.box)].mid(start, length);
    });
    endSection();
    return sections.join(u"\n\n"_s);
}

QString TranscriptView::selectedHtml() const
{
    QString result;
    QString tail;
    HtmlNesting nesting;
    TextPosition last{-1, 0, 0, 0, 0};
    visitSelection([&](const Block &block, const TextPosition &at, int start, int length) {
        const RichText &text = block.texts[size_t(at.box)];
        const bool isSameBlock = at.row == last.row && at.section == last.section && at.block == last.block;
        const bool beginsItem = start == 0 && !isSameBlock && !block.marker.isEmpty();
        if (!isSameBlock)
            result += std::exchange(tail, {});
        // A list never goes on in another message.
        if (last.row >= 0 && (at.row != last.row || at.section != last.section))
            result += nesting.end();
        if (!isSameBlock)
            result += nesting.before(block, beginsItem);
        last = at;
        if (block.kind == BlockKind::Rule) {
            result += u"<hr>"_s;
            return;
        }
        if (block.kind == BlockKind::Table) {
            const bool isNewRow = at.box % block.columns == 0;
            result += !isSameBlock ? u"<table><tr>"_s : isNewRow ? u"</tr><tr>"_s : QString();
            result += tableCellHtml(block, at.box, start, length);
            tail = u"</tr></table>"_s;
            return;
        }
        QString tag = u"p"_s;
        if (block.kind == BlockKind::Heading)
            tag = u'h' + QString::number(std::clamp(block.level, 1, 6));
        if (block.kind == BlockKind::Code) {
            const QString language = block.label.isEmpty() || block.isFormula()
                ? QString()
                : QString(u" class=\"language-"_s % block.label.toHtmlEscaped() % u'"');
            const QString code = text.text.mid(start, length).toHtmlEscaped();
            result += QString(u"<pre><code"_s % language % u'>' % code % u"</code></pre>"_s);
            return;
        }
        const QString words = htmlOf(text, start, length);
        const QString task = !beginsItem || block.task == TaskMark::None ? QString()
            : block.task == TaskMark::Done                               ? u"☑ "_s
                                                                         : u"☐ "_s;
        const bool isBare = beginsItem && block.kind == BlockKind::Paragraph;
        result += isBare ? QString(task % words) : QString(u'<' % tag % u'>' % words % u"</"_s % tag % u'>');
    });
    return result + tail + nesting.end();
}

void TranscriptView::copySelection() const
{
    if (!hasSelection())
        return;
    auto *mime = new QMimeData;
    mime->setText(selectedText());
    mime->setHtml(selectedHtml());
    mime->setData(u"text/markdown"_s, selectedMarkdown().toUtf8());
    QGuiApplication::clipboard()->setMimeData(mime);
}

void TranscriptView::selectAll()
{
    if (m_rows.count() == 0)
        return;
    const int last = m_rows.count() - 1;
    select({0, 0, 0, 0, 0}, {last, int(m_messages->at(last).parts.size()) + 2, 0, 0, 0});
    viewport()->update();
}

QString TranscriptView::rowText(int row)
{
    return rowMap(row).text();
}

const RowText &TranscriptView::rowMap(int row)
{
    const MessageLayout &layout = layoutOf(row);
    if (m_mappedRow != row || m_mappedRevision != m_rows.revision(row)) {
        m_map = RowText(layout, row);
        m_mappedRow = row;
        m_mappedRevision = m_rows.revision(row);
    }
    return m_map;
}

QRectF TranscriptView::caretRect(const TextPosition &place)
{
    return CaretWalk(&m_rows).rect(place).translated(columnLeft(), -m_lastScroll);
}

QWidget *TranscriptView::findBar() const
{
    return m_findBar;
}

void TranscriptView::openFind()
{
    m_findBar->open();
    placeOverlays();
    find(m_findBar->words());
}

void TranscriptView::findOn(int step)
{
    if (m_findBar->isHidden())
        openFind();
    else
        stepHit(step);
}

bool TranscriptView::closeFind()
{
    if (m_findBar->isHidden())
        return false;
    const bool hadFocus = m_findBar->isAncestorOf(window()->focusWidget());
    m_findBar->hide();
    m_find.start(QString());
    m_findTimer.stop();
    if (hadFocus)
        setFocus(Qt::OtherFocusReason);
    viewport()->update();
    Q_EMIT findChanged();
    return true;
}

void TranscriptView::find(const QString &words)
{
    m_find.start(words, m_findBar->options(), m_rows.count() > 0 ? m_rows.rowAt(m_lastScroll) : 0);
    goOnFinding();
    showFind();
}

void TranscriptView::showFind()
{
    // The first hit at or below what is being read.
    m_find.chooseFrom(m_rows.count() > 0 ? m_rows.rowAt(m_lastScroll) : 0);
    viewport()->update();
    showHits();
    showHit();
    Q_EMIT findChanged();
}

void TranscriptView::showHits()
{
    if (m_findBar->isVisible())
        m_findBar->setCount(m_find.current(), int(m_find.hits().size()), m_find.isSearching());
}

// A long conversation is searched in pieces, so that one can go on typing meanwhile.
void TranscriptView::goOnFinding()
{
    constexpr int waitingMs = 5;
    if (m_find.isSearching() && !m_findTimer.isActive())
        m_findTimer.start(m_find.isWaiting() ? waitingMs : 0);
}

void TranscriptView::onFindTimer()
{
    m_find.searchOn();
    const bool isFirst = m_find.current() < 0 && !m_find.hits().empty();
    if (isFirst)
        m_find.chooseFrom(m_rows.rowAt(m_lastScroll));
    if (isFirst || !m_find.isSearching())
        viewport()->update();
    showHits();
    if (isFirst)
        showHit();
    goOnFinding();
    Q_EMIT findChanged();
}

void TranscriptView::stepHit(int step)
{
    m_find.step(step);
    viewport()->update();
    showHits();
    showHit();
    Q_EMIT findChanged();
}

void TranscriptView::showHit()
{
    if (m_find.current() < 0)
        return;
    const TextPosition at = m_find.hits()[size_t(m_find.current())].begin;
    std::vector<Block> own;
    const std::vector<Block> &blocks = m_rows.blocks(at.row, at.section, own);
    const bool isFolded = size_t(at.block) < blocks.size() && blocks[size_t(at.block)].isInsideFold;
    if (isFolded && !m_rows.openParts(at.row).contains(at.section - 1))
        toggleFold(at.row, at.section - 1);
    m_autoScroll.selected();
    reveal(at);
    placeOverlays();
}

} // namespace Parlance
