// SPDX-License-Identifier: Apache-2.0
#include "chat/exchange.h"

#include "chat/messagefold.h"
#include "chat/retrypolicy.h"
#include "wire/interpreter.h"
#include "wire/chooseinterpreter.h"
#include "wire/commandinterpreter.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

bool isShown(const MessagePart &part)
{
    const auto *text = std::get_if<Text>(&part.content);
    return !text || !text->markdown.toString().trimmed().isEmpty();
}

bool hasErrorPart(const Message &message)
{
    return std::ranges::any_of(message.parts, [](const MessagePart &part) {
        return std::holds_alternative<ErrorPart>(part.content);
    });
}

Error emptyAnswer(const Message &message)
{
    return Error{.kind = ErrorKind::EmptyAnswer,
                 .message =
                     QCoreApplication::translate("Parlance::Exchange", "The agent answered with nothing."),
                 .httpStatus = message.httpStatus,
                 .requestId = message.responseIds->requestId};
}

} // namespace

Exchange::Exchange(AgentQuestion question, RequestFactory makeRequest, Access access, QObject *parent)
    : QObject(parent)
    , m_question(std::move(question))
    , m_makeRequest(std::move(makeRequest))
    , m_access(std::move(access))
{
    m_retryTimer.setSingleShot(true);
    connect(&m_retryTimer, &QTimer::timeout, this, &Exchange::attempt);
}

Exchange::~Exchange() = default;

void Exchange::start()
{
    attempt();
}

void Exchange::refuse(const Error &error)
{
    m_clock.start();
    QMetaObject::invokeMethod(
        this,
        [this, error] {
            if (!m_isFinished)
                end(MessageState::Failed, error);
        },
        Qt::QueuedConnection);
}

void Exchange::stop()
{
    if (m_isFinished)
        return;
    if (isWaiting()) {
        m_retryTimer.stop();
        // That one was not followed by another.
        m_access([](Message &message) { message.failedTries.change().pop_back(); });
        end(MessageState::Stopped, m_lastFailure);
        return;
    }
    if (m_request)
        m_request->cancel();
    end(MessageState::Stopped, std::nullopt);
}

void Exchange::tryNow()
{
    if (!isWaiting())
        return;
    m_retryTimer.stop();
    attempt();
}

void Exchange::attempt()
{
    ++m_attempts;
    m_interpreter = m_question.command ? makeCommandInterpreter()
                                       : makeInterpreter(m_question.sharedState, m_question.told);
    m_clock.start();
    m_clockOffset = std::chrono::microseconds(0);
    Result<std::unique_ptr<AgentRequest>> request = m_makeRequest(m_question);
    if (!request) {
        refuse(request.error());
        return;
    }
    m_request = std::move(*request);
    connect(m_request.get(), &AgentRequest::headersReceived, this, &Exchange::onHeaders);
    connect(m_request.get(), &AgentRequest::uploadProgressed, this, &Exchange::sending);
    connect(m_request.get(), &AgentRequest::framesReceived, this, &Exchange::onFrames);
    connect(m_request.get(), &AgentRequest::finished, this, &Exchange::onRequestFinished);
    connect(m_request.get(), &AgentRequest::noted, this, &Exchange::noted);
    m_request->start();
}

void Exchange::onHeaders(const ResponseHead &head)
{
    m_clock.start();
    m_clockOffset = head.sinceSend;
    m_guard = DeltaGuard(m_request->secrets());
    m_hasAnswered = m_hasAnswered || (head.httpStatus >= 200 && head.httpStatus <= 299);
    m_access([&head](Message &message) {
        message.httpStatus = head.httpStatus;
        message.responseIds = head.ids;
        message.timings.change().headers = head.sinceSend;
        // All times count from the moment it was sent; to sign in and to connect came before.
        const auto ago = std::chrono::duration_cast<std::chrono::milliseconds>(head.sinceSend);
        message.created = QDateTime::currentDateTimeUtc().addMSecs(-ago.count());
    });
    Q_EMIT headersReceived(head);
}

void Exchange::onFrames(const std::vector<Frame> &frames)
{
    if (m_isFinished || frames.empty())
        return;
    m_hasAnswered = true;
    std::vector<Delta> all;
    const int first = int(m_rows.size());
    m_access([&](Message &message) {
        const auto came = std::ranges::find_if(
            frames, [](const Frame &frame) { return frame.kind != FrameKind::SocketSent; });
        if (!message.timings->firstByte && came != frames.end())
            message.timings.change().firstByte = came->sinceSend;
        std::vector<Delta> deltas;
        for (const Frame &frame : frames) {
            deltas.clear();
            m_interpreter->interpret(frame, deltas);
            m_guard.apply(deltas);
            int part = -1;
            for (const Delta &delta : deltas)
                part = std::max(part, foldDelta(message, delta, &frame));
            m_rows.push_back(FrameRow{.frame = kept(frame), .part = part});
            std::move(deltas.begin(), deltas.end(), std::back_inserter(all));
        }
        message.frameCount = int(m_rows.size());
    });
    Q_EMIT folded(all, first, int(m_rows.size()) - 1);
}

