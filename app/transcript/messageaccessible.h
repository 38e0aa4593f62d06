// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/textposition.h"

#include <QAccessibleInterface>
#include <QAccessibleTextInterface>

#include <map>

namespace Parlance {

class TranscriptView;

//! One message for screen readers: an item of the transcript's list, whose text can be read by
//! character, word and line, and whose children are what can be pressed in it.
class MessageAccessible : public QAccessibleInterface, public QAccessibleTextInterface
{
public:
    MessageAccessible(TranscriptView *view, int row);
    MessageAccessible(const MessageAccessible &) = delete;
    MessageAccessible &operator=(const MessageAccessible &) = delete;
    ~MessageAccessible() override;

    QAccessibleInterface *childFor(const HotAddress &address);

    bool isValid() const override;
    QObject *object() const override { return nullptr; }
    QWindow *window() const override;
    QAccessibleInterface *parent() const override;
    QAccessibleInterface *child(int index) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    int childCount() const override;
    int indexOfChild(const QAccessibleInterface *wanted) const override;
    QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text, const QString &) override { }
    QRect rect() const override;
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override;
    void *interface_cast(QAccessible::InterfaceType type) override;

    void selection(int index, int *start, int *end) const override;
    int selectionCount() const override;
    void addSelection(int start, int end) override { setSelection(0, start, end); }
    void removeSelection(int index) override;
    void setSelection(int index, int start, int end) override;
    int cursorPosition() const override; //!< -1: the caret is not in this message
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

private:
    //! Start and end of the line that is seen, which is not the line that was written.
    std::pair<int, int> lineAround(int offset) const;
    QString line(std::pair<int, int> range, int *start, int *end) const;

    TranscriptView *m_view;
    int m_row;
    mutable std::map<HotAddress, QAccessible::Id> m_hots;
};

} // namespace Parlance
