// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/messagelayout.h"
#include "transcript/rowheights.h"

#include "chat/messagelist.h"

#include <QHash>

#include <functional>

namespace Parlance {

//! The rows of the transcript, from top to bottom, at one width: their heights, estimated until they
//! are seen, and the layouts of those near the view.
class TranscriptRows
{
public:
    explicit TranscriptRows(const Theme *theme)
        : m_theme(theme)
    {
    }

    //! Who tells the words of code apart; must outlive this.
    void setHighlighter(CodeHighlighter *highlighter) { m_highlighter = highlighter; }
    //! Who decodes images; must outlive this. The screen's pixels in one of ours are asked for at each
    //! layout.
    void setPictures(PictureStore *pictures, std::function<qreal()> pixelRatio)
    {
        m_pictures = pictures;
        m_pixelRatio = std::move(pixelRatio);
    }
    //! There is more to show of a picture. Returns whether it stands in the row, which shows it once
    //! refreshed.
    bool touchPicture(int row, PictureKey key);
    //! More is known of a code block. Returns what must be painted again, from the row's corner; null:
    //! nothing.
    QRectF inkCode(int row, CodeKey number);

    void setMessages(const MessageList *messages, const Agent *agent);
    const MessageList *messages() const { return m_messages; }
    const Agent *agent() const { return m_agent; }
    //! Forgets every layout, but not what was read of the messages: another width or theme.
    void setWidth(qreal width);
    qreal width() const { return m_width; }
    void rebuild();
    //! The messages are others.
    void reset();

    //! Rows are answers without what says whose they are, and stand closer; in others' words, marked with
    //! the signs of differences. Forgets every layout.
    void setBare(bool isBare);
    void setMarked(bool isMarked);
    //! Rows offer nothing that would ask. Forgets every layout.
    void setShownOnly(bool isShownOnly);

    //! While an answer streams no queued message can be sent. Rows show it once they are refreshed.
    void setBusy(bool isBusy) { m_isBusy = isBusy; }

    int count() const { return m_heights.count(); }
    void insert(int row);
    void remove(int row);
    //! From this row on other messages stand.
    void replaceFrom(int row);

    //! The y of a row's first pixel and the height of everything, margins included.
    int top(int row) const;
    int contentHeight() const;
    int rowAt(int y) const;
    int height(int row) const { return m_heights.height(row); }
    bool isMeasured(int row) const { return m_rows[size_t(row)].isMeasured; }

    //! The layout of a row, made now if it is not there.
    const MessageLayout &layout(int row);
    //! Called when that gave a row another height than was estimated, with the difference.
    void setCorrected(std::function<void(int row, int by)> corrected) { m_corrected = std::move(corrected); }
    //! Null if the row is not laid out.
    const MessageLayout *existing(int row) const { return m_rows[size_t(row)].layout.get(); }
    //! The message changed. Returns what must be painted again, from the row's corner.
    QRectF refresh(int row);
    //! Measures what of a row is only estimated between these y, from the row's corner. Returns whether
    //! anything was: what is below may have moved.
    bool settle(int row, qreal top, qreal bottom);
    //! Drops layouts far from these rows.
    void trim(int first, int last);
    //! Lets go of texts' layouts outside these y, also inside a message that reaches into them.
    void release(int keepTop, int keepBottom);
    int layoutCount() const;
    //! How many layouts of texts are kept in all rows.
    int shapedCount() const;
    bool scrollSide(int row, int section, int block, qreal offset);

    //! The blocks of a section, as the layout has them, whether the row is laid out or not. own: where
    //! they are put if nobody keeps them.
    const std::vector<Block> &blocks(int row, int section, std::vector<Block> &own) const;
    //! Another number each time a row was brought up to its message, so that what was worked out from it can
    //! age. No two of them are the same.
    int revision(int row) const { return m_rows[size_t(row)].revision; }

    const OpenParts &openParts(int row) const;
    void setOpen(int row, int part, bool isOpen);
    //! Code's long lines go on below, or sideways again. A row shows it once it is refreshed.
    void toggleWrap(int row, int section, int block);

private:
    struct Row
    {
        std::unique_ptr<MessageLayout> layout = nullptr;
        std::unique_ptr<MessageLayout> old = nullptr; //!< of another width or theme; keeps what was read
        bool isMeasured = false;
        int revision = 0;
    };

    int gap() const;
    void forgetLayouts();
    int estimate(int row) const;

    const Theme *m_theme;
    const MessageList *m_messages = nullptr;
    const Agent *m_agent = nullptr;
    CodeHighlighter *m_highlighter = nullptr;
    PictureStore *m_pictures = nullptr;
    std::function<qreal()> m_pixelRatio;
    qreal m_width = 0;
    bool m_isBusy = false;
    bool m_isBare = false;
    bool m_isShownOnly = false;
    bool m_isMarked = false;
    int m_revisions = 0;
    std::function<void(int, int)> m_corrected;
    RowHeights m_heights;
    std::vector<Row> m_rows;
    QHash<MessageId, OpenParts> m_open;
    QHash<MessageId, WrappedCode> m_wrapped;
};

} // namespace Parlance
