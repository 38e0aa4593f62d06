// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/wholeanswer.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace Parlance {

//! Asks an A2A agent how a task stands, in longer and longer pauses, until it has ended or waits for the
//! person. It only reads, so a question that failed is put again.
class TaskWatch : public QObject
{
    Q_OBJECT
public:
    using Ask = std::function<Result<std::unique_ptr<AgentRequest>>()>;
    //! patience: how long the agent may tell nothing new.
    TaskWatch(Ask ask, std::chrono::milliseconds patience, QObject *parent = nullptr);

    void start();

    static constexpr std::chrono::milliseconds shortestPause{500};
    static constexpr std::chrono::milliseconds longestPause{10'000};
    //! In a row.
    static constexpr int mostFailures = 5;

Q_SIGNALS:
    //! The task stands otherwise than it did; as the agent told it.
    void told(const QByteArray &body);
    //! Once, last of all, queued. No error: the task needs no watching any more, or the agent does not tell.
    void finished(const std::optional<Parlance::Error> &error);

private:
    void ask();
    void onAnswer(const Result<QByteArray> &body);
    void goOn();
    void finish(const std::optional<Error> &error);

    Ask m_ask;
    QPointer<WholeAnswer> m_asking;
    QTimer m_pauseTimer;
    QTimer m_patienceTimer;
    std::chrono::milliseconds m_pause = shortestPause;
    QByteArray m_last; //!< what was told last
    int m_failures = 0;
    bool m_isDone = false;
};

} // namespace Parlance
