// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/blocklayout.h"
#include "transcript/laidblock.h"
#include "transcript/markdownstream.h"
#include "transcript/partblocks.h"

#include "chat/messagelist.h"

#include <optional>
#include <set>

namespace Parlance {

struct Agent;

//! Which of a message's parts are unfolded, by index.
using OpenParts = std::set<int>;

//! Code whose lines go on below, not sideways: section and block.
using WrappedCode = std::set<std::pair<int, int>>;

//! Blocks that belong together: what stands above the parts, one part, or what stands below.
struct LaidSection
{
    int part = -1; //!< -1: header or footer
    std::vector<LaidBlock> blocks = {}; //!< rects in the message
    qreal top = 0;
    qreal height = 0;

    // What it was made from, to see what changed.
    std::unique_ptr<MarkdownStream> stream = nullptr; //!< of a Text, and of Reasoning
    std::vector<Block> source = {}; //!< of what is not a Text, and of one that shows differences
    bool isMarked = false; //!< its words show differences
    std::optional<PartState> madeFrom = std::nullopt;
    bool isOpen = false;
    std::optional<bool> isJson = std::nullopt; //!< of a Text; absent: it is not known yet
    int revision = 0; //!< counts the changes of what is shown

    //! The blocks that are shown, also those in a closed fold.
    const std::vector<Block> &shown() const { return isText() && !isMarked ? stream->blocks() : source; }
    bool isText() const { return stream && !madeFrom; }
};

//! One message at one width: the single value that height, paint, hit-testing, selection, find and
//! accessibility share. Sections are: header, one for each part, footer.
class MessageLayout
{
public:
    //! Brings the layout up to the message. Returns the rectangle, in the message, that must be painted
    //! again; everything below it too if the height changed.
    QRectF update(const Message &message, const OpenParts &open, const Theme &theme, qreal width,
                  const Agent *agent);

    //! Measures the blocks between these y, in the message, whose heights are only estimated so far. Returns
    //! whether there were any: everything from them on may have moved.
    bool settle(const Theme &theme, qreal top, qreal bottom);

    //! Nothing of it is shown any more; what was read of the message is kept for the next update().
    void forget();

    //! What the last update() changed above the rectangle it returned, in the message: a line of words
    //! on a block that grows. Null: nothing.
    QRectF newHead() const { return m_newHead; }

    //! Whether a queued message can be sent now, which the next update() shows.
    void setOffersSend(bool offers)
    {
        m_hasNewOffer = m_hasNewOffer || offers != m_offersSend;
        m_offersSend = offers;
    }

    //! A question that the answer above it answers too.
    void setFolded(bool isFolded)
    {
        m_hasNewOffer = m_hasNewOffer || isFolded != m_isFolded;
        m_isFolded = isFolded;
    }

    //! Without what stands above an agent's words: somebody else says it. Before the first update().
    void setBare(bool isBare) { m_isBare = isBare; }
    //! Nothing can be asked, again or otherwise. Before the first update().
    void setShownOnly(bool isShownOnly) { m_isShownOnly = isShownOnly; }
    //! Its words hold the signs of differences, see changemarks.h. Before the first update().
    void setMarked(bool isMarked) { m_isMarked = isMarked; }

    //! What is told of the session below it, which the next update() shows.
    void setSessionBreak(const SessionBreak &sessionBreak)
    {
        m_hasNewOffer = m_hasNewOffer || sessionBreak != m_sessionBreak;
        m_sessionBreak = sessionBreak;
    }

    //! Which of several attempts it is, which the next update() shows.
    void setAttempt(const AttemptPlace &attempt)
    {
        m_hasNewOffer = m_hasNewOffer || attempt != m_attempt;
        m_attempt = attempt;
    }

