// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/deltaguard.h"
#include "chat/framelog.h"
#include "chat/requestfactory.h"
#include "core/delta.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace Parlance {

class Interpreter;

//! One question and its answer: sends, folds what comes into a message, decides how it ended, and tries
//! again by itself where that cannot do a thing twice. The message is written through Access, so that
//! there is one copy of it.
class Exchange : public QObject
{
    Q_OBJECT
public:
    //! Calls the function with the message.
    using Access = std::function<void(const std::function<void(Message &)> &)>;

    Exchange(AgentQuestion question, RequestFactory makeRequest, Access access, QObject *parent = nullptr);
    ~Exchange() override;

    //! Asked once about a refusal; true: the question is put again with what proves the person now.
    void setLearnFromRefusal(LearnFromRefusal learn) { m_learnFromRefusal = std::move(learn); }
    void start();
    //! Instead of start(): the question could not be put. finished() follows, queued.
    void refuse(const Error &error);
    //! Closes the connection and marks the message Stopped; finished() comes before this returns. While it
    //! waits for the next try the message keeps why the last one failed.
    void stop();
    bool isWaiting() const { return m_retryTimer.isActive(); }
    //! Instead of waiting for longer.
    void tryNow();

    const AgentQuestion &question() const { return m_question; }
    bool isFinished() const { return m_isFinished; }
    //! Of a command's frames more than this is not kept, but for the first bytes of each.
    static constexpr qsizetype maximumKeptOfCommand = qsizetype(16) * 1024 * 1024;
    static constexpr qsizetype keptOfFurtherFrames = 256;

    //! What came so far. Labels are left empty.
    const std::vector<FrameRow> &rows() const { return m_rows; }

Q_SIGNALS:
    //! See AgentRequest.
    void noted(const QString &words);
    void headersReceived(const Parlance::ResponseHead &head);
    //! After the message has changed. first..last (inclusive) are new in rows(); first > last: none.
    void folded(const std::vector<Parlance::Delta> &deltas, int first, int last);
    //! How much of a question that takes long to send is on its way.
    void sending(qint64 sent, qint64 total);
    //! The attempt failed in a way that is safe to repeat; attempt number `next` follows after the delay.
    void waiting(const Parlance::Error &error, int next, std::chrono::milliseconds delay);
    //! Exactly once, last of all.
    void finished();

private:
    void attempt();
    void onHeaders(const ResponseHead &head);
    void onFrames(const std::vector<Frame> &frames);
    void onRequestFinished(const std::optional<Error> &error);
    void again(const Error &error, std::chrono::milliseconds delay);
    void forgetAttempt();
    void end(MessageState state, const std::optional<Error> &error);
    Frame kept(const Frame &frame);
    void foldRest();
    void releaseRequest();
    std::chrono::microseconds sinceSend() const;

    AgentQuestion m_question;
    RequestFactory m_makeRequest;
    LearnFromRefusal m_learnFromRefusal;
    Access m_access;
    std::unique_ptr<AgentRequest> m_request;
    std::unique_ptr<Interpreter> m_interpreter;
    DeltaGuard m_guard;
    std::vector<FrameRow> m_rows;
    qsizetype m_keptBytes = 0; //!< of their payloads
    QTimer m_retryTimer;
    Error m_lastFailure; //!< while it waits
    QElapsedTimer m_clock;
    std::chrono::microseconds m_clockOffset{0}; //!< sinceSend when m_clock was started
    int m_attempts = 0;
    bool m_hasAnswered = false; //!< a good answer has begun: from here on nothing is sent again
    bool m_hasLearned = false; //!< one more try was had for another proof of who asks
    bool m_isFinished = false;
};

} // namespace Parlance
