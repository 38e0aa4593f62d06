// SPDX-License-Identifier: Apache-2.0
//
// How long a delta is on its way: from the server's write until the message in Chat has it, with a store
// behind it as in the program, against a thread that does nothing but read a raw socket. Both streams are
// written in turns in the same run, so that the ratio holds on a noisy machine.
#include "support/collaborators.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

using Clock = std::chrono::steady_clock;
using Times = std::vector<Clock::time_point>;

constexpr size_t eventCount = 2500; //!< for each reader
constexpr size_t warmUp = 100; //!< not counted
constexpr std::chrono::microseconds interval{2000}; //!< 500 events a second for each reader
constexpr qsizetype lettersPerEvent = 4;
constexpr int rounds = 3;

//! A socket that closes itself.
class Socket
{
public:
    explicit Socket(int handle)
        : m_handle(handle)
    {
    }
    Socket(const Socket &) = delete;
    Socket &operator=(const Socket &) = delete;
    ~Socket() { ::close(m_handle); }
    int handle() const { return m_handle; }

    void send(std::string_view bytes) const
    {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(m_handle, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0)
                return;
            bytes.remove_prefix(size_t(sent));
        }
    }
    //! Empty at the end.
    std::string receive() const
    {
        std::array<char, 16384> buffer{};
        const ssize_t size = ::recv(m_handle, buffer.data(), buffer.size(), 0);
        return size > 0 ? std::string(buffer.data(), size_t(size)) : std::string();
    }

private:
    int m_handle;
};

