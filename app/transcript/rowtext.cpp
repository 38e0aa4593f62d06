// SPDX-License-Identifier: Apache-2.0
#include "transcript/rowtext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

RowText::RowText(const MessageLayout &layout, int row, const RowPart &part)
{
    const auto &sections = layout.sections();
    const size_t first = part.section < 0 ? 0 : size_t(part.section);
    const size_t last = part.section < 0 ? sections.size() : std::min(sections.size(), first + 1);
    for (size_t s = first; s < last; ++s) {
        const std::vector<LaidBlock> &blocks = sections[s].blocks;
        const auto end = std::min(blocks.size(), size_t(part.lastBlock) + 1);
        for (size_t b = size_t(part.firstBlock); b < end; ++b) {
            const LaidBlock &laid = blocks[b];
            const bool isPart = part.section >= 0;
            if (laid.isHidden || (!isPart && laid.block.kind == BlockKind::AnswerHeader))
                continue;
            const TextPosition place{row, int(s), int(b), std::max(0, part.box), 0};
            if (part.box >= 0)
                addBox(laid.block, place, laid.boxes.size());
            else
                add(laid.block, place, laid.boxes.size(), part.hasMarker || int(b) > part.firstBlock);
        }
    }
}

void RowText::addBox(const Block &block, const TextPosition &place, size_t boxes)
{
    if (size_t(place.box) >= block.texts.size())
        return;
    const QString &text = block.texts[size_t(place.box)].text;
    if (size_t(place.box) < boxes)
        m_pieces.push_back({int(m_text.size()), int(text.size()), place});
    m_text += text;
}

void RowText::add(const Block &block, const TextPosition &place, size_t boxes, bool hasMarker)
{
    const qsizetype before = m_text.size();
    if (!m_text.isEmpty())
        m_text += u'\n';
    const qsizetype start = m_text.size();
    if (block.task != TaskMark::None && hasMarker)
        m_text += block.task == TaskMark::Done ? u"☑ "_s : u"☐ "_s;
    else if (!block.marker.isEmpty() && hasMarker)
        m_text += QString(block.marker + u' ');
    for (size_t i = 0; i < block.texts.size(); ++i) {
        if (i > 0)
            m_text += block.columns == 0 ? u' ' : int(i) % block.columns == 0 ? u'\n' : u'\t';
        TextPosition here = place;
        here.box = int(i);
        addBox(block, here, boxes);
    }
    if (block.kind == BlockKind::Tool || block.kind == BlockKind::AnswerHeader) {
        for (const QString &word : {block.label, block.detail}) {
            if (!word.isEmpty())
                m_text += QString(u' ' + word);
        }
    }
    if (m_text.size() == start)
        m_text.truncate(before);
}

std::pair<int, int> RowText::covered(const TextRange &range) const
{
    int start = -1;
    int end = 0;
    for (const Piece &piece : m_pieces) {
        const auto [from, length] = range.inBox(piece.place, piece.length);
        if (length <= 0)
            continue;
        if (start < 0)
            start = piece.start + from;
        end = piece.start + from + length;
    }
    return {std::max(0, start), end};
}

std::optional<TextPosition> RowText::positionAt(int offset) const
{
    auto piece = std::ranges::upper_bound(m_pieces, offset, {}, &Piece::start);
    if (m_pieces.empty())
        return std::nullopt;
    if (piece != m_pieces.begin())
        --piece;
    TextPosition result = piece->place;
    result.offset = std::clamp(offset - piece->start, 0, piece->length);
    return result;
}

int RowText::offsetOf(const TextPosition &position) const
{
    const auto piece =
        std::ranges::find_if(m_pieces, [&](const Piece &one) { return one.place.isSameBox(position); });
    return piece == m_pieces.end() ? -1 : piece->start + std::clamp(position.offset, 0, piece->length);
}

} // namespace Parlance
