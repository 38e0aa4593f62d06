// SPDX-License-Identifier: Apache-2.0
#include "wire/eventstreamdecoder.h"

#include "wire/wireerror.h"

#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>

#include <zlib.h>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr qsizetype preludeSize = 12;
constexpr qsizetype overhead = 16; // prelude and the sum at the end

quint32 checkSum(QByteArrayView bytes)
{
    return quint32(crc32(0, reinterpret_cast<const Bytef *>(bytes.data()), uInt(bytes.size())));
}

quint32 numberAt(QByteArrayView bytes, qsizetype at)
{
    return qFromBigEndian<quint32>(bytes.data() + at);
}

using Headers = QHash<QByteArray, QByteArray>;

//! Reads pieces of a header block; every read fails once one did.
class HeaderReader
{
public:
    explicit HeaderReader(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }
    bool isAtEnd() const { return m_bytes.isEmpty(); }
    bool hasFailed() const { return m_hasFailed; }

    QByteArrayView take(qsizetype size)
    {
        if (m_hasFailed || size > m_bytes.size()) {
            m_hasFailed = true;
            return {};
        }
        const QByteArrayView taken = m_bytes.first(size);
        m_bytes = m_bytes.sliced(size);
        return taken;
    }
    unsigned byte()
    {
        const QByteArrayView taken = take(1);
        return taken.isEmpty() ? 0 : static_cast<unsigned char>(taken.front());
    }
    unsigned shortNumber()
    {
        const unsigned high = byte();
        return high << 8U | byte();
    }

private:
    QByteArrayView m_bytes;
    bool m_hasFailed = false;
};

//! Size of a header value of that type that stands before the value itself; -1: no such type.
qsizetype valueSize(unsigned type, HeaderReader &reader)
{
    constexpr qsizetype fixed[] = {0, 0, 1, 2, 4, 8, -1, -1, 8, 16};
    if (type == 6 || type == 7)
        return qsizetype(reader.shortNumber());
    return type < std::size(fixed) ? fixed[type] : -1;
}

std::optional<Headers> readHeaders(QByteArrayView bytes)
{
    Headers headers;
    HeaderReader reader(bytes);
    while (!reader.isAtEnd() && !reader.hasFailed()) {
        const QByteArray name = reader.take(qsizetype(reader.byte())).toByteArray();
        const qsizetype size = valueSize(reader.byte(), reader);
        if (size < 0 || headers.contains(name))
            return std::nullopt;
        headers.insert(name, reader.take(size).toByteArray());
    }
    return reader.hasFailed() ? std::nullopt : std::optional(headers);
}

Frame frameOf(const Headers &headers, QByteArrayView payload)
{
    Frame frame{.kind = FrameKind::EventStream, .payload = payload.toByteArray()};
    frame.id = headers.value(":message-type");
    if (frame.id == "exception") {
        frame.event = headers.value(":exception-type");
    } else if (frame.id == "error") {
        frame.event = headers.value(":error-code");
        const QJsonObject body{{u"message"_s, QString::fromUtf8(headers.value(":error-message"))}};
        frame.payload = QJsonDocument(body).toJson(QJsonDocument::Compact);
    } else {
        frame.event = headers.value(":event-type");
    }
    return frame;
}

} // namespace

std::optional<Error> EventStreamDecoder::feed(QByteArrayView bytes, std::vector<Frame> &frames)
{
    if (m_error)
        return m_error;
    m_buffer.remove(0, std::exchange(m_offset, 0));
    m_buffer += bytes;
    while (takeMessage(frames)) { }
    return m_error;
}

bool EventStreamDecoder::takeMessage(std::vector<Frame> &frames)
{
    const QByteArrayView rest = QByteArrayView(m_buffer).sliced(m_offset);
    if (rest.size() < preludeSize)
        return false;
    const quint32 total = numberAt(rest, 0);
    const quint32 headerSize = numberAt(rest, 4);
    if (checkSum(rest.first(8)) != numberAt(rest, 8) || total < overhead || headerSize > total - overhead
        || headerSize > maximumHeaderSize) {
        m_error = wireError(ErrorKind::CorruptFrame);
        return false;
    }
    if (qsizetype(total) > maximumFrameSize) {
        m_error = wireError(ErrorKind::FrameTooLarge);
        return false;
    }
    if (rest.size() < qsizetype(total))
        return false;
    const QByteArrayView message = rest.first(qsizetype(total));
    const auto headers = readHeaders(message.sliced(preludeSize, qsizetype(headerSize)));
    if (!headers || checkSum(message.chopped(4)) != numberAt(message, message.size() - 4)) {
        m_error = wireError(ErrorKind::CorruptFrame);
        return false;
    }
    frames.push_back(frameOf(*headers, message.sliced(preludeSize + qsizetype(headerSize)).chopped(4)));
    m_offset += qsizetype(total);
    return true;
}

std::optional<Error> EventStreamDecoder::finish(std::vector<Frame> &)
{
    if (!m_error && m_offset < m_buffer.size())
        m_error = wireError(ErrorKind::TrailingBytes);
    return m_error;
}

} // namespace Parlance
