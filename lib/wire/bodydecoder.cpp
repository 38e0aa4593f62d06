// SPDX-License-Identifier: Apache-2.0
#include "wire/bodydecoder.h"

#include "wire/json.h"
#include "wire/ssedecoder.h"
#include "wire/wireerror.h"

#include <array>

namespace Parlance {
namespace {

constexpr auto fieldStarts = std::to_array<QByteArrayView>({":", "data:", "event:", "id:", "retry:"});

enum class Match { No, Perhaps, Yes };

Match looksLikeSse(QByteArrayView bytes)
{
    Match match = Match::No;
    for (const QByteArrayView start : fieldStarts) {
        if (bytes.startsWith(start))
            return Match::Yes;
        if (start.startsWith(bytes))
            match = Match::Perhaps;
    }
    return match;
}

QByteArrayView withoutLead(QByteArrayView bytes)
{
    if (bytes.startsWith("\xEF\xBB\xBF"))
        bytes = bytes.sliced(3);
    while (!bytes.isEmpty() && QByteArrayView(" \t\r\n").contains(bytes.front()))
        bytes = bytes.sliced(1);
    return bytes;
}

//! How many bytes at the end belong to a character that is not complete.
qsizetype openTail(QByteArrayView bytes)
{
    for (qsizetype back = 1; back <= std::min<qsizetype>(3, bytes.size()); ++back) {
        const auto byte = static_cast<unsigned char>(bytes[bytes.size() - back]);
        if ((byte & 0xC0U) == 0x80U)
            continue;
        const qsizetype length = byte >= 0xF0U ? 4 : byte >= 0xE0U ? 3 : byte >= 0xC0U ? 2 : 1;
        return length > back ? back : 0;
    }
    return 0;
}

} // namespace

BodyDecoder::BodyDecoder(Hint hint)
    : m_hint(hint)
{
}

BodyDecoder::~BodyDecoder() = default;

std::optional<Error> BodyDecoder::feed(QByteArrayView bytes, std::vector<Frame> &frames)
{
    if (m_error)
        return m_error;
    if (m_mode == Mode::Sse) {
        m_error = m_sse->feed(bytes, frames);
        return m_error;
    }
    m_buffer += bytes;
    if (m_mode == Mode::Undecided)
        m_mode = decide(false);
    m_error = take(frames);
    return m_error;
}

std::optional<Error> BodyDecoder::finish(std::vector<Frame> &frames)
{
    if (m_error)
        return m_error;
    if (m_mode == Mode::Undecided) {
        m_mode = decide(true);
        m_error = take(frames);
    }
    if (m_error)
        return m_error;
    if (m_mode == Mode::Sse) {
        m_error = m_sse->finish(frames);
    } else if (m_mode == Mode::Text) {
        if (!m_buffer.isEmpty())
            m_error = wireError(ErrorKind::InvalidUtf8);
    } else if (!withoutLead(m_buffer).isEmpty()) {
        if (isValidUtf8(m_buffer))
            frames.push_back({.kind = FrameKind::Body, .payload = std::exchange(m_buffer, {})});
        else
            m_error = wireError(ErrorKind::InvalidUtf8);
    }
    return m_error;
}

BodyDecoder::Mode BodyDecoder::decide(bool isEnd) const
{
    const QByteArrayView start = withoutLead(m_buffer);
    if (start.isEmpty())
        return isEnd ? Mode::Whole : Mode::Undecided;
    const Match sse = looksLikeSse(start);
    if (sse == Match::Yes)
        return Mode::Sse;
    if (sse == Match::Perhaps && !isEnd)
        return Mode::Undecided;
    switch (m_hint) {
    case Hint::Text:
        return Mode::Text;
    case Hint::Lines:
        return Mode::Sse;
    case Hint::Json:
        return Mode::Whole;
    case Hint::EventStream:
        break;
    }
    if (start.front() != '{' && start.front() != '[')
        return Mode::Sse;
    // JSON called an event stream: a value to a line, or one value over many lines.
    const qsizetype end = start.indexOf('\n');
    if (end < 0)
        return isEnd ? Mode::Whole : Mode::Undecided;
    return Json().parse(start.first(end)) ? Mode::Sse : Mode::Whole;
}

std::optional<Error> BodyDecoder::take(std::vector<Frame> &frames)
{
    switch (m_mode) {
    case Mode::Sse:
        if (!m_sse)
            m_sse = std::make_unique<SseDecoder>();
        return m_sse->feed(std::exchange(m_buffer, {}), frames);
    case Mode::Text:
        takeText(frames);
        return m_error;
    case Mode::Undecided:
    case Mode::Whole:
        break;
    }
    return m_buffer.size() > maximumFrameSize ? std::optional(wireError(ErrorKind::FrameTooLarge))
                                              : std::nullopt;
}

void BodyDecoder::takeText(std::vector<Frame> &frames)
{
    const qsizetype whole = m_buffer.size() - openTail(m_buffer);
    if (whole == 0)
        return;
    const QByteArray text = m_buffer.first(whole);
    m_buffer.remove(0, whole);
    if (isValidUtf8(text))
        frames.push_back({.kind = FrameKind::Text, .payload = text});
    else
        m_error = wireError(ErrorKind::InvalidUtf8);
}

} // namespace Parlance
