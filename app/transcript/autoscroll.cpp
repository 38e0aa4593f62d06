// SPDX-License-Identifier: Apache-2.0
#include "transcript/autoscroll.h"

namespace Parlance {

void AutoScroll::moved(int distance, int below)
{
    if (distance < 0)
        m_isFollowing = false;
    else if (distance > 0 && below <= nearBottom)
        jumped();
}

void AutoScroll::jumped()
{
    m_isFollowing = true;
    m_new.clear();
}

void AutoScroll::grew(const MessageId &message)
{
    if (!m_isFollowing)
        m_new.insert(message);
}

} // namespace Parlance
