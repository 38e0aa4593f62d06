// SPDX-License-Identifier: Apache-2.0
#include "chat/shell.h"

#include "chat/shellwords.h"
#include "chat/socketlink.h"
#include "transport/shellsocket.h"

#include <QLocale>
#include <QPointer>
#include <QUuid>

#include <algorithm>
#include <array>
#include <utility>

using namespace std::chrono_literals;

namespace Parlance {
namespace {

constexpr auto retryAfter = std::to_array({1, 2, 4, 8, 15}); // times the first pause
constexpr int takenOver = 4000;
constexpr int limitReached = 1008;
//! A shell is taken for one that has had its time from a little before that on: clocks differ.
constexpr auto leeway = 60s;

//! The shell is most likely still there.
bool mayReconnect(const SocketEnd &end)
{
    constexpr auto codes = std::to_array({1001, 1006, 1012, 1013, 1014});
    return std::ranges::find(codes, end.code) != codes.end();
}

//! A try to connect again that failed may be followed by another.
bool mayTryAgain(const SocketEnd &end)
{
    constexpr int tooMany = 429;
    constexpr int serverError = 500;
    const int status = end.error ? end.error->httpStatus : 0;
    return end.code == 0 && (status == 0 || status == tooMany || status >= serverError);
}

} // namespace

QString whyNoShell(const Agent &agent)
{
    if (std::holds_alternative<RuntimeTarget>(agent.target))
        return {};
    return agent.isBuiltIn()
        ? Shell::tr("The built-in agent has no machine of its own to open a shell on.")
        : Shell::tr("An agent at a URL has no shell: only a deployed runtime gives each session a machine.");
}

Shell::Shell(ShellFactory make, AgentQuestion where, const ShellTimes &times, QObject *parent)
    : QObject(parent)
    , m_make(std::move(make))
    , m_where(std::move(where))
    , m_times(times)
{
    m_retryTimer.setSingleShot(true);
    connect(&m_retryTimer, &QTimer::timeout, this, &Shell::connectNow);
}

Shell::~Shell()
{
    drop();
}

bool Shell::isLive() const
{
    return m_status.state == ShellState::Connecting || m_status.state == ShellState::Open
        || m_status.state == ShellState::Reconnecting;
}

std::optional<std::chrono::milliseconds> Shell::timeLeft() const
{
    if (m_status.state != ShellState::Open)
        return std::nullopt;
    return std::max(0ms, m_times.life - std::chrono::milliseconds(m_sinceBegun.elapsed()));
}

void Shell::open()
{
    if (m_status.state == ShellState::Connecting || m_status.state == ShellState::Open)
        return;
    m_retryTimer.stop();
    m_retries = 0;
    if (!m_isThere)
        m_shellId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_sinceLost.invalidate();
    setStatus({.state = ShellState::Connecting, .words = stepWords(SocketStep::Authorizing)});
    connectNow();
}

void Shell::connectNow()
{
    drop();
    m_early.clear();
    Result<std::unique_ptr<WebSocket>> made = m_make(m_where, m_shellId);
    if (!made) {
        const SocketEnd end{.code = 0, .error = made.error()};
        QMetaObject::invokeMethod(
            this, [this, end] { onClosed(end, false); }, Qt::QueuedConnection);
        return;
    }
    m_socket = std::make_unique<ShellSocket>(std::move(*made));
    ShellSocket *socket = m_socket.get();
    connect(socket, &ShellSocket::stepReached, this, [this](SocketStep step) {
        if (m_status.state == ShellState::Connecting)
            setStatus({.state = ShellState::Connecting, .words = stepWords(step)});
    });
    connect(socket, &ShellSocket::ready, this, &Shell::onReady);
    connect(socket, &ShellSocket::outputArrived, this, &Shell::onOutput);
    connect(socket, &ShellSocket::diagnosticArrived, this, &Shell::noted);
    connect(socket, &ShellSocket::outputDropped, this, &Shell::onDropped);
    connect(socket, &ShellSocket::exited, this, &Shell::onExited);
    connect(socket, &ShellSocket::failed, this, &Shell::onFailed);
    connect(socket, &ShellSocket::closed, this, &Shell::onClosed);
    socket->open();
}

void Shell::onReady(const std::optional<ShellConfirmed> &confirmed)
{
    if (confirmed)
        m_shellId = confirmed->shellId;
    const bool isAnother = m_isThere && confirmed && !confirmed->isReconnected;
    const bool isNew = !m_isThere || isAnother;
    m_isThere = true;
    m_retries = 0;
    const QPointer<Shell> self(this);
    if (isNew) {
        m_sinceBegun.start();
        Q_EMIT begun();
    }
    if (self)
        setStatus({.state = ShellState::Open});
    if (!self)
        return;
    sendSize();
    if (isAnother)
        Q_EMIT noted(tr("The shell of before is gone with its machine. This is a new one."));
    if (self && !m_early.isEmpty())
        Q_EMIT outputArrived(std::exchange(m_early, {}));
}

void Shell::onOutput(const QByteArray &bytes)
{
    if (m_socket && m_socket->isReady())
        Q_EMIT outputArrived(bytes);
    else
        m_early += bytes;
}

void Shell::onDropped(qint64 bytes)
{
    // A full screen of which a part is missing is drawn again when the size changes.
    if (m_socket && m_rows > 1) {
        m_socket->resize(m_columns, m_rows - 1);
        sendSize();
    }
    Q_EMIT noted(tr("%1 of output were lost while the connection was away.")
                     .arg(QLocale().formattedDataSize(bytes, 0, QLocale::DataSizeTraditionalFormat)));
}

void Shell::onExited(const ShellExit &exit)
{
    m_isThere = false;
    const QPointer<Shell> self(this);
    if (!m_early.isEmpty())
        Q_EMIT outputArrived(std::exchange(m_early, {}));
    if (self)
        setStatus({.state = ShellState::Ended, .words = shellExitWords(exit), .exitCode = exit.code});
}

void Shell::onFailed(const ShellFault &fault)
{
    m_isThere = false;
    Error error{.kind = ErrorKind::SocketClosed, .message = shellFaultWords(fault)};
    error.exceptionType = fault.reason;
    error.serverMessage = fault.message;
    setStatus({.state = ShellState::Ended, .words = error.message, .error = error});
}

void Shell::onClosed(const SocketEnd &end, bool isAnnounced)
{
    drop();
    if (m_status.state == ShellState::Ended)
        return;
    if (!isAnnounced && tryAgain(end))
        return;
    ShellStatus status = endOf(end, isAnnounced);
    m_isThere = m_isThere && status.state != ShellState::Ended;
    setStatus(std::move(status));
}

bool Shell::tryAgain(const SocketEnd &end)
{
    const bool isLost = mayReconnect(end);
    if (!m_isThere || end.isAsked || !(isLost || (m_sinceLost.isValid() && mayTryAgain(end))))
        return false;
    if (isLost && m_status.state == ShellState::Open)
        m_sinceLost.start();
    if (m_retries >= int(retryAfter.size())
        || (m_sinceLost.isValid() && std::chrono::milliseconds(m_sinceLost.elapsed()) > m_times.window))
        return false;
    m_retryTimer.start(m_times.backoff * retryAfter.at(std::size_t(m_retries++)));
    setStatus({.state = ShellState::Reconnecting, .words = tr("The connection was lost. Connecting again")});
    return true;
}

ShellStatus Shell::endOf(const SocketEnd &end, bool isAnnounced) const
{
    const bool isOld =
        m_sinceBegun.isValid() && std::chrono::milliseconds(m_sinceBegun.elapsed()) + leeway >= m_times.life;
    if (end.isAsked)
        return {.state = ShellState::Ended, .words = tr("The shell was closed.")};
    if (end.code == takenOver)
        return {.state = ShellState::TakenOver,
                .words = tr("Another program took the shell over. It goes on there.")};
    if (end.code == 0 && end.error)
        return {.state = m_isThere ? ShellState::Lost : ShellState::Ended,
                .words = shellRefusalWords(*end.error, m_where.agent),
                .error = end.error};
    if (isOld && (isAnnounced || end.code == limitReached))
        return {.state = ShellState::Ended,
                .words = tr("The shell has reached the hour that a shell may last."),
                .error = end.error};
    if (isAnnounced)
        return {.state = ShellState::Ended,
                .words = tr("The service ended the shell: its time was over, or its machine went away."),
                .error = end.error};
    if (mayReconnect(end))
        return {.state = m_isThere ? ShellState::Lost : ShellState::Ended,
                .words = tr("The connection was lost."),
                .error = end.error};
    return {.state = ShellState::Ended, .words = shellCloseWords(end), .error = end.error};
}

bool Shell::write(const QByteArray &bytes)
{
    return m_status.state == ShellState::Open && m_socket && m_socket->write(bytes).has_value();
}

void Shell::resize(int columns, int rows)
{
    if (columns < 1 || rows < 1 || (columns == m_columns && rows == m_rows))
        return;
    m_columns = columns;
    m_rows = rows;
    sendSize();
}

void Shell::sendSize()
{
    if (m_status.state == ShellState::Open && m_socket)
        m_socket->resize(m_columns, m_rows);
}

void Shell::close()
{
    m_retryTimer.stop();
    if (m_status.state == ShellState::New || m_status.state == ShellState::Ended)
        return;
    if (m_socket)
        m_socket->close();
    m_isThere = false;
    setStatus({.state = ShellState::Ended, .words = tr("The shell was closed.")});
}

void Shell::setStatus(ShellStatus status)
{
    if (status == m_status)
        return;
    m_status = std::move(status);
    Q_EMIT statusChanged();
}

void Shell::drop()
{
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    // Not deleted here: this may have been called from one of its signals.
    m_socket.release()->deleteLater();
}

} // namespace Parlance
