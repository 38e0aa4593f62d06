// SPDX-License-Identifier: Apache-2.0
#include "transcript/transcriptrows.h"

#include "jsontree/jsonanswer.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <algorithm>

namespace Parlance {
namespace {

constexpr int keptLayouts = 80;
const OpenParts nothingOpen;

} // namespace

void TranscriptRows::setMessages(const MessageList *messages, const Agent *agent)
{
    m_messages = messages;
    m_agent = agent;
    m_open.clear();
    m_wrapped.clear();
    reset();
}

void TranscriptRows::setWidth(qreal width)
{
    if (m_width == width)
        return;
    m_width = width;
    rebuild();
}

void TranscriptRows::reset()
{
    m_rows.clear();
    rebuild();
}

void TranscriptRows::rebuild()
{
    const int count = m_messages ? m_messages->count() : 0;
    m_rows.resize(size_t(count));
    for (Row &row : m_rows) {
        if (row.layout)
            row.old = std::move(row.layout);
        row.isMeasured = false;
    }
    std::vector<int> heights(static_cast<size_t>(count));
    for (int row = 0; row < count; ++row)
        heights[size_t(row)] = estimate(row);
    m_heights.assign(std::move(heights));
}

void TranscriptRows::insert(int row)
{
    m_rows.insert(m_rows.begin() + row, Row{});
    m_heights.insert(row, estimate(row));
}

void TranscriptRows::remove(int row)
{
    m_rows.erase(m_rows.begin() + row);
    m_heights.remove(row);
}

void TranscriptRows::replaceFrom(int row)
{
    const int now = m_messages->count();
    while (count() > row)
        remove(count() - 1);
    for (int other = row; other < now; ++other) {
        m_rows.emplace_back();
        m_heights.append(estimate(other));
    }
}

int TranscriptRows::gap() const
{
    return m_theme->px(m_isBare ? Metric::inset : Metric::section);
}

void TranscriptRows::setBare(bool isBare)
{
    m_isBare = isBare;
    forgetLayouts();
}

void TranscriptRows::setShownOnly(bool isShownOnly)
{
    m_isShownOnly = isShownOnly;
    forgetLayouts();
}

void TranscriptRows::setMarked(bool isMarked)
{
    m_isMarked = isMarked;
    forgetLayouts();
}

void TranscriptRows::forgetLayouts()
{
    for (Row &row : m_rows)
        row = {};
}

int TranscriptRows::estimate(int row) const
{
    return MessageLayout::estimate(m_messages->at(row), *m_theme, m_width) + gap();
}

int TranscriptRows::top(int row) const
{
    return gap() + m_heights.top(row);
}

int TranscriptRows::contentHeight() const
{
    return count() == 0 ? 0 : gap() + m_heights.total();
}

int TranscriptRows::rowAt(int y) const
{
    return m_heights.rowAt(y - gap());
}

const MessageLayout &TranscriptRows::layout(int row)
{
    Row &kept = m_rows[size_t(row)];
    if (!kept.layout) {
        const int before = height(row);
        refresh(row);
        if (m_corrected && height(row) != before)
            m_corrected(row, height(row) - before);
    }
    return *kept.layout;
}

QRectF TranscriptRows::refresh(int row)
{
    Row &kept = m_rows[size_t(row)];
    if (!kept.layout && kept.old) {
        kept.layout = std::move(kept.old);
        kept.layout->forget();
    } else if (!kept.layout) {
        kept.layout = std::make_unique<MessageLayout>();
        // Colours of code would cover those of differences.
        kept.layout->setHighlighter(m_isMarked ? nullptr : m_highlighter);
        kept.layout->setBare(m_isBare);
        kept.layout->setShownOnly(m_isShownOnly);
        kept.layout->setMarked(m_isMarked);
    }
    if (m_pictures)
        kept.layout->setPictures(m_pictures, m_pixelRatio());
    const Message &message = m_messages->at(row);
    kept.layout->setOffersSend(!m_isBusy);
    kept.layout->setAttempt(m_messages->attempt(row));
    kept.layout->setSessionBreak(m_messages->sessionBreak(row));
    kept.layout->setFolded(m_messages->isFolded(row));
    if (!m_wrapped.isEmpty())
        kept.layout->setWrappedCode(m_wrapped.value(message.id));
    const QRectF damage = kept.layout->update(message, openParts(row), *m_theme, m_width, m_agent);
    kept.isMeasured = true;
    kept.revision = ++m_revisions;
    m_heights.set(row, kept.layout->height() + gap());
    return damage;
}

bool TranscriptRows::settle(int row, qreal top, qreal bottom)
{
    Row &kept = m_rows[size_t(row)];
    if (!kept.layout || !kept.layout->settle(*m_theme, top, bottom))
        return false;
    kept.revision = ++m_revisions;
    m_heights.set(row, kept.layout->height() + gap());
    return true;
}

bool TranscriptRows::touchPicture(int row, PictureKey key)
{
    MessageLayout *layout = m_rows[size_t(row)].layout.get();
    return layout && layout->touchPicture(key);
}

QRectF TranscriptRows::inkCode(int row, CodeKey number)
{
    MessageLayout *layout = m_rows[size_t(row)].layout.get();
    return layout ? layout->inkCode(number, *m_theme) : QRectF();
}

void TranscriptRows::trim(int first, int last)
{
    const int margin = std::max(4, last - first + 1) * 2;
    if (layoutCount() <= keptLayouts + last - first)
        return;
    for (int row = 0; row < int(m_rows.size()); ++row) {
        const bool isNear = row >= first - margin && row <= last + margin;
        if (!isNear && !m_messages->at(row).isLive())
            m_rows[size_t(row)] = {.isMeasured = m_rows[size_t(row)].isMeasured,
                                   .revision = m_rows[size_t(row)].revision};
    }
}

void TranscriptRows::release(int keepTop, int keepBottom)
{
    for (int row = 0; row < count(); ++row) {
        if (m_rows[size_t(row)].layout) {
            const int y = top(row);
            m_rows[size_t(row)].layout->release(keepTop - y, keepBottom - y);
        }
    }
}

int TranscriptRows::shapedCount() const
{
    int result = 0;
    for (const Row &row : m_rows)
        result += row.layout ? row.layout->shapedCount() : 0;
    return result;
}

bool TranscriptRows::scrollSide(int row, int section, int block, qreal offset)
{
    MessageLayout *layout = row >= 0 && row < count() ? m_rows[size_t(row)].layout.get() : nullptr;
    return layout && layout->scrollSide(section, block, offset);
}

const std::vector<Block> &TranscriptRows::blocks(int row, int section, std::vector<Block> &own) const
{
    const Message &message = m_messages->at(row);
    own.clear();
    if (section < 1 || section > int(message.parts.size()))
        return own;
    const auto *text = std::get_if<Text>(&message.parts[size_t(section) - 1].content);
    // What streams is read anew by nobody before it ends: at once it may read otherwise than word by word.
    const Row &kept = m_rows[size_t(row)];
    const bool isRead = kept.layout || (kept.old && text && message.state == MessageState::Streaming);
    if (const MessageLayout *layout = isRead ? (kept.layout ? kept.layout : kept.old).get() : nullptr) {
        const auto &sections = layout->sections();
        // The layout may be a frame behind.
        if (size_t(section) + 1 < sections.size())
            return sections[size_t(section)].shown();
    }
    const bool isUser = message.role == Role::User;
    own = text ? readMarkdown(shownMarkdown(message, *text), isUser ? LineBreaks::Kept : LineBreaks::Soft)
               : partBlocks(message, section - 1, m_agent);
    return own;
}

int TranscriptRows::layoutCount() const
{
    return int(std::ranges::count_if(m_rows, [](const Row &row) { return row.layout != nullptr; }));
}

const OpenParts &TranscriptRows::openParts(int row) const
{
    const auto found = m_open.constFind(m_messages->at(row).id);
    return found == m_open.cend() ? nothingOpen : *found;
}

void TranscriptRows::setOpen(int row, int part, bool isOpen)
{
    OpenParts &open = m_open[m_messages->at(row).id];
    if (isOpen)
        open.insert(part);
    else
        open.erase(part);
}

void TranscriptRows::toggleWrap(int row, int section, int block)
{
    WrappedCode &wrapped = m_wrapped[m_messages->at(row).id];
    if (!wrapped.erase({section, block}))
        wrapped.insert({section, block});
}

} // namespace Parlance
