// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "demo/script.h"

#include <QObject>
#include <QThread>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace Parlance {

class DemoListener;
struct DemoRecord;

//! The built-in agent: speaks the container contract (/invocations, /ping, /ws) over loopback HTTP, in
//! a thread of its own, and ends a session at /stopruntimesession as the service does.
class DemoServer : public QObject
{
    Q_OBJECT
public:
    explicit DemoServer(QObject *parent = nullptr);
    //! With a handler instead of the agent's own words: tests script every byte. The handler is called
    //! in the server's thread.
    explicit DemoServer(DemoHandler handler, QObject *parent = nullptr);
    ~DemoServer() override;

    //! Listens on 127.0.0.1. port 0: any free one. Gives the base URL, "http://127.0.0.1:<port>".
    Result<QUrl> start(quint16 port = 0);

    //! What a handler was asked so far, in order. The built-in agent keeps nothing.
    std::vector<DemoRequest> requests() const;
    int openConnections() const;
    int acceptedConnections() const; //!< since the start
    //! When this side noticed that a connection was closed.
    std::optional<std::chrono::steady_clock::time_point> lastClose() const;

private:
    DemoHandler m_handler;
    std::shared_ptr<DemoRecord> m_record;
    QThread m_thread;
    DemoListener *m_listener = nullptr;
};

} // namespace Parlance
