// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/messagelayout.h"

#include <QStringList>

namespace Parlance {

//! What is to be said of a message that grows: each sentence once, when it is complete; code, tables and
//! tools by one line, when they are. What one thinks aloud is not read.
class SentenceReader
{
public:
    //! What came since the last call. What is not complete waits, unless the message is.
    QStringList read(const MessageLayout &layout, bool isComplete);
    //! From now on, as if all that is there had been said.
    void skip(const MessageLayout &layout);

private:
    struct Place
    {
        int section = 0;
        int block = 0;
        friend auto operator<=>(const Place &, const Place &) = default;
        friend bool operator==(const Place &, const Place &) = default;
    };

    QStringList readBlock(const LaidBlock &laid, bool isOpen);
    QStringList readText(const Block &block, bool isOpen);

    Place m_at; //!< the block that is being read
    QString m_said; //!< of it
};

} // namespace Parlance
