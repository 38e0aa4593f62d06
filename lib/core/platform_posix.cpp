// SPDX-License-Identifier: Apache-2.0
// The one file of the project that calls POSIX. A port to another system replaces it.
#include "core/platform.h"

#include <QSocketNotifier>

#include <array>

#include <csignal>
#include <fcntl.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

namespace Parlance {
namespace {

// A signal handler may do next to nothing, so it writes one byte that the event loop reads.
std::array<int, 2> signalPipe{-1, -1};

void onSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = write(signalPipe[1], &byte, 1);
}

} // namespace

void onTerminationRequest(QObject *context, std::function<void()> function)
{
    if (pipe2(signalPipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    auto *notifier = new QSocketNotifier(signalPipe[0], QSocketNotifier::Read, context);
    QObject::connect(notifier, &QSocketNotifier::activated, context, [function = std::move(function)] {
        char byte = 0;
        while (read(signalPipe[0], &byte, 1) > 0) { }
        function();
    });
    struct sigaction action = {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
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

void keepAlive(qintptr socket)
{
    const auto set = [socket](int level, int option, int value) {
        setsockopt(int(socket), level, option, &value, sizeof value);
    };
    set(SOL_SOCKET, SO_KEEPALIVE, 1);
    set(IPPROTO_TCP, TCP_KEEPIDLE, 60);
    set(IPPROTO_TCP, TCP_KEEPINTVL, 15);
    set(IPPROTO_TCP, TCP_KEEPCNT, 4);
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

} // namespace Parlance
