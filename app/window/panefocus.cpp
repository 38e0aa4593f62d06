// SPDX-License-Identifier: Apache-2.0
#include "window/panefocus.h"

#include "window/actions.h"

#include <QAction>
#include <QApplication>
#include <QWidget>

namespace Parlance {

PaneFocus::PaneFocus(const Actions *actions, QObject *parent)
    : QObject(parent)
{
    connect(actions->nextPane, &QAction::triggered, this, [this] { step(1); });
    connect(actions->previousPane, &QAction::triggered, this, [this] { step(-1); });
    connect(qApp, &QApplication::focusChanged, this,
            [this](QWidget *, QWidget *now) { onFocusChanged(now); });
}

void PaneFocus::add(QWidget *pane, QWidget *start)
{
    m_panes.append({pane, start, {}});
}

void PaneFocus::onFocusChanged(QWidget *now)
{
    if (const int index = now ? paneOf(now) : -1; index >= 0)
        m_panes[index].last = now;
}

// The innermost one.
int PaneFocus::paneOf(const QWidget *widget) const
{
    int found = -1;
    for (int i = 0; i < m_panes.size(); ++i) {
        const QWidget *pane = m_panes[i].pane;
        const bool isInside = pane && (pane == widget || pane->isAncestorOf(widget));
        if (isInside && (found < 0 || m_panes[found].pane->isAncestorOf(pane)))
            found = i;
    }
    return found;
}

bool PaneFocus::takes(const QWidget *widget, const QWidget *pane) const
{
    const int owner = paneOf(widget);
    return owner >= 0 && m_panes[owner].pane == pane && widget->isVisible() && widget->isEnabled()
        && (widget->focusPolicy() & Qt::TabFocus);
}

QWidget *PaneFocus::target(const Pane &pane) const
{
    if (!pane.pane || !pane.pane->isVisible())
        return nullptr;
    for (QWidget *wanted : {pane.last.data(), pane.start.data(), pane.pane.data()}) {
        if (wanted && takes(wanted, pane.pane))
            return wanted;
    }
    // Round the chain of Tab once.
    for (QWidget *next = pane.pane->nextInFocusChain(); next && next != pane.pane;
         next = next->nextInFocusChain()) {
        if (!next->focusProxy() && takes(next, pane.pane))
            return next;
    }
    return nullptr;
}

void PaneFocus::step(int direction)
{
    const auto count = int(m_panes.size());
    const QWidget *now = QApplication::focusWidget();
    const int here = now ? paneOf(now) : -1;
    for (int i = 1; i <= count; ++i) {
        const int index = ((here < 0 ? (direction > 0 ? -1 : 0) : here) + direction * i + count * 2) % count;
        if (index == here)
            return;
        if (QWidget *next = target(m_panes[index])) {
            next->setFocus(Qt::ShortcutFocusReason);
            return;
        }
    }
}

} // namespace Parlance
