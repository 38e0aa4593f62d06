// SPDX-License-Identifier: Apache-2.0
#pragma once

class QAbstractItemView;
class QKeyEvent;

namespace Parlance {

//! Moves a list's current row by a key that was pressed in the field that filters it: up, down, by pages.
//! False: the key means something else.
bool moveRowByKey(QAbstractItemView *list, const QKeyEvent *press);

} // namespace Parlance
