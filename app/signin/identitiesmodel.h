// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "window/rowmodel.h"

#include <QTimer>

namespace Parlance {

class IdentityBook;

//! The identities with how each stands now; the time that is left counts down.
class IdentitiesModel : public RowModel
{
    Q_OBJECT
public:
    explicit IdentitiesModel(IdentityBook *book, QObject *parent = nullptr);

private:
    void refresh();

    IdentityBook *m_book;
    QTimer m_clock;
};

} // namespace Parlance
