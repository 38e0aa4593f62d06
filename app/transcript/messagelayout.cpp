// SPDX-License-Identifier: Apache-2.0
#include "transcript/messagelayout.h"

#include "transcript/changemarks.h"
#include "jsontree/jsonanswer.h"
#include "theme/metrics.h"
#include "transcript/outputblocks.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Transcript)
};

// Laying out more than this at once would be felt: what is not seen is estimated until it is near.
constexpr qsizetype muchText = 65'536;

bool isMuch(const std::vector<Block> &blocks, int from)
{
    qsizetype sum = 0;
    for (size_t i = size_t(from); i < blocks.size(); ++i) {
        for (const RichText &text : blocks[i].texts) {
            sum += text.text.size();
            if (sum > muchText)
                return true;
        }
    }
    return false;
}

// Below every message: nothing differs.
constexpr qreal unchanged()
{
    return 1e9;
}

// The outer quotes that two blocks after each other are both in.
int sharedQuotes(const Block &above, const Block &below)
{
    const int most = std::min(above.quoteDepth, below.quoteDepth);
    int depth = 0;
    while (depth < most && (depth >= 8 || above.listsOutsideQuote(depth) == below.listsOutsideQuote(depth)))
        ++depth;
    return depth;
}

} // namespace

// Both return the first block that may differ from before, or -1 if none does.
int MessageLayout::updateText(LaidSection &section, const QString &markdown)
{
    const bool isNew = !section.isText();
    if (isNew) {
        section = LaidSection{.part = section.part};
        section.stream = std::make_unique<MarkdownStream>(m_isUser ? LineBreaks::Kept : LineBreaks::Soft);
    }
    const int first = m_isStreaming ? section.stream->setSource(markdown) : section.stream->finish(markdown);
    if (m_isMarked) {
        section.isMarked = true;
        section.source = withChangeMarks(section.stream->blocks());
        return 0;
    }
    const size_t count = section.stream->blocks().size();
    return !isNew && first >= int(count) && section.blocks.size() == count ? -1 : first;
}

// Whether words are JSON and nothing else shows only once they are whole.
int MessageLayout::markJson(LaidSection &section, const Message &message, const Part &part, int firstChanged)
{
    if (firstChanged >= 0 || message.isLive())
        section.isJson.reset();
    if (message.isLive() || section.isJson)
        return firstChanged;
    const std::vector<Block> &blocks = section.shown();
    section.isJson = message.role == Role::Agent && blocks.size() == 1
        && blocks.front().kind == BlockKind::Code && !jsonOf(part).isEmpty();
    return *section.isJson ? 0 : firstChanged;
}

int MessageLayout::updateSection(LaidSection &section, const Message &message, bool isOpen,
                                 const Agent *agent)
{
    std::vector<Block> blocks;
    const bool isFirst = section.blocks.empty();
    if (section.part < 0) {
        const bool isHeader = &section == &m_sections.front();
        blocks = isHeader && m_isBare ? std::vector<Block>()
            : isHeader                ? headerBlocks(message, m_attempt)
                                      : footerBlocks(message, m_attempt, m_sessionBreak, m_isFolded);
    } else {
        PartState state = partState(message, section.part);
        // Not even compared block by block: a result may be long, and it is asked for on every frame.
        if (section.madeFrom == state && section.isOpen == isOpen)
            return -1;
        if (const auto *reasoning = std::get_if<Reasoning>(&state.part.content)) {
            if (!section.stream)
                section.stream = std::make_unique<MarkdownStream>();
            const QString text = reasoningText(*reasoning);
            (void)(state.isGrowing ? section.stream->setSource(text) : section.stream->finish(text));
            blocks = reasoningBlocks(message, section.part, section.stream->blocks());
        } else {
            section.stream.reset();
            blocks = partBlocks(message, section.part, agent);
        }
        section.madeFrom = std::move(state);
    }
    if (m_isMarked)
        blocks = withChangeMarks(std::move(blocks));
    for (Block &block : blocks) {
        // What an error's card offers to do.
        if (m_isShownOnly && block.kind == BlockKind::ErrorCard)
            block.detail.clear();
    }
    const auto same = std::ranges::mismatch(blocks, section.source);
    const int first = isOpen == section.isOpen && !isFirst ? int(same.in1 - blocks.begin()) : 0;
    const bool isSame = first == int(blocks.size()) && blocks.size() == section.source.size();
    section.source = std::move(blocks);
    section.isOpen = isOpen;
    return isSame && !isFirst ? -1 : first;
}

