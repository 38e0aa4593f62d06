// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/framelog.h"

namespace Parlance {

//! A log that a test fills by hand.
class FilledLog : public FrameLog
{
public:
    using FrameLog::FrameLog;

    void add(const QString &label, const QByteArray &payload, int part = -1)
    {
        addSilently(label, payload, part);
        const int last = int(m_rows.size()) - 1;
        Q_EMIT rowsAppended(last, last);
    }

    void addSilently(const QString &label, const QByteArray &payload, int part = -1)
    {
        const int sequence = int(m_rows.size());
        m_rows.push_back({Frame{.sequence = sequence,
                                .sinceSend = std::chrono::milliseconds(sequence * 7),
                                .payload = payload},
                          label, part});
        m_totalBytes += payload.size();
    }

    void announceFrom(int first) { Q_EMIT rowsAppended(first, int(m_rows.size()) - 1); }

    void clear()
    {
        m_rows.clear();
        m_totalBytes = 0;
        Q_EMIT wasReset();
    }
};

} // namespace Parlance
