// SPDX-License-Identifier: Apache-2.0
#include "chat/taskwatch.h"

#include "core/whendone.h"
#include "transport/errorsentence.h"
#include "wire/a2amessage.h"

#include <algorithm>

namespace Parlance {
namespace {

//! Whether the same question may well be answered in a moment.
bool mayPass(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Throttled:
    case ErrorKind::SessionBusy:
    case ErrorKind::ConnectionRefused:
    case ErrorKind::HostNotFound:
    case ErrorKind::ConnectTimedOut:
    case ErrorKind::StreamCut:
    case ErrorKind::NetworkFailed:
        return true;
    default:
        return error.httpStatus >= 500;
    }
}

} // namespace

TaskWatch::TaskWatch(Ask ask, std::chrono::milliseconds patience, QObject *parent)
    : QObject(parent)
    , m_ask(std::move(ask))
{
    m_pauseTimer.setSingleShot(true);
    connect(&m_pauseTimer, &QTimer::timeout, this, &TaskWatch::ask);
    m_patienceTimer.setSingleShot(true);
    m_patienceTimer.setInterval(patience);
    connect(&m_patienceTimer, &QTimer::timeout, this,
            [this] { finish(plainError(ErrorKind::IdleTimedOut)); });
}

void TaskWatch::start()
{
    m_patienceTimer.start();
    m_pauseTimer.start(m_pause);
}

void TaskWatch::ask()
{
    Result<std::unique_ptr<AgentRequest>> request = m_ask();
    if (!request) {
        finish(request.error());
        return;
    }
    m_asking = new WholeAnswer(std::move(*request), this);
    whenDone(m_asking->future(), this, [this](const Result<QByteArray> &body) { onAnswer(body); });
}

void TaskWatch::onAnswer(const Result<QByteArray> &body)
{
    if (m_isDone)
        return;
    if (!body && (!mayPass(body.error()) || ++m_failures >= mostFailures)) {
        finish(body.error());
        return;
    }
    if (!body) {
        goOn();
        return;
    }
    m_failures = 0;
    const Result<TaskStatus> task = readA2aTask(*body);
    if (!task) {
        // Not every server keeps its tasks; what it told before stands.
        finish(std::nullopt);
        return;
    }
    if (m_last != *body) {
        m_last = *body;
        m_pause = shortestPause;
        m_patienceTimer.start();
        const QPointer<TaskWatch> self(this);
        Q_EMIT told(*body);
        if (!self || m_isDone)
            return;
    }
    if (a2aGoesOn(task->state))
        goOn();
    else
        finish(std::nullopt);
}

void TaskWatch::goOn()
{
    m_pauseTimer.start(m_pause);
    m_pause = std::min(m_pause * 3 / 2, longestPause);
}

void TaskWatch::finish(const std::optional<Error> &error)
{
    if (std::exchange(m_isDone, true))
        return;
    m_pauseTimer.stop();
    m_patienceTimer.stop();
    delete m_asking.data();
    QMetaObject::invokeMethod(
        this, [this, error] { Q_EMIT finished(error); }, Qt::QueuedConnection);
}

} // namespace Parlance
