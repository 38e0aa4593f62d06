// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "demo/demoagent.h"
#include "demo/script.h"

#include <QDateTime>
#include <QObject>
#include <QTcpServer>
#include <QWebSocketServer>

#include <chrono>
#include <mutex>
#include <optional>
#include <vector>

namespace Parlance {

//! What tests may ask about from another thread.
struct DemoRecord
{
    std::mutex mutex;
    std::vector<DemoRequest> requests;
    int openConnections = 0;
    int acceptedConnections = 0;
    std::optional<std::chrono::steady_clock::time_point> lastClose;
};

//! Accepts connections and answers them. Lives in the server's own thread.
class DemoListener : public QObject
{
    Q_OBJECT
public:
    DemoListener(DemoHandler handler, std::shared_ptr<DemoRecord> record);

    //! Empty if it listens now, else why not.
    QString listen(quint16 port);
    quint16 port() const { return m_server.serverPort(); }

private:
    void onNewConnection();
    DemoScript answer(const DemoRequest &request);

    DemoHandler m_handler;
    bool m_keepsRequests = false;
    DemoAgent m_agent;
    std::shared_ptr<DemoRecord> m_record;
    QTcpServer m_server;
    QWebSocketServer m_webSockets;
    qint64 m_started = QDateTime::currentSecsSinceEpoch();
};

} // namespace Parlance
