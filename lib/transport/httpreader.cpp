// SPDX-License-Identifier: Apache-2.0
#include "transport/httpreader.h"

#include <algorithm>
#include <cstring>
#include <optional>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

//! More than any server sends, and little enough to hold.
constexpr qsizetype longestHead = qsizetype(256) * 1024;
constexpr qsizetype mostHeaders = 1000;
constexpr int longestChunkSize = 15; // digits; keeps the number within 64 bits

QByteArrayView trimmed(QByteArrayView text)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    return text;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

//! All values that the header has, in one.
QByteArray valueOf(const QList<HttpHeader> &headers, const char *name)
{
    QByteArrayList values;
    for (const HttpHeader &header : headers) {
        if (header.name.compare(name, Qt::CaseInsensitive) == 0)
            values.append(header.value.toLower());
    }
    return values.join(',');
}

//! Nothing unless it is one number, however often.
std::optional<qint64> lengthOf(const QByteArray &value)
{
    const QByteArrayList values = value.split(',');
    const QByteArray first = values.constFirst().trimmed();
    const bool isOne =
        std::ranges::all_of(values, [&first](const QByteArray &each) { return each.trimmed() == first; });
    bool isNumber = false;
    const qint64 length = first.toLongLong(&isNumber);
    if (!isOne || !isNumber || !std::ranges::all_of(first, isDigit))
        return std::nullopt;
    return length;
}

} // namespace

HttpReader::State HttpReader::feed(QByteArrayView bytes, QByteArray &body)
{
    while (!bytes.isEmpty() && (m_state == State::Head || m_state == State::Body)) {
        if (isReadingLine()) {
            bytes = bytes.sliced(feedLine(bytes));
            continue;
        }
        const qsizetype size =
            m_framing == Framing::ToTheEnd ? bytes.size() : qsizetype(std::min<qint64>(bytes.size(), m_left));
        body.append(bytes.first(size));
        bytes = bytes.sliced(size);
        m_left -= m_framing == Framing::ToTheEnd ? 0 : size;
        if (m_framing == Framing::ToTheEnd || m_left > 0)
            continue;
        if (m_framing == Framing::Chunks)
            m_chunk = Chunk::DataEnd;
        else
            m_state = State::Done;
    }
    return m_state;
}

bool HttpReader::isReadingLine() const
{
    return m_state == State::Head || (m_framing == Framing::Chunks && m_chunk != Chunk::Data);
}

bool HttpReader::isWholeAtEnd() const
{
    return m_state == State::Done || (m_state == State::Body && m_framing == Framing::ToTheEnd);
}

//! Returns how much of the bytes belongs to the line.
qsizetype HttpReader::feedLine(QByteArrayView bytes)
{
    const void *found = std::memchr(bytes.data(), '\n', size_t(bytes.size()));
    const qsizetype size = found ? static_cast<const char *>(found) - bytes.data() + 1 : bytes.size();
    m_line.append(bytes.first(size));
    m_headSize += size;
    const bool isInHead = m_state == State::Head || m_chunk == Chunk::Trailer;
    if (m_line.size() > longestHead || (isInHead && m_headSize > longestHead))
        m_state = State::Broken;
    else if (found)
        takeLine();
    return size;
}

void HttpReader::takeLine()
{
    QByteArrayView line = m_line;
    line.chop(1);
    if (line.endsWith('\r'))
        line.chop(1);
    if (m_state == State::Head)
        takeHeadLine(line);
    else
        takeChunkLine(line);
    m_line.clear();
}

void HttpReader::takeHeadLine(QByteArrayView line)
{
    if (m_status == 0) {
        takeStatusLine(line);
        return;
    }
    if (line.isEmpty()) {
        beginBody();
        return;
    }
    if (line.front() == ' ' || line.front() == '\t') {
        // A header of old that goes on in the next line.
        if (!m_headers.isEmpty())
            m_headers.last().value += ' ' + trimmed(line).toByteArray();
        return;
    }
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0 || m_headers.size() == mostHeaders) {
        m_state = State::Broken;
        return;
    }
    m_headers.append({.name = trimmed(line.first(colon)).toByteArray(),
                      .value = trimmed(line.sliced(colon + 1)).toByteArray()});
}

void HttpReader::takeStatusLine(QByteArrayView line)
{
    const bool isStatus = line.size() >= 12 && line.startsWith("HTTP/1.") && isDigit(line[7])
        && line[8] == ' ' && std::ranges::all_of(line.sliced(9, 3), isDigit)
        && (line.size() == 12 || line[12] == ' ');
    m_status = isStatus ? line.sliced(9, 3).toByteArray().toInt() : 0;
    if (m_status < 100)
        m_state = State::Broken;
}

void HttpReader::beginBody()
{
    const bool isEarly = m_status < 200 && m_status != 101;
    if (isEarly) {
        m_status = 0;
        m_headers.clear();
        return;
    }
    const QByteArray coding = valueOf(m_headers, "transfer-encoding");
    const QByteArray lengths = valueOf(m_headers, "content-length");
    const bool isChunked = coding == "chunked";
    const std::optional<qint64> length = lengthOf(lengths);
    const bool isUnknown = !isChunked && !coding.isEmpty() && coding != "identity";
    if (m_status == 101) {
        // From here on another protocol is spoken, whatever the headers say of a length.
        m_framing = Framing::ToTheEnd;
        m_state = State::Body;
    } else if (m_status == 204 || m_status == 304) {
        m_state = State::Done;
    } else if (isUnknown || (!isChunked && !lengths.isEmpty() && !length)) {
        m_state = State::Broken;
        return;
    } else {
        m_framing = isChunked ? Framing::Chunks : length ? Framing::Length : Framing::ToTheEnd;
        m_left = isChunked ? 0 : length.value_or(0);
        m_state = m_framing == Framing::Length && m_left == 0 ? State::Done : State::Body;
    }
    m_hasHead = true;
    m_headSize = 0;
}

void HttpReader::takeChunkLine(QByteArrayView line)
{
    switch (m_chunk) {
    case Chunk::Size: {
        const qsizetype semicolon = line.indexOf(';');
        const QByteArray digits = trimmed(semicolon < 0 ? line : line.first(semicolon)).toByteArray();
        bool isNumber = false;
        m_left = digits.toLongLong(&isNumber, 16);
        if (!isNumber || !std::ranges::all_of(digits, isHexDigit) || digits.size() > longestChunkSize)
            m_state = State::Broken;
        m_chunk = m_left == 0 ? Chunk::Trailer : Chunk::Data;
        m_headSize = 0;
        break;
    }
    case Chunk::DataEnd:
        if (!line.isEmpty())
            m_state = State::Broken;
        m_chunk = Chunk::Size;
        break;
    case Chunk::Trailer:
        if (line.isEmpty())
            m_state = State::Done;
        break;
    case Chunk::Data:
        break;
    }
}

} // namespace Parlance
