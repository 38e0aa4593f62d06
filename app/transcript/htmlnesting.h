// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/block.h"

#include <QStringList>

namespace Parlance {

//! Opens and closes the lists and quotes around blocks that are written as HTML one after the other.
class HtmlNesting
{
public:
    //! What must stand before a block. beginsItem: its marker is part of what is written.
    QString before(const Block &block, bool beginsItem);
    //! Closes everything.
    QString end();

private:
    int count(const QString &tag) const;
    QString close();
    QString open(const QString &tag, const QString &attribute = {});

    QStringList m_open; //!< "blockquote", "ul" or "ol", "li"
};

} // namespace Parlance
