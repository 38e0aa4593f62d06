// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/rowtext.h"

#include <QAccessibleTextInterface>

namespace Parlance {

class TranscriptView;

//! A piece of the transcript that screen readers read by character, word, sentence, line and paragraph, with
//! the view's own caret and selection.
class TextAccessible : public QAccessibleTextInterface
{
public:
    void selection(int index, int *start, int *end) const override;
    int selectionCount() const override;
    void addSelection(int start, int end) override { setSelection(0, start, end); }
    void removeSelection(int index) override;
    void setSelection(int index, int start, int end) override;
    int cursorPosition() const override; //!< -1: the caret is not in this text
    void setCursorPosition(int position) override;
    QString text(int start, int end) const override;
    QString textBeforeOffset(int offset, QAccessible::TextBoundaryType type, int *start,
                             int *end) const override;
    QString textAfterOffset(int offset, QAccessible::TextBoundaryType type, int *start,
                            int *end) const override;
    QString textAtOffset(int offset, QAccessible::TextBoundaryType type, int *start, int *end) const override;
    int characterCount() const override;
    QRect characterRect(int offset) const override;
    int offsetAtPoint(const QPoint &point) const override;
    void scrollToSubstring(int start, int end) override;
    QString attributes(int offset, int *start, int *end) const override;

protected:
    explicit TextAccessible(TranscriptView *view)
        : m_view(view)
    {
    }
    //! Empty if there is no such text any more.
    virtual const RowText &map() const = 0;
    TranscriptView *view() const { return m_view; }

private:
    using Range = std::pair<int, int>;

    Range around(int offset, QAccessible::TextBoundaryType type) const;
    //! Of the line that is seen, which is not the line that was written.
    Range lineAround(int offset) const;
    QString piece(Range range, int *start, int *end) const;

    TranscriptView *m_view;
};

} // namespace Parlance
