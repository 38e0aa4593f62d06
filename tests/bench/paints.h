// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>
#include <QWidget>
#include <QWindow>

namespace Parlance::Bench {

//! Nothing is painted before the platform says that the window can be seen.
inline void expose(QWidget &widget)
{
    widget.show();
    while (!widget.windowHandle()->isExposed())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

//! Paints what asks for it.
inline void paint()
{
    QCoreApplication::sendPostedEvents();
}

} // namespace Parlance::Bench
