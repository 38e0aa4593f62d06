// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/messagetree.h"
#include "transcript/textposition.h"

#include <QAccessibleActionInterface>
#include <QAccessibleInterface>

namespace Parlance {

class MessageAccessible;
class TranscriptView;

//! A rectangle of the viewport on the screen.
QRect onScreen(const TranscriptView *view, const QRectF &rect);

//! Something to press inside a message: a button, a link, a line that unfolds.
class HotAccessible : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    HotAccessible(TranscriptView *view, MessageAccessible *message, NodeKey key);

    bool isValid() const override;
    QObject *object() const override { return nullptr; }
    QWindow *window() const override;
    QAccessibleInterface *parent() const override;
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text, const QString &) override { }
    QRect rect() const override;
    QAccessible::Role role() const override;
    QAccessible::State state() const override;
    void *interface_cast(QAccessible::InterfaceType type) override;
    QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
    void doAction(const QString &name) override;
    QStringList keyBindingsForAction(const QString &name) const override;

private:
    HotAddress address() const;
    //! Null if it is gone.
    const Hot *hot() const;

    TranscriptView *m_view;
    MessageAccessible *m_message;
    NodeKey m_key;
};

} // namespace Parlance
