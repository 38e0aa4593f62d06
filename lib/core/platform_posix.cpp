// SPDX-License-Identifier: Apache-2.0
// The one file of the project that calls POSIX. A port to another system replaces it.
#include "core/platform.h"

#include <QSocketNotifier>

#include <algorithm>
#include <array>
#include <utility>

#include <cerrno>
#include <csignal>
#include <ctime>
#include <fcntl.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

namespace Parlance {
namespace {

// A signal handler may do next to nothing, so it writes one byte that the event loop reads.
using Pipe = std::array<int, 2>;
Pipe endPipe{-1, -1};
Pipe sizePipe{-1, -1};

void wake(const Pipe &pipe)
{
    const int before = errno;
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = write(pipe[1], &byte, 1);
    errno = before;
}

void onEndSignal(int)
{
    wake(endPipe);
}

void onSizeSignal(int)
{
    wake(sizePipe);
}

bool listenTo(Pipe &pipe, QObject *context, std::function<void()> function)
{
    if (pipe2(pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return false;
    auto *notifier = new QSocketNotifier(pipe[0], QSocketNotifier::Read, context);
    QObject::connect(notifier, &QSocketNotifier::activated, context,
                     [source = pipe[0], function = std::move(function)] {
                         char byte = 0;
                         while (read(source, &byte, 1) > 0) { }
                         function();
                     });
    return true;
}

} // namespace

void onTerminationRequest(QObject *context, std::function<void()> function)
{
    if (!listenTo(endPipe, context, std::move(function)))
        return;
    struct sigaction action = {};
    action.sa_handler = onEndSignal;
    action.sa_flags = SA_RESTART;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    struct sigaction before = {};
    if (sigaction(SIGHUP, nullptr, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction(SIGHUP, &action, nullptr);
}

void onTerminalResized(QObject *context, std::function<void()> function)
{
    if (!listenTo(sizePipe, context, std::move(function)))
        return;
    struct sigaction action = {};
    action.sa_handler = onSizeSignal;
    action.sa_flags = SA_RESTART;
    sigaction(SIGWINCH, &action, nullptr);
}

void ignoreBrokenPipes()
{
    struct sigaction action = {};
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, nullptr);
}

void shareHeap()
{
#ifdef __GLIBC__
    mallopt(M_ARENA_MAX, 1);
#endif
}

void returnFreedMemory()
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

bool isTerminal(int descriptor)
{
    return isatty(descriptor) == 1;
}

void setWakesAt(qintptr socket, int bytes)
{
    setsockopt(int(socket), SOL_SOCKET, SO_RCVLOWAT, &bytes, sizeof bytes);
}

namespace {

void probeEvery(qintptr socket, int idleSeconds, int seconds, int count)
{
    const auto set = [socket](int level, int option, int value) {
        setsockopt(int(socket), level, option, &value, sizeof value);
    };
    set(SOL_SOCKET, SO_KEEPALIVE, 1);
    set(IPPROTO_TCP, TCP_KEEPINTVL, seconds);
    set(IPPROTO_TCP, TCP_KEEPCNT, count);
    // Last, since it sets the clock anew.
    set(IPPROTO_TCP, TCP_KEEPIDLE, idleSeconds);
}

std::chrono::milliseconds timeOf(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::seconds(time.tv_sec)
                                                                 + std::chrono::nanoseconds(time.tv_nsec));
}

} // namespace

void keepAlive(qintptr socket)
{
    probeEvery(socket, 60, 15, 4);
}

void probeNow(qintptr socket)
{
    probeEvery(socket, 1, 2, 4);
}

// One of the clocks stands still meanwhile.
std::chrono::milliseconds timeAsleep()
{
    return timeOf(CLOCK_BOOTTIME) - timeOf(CLOCK_MONOTONIC);
}

struct HiddenTyping::Before
{
    int descriptor = -1;
    termios settings = {};
};

HiddenTyping::HiddenTyping(int descriptor)
{
    auto before = std::make_unique<Before>();
    before->descriptor = descriptor;
    if (!isTerminal(descriptor) || tcgetattr(descriptor, &before->settings) != 0)
        return;
    termios hidden = before->settings;
    hidden.c_lflag &= ~tcflag_t(ECHO);
    hidden.c_lflag |= ECHONL;
    if (tcsetattr(descriptor, TCSAFLUSH, &hidden) == 0)
        m_before = std::move(before);
}

HiddenTyping::~HiddenTyping()
{
    if (m_before)
        tcsetattr(m_before->descriptor, TCSADRAIN, &m_before->settings);
}

struct RawTyping::Before
{
    int descriptor = -1;
    termios settings = {};
};

RawTyping::RawTyping(int descriptor)
{
    auto before = std::make_unique<Before>();
    before->descriptor = descriptor;
    if (!isTerminal(descriptor) || tcgetattr(descriptor, &before->settings) != 0)
        return;
    termios raw = before->settings;
    cfmakeraw(&raw);
    if (tcsetattr(descriptor, TCSADRAIN, &raw) == 0)
        m_before = std::move(before);
}

RawTyping::~RawTyping()
{
    if (m_before)
        tcsetattr(m_before->descriptor, TCSADRAIN, &m_before->settings);
}

std::optional<TerminalSize> terminalSize(int descriptor)
{
    winsize size = {};
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0)
        return std::nullopt;
    return TerminalSize{.columns = size.ws_col, .rows = size.ws_row};
}

QByteArray readWaiting(int descriptor)
{
    constexpr qsizetype most = qsizetype(64) * 1024;
    QByteArray bytes(most, Qt::Uninitialized);
    const ssize_t count = read(descriptor, bytes.data(), std::size_t(most));
    bytes.truncate(std::max<qsizetype>(0, count));
    return bytes;
}

} // namespace Parlance
