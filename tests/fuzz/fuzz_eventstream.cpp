// SPDX-License-Identifier: Apache-2.0
#include "fuzz/replay.h"

#include <QtEndian>

#include <zlib.h>

using namespace Parlance;

namespace {

QByteArray bigEndian(quint32 number)
{
    QByteArray bytes(4, Qt::Uninitialized);
    qToBigEndian(number, bytes.data());
    return bytes;
}

quint32 checkSum(const QByteArray &bytes)
{
    return quint32(crc32(0, reinterpret_cast<const Bytef *>(bytes.constData()), uInt(bytes.size())));
}

//! One message with right sums, which chance alone would never make.
QByteArray message(QByteArrayView headers, QByteArrayView payload)
{
    QByteArray bytes = bigEndian(quint32(16 + headers.size() + payload.size()));
    bytes += bigEndian(quint32(headers.size()));
    bytes += bigEndian(checkSum(bytes));
    bytes += headers;
    bytes += payload;
    return bytes + bigEndian(checkSum(bytes));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes = viewOf(data, size);
    constexpr QByteArrayView type = "application/vnd.amazon.eventstream";
    checkCutting(type, bytes);
    checkCutting(type, QByteArray::fromHex(bytes.toByteArray()));
    if (bytes.size() > 2) {
        const QByteArrayView rest = bytes.sliced(1);
        const qsizetype split = std::min<qsizetype>(data[0], rest.size());
        const QByteArray one = message(rest.first(split), rest.sliced(split));
        const QByteArray twiceAndMore = one + one + rest.sliced(split).toByteArray();
        checkCutting(type, twiceAndMore);
    }
    return 0;
}
