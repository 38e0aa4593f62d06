// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/textposition.h"

#include <QAccessibleWidget>
#include <QTimer>

#include <map>
#include <set>

namespace Parlance {

class MessageAccessible;
class TranscriptView;

//! The transcript for screen readers: a list of messages. A message has an object from when it is asked for
//! until it goes, however many others come before it.
class ViewAccessible : public QAccessibleWidget
{
public:
    explicit ViewAccessible(TranscriptView *view);
    ViewAccessible(const ViewAccessible &) = delete;
    ViewAccessible &operator=(const ViewAccessible &) = delete;
    ~ViewAccessible() override;

    int childCount() const override;
    QAccessibleInterface *child(int index) const override;
    QAccessibleInterface *focusChild() const override;
    int indexOfChild(const QAccessibleInterface *wanted) const override;
    QAccessibleInterface *childAt(int x, int y) const override;

private:
    //! What a reader was last told of a message.
    struct Told
    {
        QString text = {};
        size_t children = 0;
        bool isBusy = false;
    };

    void forget();
    void onInserted(int row);
    void onRemoving(int row);
    void onChanged(int row);
    void onCaretMoved(const TextPosition &caret);
    void onSelectionMoved();
    void onFocusMoved();
    void tellChanges();
    void tellOf(int row, MessageAccessible *message);
    void tellText(MessageAccessible *message, const QString &before, const QString &now);
    void sweep();
    MessageAccessible *message(int row) const;
    //! Null if nobody asked for it yet.
    MessageAccessible *existing(int row) const;
    QList<QWidget *> widgets() const;

    TranscriptView *m_view;
    mutable std::map<int, QAccessible::Id> m_rows;
    std::map<int, Told> m_told;
    std::set<int> m_changed;
    QAccessibleInterface *m_caretOwner = nullptr; //!< only compared
    QTimer m_tell;
    QTimer m_sweep;
};

} // namespace Parlance
