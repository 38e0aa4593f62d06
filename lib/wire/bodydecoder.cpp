// SPDX-License-Identifier: Apache-2.0
#include "wire/bodydecoder.h"

#include "wire/json.h"
#include "wire/ssedecoder.h"
#include "wire/wireerror.h"

#include <algorithm>

namespace Parlance {
namespace {

// Longer, and nothing but comments and names so far: then it is not an event stream.
constexpr qsizetype longestPreface = qsizetype(64) * 1024;
constexpr QByteArrayView byteOrderMark = "\xEF\xBB\xBF";

enum class Match { No, Perhaps, Yes };

Match matchStart(QByteArrayView line, QByteArrayView start)
{
    return line.startsWith(start) ? Match::Yes : start.startsWith(line) ? Match::Perhaps : Match::No;
}

//! Whether a line may stand before the first data of an event stream.
Match matchPreface(QByteArrayView line)
{
    Match match = Match::No;
    for (const QByteArrayView start : {":", "event:", "id:", "retry:"})
        match = std::max(match, matchStart(line, start));
    return match;
}

//! Yes only once there is data: ":-)" or "id: 5" alone may well be the words of an answer.
Match looksLikeSse(QByteArrayView bytes)
{
    if (bytes.size() > longestPreface)
        return Match::No;
    while (!bytes.isEmpty()) {
        const auto end = std::ranges::find_if(bytes, [](char c) { return c == '\n' || c == '\r'; });
        const QByteArrayView line = bytes.first(end - bytes.begin());
        const Match data = matchStart(line, "data:");
        if (data == Match::Yes)
            return Match::Yes;
        const Match match = std::max(data, matchPreface(line));
        if (end == bytes.end())
            return match == Match::No ? Match::No : Match::Perhaps;
        if (!line.isEmpty() && match != Match::Yes)
            return Match::No;
        bytes = bytes.sliced(line.size() + 1);
    }
    return Match::Perhaps;
}

QByteArrayView withoutLead(QByteArrayView bytes)
{
    if (bytes.startsWith(byteOrderMark))
        bytes = bytes.sliced(byteOrderMark.size());
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

//! How many bytes at the start are whole characters.
qsizetype validLength(QByteArrayView bytes)
{
    qsizetype good = 0;
    qsizetype bad = bytes.size() + 1;
    while (good + 1 < bad) {
        const qsizetype middle = good + (bad - good) / 2;
        const qsizetype whole = middle - openTail(bytes.first(middle));
        if (isValidUtf8(bytes.first(whole)))
            good = middle;
        else
            bad = middle;
    }
    return good - openTail(bytes.first(good));
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
        if (!isValidUtf8(m_buffer)) {
            m_error = wireError(ErrorKind::InvalidUtf8);
            m_buffer.truncate(validLength(m_buffer));
        }
        if (!m_buffer.isEmpty())
            frames.push_back({.kind = FrameKind::Body, .payload = std::exchange(m_buffer, {})});
    }
    return m_error;
}

BodyDecoder::Mode BodyDecoder::decide(bool isEnd)
{
    if (!isEnd && m_buffer.size() < byteOrderMark.size() && byteOrderMark.startsWith(m_buffer))
        return Mode::Undecided;
    const QByteArrayView start = withoutLead(m_buffer);
    if (start.isEmpty())
        return isEnd ? Mode::Whole : Mode::Undecided;
    if (m_hint != Hint::EventStream) {
        const Match sse = looksLikeSse(start);
        if (sse == Match::Yes)
            return Mode::Sse;
        if (sse == Match::Perhaps && !isEnd)
            return Mode::Undecided;
        return m_hint == Hint::Text ? Mode::Text : m_hint == Hint::Lines ? Mode::Sse : Mode::Whole;
    }
    if (start.front() != '{' && start.front() != '[')
        return Mode::Sse;
    // JSON called an event stream: a value to a line, or one value over many lines.
    const qsizetype from = start.begin() - QByteArrayView(m_buffer).begin();
    const qsizetype end = m_buffer.indexOf('\n', std::max(from, m_searched));
    m_searched = m_buffer.size();
    if (end < 0)
        return isEnd ? Mode::Whole : Mode::Undecided;
    return Json().parse(QByteArrayView(m_buffer).sliced(from, end - from)) ? Mode::Sse : Mode::Whole;
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
    qsizetype whole = m_buffer.size() - openTail(m_buffer);
    if (!isValidUtf8(QByteArrayView(m_buffer).first(whole))) {
        m_error = wireError(ErrorKind::InvalidUtf8);
        whole = validLength(m_buffer);
    }
    if (whole == 0)
        return;
    frames.push_back({.kind = FrameKind::Text, .payload = m_buffer.first(whole)});
    m_buffer.remove(0, whole);
}

} // namespace Parlance
