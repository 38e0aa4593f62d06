// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QApplication>
#include <QTest>
#include <QWidget>

namespace Parlance {

//! What Tab leads through in a pane, from what has the keyboard to that widget; empty if it leads past it.
inline QList<QWidget *> tabWalk(const QWidget *pane, const QWidget *to)
{
    QList<QWidget *> walked;
    for (QWidget *now = QApplication::focusWidget(); pane->isAncestorOf(now) && !walked.contains(now);
         now = QApplication::focusWidget()) {
        walked.append(now);
        if (now == to)
            return walked;
        QTest::keyClick(now, Qt::Key_Tab);
    }
    return {};
}

//! Whether each stands below the one before it, or beside it at its right.
inline bool isDownwards(const QList<QWidget *> &walked, const QWidget *pane)
{
    for (qsizetype i = 1; i < walked.size(); ++i) {
        const QRect before(walked[i - 1]->mapTo(pane, QPoint()), walked[i - 1]->size());
        const QRect now(walked[i]->mapTo(pane, QPoint()), walked[i]->size());
        const bool isBeside = now.left() >= before.right() && now.bottom() > before.top();
        if (!isBeside && now.top() < before.bottom())
            return false;
    }
    return true;
}

} // namespace Parlance
