// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "transport/websocket.h"
#include "wire/interpreter.h"
#include "wire/turnreader.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace Parlance {

struct SocketTimes
{
    std::chrono::milliseconds grace{800}; //!< for counts and summaries after what ends an answer
    std::chrono::milliseconds quiet{5'000}; //!< ends the answer of an agent that marks no ends
    std::chrono::milliseconds rest{60'000}; //!< ends a stopped answer of one that marks them
    std::chrono::milliseconds together{6'000}; //!< silence after an answer that a question was sent into
    std::chrono::milliseconds idle{15 * 60'000}; //!< without a message: an open session costs its owner money
    std::chrono::milliseconds backoff{1'000}; //!< before the first try to connect again
};

struct SocketArrival
{
    SocketMessage message = {};
    bool isLate = false; //!< of an answer that was ended before the agent ended it
};

//! The connection of one conversation: opened when it is wanted, kept while it is used, opened again after it
//! broke while nothing was under way. Never sends a thing twice: it keeps nothing of what was sent.
class SocketLink : public QObject
{
    Q_OBJECT
public:
    using Maker = std::function<Result<std::unique_ptr<WebSocket>>()>;
    enum class State { Closed, Opening, Open, Waiting };

    //! Who is told what comes, instead of the signals. One at a time.
    class Listener
    {
    public:
        Listener() = default;
        Listener(const Listener &) = delete;
        Listener &operator=(const Listener &) = delete;
        virtual ~Listener() = default;
        virtual void onOpened() = 0;
        //! Takes the first of them, and answers how many; the others wait for the next listener.
        virtual std::size_t onReceived(std::span<const SocketArrival> arrivals) = 0;
        virtual void onClosed(const SocketEnd &end) = 0;
    };

    //! opening: what is sent as soon as it is open.
    SocketLink(Maker make, std::vector<QByteArray> opening, const SocketTimes &times,
               QObject *parent = nullptr);
    ~SocketLink() override;

    //! Where it is not open, or about to be.
    void open();
    void close();
    State state() const { return m_state; }
    SocketStep step() const { return m_step; }
    //! Of the last connection.
    const SocketEnd &end() const { return m_end; }
    const SocketTimes &times() const { return m_times; }
    //! Null while there is none.
    const WebSocket *socket() const { return m_socket.get(); }
    Result<void> send(const QByteArray &text);

    void setListener(Listener *listener);
    Listener *listener() const { return m_listener; }
    //! Something sent has not been answered, so that the connection is not made anew by itself.
    void setInFlight(bool isInFlight) { m_isInFlight = isInFlight; }
    //! What comes until the reader finds an end, or the beginning after its own, is late.
    void leaveRest(std::unique_ptr<TurnReader> reader);
    //! Over this connection a stopped answer still comes that could not be told from the next one's words: it
    //! has not begun, or its agent marks no beginnings. Another question then needs renew().
    bool isRestUnclear() const { return m_rest && !m_rest->marksBeginnings(); }
    //! Opens another connection in place of this one.
    void renew();
    //! What nobody has taken says something to a person.
    bool hasNews() const { return m_hasNews; }
    //! Hands what nobody has taken to the listener.
    void handOver();

Q_SIGNALS:
    void stateChanged();
    //! Something to tell a person came, and nobody listens.
    void newsCame();
    //! It ended, and nobody listened.
    void lost(const Parlance::SocketEnd &end);

private:
    void connectNow();
    void onOpened();
    void onReceived(const std::vector<SocketMessage> &messages);
    void onClosed(const SocketEnd &end);
    bool judgeLate(const SocketMessage &message);
    void waitForRest();
    void keep(std::vector<SocketArrival> arrivals);
    void setState(State state);
    void drop();

    Maker m_make;
    std::vector<QByteArray> m_opening;
    SocketTimes m_times;
    std::unique_ptr<WebSocket> m_socket;
    Listener *m_listener = nullptr;
    State m_state = State::Closed;
    SocketStep m_step = SocketStep::Authorizing;
    SocketEnd m_end;
    std::vector<SocketArrival> m_pending;
    std::unique_ptr<Interpreter> m_scout; //!< reads what nobody has taken
    std::unique_ptr<TurnReader> m_rest;
    QTimer m_restTimer;
    QTimer m_idleTimer;
    QTimer m_retryTimer;
    int m_retries = 0;
    bool m_hasNews = false;
    bool m_isInFlight = false;
    bool m_wasOpen = false;
};

//! How far a connection has come, for a person.
QString stepWords(SocketStep step);

//! What a message means as a frame.
Frame socketFrame(const SocketMessage &message);

} // namespace Parlance
