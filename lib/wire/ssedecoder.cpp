// SPDX-License-Identifier: Apache-2.0
#include "wire/ssedecoder.h"

#include "wire/json.h"
#include "wire/wireerror.h"

#include <algorithm>
#include <cstring>

namespace Parlance {
namespace {

//! Finds line ends one after the other, looking at each byte once for each kind.
class LineEnds
{
public:
    explicit LineEnds(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    //! Position of the first LF or CR at or after from; the size if there is none.
    qsizetype next(qsizetype from)
    {
        search('\n', from, m_feed);
        search('\r', from, m_carriage);
        return std::min(m_feed, m_carriage);
    }

private:
    void search(char what, qsizetype from, qsizetype &at)
    {
        if (at >= from)
            return;
        const void *found = std::memchr(m_bytes.data() + from, what, size_t(m_bytes.size() - from));
        at = found ? static_cast<const char *>(found) - m_bytes.data() : m_bytes.size();
    }

    QByteArrayView m_bytes;
    qsizetype m_feed = -1;
    qsizetype m_carriage = -1;
};

bool looksLikeField(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':');
    return colon > 0 && std::ranges::all_of(line.first(colon), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
           });
}

} // namespace

std::optional<Error> SseDecoder::feed(QByteArrayView bytes, std::vector<Frame> &frames)
{
    LineEnds ends(bytes);
    qsizetype at = 0;
    while (!m_error && at < bytes.size()) {
        if (std::exchange(m_skipsLineFeed, false) && bytes[at] == '\n') {
            ++at;
            continue;
        }
        const qsizetype end = ends.next(at);
        const QByteArrayView piece = bytes.sliced(at, end - at);
        if (m_pending.size() + piece.size() > maximumFrameSize) {
            m_error = wireError(ErrorKind::FrameTooLarge);
        } else if (end == bytes.size()) {
            m_pending += piece;
        } else if (m_pending.isEmpty()) {
            takeLine(piece, frames);
        } else {
            m_pending += piece;
            const QByteArray line = std::exchange(m_pending, {});
            takeLine(line, frames);
        }
        m_skipsLineFeed = end < bytes.size() && bytes[end] == '\r';
        at = end + 1;
    }
    return m_error;
}

std::optional<Error> SseDecoder::finish(std::vector<Frame> &frames)
{
    if (!m_error && !m_pending.isEmpty()) {
        const QByteArray line = std::exchange(m_pending, {});
        takeLine(line, frames);
    }
    if (!m_error)
        flushHeld(frames);
    if (!m_error)
        dispatch(frames);
    return m_error;
}

void SseDecoder::takeLine(QByteArrayView line, std::vector<Frame> &frames)
{
    if (std::exchange(m_isAtStart, false) && line.startsWith("\xEF\xBB\xBF"))
        line = line.sliced(3);
    if (line.startsWith("data:")) {
        takeData(line.sliced(5));
    } else if (m_isLines) {
        takePlainLine(line, frames);
    } else if (line.isEmpty()) {
        flushHeld(frames);
        dispatch(frames);
    } else if (line.front() == ':') {
        m_isSse = true;
    } else if (!takeField(line) && !m_isSse) {
        if (looksLikeField(line) && m_held.size() < 8)
            m_held.append(line.toByteArray());
        else
            takePlainLine(line, frames);
    }
}

void SseDecoder::takePlainLine(QByteArrayView line, std::vector<Frame> &frames)
{
    flushHeld(frames);
    m_isLines = true;
    emitFrame({.kind = FrameKind::Line, .payload = line.toByteArray()}, frames);
}

void SseDecoder::flushHeld(std::vector<Frame> &frames)
{
    if (m_held.isEmpty())
        return;
    const QByteArrayList held = std::exchange(m_held, {});
    for (const QByteArray &line : held) {
        m_isLines = true;
        emitFrame({.kind = FrameKind::Line, .payload = line}, frames);
    }
}

void SseDecoder::takeData(QByteArrayView value)
{
    if (value.startsWith(' '))
        value = value.sliced(1);
    if (m_hasData) {
        m_data += '\n';
        m_data += value;
    } else {
        m_data = value.toByteArray();
    }
    m_hasData = true;
    m_isSse = true;
    m_isLines = false;
    m_held.clear();
    if (m_data.size() > maximumFrameSize)
        m_error = wireError(ErrorKind::FrameTooLarge);
}

bool SseDecoder::takeField(QByteArrayView line)
{
    if (line == "data" && m_isSse) {
        takeData({});
        return true;
    }
    const qsizetype colon = line.indexOf(':');
    if (colon < 0)
        return false;
    const QByteArrayView name = line.first(colon);
    QByteArrayView value = line.sliced(colon + 1);
    if (value.startsWith(' '))
        value = value.sliced(1);
    if (name == "event")
        m_event = value.toByteArray();
    else if (name == "id")
        m_id = value.toByteArray();
    else
        return name == "retry";
    return true;
}

void SseDecoder::dispatch(std::vector<Frame> &frames)
{
    Frame frame{.kind = FrameKind::Sse,
                .payload = std::exchange(m_data, {}),
                .event = std::exchange(m_event, {}),
                .id = std::exchange(m_id, {})};
    if (std::exchange(m_hasData, false))
        emitFrame(std::move(frame), frames);
}

void SseDecoder::emitFrame(Frame frame, std::vector<Frame> &frames)
{
    if (m_error)
        return;
    const auto isValid = [](const QByteArray &bytes) { return bytes.isEmpty() || isValidUtf8(bytes); };
    if (isValid(frame.payload) && isValid(frame.event) && isValid(frame.id))
        frames.push_back(std::move(frame));
    else
        m_error = wireError(ErrorKind::InvalidUtf8);
}

} // namespace Parlance
