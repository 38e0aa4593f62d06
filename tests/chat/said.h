// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/chat.h"

namespace Parlance::Test {

//! What a conversation's messages say, one after the other, each with its attempt where there are several.
inline QString saidIn(const Chat *chat)
{
    QStringList words;
    for (int i = 0; i < chat->messages()->count(); ++i) {
        const AttemptPlace place = chat->messages()->attempt(i);
        QString word = chat->messages()->at(i).text();
        if (place.count > 1)
            word += QStringLiteral("(%1/%2)").arg(place.index + 1).arg(place.count);
        words.append(word);
    }
    return words.join(u' ');
}

} // namespace Parlance::Test
