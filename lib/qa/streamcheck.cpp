// SPDX-License-Identifier: Apache-2.0
#include "qa/streamcheck.h"

#include "qa/datanode.h"
#include "wire/chooseinterpreter.h"
#include "wire/json.h"
#include "wire/turnreader.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::StreamCheck)
};

bool isSent(const Frame &frame)
{
    return frame.kind == FrameKind::SocketSent;
}

bool isBinary(const Frame &frame)
{
    return frame.kind == FrameKind::SocketBinary || frame.kind == FrameKind::SocketSent;
}

//! An event within the data of one: a field at the beginning of a line, and what ends an event.
bool holdsEvents(QByteArrayView payload)
{
    const QByteArrayView trimmed = payload.trimmed();
    return trimmed.startsWith("data:") || (trimmed.startsWith("event:") && trimmed.contains("\ndata:"));
}

//! Reads the frames of one answer once and remembers the first of each fault.
class StreamCheck
{
public:
    std::vector<StreamFault> faultsOf(const std::vector<Frame> &frames, const QByteArray &contentType,
                                      std::optional<ErrorKind> endedWith);

private:
    void add(StreamFaultKind kind, int frame, const QString &message);
    void readFrame(const Frame &frame);
    void readTools(const std::vector<Delta> &deltas, int frame);
    void readEnds(const Frame &frame);
    void checkContentType(const std::vector<Frame> &frames, const QByteArray &contentType);

    struct OpenCall
    {
        QString name = {};
        int frame = -1;
    };

    TurnReader m_turn;
    bool m_mayHaveEnded = false;
    bool m_hasEnded = false;
    QHash<QString, OpenCall> m_openCalls;
    std::vector<StreamFault> m_faults;
};

void StreamCheck::add(StreamFaultKind kind, int frame, const QString &message)
{
    if (std::ranges::find(m_faults, kind, &StreamFault::kind) == m_faults.end())
        m_faults.push_back({.kind = kind, .frame = frame, .message = message});
}

void StreamCheck::readEnds(const Frame &frame)
{
    const bool hadEnded = m_hasEnded;
    const TurnSign sign = m_turn.read(frame);
    if (sign == TurnSign::Ends) {
        m_hasEnded = true;
        return;
    }
    if (hadEnded && !frame.payload.trimmed().isEmpty())
        add(StreamFaultKind::EventAfterEnd, frame.sequence, Words::tr("An event came after the end."));
    m_mayHaveEnded = sign == TurnSign::MayEnd || (m_mayHaveEnded && sign == TurnSign::GoesOn);
}

void StreamCheck::readFrame(const Frame &frame)
{
    if (isBinary(frame))
        return;
    if (!isValidUtf8(frame.payload))
        add(StreamFaultKind::NotUtf8, frame.sequence, Words::tr("What came is not UTF-8."));
    if (frame.kind == FrameKind::Sse && holdsEvents(frame.payload))
        add(StreamFaultKind::SseInSse, frame.sequence,
            Words::tr("The data of an event are themselves an event."));
    readEnds(frame);
}

void StreamCheck::readTools(const std::vector<Delta> &deltas, int frame)
{
    for (const Delta &delta : deltas) {
        if (const auto *start = std::get_if<ToolStartDelta>(&delta))
            m_openCalls.insert(start->callId, {.name = start->name, .frame = frame});
        else if (const auto *state = std::get_if<ToolStateDelta>(&delta))
            m_openCalls.remove(state->callId);
        else if (const auto *result = std::get_if<ToolResultDelta>(&delta))
            m_openCalls.remove(result->callId);
    }
}

void StreamCheck::checkContentType(const std::vector<Frame> &frames, const QByteArray &contentType)
{
    const QByteArray type = contentType.split(';').constFirst().trimmed().toLower();
    const auto has = [&](FrameKind kind) {
        return std::ranges::find(frames, kind, &Frame::kind) != frames.end();
    };
    const bool isSocket =
        std::ranges::all_of(frames, [](const Frame &frame) { return frame.kind >= FrameKind::SocketText; });
    if (frames.empty() || isSocket)
        return;
    const QString written = QString::fromLatin1(contentType);
    if (type.isEmpty())
        add(StreamFaultKind::WrongContentType, -1, Words::tr("The answer does not tell its Content-Type."));
    else if (type == "text/event-stream" && !has(FrameKind::Sse))
        add(StreamFaultKind::WrongContentType, -1,
            Words::tr("The Content-Type is %1, but what came are no events.").arg(written));
    else if (type != "text/event-stream" && has(FrameKind::Sse))
        add(StreamFaultKind::WrongContentType, -1,
            Words::tr("The Content-Type is %1, but what came are events.").arg(written));
    else if (type == "application/json" && has(FrameKind::Body)
             && !readData(QByteArrayView(frames.front().payload)))
        add(StreamFaultKind::WrongContentType, -1,
            Words::tr("The Content-Type is %1, but what came is not JSON.").arg(written));
}

std::vector<StreamFault> StreamCheck::faultsOf(const std::vector<Frame> &frames,
                                               const QByteArray &contentType,
                                               std::optional<ErrorKind> endedWith)
{
    const std::unique_ptr<Interpreter> interpreter = makeInterpreter();
    for (const Frame &frame : frames) {
        readFrame(frame);
        if (isSent(frame))
            continue;
        std::vector<Delta> deltas;
        interpreter->interpret(frame, deltas);
        readTools(deltas, frame.sequence);
    }
    // Where an answer closes its calls with its end, this is where it is told.
    std::vector<Delta> last;
    interpreter->finish(last);
    readTools(last, -1);
    const auto first = std::ranges::min_element(m_openCalls, {}, &OpenCall::frame);
    if (first != m_openCalls.end())
        add(StreamFaultKind::UnclosedToolCall, first->frame,
            Words::tr("The call of the tool “%1” was not closed.").arg(first->name));
    if (endedWith == ErrorKind::InvalidUtf8)
        add(StreamFaultKind::NotUtf8, -1, Words::tr("What came is not UTF-8."));
    const bool isCut = endedWith == ErrorKind::StreamCut || endedWith == ErrorKind::TrailingBytes
        || endedWith == ErrorKind::SocketClosed;
    if (isCut || (m_turn.marksEnds() && !m_hasEnded && !m_mayHaveEnded))
        add(StreamFaultKind::MissingEnd, -1, Words::tr("The answer has no end."));
    checkContentType(frames, contentType);
    return std::move(m_faults);
}

} // namespace

std::vector<StreamFault> streamFaultsOf(const std::vector<Frame> &frames, const QByteArray &contentType,
                                        std::optional<ErrorKind> endedWith)
{
    return StreamCheck().faultsOf(frames, contentType, endedWith);
}

} // namespace Parlance
