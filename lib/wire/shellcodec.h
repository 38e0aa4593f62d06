// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>
#include <variant>
#include <vector>

namespace Parlance {

//! What the shell wrote, raw: a character may be cut between two of these.
struct ShellOutput
{
    QByteArray bytes = {};
    friend bool operator==(const ShellOutput &, const ShellOutput &) = default;
};

//! What the platform says about the shell, for a person.
struct ShellDiagnostic
{
    QString text = {};
    friend bool operator==(const ShellDiagnostic &, const ShellDiagnostic &) = default;
};

//! The shell is there. After a reconnection it comes again once what was held back has been sent.
struct ShellConfirmed
{
    QString shellId = {};
    bool isReconnected = false; //!< the shell is the one from before
    qint64 bytesDropped = 0; //!< of what it wrote while nobody was connected
    friend bool operator==(const ShellConfirmed &, const ShellConfirmed &) = default;
};

//! The shell has ended.
struct ShellExit
{
    int code = 0;
    std::optional<int> signal = std::nullopt; //!< that killed it
    friend bool operator==(const ShellExit &, const ShellExit &) = default;
};

//! The platform could not give or keep a shell.
struct ShellFault
{
    QString reason = {}; //!< "InternalError"
    QString message = {};
    friend bool operator==(const ShellFault &, const ShellFault &) = default;
};

struct ShellHeartbeat
{
    friend bool operator==(const ShellHeartbeat &, const ShellHeartbeat &) = default;
};

//! The platform is about to end the connection: the shell's time is over, or its machine goes away.
struct ShellClosing
{
    friend bool operator==(const ShellClosing &, const ShellClosing &) = default;
};

//! Anything else, as it came.
struct ShellUnknown
{
    QByteArray frame = {};
    friend bool operator==(const ShellUnknown &, const ShellUnknown &) = default;
};

using ShellEvent = std::variant<ShellOutput, ShellDiagnostic, ShellConfirmed, ShellExit, ShellFault,
                                ShellHeartbeat, ShellClosing, ShellUnknown>;

//! The frames of an interactive shell: one byte that names a channel, then the payload. Each is one binary
//! message of a WebSocket.
class ShellCodec
{
public:
    //! The service takes no longer frame.
    static constexpr qsizetype maximumFrame = qsizetype(64) * 1024;

    //! What does not fit the protocol is ShellUnknown.
    static ShellEvent decode(QByteArrayView frame);

    //! In as many frames as it needs.
    static std::vector<QByteArray> input(QByteArrayView bytes);
    static QByteArray resize(int columns, int rows);
    static QByteArray heartbeat();
    static QByteArray close();
};

} // namespace Parlance
