// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/requestfactory.h"
#include "core/error.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace Parlance {

class ShellSocket;
struct ShellConfirmed;
struct ShellExit;
struct ShellFault;
struct SocketEnd;

enum class ShellState {
    New, //!< never opened
    Connecting,
    Open,
    Reconnecting, //!< the connection was lost, and is made anew by itself
    TakenOver, //!< by another program; the shell goes on there
    Lost, //!< the connection; the shell may still be there
    Ended,
};

struct ShellStatus
{
    ShellState state = ShellState::New;
    QString words = {}; //!< how far it is, or why it is so: one or two sentences
    std::optional<int> exitCode = std::nullopt; //!< of a shell that ended by itself
    std::optional<Error> error = std::nullopt; //!< what made it fail
    friend bool operator==(const ShellStatus &, const ShellStatus &) = default;
};

struct ShellTimes
{
    std::chrono::milliseconds backoff{1'000}; //!< before the first try to connect again
    std::chrono::milliseconds window{900'000}; //!< how long the service keeps a shell that nobody is at
    std::chrono::milliseconds life{3'600'000}; //!< of a shell
};

//! An interactive shell on the machine of a runtime session, over as many connections as it takes. A lost
//! connection is made anew by itself, and what the shell wrote meanwhile comes then. What is typed is never
//! sent twice and never kept for later.
class Shell : public QObject
{
    Q_OBJECT
public:
    //! where: agent, qualifier and session whose machine it is.
    Shell(ShellFactory make, AgentQuestion where, const ShellTimes &times = {}, QObject *parent = nullptr);
    ~Shell() override;

    const AgentQuestion &where() const { return m_where; }
    const ShellStatus &status() const { return m_status; }
    //! There is, or soon will be, a shell at the other end.
    bool isLive() const;
    //! When the service will end it, whatever it does. None while it is not open.
    std::optional<std::chrono::milliseconds> timeLeft() const;

    //! Finds the shell again if it may still be there; else begins a new one.
    void open();
    //! False: nothing is sent, because nobody would hear it.
    bool write(const QByteArray &bytes);
    //! Also before it is open: the size it gets then.
    void resize(int columns, int rows);
    //! Ends the shell.
    void close();

Q_SIGNALS:
    void statusChanged();
    //! A new shell begins; what another one left on the screen is not its own. Before its output.
    void begun();
    void outputArrived(const QByteArray &bytes);
    //! Something to tell a person, in one sentence.
    void noted(const QString &words);

private:
    void connectNow();
    void onReady(const std::optional<ShellConfirmed> &confirmed);
    void onOutput(const QByteArray &bytes);
    void onDropped(qint64 bytes);
    void onExited(const ShellExit &exit);
    void onFailed(const ShellFault &fault);
    void onClosed(const SocketEnd &end, bool isAnnounced);
    ShellStatus endOf(const SocketEnd &end, bool isAnnounced) const;
    bool tryAgain(const SocketEnd &end);
    void sendSize();
    void setStatus(ShellStatus status);
    void drop();

    ShellFactory m_make;
    AgentQuestion m_where;
    ShellTimes m_times;
    ShellStatus m_status;
    QString m_shellId;
    std::unique_ptr<ShellSocket> m_socket;
    QByteArray m_early; //!< what came before it was known which shell it is
    QTimer m_retryTimer;
    QElapsedTimer m_sinceBegun;
    QElapsedTimer m_sinceLost;
    int m_retries = 0;
    int m_columns = 80;
    int m_rows = 24;
    bool m_isThere = false; //!< the shell was begun, and nothing has told that it ended
};

//! Why there can be no shell with this agent, in one sentence; empty: there can.
QString whyNoShell(const Agent &agent);

} // namespace Parlance
