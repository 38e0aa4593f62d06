// SPDX-License-Identifier: Apache-2.0
#include "transcript/transcriptfind.h"

#include <algorithm>
#include <limits>

namespace Parlance {
namespace {

// Some milliseconds, with the parsing of what is not laid out.
constexpr qsizetype lettersAtOnce = 40'000;
// Taking words apart, as the search over all conversations does, costs so much more than looking for letters.
constexpr qsizetype wordShare = 4;
// Phrases are shorter: one that goes on behind the end of a piece is found whole.
constexpr qsizetype longestPhrase = 1000;
// What looking at a part or a message costs besides its letters, and how much less it costs to see that a
// text cannot match.
constexpr qsizetype eachCost = 50;
constexpr qsizetype glanceShare = 20;

// The first place from one on where no word goes on. A word is never cut, however long it is.
qsizetype betweenWords(const QString &text, qsizetype at)
{
    const auto parts = [](QChar c) {
        return c.isSpace() || (c.unicode() >= 0x3000 && c.unicode() <= 0x3003) || c.unicode() == 0xFF0C;
    };
    while (at < text.size() && !parts(text[at]))
        ++at;
    return std::min(at, text.size());
}

} // namespace

void TranscriptFind::start(const QString &words, const FindOptions &options, int fromRow)
{
    m_words = words;
    m_match = TextMatch(words, options);
    m_terms.reset();
    restart(fromRow);
}

void TranscriptFind::start(const SearchWords &words, const QString &typed, int fromRow)
{
    m_words = words.onlyExcludes() ? QString() : typed;
    m_terms = words;
    restart(fromRow);
}

void TranscriptFind::restart(int fromRow)
{
    m_hits.clear();
    m_current = -1;
    m_liveRow = -1;
    m_slice.reset();
    dropOwn();
    m_next = std::clamp(fromRow, 0, std::max(0, m_rows->count() - 1));
    m_left = isActive() ? m_rows->count() : 0;
    searchOn();
}

void TranscriptFind::searchOn()
{
    qsizetype budget = lettersAtOnce;
    while (isSearching() && budget > 0) {
        if (m_slice) {
            if (!searchSlice(&budget))
                return;
            continue;
        }
        const int first = m_next;
        const int end = std::min(m_rows->count(), first + m_left);
        std::vector<TextRange> hits;
        while (m_next < end && budget > 0 && !isLong(m_next))
            budget -= searchRow(m_next++, hits);
        replaceHits({first, 0, 0, 0, 0}, {m_next, 0, 0, 0, 0}, std::move(hits));
        if (m_next < end && budget > 0)
            searchLong(m_next++);
        m_left -= m_next - first;
        if (m_next >= m_rows->count())
            m_next = 0;
    }
}

void TranscriptFind::chooseFrom(int row)
{
    if (m_hits.empty())
        return;
    const auto at =
        std::ranges::find_if(m_hits, [row](const TextRange &hit) { return hit.begin.row >= row; });
    m_current = at == m_hits.end() ? 0 : int(at - m_hits.begin());
}

bool TranscriptFind::chooseIn(int row, int section)
{
    const auto isThere = [&](const TextRange &hit) {
        return hit.begin.row == row && hit.begin.section == section;
    };
    auto at = std::ranges::find_if(m_hits, isThere);
    if (at == m_hits.end())
        at = std::ranges::find_if(m_hits, [row](const TextRange &hit) { return hit.begin.row == row; });
    m_current = at == m_hits.end() ? -1 : int(at - m_hits.begin());
    return m_current >= 0;
}

void TranscriptFind::step(int by)
{
    const int count = int(m_hits.size());
    if (count > 0)
        m_current = ((m_current + by) % count + count) % count;
}

// Parsing what cannot match would cost the most.
bool TranscriptFind::mayMatch(const QString &markdown) const
{
    return m_terms ? !findWords(markdown, *m_terms, 1).empty() : m_match.mayMatch(markdown);
}

qsizetype TranscriptFind::eachPlace(const QString &text, qsizetype from, qsizetype letters,
                                    const TextMatch::Take &take) const
{
    if (!m_terms)
        return m_match.eachPlace(text, from, std::min(text.size(), from + letters), take);
    const qsizetype to = betweenWords(text, from + letters / wordShare);
    const qsizetype reach = to == text.size() ? to : betweenWords(text, to + longestPhrase);
    qsizetype end = from;
    for (const TextMark &mark : findWords(QStringView(text).sliced(from, reach - from), *m_terms)) {
        const qsizetype begin = from + mark.begin;
        if (begin >= to)
            break;
        // One place for two terms is one hit.
        if (begin >= end)
            take(int(begin), int(end = from + mark.end));
    }
    return end > to ? betweenWords(text, end) : to;
}

qsizetype TranscriptFind::costOf(qsizetype letters) const
{
    return m_terms ? letters * wordShare : letters;
}

qsizetype TranscriptFind::searchRow(int row, std::vector<TextRange> &into)
{
    const Message &message = m_rows->messages()->at(row);
    qsizetype cost = eachCost;
    for (int section = 1; section <= int(message.parts.size()); ++section) {
        const auto *text = std::get_if<Text>(&message.parts[size_t(section) - 1].content);
        if (!text || mayMatch(text->markdown))
            cost += searchSection(row, section, 0, into);
        else
            cost += m_terms ? costOf(text->markdown.size()) : text->markdown.size() / glanceShare;
    }
    return cost;
}

qsizetype TranscriptFind::searchSection(int row, int section, int from, std::vector<TextRange> &into)
{
    std::vector<Block> own;
    const std::vector<Block> &blocks = m_rows->blocks(row, section, own);
    qsizetype cost = eachCost;
    for (size_t b = size_t(from); b < blocks.size(); ++b) {
        ++m_searched;
        for (size_t i = 0; isSelectable(blocks[b].kind) && i < blocks[b].texts.size(); ++i) {
            const QString &text = blocks[b].texts[i].text;
            cost += costOf(text.size());
            eachPlace(text, 0, costOf(text.size()), [&](int begin, int end) {
                into.push_back({{row, section, int(b), int(i), begin}, {row, section, int(b), int(i), end}});
            });
        }
    }
    return cost;
}

void TranscriptFind::rowChanged(int row)
{
    if (!isActive())
        return;
    if (m_slice && m_slice->row == row) {
        m_slice->hasChanged = true;
        // What is laid out grows at its end, where the search has yet to come; else it is searched again.
        const MessageLayout *laid = m_rows->existing(row);
        const auto section = size_t(m_slice->section);
        const bool goesOn = laid && !m_own && !m_parsing.isValid() && section + 1 < laid->sections().size()
            && laid->sections()[section].isText()
            && laid->sections()[section].stream->restarts() == m_slice->restarts;
        if (!goesOn)
            searchLong(row);
        return;
    }
    if (m_liveRow != row && isLong(row)) {
        if (m_slice)
            beginAgain();
        else
            searchLong(row);
        return;
    }
    const MessageLayout *layout = m_rows->existing(row);
    if (m_liveRow != row)
        m_progress.clear();
    m_liveRow = row;
    if (!layout) {
        std::vector<TextRange> hits;
        searchRow(row, hits);
        replaceHits({row, 0, 0, 0, 0}, {row + 1, 0, 0, 0, 0}, std::move(hits));
        return;
    }
    const auto &sections = layout->sections();
    m_progress.resize(sections.size());
    for (int s = 1; s + 1 < int(sections.size()); ++s) {
        const LaidSection &section = sections[size_t(s)];
        Progress &done = m_progress[size_t(s)];
        if (done.revision == section.revision)
            continue;
        const bool isSameText = section.isText() && section.stream->restarts() == done.restarts;
        // All of it again, as once the answer ends.
        if (section.isText() && !isSameText && isLong(row)) {
            searchLong(row);
            return;
        }
        const int from = isSameText ? done.closed : 0;
        std::vector<TextRange> hits;
        searchSection(row, s, from, hits);
        replaceHits({row, s, from, 0, 0}, {row, s + 1, 0, 0, 0}, std::move(hits));
        done = {section.revision, section.isText() ? section.stream->restarts() : 0,
                section.isText() ? section.stream->closedCount() : 0};
    }
    // A part that went took its hits with it.
    const int parts = int(m_rows->messages()->at(row).parts.size());
    replaceHits({row, parts + 1, 0, 0, 0}, {row + 1, 0, 0, 0, 0}, {});
}

// Hits that begin in [from, to) give way to others. The one a person stands on stays it, if it is there.
void TranscriptFind::replaceHits(const TextPosition &from, const TextPosition &to,
                                 std::vector<TextRange> hits)
{
    const auto first = std::ranges::lower_bound(m_hits, from, {}, &TextRange::begin);
    const auto last = std::ranges::lower_bound(m_hits, to, {}, &TextRange::begin);
    if (first == last && hits.empty())
        return;
    const auto index = first - m_hits.begin();
    const auto removed = last - first;
    std::optional<TextRange> current;
    if (m_current >= 0)
        current = m_hits[size_t(m_current)];
    m_hits.erase(first, last);
    m_hits.insert(m_hits.begin() + index, hits.begin(), hits.end());
    if (!current || m_current < index)
        return;
    if (m_current >= index + removed) {
        m_current += int(hits.size()) - int(removed);
        return;
    }
    const auto same = std::ranges::lower_bound(m_hits, current->begin, {}, &TextRange::begin);
    m_current = same != m_hits.end() ? int(same - m_hits.begin()) : int(m_hits.size()) - 1;
}

void TranscriptFind::rowInserted(int row)
{
    if (!isActive())
        return;
    for (TextRange &hit : m_hits) {
        if (hit.begin.row >= row) {
            ++hit.begin.row;
            ++hit.end.row;
        }
    }
    m_liveRow = -1;
    beginAgain();
    if (isLong(row)) {
        searchLong(row);
        return;
    }
    std::vector<TextRange> hits;
    searchRow(row, hits);
    replaceHits({row, 0, 0, 0, 0}, {row + 1, 0, 0, 0, 0}, std::move(hits));
}

// The rows have other numbers: those not searched yet are found again by searching all of them.
void TranscriptFind::beginAgain()
{
    if (!isSearching())
        return;
    m_slice.reset();
    dropOwn();
    m_next = 0;
    m_left = m_rows->count();
}

void TranscriptFind::rowRemoved(int row)
{
    if (!isActive())
        return;
    replaceHits({row, 0, 0, 0, 0}, {row + 1, 0, 0, 0, 0}, {});
    for (TextRange &hit : m_hits) {
        if (hit.begin.row > row) {
            --hit.begin.row;
            --hit.end.row;
        }
    }
    m_liveRow = -1;
    beginAgain();
}

void TranscriptFind::rowsReplaced(int row)
{
    if (!isActive())
        return;
    m_liveRow = -1;
    constexpr int beyond = std::numeric_limits<int>::max();
    replaceHits({row, 0, 0, 0, 0}, {beyond, 0, 0, 0, 0}, {});
    const bool wasSearching = isSearching();
    m_slice.reset();
    dropOwn();
    m_next = wasSearching ? 0 : row;
    m_left = m_rows->count() - m_next;
    searchOn();
}

} // namespace Parlance