    //! Who tells the words of code apart; null: code is plain. Must outlive this.
    void setHighlighter(CodeHighlighter *highlighter) { m_highlighter = highlighter; }
    //! Who decodes images, and for how fine a screen; null: images are words. Must outlive this.
    void setPictures(PictureStore *pictures, qreal pixelRatio)
    {
        m_pictures = pictures;
        m_pixelRatio = pixelRatio;
    }
    //! There is more to show of a picture. Returns whether it stands here; the next update() shows it.
    bool touchPicture(PictureKey key);
    //! More is known of a code block. Returns the rectangle, in the message, to paint again; null: none.
    QRectF inkCode(CodeKey number, const Theme &theme);

    //! The next update() shows it.
    void setWrappedCode(const WrappedCode &wrapped);

    int height() const { return m_height; }
    qreal width() const { return m_width; }
    const std::vector<LaidSection> &sections() const { return m_sections; }
    //! The person's message: the tinted shape. Null for an agent's.
    QRectF bubble() const { return m_bubble; }
    //! Where the streaming caret stands; null if the answer does not stream.
    QRectF caret() const { return m_caret; }
    bool isStreaming() const { return m_isStreaming; }
    //! Null if there is no such part or it shows nothing.
    QRectF partRect(int part) const;

    //! Lets go of the texts' layouts outside these y. They are made again when somebody looks.
    void release(qreal keepTop, qreal keepBottom);
    //! How many layouts of texts are kept.
    int shapedCount() const;
    //! Moves what a block has beside the page; returns false if it stayed.
    bool scrollSide(int section, int block, qreal offset);

    //! A height to go on with before the message is laid out. Fast and not exact.
    static int estimate(const Message &message, const Theme &theme, qreal width);

private:
    //! A code block whose words do not all have their colours yet.
    struct PlainCode
    {
        int section = 0;
        int block = 0;
    };

    LaidBlock &blockOf(const PlainCode &place)
    {
        return m_sections[size_t(place.section)].blocks[size_t(place.block)];
    }
    void findPlainCode(int section, int firstChanged);
    void addPlainCode(const PlainCode &place);
    qreal inkPlainCode(const Theme &theme);
    qreal inkBlockAt(const PlainCode &place, const Theme &theme);
    int updateText(LaidSection &section, const QString &markdown);
    static int markJson(LaidSection &section, const Message &message, const Part &part, int firstChanged);
    int updateSection(LaidSection &section, const Message &message, bool isOpen, const Agent *agent);
    BlockContext contextOf(const LaidSection &section, const Theme &theme) const;
    qreal layOutSection(LaidSection &section, int firstChanged, const Theme &theme);
    bool settleSection(LaidSection &section, const Theme &theme, qreal top, qreal bottom);
    std::vector<Hot> footerActions(const Message &message) const;
    void addFooterActions(LaidSection &footer, const Message &message, const Theme &theme);
    qreal arrange(const Theme &theme);
    void arrangeBubble(const Theme &theme);
    void addBubbleActions(const Theme &theme);
    QRectF findCaret(const Theme &theme) const;

    qreal m_width = 0;
    qreal m_blockWidth = 0;
    bool m_isUser = false;
    bool m_isStreaming = false;
    bool m_hasSketches = false;
    bool m_offersSend = true;
    AttemptPlace m_attempt;
    SessionBreak m_sessionBreak;
    bool m_isFolded = false;
    bool m_isBare = false;
    bool m_isShownOnly = false;
    bool m_isMarked = false;
    bool m_hasNewOffer = false;
    int m_height = 0;
    QRectF m_bubble;
    QRectF m_caret;
    QRectF m_newHead;
    std::vector<LaidSection> m_sections;
    CodeHighlighter *m_highlighter = nullptr;
    PictureStore *m_pictures = nullptr;
    qreal m_pixelRatio = 1;
    std::vector<PlainCode> m_plainCode;
    WrappedCode m_wrapped;
    WrappedCode m_newlyWrapped; //!< or no longer; blocks to lay out again for another reason too
};

} // namespace Parlance
