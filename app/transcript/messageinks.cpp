// SPDX-License-Identifier: Apache-2.0
// The colours of a message's code: which blocks wait for them, and what changes once they are known.
#include "transcript/messagelayout.h"

#include <algorithm>
#include <limits>

namespace Parlance {

void MessageLayout::findPlainCode(int section, int firstChanged)
{
    if (!m_highlighter)
        return;
    std::erase_if(m_plainCode, [=](const PlainCode &place) {
        return place.section == section && place.block >= firstChanged;
    });
    const std::vector<LaidBlock> &blocks = m_sections[size_t(section)].blocks;
    for (int i = std::max(0, firstChanged); i < int(blocks.size()); ++i) {
        // What is far away is asked about once it is measured.
        if (!blocks[size_t(i)].isSketch)
            addPlainCode({section, i});
    }
}

void MessageLayout::addPlainCode(const PlainCode &place)
{
    const LaidBlock &laid = blockOf(place);
    if (laid.block.kind == BlockKind::Code && !laid.block.isConsole && !laid.isHidden
        && !laid.block.label.isEmpty())
        m_plainCode.push_back(place);
}

qreal MessageLayout::inkBlockAt(const PlainCode &place, const Theme &theme)
{
    const std::vector<LaidBlock> &blocks = m_sections[size_t(place.section)].blocks;
    LaidBlock &laid = blockOf(place);
    const bool isGrowing = m_isStreaming && size_t(place.section) + 2 == m_sections.size()
        && size_t(place.block) + 1 == blocks.size();
    const CodeWords &words =
        m_highlighter->words(laid.code, laid.block.label, laid.block.texts[0].text, isGrowing);
    return inkBlock(laid, words, theme);
}

// A block that is complete now asks for its last line. Returns the y where the picture may change.
qreal MessageLayout::inkPlainCode(const Theme &theme)
{
    qreal changed = std::numeric_limits<qreal>::max();
    for (const PlainCode &place : m_plainCode) {
        const qreal from = inkBlockAt(place, theme);
        const QRectF &rect = blockOf(place).rect;
        if (from < rect.height())
            changed = std::min(changed, rect.top() + from);
    }
    std::erase_if(m_plainCode, [this](const PlainCode &place) {
        const LaidBlock &laid = blockOf(place);
        return laid.boxes.empty() || laid.boxes[0].flow.inkedTo() >= int(laid.block.texts[0].text.size());
    });
    return changed;
}

QRectF MessageLayout::inkCode(CodeKey number, const Theme &theme)
{
    const auto place = std::ranges::find_if(
        m_plainCode, [&](const PlainCode &plain) { return blockOf(plain).code == number; });
    if (place == m_plainCode.end())
        return {};
    const qreal from = inkBlockAt(*place, theme);
    const QRectF rect = blockOf(*place).rect;
    return from >= rect.height() ? QRectF() : rect.adjusted(0, from, 0, 0);
}

} // namespace Parlance
