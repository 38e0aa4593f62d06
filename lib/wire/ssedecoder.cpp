// SPDX-License-Identifier: Apache-2.0
#include "wire/ssedecoder.h"

#include "wire/json.h"
#include "wire/wireerror.h"

#include <cstring>

namespace Parlance {
namespace {

//! Position of the first LF or CR; -1 if there is none.
qsizetype lineEnd(QByteArrayView bytes)
{
    const auto *feed = static_cast<const char *>(std::memchr(bytes.data(), '\n', size_t(bytes.size())));
    const qsizetype limit = feed ? feed - bytes.data() : bytes.size();
    const auto *carriage = static_cast<const char *>(std::memchr(bytes.data(), '\r', size_t(limit)));
    if (carriage)
        return carriage - bytes.data();
    return feed ? limit : -1;
}

} // namespace

std::optional<Error> SseDecoder::feed(QByteArrayView bytes, std::vector<Frame> &frames)
{
    while (!m_error && !bytes.isEmpty()) {
        if (m_skipsLineFeed) {
            m_skipsLineFeed = false;
            if (bytes.front() == '\n') {
                bytes = bytes.sliced(1);
                continue;
            }
        }
        const qsizetype end = lineEnd(bytes);
        if (end < 0) {
            m_pending += bytes;
            if (m_pending.size() > maximumFrameSize)
                m_error = wireError(ErrorKind::FrameTooLarge);
            break;
        }
        m_skipsLineFeed = bytes[end] == '\r';
        if (m_pending.isEmpty()) {
            takeLine(bytes.first(end), frames);
        } else {
            m_pending += bytes.first(end);
            const QByteArray line = std::exchange(m_pending, {});
            takeLine(line, frames);
        }
        bytes = bytes.sliced(end + 1);
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
        dispatch(frames);
    return m_error;
}

void SseDecoder::takeLine(QByteArrayView line, std::vector<Frame> &frames)
{
    if (std::exchange(m_isAtStart, false) && line.startsWith("\xEF\xBB\xBF"))
        line = line.sliced(3);
    if (line.isEmpty()) {
        dispatch(frames);
        return;
    }
    if (line.front() == ':') {
        m_hasFields = true;
        return;
    }
    const qsizetype colon = line.indexOf(':');
    const QByteArrayView name = colon < 0 ? line : line.first(colon);
    QByteArrayView value = colon < 0 ? QByteArrayView() : line.sliced(colon + 1);
    if (value.startsWith(' '))
        value = value.sliced(1);
    if (takeField(name, value))
        m_hasFields = true;
    else if (!m_hasFields)
        emitFrame({.kind = FrameKind::Line, .payload = line.toByteArray()}, frames);
}

bool SseDecoder::takeField(QByteArrayView name, QByteArrayView value)
{
    if (name == "data") {
        if (m_hasData)
            m_data += '\n';
        m_data += value;
        m_hasData = true;
        if (m_data.size() > maximumFrameSize)
            m_error = wireError(ErrorKind::FrameTooLarge);
        return true;
    }
    if (name == "event") {
        m_event = value.toByteArray();
        return true;
    }
    if (name == "id") {
        m_id = value.toByteArray();
        return true;
    }
    return name == "retry";
}

void SseDecoder::dispatch(std::vector<Frame> &frames)
{
    const QByteArray event = std::exchange(m_event, {});
    const QByteArray id = std::exchange(m_id, {});
    const QByteArray data = std::exchange(m_data, {});
    if (std::exchange(m_hasData, false))
        emitFrame({.kind = FrameKind::Sse, .payload = data, .event = event, .id = id}, frames);
}

void SseDecoder::emitFrame(Frame frame, std::vector<Frame> &frames)
{
    if (m_error)
        return;
    if (isValidUtf8(frame.payload) && isValidUtf8(frame.event))
        frames.push_back(std::move(frame));
    else
        m_error = wireError(ErrorKind::InvalidUtf8);
}

} // namespace Parlance