sockaddr_in loopback(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

//! Writes the same events to two clients: first comes Chat's, then the raw reader's.
class Server
{
public:
    Server()
        : m_listener(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address = loopback(0);
        socklen_t size = sizeof address;
        auto *plain = reinterpret_cast<sockaddr *>(&address);
        if (::bind(m_listener.handle(), plain, size) == 0 && ::listen(m_listener.handle(), 2) == 0
            && ::getsockname(m_listener.handle(), plain, &size) == 0)
            m_port = ntohs(address.sin_port);
    }
    quint16 port() const { return m_port; }

    void serve(Times &toChat, Times &toRaw) const
    {
        const Socket chat(acceptRequest());
        const Socket raw(acceptRequest());
        const std::string event =
            chunk("data: {\"event\":{\"contentBlockDelta\":{\"delta\":{\"text\":\"word\"},"
                  "\"contentBlockIndex\":0}}}\n\n");
        Clock::time_point next = Clock::now();
        for (size_t i = 0; i < eventCount; ++i) {
            next += interval / 2;
            std::this_thread::sleep_until(next);
            toChat.push_back(Clock::now());
            chat.send(event);
            next += interval / 2;
            std::this_thread::sleep_until(next);
            toRaw.push_back(Clock::now());
            raw.send(event);
        }
        chat.send("0\r\n\r\n");
        raw.send("0\r\n\r\n");
        // Both are read to their end before they are closed.
        while (!chat.receive().empty()) { }
    }

private:
    static std::string chunk(const std::string &bytes)
    {
        std::array<char, 16> size{};
        std::snprintf(size.data(), size.size(), "%zx\r\n", bytes.size());
        return size.data() + bytes + "\r\n";
    }
    int acceptRequest() const
    {
        const int handle = ::accept(m_listener.handle(), nullptr, nullptr);
        const int on = 1;
        ::setsockopt(handle, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        std::array<char, 16384> buffer{};
        std::string request;
        while (request.find("\r\n\r\n") == std::string::npos) {
            const ssize_t size = ::recv(handle, buffer.data(), buffer.size(), 0);
            if (size <= 0)
                break;
            request.append(buffer.data(), size_t(size));
        }
        const std::string_view head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                      "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
        ::send(handle, head.data(), head.size(), MSG_NOSIGNAL);
        return handle;
    }

    Socket m_listener;
    quint16 m_port = 0;
};

void readRaw(quint16 port, Times &arrivals)
{
    const Socket socket(::socket(AF_INET, SOCK_STREAM, 0));
    const sockaddr_in address = loopback(port);
    if (::connect(socket.handle(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        return;
    socket.send("POST /invocations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
    char before = 0;
    for (std::string bytes = socket.receive(); !bytes.empty(); bytes = socket.receive()) {
        const Clock::time_point now = Clock::now();
        for (const char byte : bytes) {
            if (byte == '\n' && before == '\n')
                arrivals.push_back(now);
            before = byte;
        }
        if (arrivals.size() == eventCount)
            return;
    }
}

//! Notes when each event's text is in the message.
bool readByChat(quint16 port, Times &arrivals, const std::function<void()> &onConnected)
{
    const QTemporaryDir folder;
    Collaborators program(folder.path(), QUrl());
    QSignalSpy ready(&program.workspace, &Workspace::ready);
    program.workspace.start();
    if (!ready.wait(20'000))
        return false;
    Agent agent;
    agent.target = UrlTarget{.url = u"http://127.0.0.1:%1"_s.arg(port)};
    const Result<Agent> saved = program.workspace.agents()->save(agent);
    if (!saved)
        return false;
    Chat *chat = program.workspace.newConversation(saved->id);
    QObject::connect(chat->messages(), &MessageList::changed, chat, [&](int index) {
        const Clock::time_point now = Clock::now();
        const Message &message = chat->messages()->at(index);
        const auto *text = message.role == Role::Agent && !message.parts.empty()
            ? std::get_if<Text>(&message.parts.back().content)
            : nullptr;
        while (text && qsizetype(arrivals.size()) < text->markdown.size() / lettersPerEvent)
            arrivals.push_back(now);
        if (message.httpStatus != 0 && !message.timings->firstByte && onConnected)
            onConnected();
    });
    // A real event loop: QTest's own waiting sleeps between two looks.
    QSignalSpy finished(chat, &Chat::answerFinished);
    chat->send(u"go"_s);
    return finished.wait(60'000);
}

struct Figures
{
    double median = 0;
    double p99 = 0;
    double longest = 0;
};

Figures figures(const Times &sent, const Times &arrived)
{
    std::vector<double> latencies;
    for (size_t i = warmUp; i < eventCount; ++i)
        latencies.push_back(std::chrono::duration<double, std::micro>(arrived[i] - sent[i]).count());
    std::ranges::sort(latencies);
    return {.median = latencies[latencies.size() / 2],
            .p99 = latencies[latencies.size() * 99 / 100],
            .longest = latencies.back()};
}

void runRound()
{
    const Server server;
    Times toChat;
    Times toRaw;
    Times atChat;
    Times atRaw;
    for (Times *times : {&toChat, &toRaw, &atChat, &atRaw})
        times->reserve(eventCount);
    std::thread serving([&] { server.serve(toChat, toRaw); });
    std::thread reading;
    // The raw reader connects second, so that the server knows which is which.
    const bool isRead = readByChat(server.port(), atChat, [&] {
        if (!reading.joinable())
            reading = std::thread([&] { readRaw(server.port(), atRaw); });
    });
    if (reading.joinable())
        reading.join();
    if (!isRead || atChat.size() != eventCount || atRaw.size() != eventCount) {
        std::fprintf(stderr, "Events were lost: %zu and %zu of %zu arrived.\n", atChat.size(), atRaw.size(),
                     eventCount);
        std::_Exit(1);
    }
    serving.join();
    const Figures chat = figures(toChat, atChat);
    const Figures raw = figures(toRaw, atRaw);
    std::printf("%-22s %10.0f %10.0f %10.0f\n", "raw socket", raw.median, raw.p99, raw.longest);
    std::printf("%-22s %10.0f %10.0f %10.0f\n", "delta in Chat", chat.median, chat.p99, chat.longest);
    std::printf("%-22s %10.1f %10.1f %10.1f\n", "ratio", chat.median / raw.median, chat.p99 / raw.p99,
                chat.longest / raw.longest);
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    std::printf("%zu events, %.0f a second, microseconds from write to arrival\n", eventCount - warmUp,
                1e6 / double(interval.count()));
    std::printf("%-22s %10s %10s %10s\n", "", "median", "p99", "longest");
    for (int round = 0; round < rounds; ++round)
        runRound();
    return 0;
}
