// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ids.h"
#include "theme/metrics.h"

#include <QSet>

namespace Parlance {

//! Decides whether the view follows what comes in. Knows no pixels but distances from the bottom.
class AutoScroll
{
public:
    static constexpr int nearBottom = int(Metric::nearBottom); //!< at 100 % text size

    bool isFollowing() const { return m_isFollowing; }
    //! Messages that came or grew since the view let go.
    int newCount() const { return int(m_new.size()); }

    //! The person moved the view by this much; below: what is left under the view afterwards.
    void moved(int distance, int below);
    void selected() { m_isFollowing = false; }
    void jumped();
    void reset() { jumped(); }
    void grew(const MessageId &message);

private:
    bool m_isFollowing = true;
    QSet<MessageId> m_new;
};

} // namespace Parlance
