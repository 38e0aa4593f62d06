// SPDX-License-Identifier: Apache-2.0
#include "chat/answerframelog.h"

#include "chat/messagefold.h"
#include "wire/interpreter.h"
#include "wire/chooseinterpreter.h"
#include "wire/framelabel.h"

#include <algorithm>

namespace Parlance {
namespace {

//! The part a frame made, by what the message remembers; for answers whose first frames were dropped.
int partBySpan(const Message &message, int sequence)
{
    for (int index = int(message.parts.size()) - 1; index >= 0; --index) {
        const FrameSpan &span = message.parts[size_t(index)].frames;
        if (span.first >= 0 && span.first <= sequence && sequence <= span.last)
            return index;
    }
    return -1;
}

} // namespace

void AnswerFrameLog::add(FrameRow row)
{
    if (row.label.isEmpty())
        row.label = frameLabel(row.frame);
    m_totalBytes += row.frame.payload.size();
    m_rows.push_back(std::move(row));
}

void AnswerFrameLog::append(const std::vector<FrameRow> &rows, int first, int last)
{
    if (first > last)
        return;
    const int begin = int(m_rows.size());
    for (int index = first; index <= last; ++index)
        add(rows[size_t(index)]);
    Q_EMIT rowsAppended(begin, int(m_rows.size()) - 1);
}

void AnswerFrameLog::setLoaded(const std::vector<Frame> &frames, const Message &message)
{
    m_rows.clear();
    m_totalBytes = 0;
    m_isTruncated = !frames.empty() && frames.front().sequence > 0;
    const std::unique_ptr<Interpreter> interpreter = makeInterpreter();
    Message replayed;
    std::vector<Delta> deltas;
    for (const Frame &frame : frames) {
        int part = -1;
        deltas.clear();
        if (!m_isTruncated)
            interpreter->interpret(frame, deltas);
        for (const Delta &delta : deltas)
            part = std::max(part, foldDelta(replayed, delta, &frame));
        add(FrameRow{.frame = frame, .part = m_isTruncated ? partBySpan(message, frame.sequence) : part});
    }
    m_isLoading = false;
    Q_EMIT wasReset();
}

} // namespace Parlance
