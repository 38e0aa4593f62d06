// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/messagetree.h"
#include "transcript/textaccessible.h"

#include <QAccessibleInterface>

namespace Parlance {

class MessageAccessible;

//! A block of a message for screen readers, or what holds blocks: a heading, a list, a table, code.
class NodeAccessible : public QAccessibleInterface, public TextAccessible
{
public:
    NodeAccessible(TranscriptView *view, MessageAccessible *message, NodeKey key);
    NodeAccessible(const NodeAccessible &) = delete;
    NodeAccessible &operator=(const NodeAccessible &) = delete;
    ~NodeAccessible() override = default;

    bool isValid() const override;
    QObject *object() const override { return nullptr; }
    QWindow *window() const override;
    QAccessibleInterface *parent() const override;
    QAccessibleInterface *child(int index) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    int childCount() const override;
    int indexOfChild(const QAccessibleInterface *wanted) const override;
    QString text(QAccessible::Text kind) const override;
    using TextAccessible::text;
    void setText(QAccessible::Text, const QString &) override { }
    QRect rect() const override;
    QAccessible::Role role() const override;
    QAccessible::State state() const override;
    void *interface_cast(QAccessible::InterfaceType type) override;

protected:
    const RowText &map() const override;
    const NodeKey &key() const { return m_key; }
    const MessageAccessible *message() const { return m_message; }
    //! The first block of it; null if it is gone.
    const LaidBlock *laid() const;

private:
    QRectF rectInMessage() const;

    MessageAccessible *m_message;
    NodeKey m_key;
    mutable RowText m_text;
    mutable int m_textRow = -1;
    mutable int m_textRevision = -1;
};

//! The right kind of object for a node. The caller registers it.
QAccessibleInterface *makeNode(TranscriptView *view, const MessageAccessible *message, const NodeKey &key);

} // namespace Parlance
