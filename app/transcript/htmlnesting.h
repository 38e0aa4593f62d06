// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/block.h"

#include <QStringList>

namespace Parlance {

//! Opens and closes the lists and quotes around blocks that are written as HTML one after the other.
class HtmlNesting
{
public:
    //! What must stand before a block. beginsItem: it has a marker, which is part of what is written.
    QString before(const Block &block, bool beginsItem);
    //! Closes everything.
    QString end();

private:
    QString closeTo(qsizetype depth);

    QStringList m_open; //!< "blockquote", or "ul" or "ol" with an item open in it
};

} // namespace Parlance
