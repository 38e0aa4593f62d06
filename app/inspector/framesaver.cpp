// SPDX-License-Identifier: Apache-2.0
#include "inspector/framesaver.h"

#include "inspector/jsonprinter.h"
#include "inspector/masking.h"

#include "core/runaside.h"

#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QLatin1StringView kindName(FrameKind kind)
{
    switch (kind) {
    case FrameKind::Sse:
        return "sse"_L1;
    case FrameKind::Line:
        return "line"_L1;
    case FrameKind::Text:
        return "text"_L1;
    case FrameKind::Body:
        return "body"_L1;
    case FrameKind::SocketText:
        return "socketText"_L1;
    case FrameKind::SocketBinary:
        return "socketBinary"_L1;
    case FrameKind::SocketSent:
        return "socketSent"_L1;
    case FrameKind::EventStream:
        return "eventStream"_L1;
    }
    return {};
}

Error writeError(const QString &reason)
{
    return {.kind = ErrorKind::Internal,
            .message = FrameSaver::tr("The file could not be written: %1").arg(reason)};
}

Result<SavedFrames> saveTo(const QString &path, const std::vector<FrameRow> &rows,
                           const std::atomic<bool> &isGivenUp)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return failure(writeError(file.errorString()));
    SavedFrames saved;
    for (const FrameRow &row : rows) {
        if (isGivenUp)
            return failure(ErrorKind::Cancelled, {});
        const QByteArray line = frameLine(row.frame, saved.wasMasked);
        if (file.write(line) != line.size())
            return failure(writeError(file.errorString()));
        ++saved.count;
    }
    if (!file.commit())
        return failure(writeError(file.errorString()));
    return saved;
}

Result<SavedFrames> printAll(const std::vector<FrameRow> &rows, const std::atomic<bool> &isGivenUp)
{
    SavedFrames saved;
    for (const FrameRow &row : rows) {
        if (isGivenUp)
            return failure(ErrorKind::Cancelled, {});
        saved.lines += frameLine(row.frame, saved.wasMasked);
        ++saved.count;
    }
    return saved;
}

} // namespace

QByteArray frameLine(const Frame &frame, bool &wasMasked)
{
    const MaskedText payload = frame.kind == FrameKind::SocketBinary
        ? MaskedText{.text = QString::fromLatin1(frame.payload.toBase64())}
        : maskSecrets(QString::fromUtf8(frame.payload));
    wasMasked = wasMasked || payload.wasMasked;
    QByteArray line = "{\"sequence\":"_ba;
    line += QByteArray::number(frame.sequence);
    line += ",\"sinceSendMs\":"_ba;
    line += QByteArray::number(double(frame.sinceSend.count()) / 1000, 'f', 3);
    line += ",\"kind\":\""_ba;
    line += QByteArrayView(kindName(frame.kind));
    line += "\",\"event\":"_ba;
    line += quotedJson(QString::fromUtf8(frame.event)).toUtf8();
    line += ",\"payload\":"_ba;
    line += quotedJson(payload.text).toUtf8();
    line += "}\n"_ba;
    return line;
}

FrameSaver::FrameSaver(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

FrameSaver::~FrameSaver()
{
    // The pool, which goes next, returns once the line at work is through.
    *m_isGivenUp = true;
    m_pool.clear();
}

QFuture<Result<SavedFrames>> FrameSaver::save(std::vector<FrameRow> rows, const QString &path)
{
    return runAside(
        [rows = std::move(rows), path, isGivenUp = m_isGivenUp] { return saveTo(path, rows, *isGivenUp); },
        &m_pool);
}

QFuture<Result<SavedFrames>> FrameSaver::print(std::vector<FrameRow> rows)
{
    return runAside([rows = std::move(rows), isGivenUp = m_isGivenUp] { return printAll(rows, *isGivenUp); },
                    &m_pool);
}

} // namespace Parlance
