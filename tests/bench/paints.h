// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bench/measure.h"

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

//! CPU milliseconds of each time that something is done and painted.
template <typename Act> std::vector<double> timed(int times, Act act)
{
    std::vector<double> all;
    for (int i = 0; i < times; ++i) {
        const double start = threadMs();
        act(i);
        paint();
        all.push_back(threadMs() - start);
    }
    return all;
}

} // namespace Parlance::Bench