BlockContext MessageLayout::contextOf(const LaidSection &section, const Theme &theme) const
{
    return {.theme = &theme,
            .width = m_blockWidth,
            .isOpen = section.isOpen,
            .isGrowing = m_isStreaming,
            .isBubble = m_isUser,
            .pictures = m_pictures,
            .pixelRatio = m_pixelRatio,
            .isJson = section.isJson.value_or(false)};
}

// Lays out from a block on; returns the y in the message where the picture may change.
qreal MessageLayout::layOutSection(LaidSection &section, int firstChanged, const Theme &theme)
{
    const std::vector<Block> &blocks = section.shown();
    ++section.revision;
    section.blocks.resize(blocks.size());
    BlockContext context = contextOf(section, theme);
    qreal y = 0;
    const Block *above = nullptr;
    int start = std::min(firstChanged, int(blocks.size()));
    context.isSketch = isMuch(blocks, start);
    for (int i = start; i-- > 0;) {
        if (section.blocks[size_t(i)].isHidden)
            continue;
        above = &section.blocks[size_t(i)].block;
        y = section.blocks[size_t(i)].rect.bottom() - section.top;
        break;
    }
    qreal changed = section.top + y;
    bool isFirst = true;
    const int index = int(&section - m_sections.data());
    for (int i = start; i < int(blocks.size()); ++i) {
        LaidBlock &laid = section.blocks[size_t(i)];
        context.wrapsCode = m_wrapped.contains({index, i});
        const qreal inside = layOutBlock(laid, blocks[size_t(i)], context);
        const bool takesSpace = !laid.isHidden;
        laid.gap = takesSpace && above ? gapBetween(*above, laid.block, theme) : 0;
        laid.joinedQuotes = above ? sharedQuotes(*above, laid.block) : 0;
        y += laid.gap;
        const QPointF corner(0, section.top + y);
        if (isFirst && takesSpace) {
            changed = corner == laid.rect.topLeft() ? corner.y() + inside : std::min(changed, corner.y());
            isFirst = false;
        }
        laid.rect.moveTopLeft(corner);
        m_hasSketches = m_hasSketches || laid.isSketch;
        if (laid.newHead > 0)
            m_newHead |= QRectF(corner, QSizeF(m_width, laid.newHead));
        y += laid.rect.height();
        if (takesSpace)
            above = &laid.block;
    }
    section.height = y;
    return changed;
}

bool MessageLayout::settle(const Theme &theme, qreal top, qreal bottom)
{
    if (!m_hasSketches)
        return false;
    bool isSettled = false;
    for (LaidSection &section : m_sections)
        isSettled = settleSection(section, theme, top, bottom) || isSettled;
    if (!isSettled)
        return false;
    (void)arrange(theme);
    (void)inkPlainCode(theme);
    m_caret = findCaret(theme);
    m_hasSketches = std::ranges::any_of(m_sections, [](const LaidSection &section) {
        return std::ranges::any_of(section.blocks, &LaidBlock::isSketch);
    });
    return true;
}

bool MessageLayout::settleSection(LaidSection &section, const Theme &theme, qreal top, qreal bottom)
{
    const std::vector<Block> &blocks = section.shown();
    BlockContext context = contextOf(section, theme);
    const int index = int(&section - m_sections.data());
    bool isSettled = false;
    qreal moved = 0;
    const auto first = std::ranges::lower_bound(section.blocks, top, {},
                                                [](const LaidBlock &laid) { return laid.rect.bottom(); });
    for (auto laid = first; laid != section.blocks.end(); ++laid) {
        laid->rect.translate(0, moved);
        const bool isBelow = laid->rect.top() > bottom;
        if (isBelow && moved == 0)
            break;
        if (isBelow || !laid->isSketch)
            continue;
        const auto block = laid - section.blocks.begin();
        const bool isFirst = laid->boxes.empty() || laid->boxes[0].flow.isAllSketch();
        const qreal before = laid->rect.height();
        context.wrapsCode = m_wrapped.contains({index, int(block)});
        settleBlock(*laid, blocks[size_t(block)], context, top - laid->rect.top(), bottom - laid->rect.top());
        moved += laid->rect.height() - before;
        if (isFirst && m_highlighter)
            addPlainCode({index, int(block)});
        isSettled = true;
    }
    section.height += moved;
    return isSettled;
}

