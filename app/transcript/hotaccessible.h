// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/textposition.h"

#include <QAccessibleActionInterface>
#include <QAccessibleInterface>

namespace Parlance {

class TranscriptView;

//! A rectangle of the viewport on the screen.
QRect onScreen(const TranscriptView *view, const QRectF &rect);

//! Something to press inside a message: a button, a link, a line that unfolds.
class HotAccessible : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    HotAccessible(TranscriptView *view, QAccessibleInterface *parent, HotAddress address);

    bool isValid() const override;
    QObject *object() const override { return nullptr; }
    QWindow *window() const override;
    QAccessibleInterface *parent() const override { return m_parent; }
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
    QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString &name) override;
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

private:
    QString name() const;

    TranscriptView *m_view;
    QAccessibleInterface *m_parent;
    HotAddress m_address;
};

} // namespace Parlance
