// SPDX-License-Identifier: Apache-2.0
#include "core/requestbody.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstring>

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::RequestBody)
};

//! Read of a file at a time: a multiple of three, so that nothing is filled up but the end.
constexpr qint64 step = qint64(3) * 16 * 1024;

} // namespace

void RequestBody::append(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return;
    m_size += bytes.size();
    if (auto *last = m_pieces.empty() ? nullptr : std::get_if<QByteArray>(&m_pieces.back()))
        *last += bytes;
    else
        m_pieces.emplace_back(bytes);
}

void RequestBody::append(const BodyFile &file)
{
    m_size += base64Size(file.size);
    m_pieces.emplace_back(file);
}

void RequestBody::append(const RequestBody &body)
{
    for (const Piece &piece : body.m_pieces)
        std::visit([this](const auto &part) { append(part); }, piece);
}

bool RequestBody::hasFiles() const
{
    return std::ranges::any_of(m_pieces,
                               [](const Piece &piece) { return std::holds_alternative<BodyFile>(piece); });
}

QByteArray RequestBody::bytes() const
{
    Q_ASSERT(!hasFiles());
    return m_pieces.empty() ? QByteArray() : std::get<QByteArray>(m_pieces.front());
}

BodyReader::BodyReader(RequestBody body)
    : m_body(std::move(body))
    , m_left(m_body.size())
{
}

void BodyReader::fail(const BodyFile &file)
{
    m_file.reset();
    m_error = Error{
        .kind = ErrorKind::Internal,
        .message = Words::tr("The kept copy of %1 could not be read. Attach the file again.").arg(file.name)};
}

bool BodyReader::openFile(const BodyFile &file)
{
    m_file = std::make_unique<QFile>(file.path);
    m_fileLeft = file.size;
    if (m_file->open(QIODevice::ReadOnly) && m_file->size() == file.size)
        return true;
    fail(file);
    return false;
}

// The next chunk; false at the end.
bool BodyReader::fill()
{
    m_chunk.clear();
    m_at = 0;
    while (m_chunk.isEmpty() && !m_error) {
        if (m_fileLeft > 0) {
            const QByteArray bytes = m_file->read(std::min(step, m_fileLeft));
            const auto &file = std::get<BodyFile>(m_body.pieces()[m_next - 1]);
            // A shorter read in the middle would be filled up there.
            if (bytes.size() != std::min(step, m_fileLeft)) {
                fail(file);
                return false;
            }
            m_fileLeft -= bytes.size();
            m_chunk = bytes.toBase64();
            continue;
        }
        m_file.reset();
        if (m_next == m_body.pieces().size())
            return false;
        const RequestBody::Piece &piece = m_body.pieces()[m_next++];
        if (const auto *bytes = std::get_if<QByteArray>(&piece))
            m_chunk = *bytes;
        else if (!openFile(std::get<BodyFile>(piece)))
            return false;
    }
    return !m_error;
}

qint64 BodyReader::read(char *data, qint64 maximum)
{
    qint64 done = 0;
    while (done < maximum) {
        if (m_at == m_chunk.size() && !fill())
            break;
        const qsizetype count = std::min<qsizetype>(maximum - done, m_chunk.size() - m_at);
        std::memcpy(data + done, m_chunk.constData() + m_at, std::size_t(count));
        m_at += count;
        done += count;
    }
    m_left -= done;
    return done;
}

Result<QByteArray> wholeBody(const RequestBody &body)
{
    BodyReader reader(body);
    QByteArray whole(body.size(), Qt::Uninitialized);
    const qint64 count = reader.read(whole.data(), whole.size());
    if (reader.error())
        return failure(*reader.error());
    whole.truncate(count);
    return whole;
}

} // namespace Parlance