void MessageLayout::forget()
{
    for (LaidSection &section : m_sections)
        section.blocks.clear();
    m_plainCode.clear();
    m_hasSketches = false;
    m_width = 0;
}

void MessageLayout::setWrappedCode(const WrappedCode &wrapped)
{
    if (m_wrapped == wrapped)
        return;
    std::ranges::set_symmetric_difference(m_wrapped, wrapped,
                                          std::inserter(m_newlyWrapped, m_newlyWrapped.end()));
    m_wrapped = wrapped;
}

bool MessageLayout::touchPicture(PictureKey key)
{
    bool isHere = false;
    for (size_t s = 0; s < m_sections.size(); ++s) {
        for (size_t b = 0; b < m_sections[s].blocks.size(); ++b) {
            const LaidBlock &laid = m_sections[s].blocks[b];
            if (laid.block.kind != BlockKind::Image || laid.picture != key)
                continue;
            m_newlyWrapped.insert({int(s), int(b)});
            isHere = true;
        }
    }
    return isHere;
}

QRectF MessageLayout::update(const Message &message, const OpenParts &open, const Theme &theme, qreal width,
                             const Agent *agent)
{
    const bool isFresh = m_sections.empty() || m_width != width || m_isUser != (message.role == Role::User);
    if (isFresh)
        forget();
    if (m_isUser != (message.role == Role::User))
        m_sections.clear();
    m_width = width;
    m_isUser = message.role == Role::User;
    m_isStreaming = message.state == MessageState::Streaming;
    m_newHead = {};
    const QRectF oldCaret = m_caret;
    const int oldHeight = m_height;
    m_blockWidth = m_isUser
        ? std::min<qreal>(theme.px(Metric::bubbleWidth), width) - 2 * theme.px(Metric::bubblePadding)
        : width;

    // The footer stays the last section: parts are put in before it.
    const size_t wanted = message.parts.size() + 2;
    while (m_sections.size() > 1 && m_sections.size() > wanted)
        m_sections.erase(m_sections.end() - 2);
    std::erase_if(m_plainCode,
                  [this](const PlainCode &place) { return size_t(place.section) + 1 >= m_sections.size(); });
    while (m_sections.size() < wanted)
        m_sections.insert(m_sections.empty() ? m_sections.end() : m_sections.end() - 1, LaidSection{});

    qreal changed = isFresh ? 0 : unchanged();
    for (size_t i = 0; i < m_sections.size(); ++i) {
        LaidSection &section = m_sections[i];
        const bool isPart = i > 0 && i + 1 < m_sections.size();
        section.part = isPart ? int(i) - 1 : -1;
        const auto *text = isPart ? std::get_if<Text>(&message.parts[i - 1].content) : nullptr;
        int firstChanged = text
            ? markJson(section, message, message.parts[i - 1].content,
                       updateText(section, shownMarkdown(message, *text)))
            : updateSection(section, message, isPart && open.contains(section.part), agent);
        const auto wrapped = m_newlyWrapped.lower_bound({int(i), 0});
        if (wrapped != m_newlyWrapped.end() && wrapped->first == int(i))
            firstChanged = firstChanged < 0 ? wrapped->second : std::min(firstChanged, wrapped->second);
        if (isFresh)
            firstChanged = 0;
        if (firstChanged < 0)
            continue;
        changed = std::min(changed, layOutSection(section, firstChanged, theme));
        findPlainCode(int(i), firstChanged);
    }
    addFooterActions(m_sections.back(), message, theme);
    if (std::exchange(m_hasNewOffer, false))
        changed = std::min(changed, m_sections.back().top);
    const qreal moved = arrange(theme);
    changed = std::min(changed, moved);
    m_newlyWrapped.clear();
    changed = std::min(changed, inkPlainCode(theme));
    m_caret = findCaret(theme);
    if (m_caret != oldCaret) {
        if (!oldCaret.isNull())
            changed = std::min(changed, oldCaret.top());
        if (!m_caret.isNull())
            changed = std::min(changed, m_caret.top());
    }
    const qreal bottom = std::max(m_height, oldHeight);
    return changed >= bottom ? QRectF() : QRectF(0, changed, width, bottom - changed);
}

