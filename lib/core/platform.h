// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace Parlance {

//! Calls the function in the context's thread when the person or the system asks the program to end
//! (SIGINT, SIGTERM and, where it is not ignored, SIGHUP, or their like elsewhere). Call it once.
void onTerminationRequest(QObject *context, std::function<void()> function);

//! A closed pipe at the other end is an error of the write, not the end of the program.
void ignoreBrokenPipes();

//! One heap for all threads, so that what one frees another uses. Call it before there are threads.
void shareHeap();

//! Gives the system back what was freed, also in the midst of the heap. Takes a millisecond or two.
void returnFreedMemory();

//! Whether a person types what comes from a file descriptor.
bool isTerminal(int descriptor);

//! From how many bytes on that wait to be read a connection wakes who listens. Its end always does.
void setWakesAt(qintptr socket, int bytes);

//! Asks the other end of a silent connection every minute whether it is still there. A connection that died
//! while the machine slept ends within two minutes, and those who pass it on do not forget a silent one.
void keepAlive(qintptr socket);

//! The same at once and in haste: a connection that died ends within ten seconds. Until the next keepAlive().
void probeNow(qintptr socket);

//! How long the machine has slept since it was started.
std::chrono::milliseconds timeAsleep();

//! While it lives, a terminal does not show what is typed. Does nothing for what is no terminal.
class HiddenTyping
{
public:
    explicit HiddenTyping(int descriptor);
    ~HiddenTyping();
    HiddenTyping(const HiddenTyping &) = delete;
    HiddenTyping &operator=(const HiddenTyping &) = delete;

private:
    struct Before;
    std::unique_ptr<Before> m_before;
};

//! While it lives, what is typed on a terminal comes at once, with every key as it is, and is not shown. Does
//! nothing for what is no terminal.
class RawTyping
{
public:
    explicit RawTyping(int descriptor);
    ~RawTyping();
    RawTyping(const RawTyping &) = delete;
    RawTyping &operator=(const RawTyping &) = delete;

private:
    struct Before;
    std::unique_ptr<Before> m_before;
};

struct TerminalSize
{
    int columns = 0;
    int rows = 0;
};

//! None: it is no terminal, or does not know.
std::optional<TerminalSize> terminalSize(int descriptor);

//! Calls the function in the context's thread when the size of the program's terminal changes. Call it once.
void onTerminalResized(QObject *context, std::function<void()> function);

//! What waits to be read, without waiting for more. Empty: the end.
QByteArray readWaiting(int descriptor);

} // namespace Parlance
