// SPDX-License-Identifier: Apache-2.0
#include "dialogs/listkeys.h"

#include <QAbstractItemView>
#include <QKeyEvent>

#include <algorithm>

namespace Parlance {

bool moveRowByKey(QAbstractItemView *list, const QKeyEvent *press)
{
    const int page = std::max(1, list->viewport()->height() / std::max(1, list->sizeHintForRow(0)) - 1);
    int rows = 0;
    switch (press->key()) {
    case Qt::Key_Down:
        rows = 1;
        break;
    case Qt::Key_Up:
        rows = -1;
        break;
    case Qt::Key_PageDown:
        rows = page;
        break;
    case Qt::Key_PageUp:
        rows = -page;
        break;
    default:
        return false;
    }
    const int last = list->model()->rowCount() - 1;
    if (last >= 0)
        list->setCurrentIndex(
            list->model()->index(std::clamp(list->currentIndex().row() + rows, 0, last), 0));
    return true;
}

} // namespace Parlance
