// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/framelog.h"
#include "core/message.h"

namespace Parlance {

//! The FrameLog that Chat hands out.
class AnswerFrameLog : public FrameLog
{
    Q_OBJECT
public:
    using FrameLog::FrameLog;

    void setLoading() { m_isLoading = true; }
    //! Rows of an answer that streams, or was kept in memory. Their labels are made here.
    void append(const std::vector<FrameRow> &rows, int first, int last);
    //! Frames from disk; what part each made is found by folding them again.
    void setLoaded(const std::vector<Frame> &frames, const Message &message);

private:
    void add(FrameRow row);
};

} // namespace Parlance
