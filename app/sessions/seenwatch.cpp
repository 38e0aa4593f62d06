// SPDX-License-Identifier: Apache-2.0
#include "sessions/seenwatch.h"

#include <QEvent>
#include <QWidget>

namespace Parlance {

SeenWatch::SeenWatch(QWidget *window)
    : QObject(window)
    , m_window(window)
{
    window->installEventFilter(this);
    set(window->isVisible() && !window->isMinimized());
}

bool SeenWatch::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Show:
    case QEvent::WindowStateChange:
        set(m_window->isVisible() && !m_window->isMinimized());
        break;
    case QEvent::Hide:
        set(false);
        break;
    case QEvent::WindowActivate:
        Q_EMIT cameBack();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

void SeenWatch::set(bool isSeen)
{
    if (std::exchange(m_isSeen, isSeen) != isSeen)
        Q_EMIT changed(isSeen);
}

} // namespace Parlance
