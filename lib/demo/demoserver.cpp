// SPDX-License-Identifier: Apache-2.0
#include "demo/demoserver.h"

#include "demo/demolistener.h"

using namespace Qt::StringLiterals;

namespace Parlance {

DemoServer::DemoServer(QObject *parent)
    : DemoServer(DemoHandler(), parent)
{
}

DemoServer::DemoServer(DemoHandler handler, QObject *parent)
    : QObject(parent)
    , m_handler(std::move(handler))
    , m_record(std::make_shared<DemoRecord>())
{
    m_thread.setObjectName("built-in agent"_L1);
}

DemoServer::~DemoServer()
{
    m_thread.quit();
    m_thread.wait();
}

Result<QUrl> DemoServer::start(quint16 port)
{
    m_listener = new DemoListener(m_handler, m_record);
    m_listener->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_listener, &QObject::deleteLater);
    m_thread.start();
    QString problem;
    quint16 bound = 0;
    // Binding a loopback port takes microseconds, and the caller needs the port before anything else.
    QMetaObject::invokeMethod(
        m_listener,
        [&] {
            problem = m_listener->listen(port);
            bound = m_listener->port();
        },
        Qt::BlockingQueuedConnection);
    if (!problem.isEmpty())
        return failure(ErrorKind::Internal, tr("The built-in agent could not start: %1.").arg(problem));
    return QUrl(u"http://127.0.0.1:%1"_s.arg(bound));
}

std::vector<DemoRequest> DemoServer::requests() const
{
    const std::scoped_lock lock(m_record->mutex);
    return m_record->requests;
}

int DemoServer::openConnections() const
{
    const std::scoped_lock lock(m_record->mutex);
    return m_record->openConnections;
}

int DemoServer::acceptedConnections() const
{
    const std::scoped_lock lock(m_record->mutex);
    return m_record->acceptedConnections;
}

std::optional<std::chrono::steady_clock::time_point> DemoServer::lastClose() const
{
    const std::scoped_lock lock(m_record->mutex);
    return m_record->lastClose;
}

} // namespace Parlance
