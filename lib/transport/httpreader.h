// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace Parlance {

//! Reads one HTTP/1.1 answer as it comes: the head, then a body whose end is told by chunks, by its length or
//! by the end of the connection. Knows no network.
class HttpReader
{
public:
    enum class State {
        Head, //!< not all of the head is here
        Body,
        Done, //!< the body has come to its end; what follows is not read
        Broken, //!< not HTTP, a chunk that is none, or a body whose end nobody could tell
    };

    //! Takes what came, in pieces of any size, and adds the bytes of the body to what is there.
    State feed(QByteArrayView bytes, QByteArray &body);
    State state() const { return m_state; }
    //! Whether the answer is whole now that the connection has ended.
    bool isWholeAtEnd() const;

    //! The head has come and makes sense, whatever became of the body.
    bool hasHead() const { return m_hasHead; }
    //! Known then.
    int status() const { return m_status; }
    const QList<HttpHeader> &headers() const { return m_headers; }

private:
    enum class Framing { Chunks, Length, ToTheEnd };
    enum class Chunk { Size, Data, DataEnd, Trailer };

    qsizetype feedLine(QByteArrayView bytes);
    void takeLine();
    void takeHeadLine(QByteArrayView line);
    void takeStatusLine(QByteArrayView line);
    void takeChunkLine(QByteArrayView line);
    void beginBody();
    bool isReadingLine() const;

    State m_state = State::Head;
    Framing m_framing = Framing::ToTheEnd;
    Chunk m_chunk = Chunk::Size;
    QByteArray m_line;
    qsizetype m_headSize = 0;
    qint64 m_left = 0; //!< of the body or the chunk
    int m_status = 0;
    bool m_hasHead = false;
    QList<HttpHeader> m_headers;
};

} // namespace Parlance