// Puts the sections below each other; returns the y of the first that moved.
qreal MessageLayout::arrange(const Theme &theme)
{
    const qreal top = m_isUser ? theme.px(Metric::bubbleRise) : 0;
    qreal y = top;
    qreal changed = unchanged();
    const Block *above = nullptr;
    for (LaidSection &section : m_sections) {
        const auto isShown = [](const LaidBlock &laid) { return !laid.isHidden; };
        const auto first = std::ranges::find_if(section.blocks, isShown);
        if (first == section.blocks.end()) {
            section.top = y;
            continue;
        }
        const bool isFooter = &section == &m_sections.back();
        if (isFooter && m_isUser)
            y += theme.px(Metric::bubbleRise) + theme.px(Metric::step);
        else if (above)
            y += gapBetween(*above, first->block, theme);
        if (section.top != y || first->rect.top() != y) {
            changed = std::min({changed, y, first->rect.top()});
            for (LaidBlock &laid : section.blocks)
                laid.rect.translate(0, y - section.top);
            section.top = y;
        }
        y += section.height;
        above = &std::find_if(section.blocks.rbegin(), section.blocks.rend(), isShown)->block;
    }
    if (m_isUser && m_sections.back().blocks.empty())
        y += theme.px(Metric::bubbleRise);
    const int height = int(std::ceil(std::max<qreal>(y, theme.lineHeight(FontRole::Body))));
    if (height != m_height)
        changed = std::min<qreal>(changed, std::min(height, m_height));
    m_height = height;
    if (m_isUser)
        arrangeBubble(theme);
    return changed;
}

void MessageLayout::arrangeBubble(const Theme &theme)
{
    qreal widest = theme.px(Metric::leastBubble);
    qreal bottom = theme.px(Metric::bubbleRise);
    for (const LaidSection &section : m_sections) {
        if (section.part < 0)
            continue;
        for (const LaidBlock &laid : section.blocks) {
            widest = std::max(widest, std::min(laid.contentWidth, m_blockWidth));
            bottom = std::max(bottom, laid.rect.bottom());
        }
    }
    widest = std::ceil(widest);
    const qreal padding = theme.px(Metric::bubblePadding);
    m_bubble = QRectF(m_width - widest - 2 * padding, 0, widest + 2 * padding,
                      bottom + theme.px(Metric::bubbleRise));
    for (LaidSection &section : m_sections) {
        const qreal x = section.part >= 0 ? m_bubble.left() + padding : m_width - m_blockWidth;
        for (LaidBlock &laid : section.blocks)
            laid.rect.moveLeft(laid.isRightToLeft && section.part >= 0 ? x + widest - m_blockWidth : x);
    }
    addBubbleActions(theme);
}

// A person's message has no line below it for Copy and Edit, so they stand left of the tinted shape.
void MessageLayout::addBubbleActions(const Theme &theme)
{
    if (!m_sections.back().blocks.empty())
        return;
    for (LaidSection &section : m_sections) {
        if (section.part < 0 || section.blocks.empty())
            continue;
        LaidBlock &laid = section.blocks.front();
        std::erase_if(laid.hots, [](const Hot &hot) {
            return hot.action == Hot::Action::CopyMessage || hot.action == Hot::Action::EditSent;
        });
        std::vector<std::pair<Hot::Action, QString>> offers{{Hot::Action::CopyMessage, Words::tr("Copy")}};
        if (!m_isShownOnly)
            offers.emplace_back(Hot::Action::EditSent, Words::tr("Edit"));
        qreal right = m_bubble.left();
        for (const auto &[action, label] : offers) {
            const qreal width = textWidth(theme, FontRole::Small, label) + 2 * theme.px(Metric::wordsPadding);
            const qreal x = right - theme.px(Metric::within) - width;
            if (x < 0)
                return;
            Hot hot{.action = action, .look = Hot::Look::Words, .label = label, .isOnHover = true};
            hot.rect = QRectF(x - laid.rect.left(), 0, width, theme.lineHeight(FontRole::Body));
            laid.hots.push_back(hot);
            right = x;
        }
        return;
    }
}

