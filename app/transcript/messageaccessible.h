// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/messagetree.h"
#include "transcript/textaccessible.h"

#include <QAccessibleActionInterface>
#include <QAccessibleInterface>

#include <map>

namespace Parlance {

//! One message for screen readers: an item of the transcript's list. Its name is who speaks and the first
//! words, its text is all that is shown, its children are its blocks. Nothing is laid out before it is asked
//! for, and children exist from when they are asked for until they or their layout are gone.
class MessageAccessible : public QAccessibleInterface,
                          public TextAccessible,
                          public QAccessibleActionInterface
{
public:
    MessageAccessible(TranscriptView *view, int row);
    MessageAccessible(const MessageAccessible &) = delete;
    MessageAccessible &operator=(const MessageAccessible &) = delete;
    ~MessageAccessible() override;

    int row() const { return m_row; }
    void setRow(int row) { m_row = row; }

    //! What the message shows now. Valid until the message changes.
    const MessageTree &tree() const;
    //! Null if there is no such node, or the view has no such message any more.
    const TreeNode *find(const NodeKey &key) const;
    const LaidBlock *laid(const NodeKey &key) const;
    //! The object of a node of the tree, made now if it is not there. Null for -1.
    QAccessibleInterface *nodeAt(int index) const;
    QAccessibleInterface *nodeFor(const NodeKey &key) const { return nodeAt(tree().indexOf(key)); }
    QAccessibleInterface *parentOf(const NodeKey &key) const;
    bool hasNodes() const { return !m_nodes.empty(); }
    //! Gives up what was handed out of nodes that are gone, or all of it. Not to be called by any of them.
    void forgetGone();
    void forgetAll();

    bool isValid() const override;
    QObject *object() const override { return nullptr; }
    QWindow *window() const override;
    QAccessibleInterface *parent() const override;
    QAccessibleInterface *child(int index) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    int childCount() const override;
    int indexOfChild(const QAccessibleInterface *wanted) const override;
    QAccessibleInterface *focusChild() const override;
    QString text(QAccessible::Text kind) const override;
    using TextAccessible::text;
    void setText(QAccessible::Text, const QString &) override { }
    QRect rect() const override;
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override;
    void *interface_cast(QAccessible::InterfaceType type) override;

    QStringList actionNames() const override;
    void doAction(const QString &name) override;
    QStringList keyBindingsForAction(const QString &name) const override;

protected:
    const RowText &map() const override;

private:
    int m_row;
    mutable MessageTree m_tree;
    mutable int m_treeRevision = -1;
    mutable std::map<NodeKey, QAccessible::Id> m_nodes;
};

} // namespace Parlance
