// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAccessibleTextInterface>
#include <QAccessibleWidget>
#include <QTimer>

namespace Parlance {

class TerminalView;

//! A terminal for screen readers: the lines that are seen, and where what is typed goes.
class TerminalAccessible : public QAccessibleWidget, public QAccessibleTextInterface
{
public:
    explicit TerminalAccessible(TerminalView *view);
    //! Terminals have it from then on.
    static void install();

    void *interface_cast(QAccessible::InterfaceType type) override;
    QString text(QAccessible::Text type) const override;

    void selection(int index, int *start, int *end) const override;
    int selectionCount() const override { return 0; }
    void addSelection(int /*start*/, int /*end*/) override { }
    void removeSelection(int /*index*/) override { }
    void setSelection(int /*index*/, int /*start*/, int /*end*/) override { }
    int cursorPosition() const override;
    void setCursorPosition(int /*position*/) override { }
    QString text(int start, int end) const override;
    int characterCount() const override;
    QRect characterRect(int offset) const override;
    int offsetAtPoint(const QPoint &point) const override;
    void scrollToSubstring(int /*start*/, int /*end*/) override { }
    QString attributes(int offset, int *start, int *end) const override;

private:
    void tellChanges();

    TerminalView *m_view;
    QTimer m_tell;
    QString m_told;
};

} // namespace Parlance
