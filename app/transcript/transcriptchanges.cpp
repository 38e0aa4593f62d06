// SPDX-License-Identifier: Apache-2.0
// Where an answer that shows differences has them.
#include "transcript/transcriptview.h"

namespace Parlance {

std::vector<TextRange> TranscriptView::changes()
{
    std::vector<TextRange> changes;
    for (int row = 0; row < m_rows.count(); ++row) {
        const auto &sections = m_rows.layout(row).sections();
        for (int section = 0; section < int(sections.size()); ++section) {
            const auto &blocks = sections[size_t(section)].blocks;
            for (int block = 0; block < int(blocks.size()); ++block) {
                const Block &shown = blocks[size_t(block)].block;
                if (blocks[size_t(block)].isHidden)
                    continue;
                if (shown.change != BlockChange::None)
                    changes.push_back({{row, section, block, 0, 0},
                                       {row, section, block, 0, int(shown.texts.front().text.size())}});
                for (int box = 0; box < int(shown.texts.size()); ++box) {
                    bool isWithin = false;
                    int end = 0;
                    for (const TextRun &run : shown.texts[size_t(box)].runs) {
                        if (!(run.style & (AddedRun | RemovedRun)))
                            continue;
                        // What was removed and what came for it, with a space between, are one change.
                        isWithin = end > 0 && run.start <= end + 1;
                        end = run.start + run.length;
                        if (isWithin)
                            changes.back().end.offset = end;
                        else
                            changes.push_back(
                                {{row, section, block, box, run.start}, {row, section, block, box, end}});
                    }
                }
            }
        }
    }
    return changes;
}

void TranscriptView::showDifference(const TextRange &change)
{
    select(change.begin, change.end);
    settleAround(change.begin);
    const LaidBlock *laid = blockAt(change.begin);
    if (!laid)
        return;
    if (isSelectable(laid->block.kind)) {
        reveal(change.begin);
        return;
    }
    updateRange();
    scrollToShow(laid->rect.translated(0, m_rows.top(change.begin.row)));
}

} // namespace Parlance
