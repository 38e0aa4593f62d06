// SPDX-License-Identifier: Apache-2.0
// A message of megabytes is searched in pieces, so that none of them keeps a frame waiting. What is not laid
// out is parsed by another thread before.
#include "transcript/transcriptfind.h"

#include "jsontree/jsonanswer.h"
#include "core/runaside.h"

#include <algorithm>

namespace Parlance {
namespace {

constexpr qsizetype longMessage = 40'000;
constexpr qsizetype blockCost = 50;

QFuture<std::vector<Block>> parsedElsewhere(const QString &markdown, LineBreaks breaks,
                                            const std::function<bool(const QString &)> &mayMatch)
{
    return runAside([markdown, breaks, mayMatch] {
        return mayMatch(markdown) ? readMarkdown(markdown, breaks) : std::vector<Block>();
    });
}

} // namespace

bool TranscriptFind::isLong(int row) const
{
    qsizetype letters = 0;
    for (const MessagePart &part : m_rows->messages()->at(row).parts) {
        if (const auto *text = std::get_if<Text>(&part.content))
            letters += text->markdown.size();
        else if (const auto *thoughts = std::get_if<Reasoning>(&part.content))
            letters += thoughts->text.size();
        else if (const auto *result = std::get_if<ToolResult>(&part.content))
            letters += result->content.size();
        else if (const auto *output = std::get_if<CommandOutput>(&part.content))
            letters += output->text.size();
    }
    return letters > longMessage;
}

void TranscriptFind::dropOwn()
{
    if (m_parsing.isValid())
        m_parsing.cancel();
    m_parsing = {};
    m_own.reset();
}

void TranscriptFind::searchLong(int row)
{
    dropOwn();
    const bool hasChanged = m_slice && m_slice->row == row && m_slice->hasChanged;
    m_slice = Slice{.row = row, .hasChanged = hasChanged};
}

// Null: not there yet.
const std::vector<Block> *TranscriptFind::sliceBlocks()
{
    const Message &message = m_rows->messages()->at(m_slice->row);
    const auto *text = std::get_if<Text>(&message.parts[size_t(m_slice->section) - 1].content);
    const MessageLayout *layout = m_rows->existing(m_slice->row);
    const bool isLaidOut = layout && size_t(m_slice->section) + 1 < layout->sections().size();
    if (isLaidOut && !m_own && !m_parsing.isValid()) {
        const LaidSection &section = layout->sections()[size_t(m_slice->section)];
        if (section.isText())
            m_slice->restarts = section.stream->restarts();
        return &section.shown();
    }
    if (!m_own && !text) {
        std::vector<Block> own;
        m_own = m_rows->blocks(m_slice->row, m_slice->section, own);
    }
    if (!m_own && !m_parsing.isValid()) {
        // The row was let go of in mid-search: it is parsed from its beginning.
        m_slice->block = m_slice->box = m_slice->offset = 0;
        const LineBreaks breaks = message.role == Role::User ? LineBreaks::Kept : LineBreaks::Soft;
        std::function<bool(const QString &)> mayMatch = [match = m_match](const QString &markdown) {
            return match.mayMatch(markdown);
        };
        if (m_terms)
            mayMatch = [terms = *m_terms](const QString &markdown) {
                return !findWords(markdown, terms, 1).empty();
            };
        m_parsing = parsedElsewhere(shownMarkdown(message, *text), breaks, mayMatch);
    }
    if (!m_own && m_parsing.isFinished()) {
        m_own = m_parsing.resultCount() > 0 ? m_parsing.result() : std::vector<Block>();
        m_parsing = {};
    }
    return m_own ? &*m_own : nullptr;
}

bool TranscriptFind::searchSlice(qsizetype *budget)
{
    Slice &at = *m_slice;
    if (at.section > int(m_rows->messages()->at(at.row).parts.size())) {
        endSlice();
        return true;
    }
    const std::vector<Block> *blocks = sliceBlocks();
    if (!blocks)
        return false;
    const TextPosition from = at.place();
    std::vector<TextRange> hits;
    while (*budget > 0 && size_t(at.block) < blocks->size()) {
        const Block &block = (*blocks)[size_t(at.block)];
        if (!isSelectable(block.kind) || size_t(at.box) >= block.texts.size()) {
            ++m_searched;
            ++at.block;
            at.box = at.offset = 0;
            *budget -= blockCost;
            continue;
        }
        const QString &text = block.texts[size_t(at.box)].text;
        const TextPosition box = at.place();
        const auto take = [&](int begin, int end) {
            TextRange &hit = hits.emplace_back(TextRange{box, box});
            hit.begin.offset = begin;
            hit.end.offset = end;
        };
        const qsizetype next = eachPlace(text, at.offset, *budget, take);
        *budget -= costOf(next - at.offset) + 1;
        at.offset = int(next);
        if (at.offset >= text.size()) {
            ++at.box;
            at.offset = 0;
        }
    }
    const bool isDone = size_t(at.block) >= blocks->size();
    if (isDone)
        endSection(*blocks);
    replaceHits(from, at.place(), std::move(hits));
    return true;
}

void TranscriptFind::endSection(const std::vector<Block> &blocks)
{
    Slice &at = *m_slice;
    const MessageLayout *layout = m_rows->existing(at.row);
    if (layout && !m_own && size_t(at.section) + 1 < layout->sections().size()) {
        const LaidSection &section = layout->sections()[size_t(at.section)];
        at.progress.resize(size_t(at.section) + 1);
        at.progress.back() = {.revision = section.revision,
                              .restarts = at.restarts,
                              .closed =
                                  section.isText() ? section.stream->closedCount() : int(blocks.size())};
    }
    dropOwn();
    ++at.section;
    at.block = at.box = at.offset = 0;
    at.restarts = 0;
}

void TranscriptFind::endSlice()
{
    const Slice done = *std::exchange(m_slice, std::nullopt);
    dropOwn();
    // A part that went took its hits with it.
    replaceHits(done.place(), {done.row + 1, 0, 0, 0, 0}, {});
    if (!m_rows->existing(done.row) || !(done.hasChanged || m_rows->messages()->at(done.row).isLive()))
        return;
    // What came meanwhile, which is at the end of what is searched.
    m_liveRow = done.row;
    m_progress = done.progress;
    rowChanged(done.row);
}

} // namespace Parlance
