// SPDX-License-Identifier: Apache-2.0
#include "wire/shellcodec.h"

#include "wire/json.h"

#include <algorithm>

namespace Parlance {
namespace {

enum Channel : unsigned char {
    Input = 0x00,
    Output = 0x01,
    Diagnostic = 0x02,
    Status = 0x03,
    Resize = 0x04,
    Heartbeat = 0x05,
    Close = 0xFF,
};

QByteArray frame(Channel channel, QByteArrayView payload = {})
{
    QByteArray bytes(1, char(channel));
    bytes.append(payload);
    return bytes;
}

std::optional<int> causeNumber(const JsonValue &status, QByteArrayView reason)
{
    for (const JsonValue &cause : status.find("details").find("causes").items()) {
        if (cause.find("reason").utf8() != reason)
            continue;
        const JsonValue message = cause.find("message");
        if (const std::optional<qint64> number = message.integer())
            return int(*number);
        bool isNumber = false;
        const int number = message.string().trimmed().toInt(&isNumber);
        if (isNumber)
            return number;
    }
    return std::nullopt;
}

ShellEvent statusEvent(QByteArrayView frame, QByteArrayView payload)
{
    Json json;
    const JsonValue status = json.parse(payload);
    if (!status.isObject())
        return ShellUnknown{frame.toByteArray()};
    const JsonValue metadata = status.find("metadata");
    if (QString id = metadata.find("shellId").string(); !id.isEmpty())
        return ShellConfirmed{.shellId = std::move(id),
                              .isReconnected = metadata.find("reconnected").boolean(),
                              .bytesDropped = metadata.find("bytesDropped").integer().value_or(0)};
    if (status.find("status").utf8() == "Success")
        return ShellExit{};
    const std::optional<int> signal = causeNumber(status, "Signal");
    const std::optional<int> code = causeNumber(status, "ExitCode");
    // As shells count it.
    constexpr int killed = 128;
    if (code || signal)
        return ShellExit{.code = code ? *code : killed + *signal, .signal = signal};
    if (status.find("status").utf8() == "Failure")
        return ShellFault{.reason = status.find("reason").string(),
                          .message = status.find("message").string()};
    return ShellUnknown{frame.toByteArray()};
}

} // namespace

ShellEvent ShellCodec::decode(QByteArrayView frame)
{
    if (frame.isEmpty())
        return ShellUnknown{};
    const QByteArrayView payload = frame.sliced(1);
    switch (static_cast<unsigned char>(frame.front())) {
    case Output:
        return ShellOutput{payload.toByteArray()};
    case Diagnostic:
        return ShellDiagnostic{QString::fromUtf8(payload)};
    case Status:
        return statusEvent(frame, payload);
    case Heartbeat:
        return ShellHeartbeat{};
    case Close:
        return ShellClosing{};
    default:
        return ShellUnknown{frame.toByteArray()};
    }
}

std::vector<QByteArray> ShellCodec::input(QByteArrayView bytes)
{
    constexpr qsizetype most = maximumFrame - 1;
    std::vector<QByteArray> frames;
    for (qsizetype at = 0; at < bytes.size(); at += most)
        frames.push_back(frame(Input, bytes.sliced(at, std::min(most, bytes.size() - at))));
    return frames;
}

QByteArray ShellCodec::resize(int columns, int rows)
{
    const QByteArray size =
        "{\"width\":" + QByteArray::number(columns) + ",\"height\":" + QByteArray::number(rows) + '}';
    return frame(Resize, size);
}

QByteArray ShellCodec::heartbeat()
{
    return frame(Heartbeat);
}

QByteArray ShellCodec::close()
{
    return frame(Close);
}

} // namespace Parlance
