// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QFile>
#include <QString>

#include <concepts>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace Parlance {

//! A file that goes into a body as base64, read when it is its turn.
struct BodyFile
{
    QString path = {};
    QString name = {}; //!< for a person
    qint64 size = 0; //!< of the file; if it has another one by then, it cannot be sent
    friend bool operator==(const BodyFile &, const BodyFile &) = default;
};

//! The body of a request in pieces, so that a large file in it is never in memory as a whole.
class RequestBody
{
public:
    using Piece = std::variant<QByteArray, BodyFile>;

    RequestBody() = default;
    //! The usual case: bytes alone.
    template <typename Bytes>
    requires(std::convertible_to<Bytes, QByteArray> && !std::same_as<std::remove_cvref_t<Bytes>, RequestBody>)
        RequestBody(Bytes &&bytes)
    {
        append(QByteArray(std::forward<Bytes>(bytes)));
    }

    void append(const QByteArray &bytes);
    void append(const BodyFile &file);
    void append(const RequestBody &body);
    void clear() { *this = {}; }

    //! As it is sent, with the files encoded.
    qint64 size() const { return m_size; }
    bool isEmpty() const { return m_size == 0; }
    bool hasFiles() const;
    const std::vector<Piece> &pieces() const { return m_pieces; }
    //! What has no files.
    QByteArray bytes() const;

    friend bool operator==(const RequestBody &, const RequestBody &) = default;

private:
    std::vector<Piece> m_pieces;
    qint64 m_size = 0;
};

//! How long bytes are in base64.
constexpr qint64 base64Size(qint64 bytes)
{
    return (bytes + 2) / 3 * 4;
}

//! Reads a body once, from its beginning to its end. Any one thread.
class BodyReader
{
public:
    explicit BodyReader(RequestBody body);

    //! At most so many bytes; 0: the end, or a file that is not as it was, which error() tells.
    qint64 read(char *data, qint64 maximum);
    qint64 left() const { return m_left; }
    const std::optional<Error> &error() const { return m_error; }

private:
    bool fill();
    bool openFile(const BodyFile &file);
    void fail(const BodyFile &file);

    RequestBody m_body;
    std::size_t m_next = 0; //!< piece
    std::unique_ptr<QFile> m_file; //!< of the piece before m_next
    qint64 m_fileLeft = 0;
    QByteArray m_chunk;
    qsizetype m_at = 0;
    qint64 m_left = 0;
    std::optional<Error> m_error;
};

//! The whole of a body, in memory.
Result<QByteArray> wholeBody(const RequestBody &body);

} // namespace Parlance