// A command may write a hundred megabytes, and all frames of an answer are in memory while it comes.
Frame Exchange::kept(const Frame &frame)
{
    Frame row = frame;
    if (m_question.command && m_keptBytes > maximumKeptOfCommand)
        row.payload.truncate(keptOfFurtherFrames);
    row.payload.squeeze();
    m_keptBytes += row.payload.size();
    return row;
}

void Exchange::onRequestFinished(const std::optional<Error> &error)
{
    if (m_isFinished)
        return;
    if (error && !m_hasAnswered) {
        // The service turned the request away at the door, so the agent has not seen it.
        if (m_learnFromRefusal && !m_hasLearned && m_learnFromRefusal(m_question, *error)) {
            m_hasLearned = true;
            again(*error, std::chrono::milliseconds(0));
            return;
        }
        const bool isDeployed = std::holds_alternative<RuntimeTarget>(m_question.agent.target);
        // A command may do anything, so it is never sent twice by itself.
        const auto delay = m_question.command
            ? std::nullopt
            : retryDelay(*error, m_attempts, isDeployed, QRandomGenerator::global()->generateDouble());
        if (delay) {
            again(*error, *delay);
            return;
        }
    }
    if (error && error->kind == ErrorKind::Cancelled)
        end(MessageState::Stopped, std::nullopt);
    else
        end(error ? MessageState::Failed : MessageState::Complete, error);
}

void Exchange::again(const Error &error, std::chrono::milliseconds delay)
{
    releaseRequest();
    forgetAttempt();
    m_lastFailure = error;
    FailedTry failed{.at = QDateTime::currentDateTimeUtc(), .error = error, .pause = delay};
    failed.error.rawBody.clear();
    failed.error.authenticate.clear();
    failed.error.serverDate.clear();
    m_access([&failed](Message &message) { message.failedTries.change().push_back(failed); });
    m_retryTimer.start(delay);
    Q_EMIT waiting(error, m_attempts + 1, delay);
}

// What a refused attempt left behind would otherwise stand beside the answer of the next one, or beside
// its silence.
void Exchange::forgetAttempt()
{
    m_access([](Message &message) {
        message.httpStatus = 0;
        message.responseIds = {};
        message.timings = {};
    });
}

void Exchange::foldRest()
{
    if (!m_interpreter || m_rows.empty())
        return;
    std::vector<Delta> deltas;
    m_interpreter->finish(deltas);
    m_guard.apply(deltas);
    m_guard.finish(deltas);
    if (deltas.empty())
        return;
    m_access([&](Message &message) {
        for (const Delta &delta : deltas)
            foldDelta(message, delta, nullptr);
        if (!message.timings->firstText && !message.text().isEmpty())
            message.timings.change().firstText = m_rows.back().frame.sinceSend;
    });
    Q_EMIT folded(deltas, int(m_rows.size()), int(m_rows.size()) - 1);
}

void Exchange::end(MessageState state, const std::optional<Error> &error)
{
    m_isFinished = true;
    releaseRequest();
    foldRest();
    m_access([&](Message &message) {
        message.timings.change().total = sinceSend();
        std::optional<Error> shown = error;
        if (state == MessageState::Complete && std::ranges::none_of(message.parts, isShown))
            shown = emptyAnswer(message);
        // After an agent told of its failure, that the connection then broke is no news.
        if (shown && !(hasErrorPart(message) && shown->kind == ErrorKind::StreamCut))
            foldDelta(message, AgentErrorDelta{.error = *shown}, nullptr);
        finishMessage(message, state);
    });
    Q_EMIT finished();
}

void Exchange::releaseRequest()
{
    if (!m_request)
        return;
    m_request->disconnect(this);
    // Not deleted here: this may have been called from one of its signals.
    m_request.release()->deleteLater();
}

std::chrono::microseconds Exchange::sinceSend() const
{
    if (!m_clock.isValid())
        return std::chrono::microseconds(0);
    return m_clockOffset + std::chrono::microseconds(m_clock.nsecsElapsed() / 1000);
}

} // namespace Parlance
