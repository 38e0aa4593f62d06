// SPDX-License-Identifier: Apache-2.0
#include "transcript/rowtext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

RowText::RowText(const MessageLayout &layout, int row)
{
    const auto &sections = layout.sections();
    for (size_t s = 0; s < sections.size(); ++s) {
        for (size_t b = 0; b < sections[s].blocks.size(); ++b) {
            const LaidBlock &laid = sections[s].blocks[b];
            if (!laid.isHidden && laid.block.kind != BlockKind::AnswerHeader)
                add(laid.block, {row, int(s), int(b), 0, 0}, laid.boxes.size());
        }
    }
}

void RowText::add(const Block &block, const TextPosition &place, size_t boxes)
{
    const qsizetype before = m_text.size();
    if (!m_text.isEmpty())
        m_text += u'\n';
    const qsizetype start = m_text.size();
    if (block.task != TaskMark::None)
        m_text += block.task == TaskMark::Done ? u"☑ "_s : u"☐ "_s;
    else if (!block.marker.isEmpty())
        m_text += QString(block.marker + u' ');
    for (size_t i = 0; i < block.texts.size(); ++i) {
        if (i > 0)
            m_text += block.columns == 0 ? u' ' : int(i) % block.columns == 0 ? u'\n' : u'\t';
        TextPosition here = place;
        here.box = int(i);
        const QString &text = block.texts[i].text;
        if (i < boxes)
            m_pieces.push_back({int(m_text.size()), int(text.size()), here});
        m_text += text;
    }
    if (block.kind == BlockKind::Tool) {
        for (const QString &word : {block.label, block.detail}) {
            if (!word.isEmpty())
                m_text += QString(u' ' + word);
        }
    }
    if (m_text.size() == start)
        m_text.truncate(before);
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