QRectF MessageLayout::findCaret(const Theme &theme) const
{
    if (!m_isStreaming || m_isUser)
        return {};
    for (size_t i = m_sections.size(); i-- > 1;) {
        const LaidSection &section = m_sections[i];
        if (section.part < 0 || section.blocks.empty())
            continue;
        const LaidBlock &laid = section.blocks.back();
        if (!section.isText() || laid.boxes.empty() || laid.isHidden)
            return {};
        const size_t box = std::min(laid.block.texts.size(), laid.boxes.size()) - 1;
        const TextFlow &flow = laid.boxes[box].flow;
        QRectF caret = flow.caretAt(int(flow.text().text.size()));
        caret.translate(laid.rect.topLeft() + laid.cornerOf(laid.boxes[box]));
        // At the end of a line that is wider than the page, the caret waits at the edge.
        if (laid.side.range() > 0)
            caret.moveLeft(
                std::min(caret.left(), laid.rect.left() + laid.side.window.right() - theme.px(Metric::step)));
        const qreal height = theme.px(Metric::tailHeight);
        return {std::round(caret.left()) + theme.px(Metric::hairline),
                std::round(caret.center().y() - height / 2), qreal(theme.px(Metric::tailWidth)), height};
    }
    return {};
}

QRectF MessageLayout::partRect(int part) const
{
    QRectF result;
    for (const LaidSection &section : m_sections) {
        if (section.part != part || part < 0)
            continue;
        for (const LaidBlock &laid : section.blocks) {
            if (!laid.isHidden)
                result |= laid.rect;
        }
    }
    return result;
}

void MessageLayout::release(qreal keepTop, qreal keepBottom)
{
    for (LaidSection &section : m_sections) {
        for (LaidBlock &laid : section.blocks) {
            const bool isWhollyKept = laid.rect.top() >= keepTop && laid.rect.bottom() <= keepBottom;
            for (size_t i = 0; !isWhollyKept && i < laid.boxes.size(); ++i) {
                const qreal top = laid.rect.top() + laid.boxes[i].position.y();
                laid.boxes[i].flow.release(keepTop - top, keepBottom - top);
            }
        }
    }
}

int MessageLayout::shapedCount() const
{
    int count = 0;
    for (const LaidSection &section : m_sections) {
        for (const LaidBlock &laid : section.blocks) {
            for (const TextBox &box : laid.boxes)
                count += box.flow.shapedCount();
        }
    }
    return count;
}

bool MessageLayout::scrollSide(int section, int block, qreal offset)
{
    if (size_t(section) >= m_sections.size() || size_t(block) >= m_sections[size_t(section)].blocks.size())
        return false;
    SideScroll &side = m_sections[size_t(section)].blocks[size_t(block)].side;
    const qreal wanted = std::round(std::clamp(offset, 0.0, side.range()));
    return std::exchange(side.offset, wanted) != wanted;
}

int MessageLayout::estimate(const Message &message, const Theme &theme, qreal width)
{
    const bool isUser = message.role == Role::User;
    const qreal line = theme.lineHeight(FontRole::Body);
    const qreal room = isUser
        ? std::min<qreal>(width, theme.px(Metric::bubbleWidth)) - 2 * theme.px(Metric::bubblePadding)
        : width;
    const qreal perLine = std::max(8.0, room / (theme.px(Metric::guessedLetter) * 0.5));
    qreal height = isUser ? 2 * theme.px(Metric::bubbleRise)
                          : line + theme.px(Metric::snug) + theme.px(Metric::guessedFooter);
    for (const MessagePart &part : message.parts) {
        if (const auto *text = std::get_if<Text>(&part.content)) {
            const auto breaks = text->markdown.count('\n');
            height += (std::ceil(double(text->markdown.size()) / perLine) + double(breaks) * 0.6) * line;
        } else {
            height += theme.px(Metric::guessedPart);
        }
    }
    return int(height);
}

} // namespace Parlance
