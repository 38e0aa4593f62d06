// SPDX-License-Identifier: Apache-2.0
#include "qa/cellrun.h"

#include "chat/messagefold.h"
#include "chat/pathquestion.h"
#include "chat/typedwords.h"
#include "core/attachment.h"
#include "qa/runjson.h"

#include <algorithm>
#include <utility>

namespace Parlance {
namespace {

// An agent that says much is not written over and over: so many bytes in a second.
constexpr qsizetype bytesPerSecond = 256 * 1024;

std::vector<Frame> framesOf(const Exchange &exchange)
{
    std::vector<Frame> frames;
    frames.reserve(exchange.rows().size());
    for (const FrameRow &row : exchange.rows())
        frames.push_back(row.frame);
    return frames;
}

bool isAboutErrors(const Check &check)
{
    return check.kind == CheckKind::NoError || std::ranges::any_of(check.checks, isAboutErrors);
}

//! A check says that the answer should fail.
bool mayFail(const SuiteTurn &turn)
{
    return std::ranges::any_of(
        turn.checks, [](const Check &check) { return check.kind == CheckKind::NoError && check.isInverse; });
}

//! What the answer's bytes ended with, if not well.
std::optional<ErrorKind> endOf(const Message &answer)
{
    for (auto part = answer.parts.rbegin(); part != answer.parts.rend(); ++part) {
        const auto *failed = std::get_if<ErrorPart>(&part->content);
        if (failed && failed->error->kind != ErrorKind::AgentError)
            return failed->error->kind;
    }
    return std::nullopt;
}

} // namespace

Judgement judgedTurn(const SuiteTurn &turn, const Answer &answer)
{
    Judgement judgement = judge(turn.checks, turn.threshold, answer);
    if (answer.isFailed && std::ranges::none_of(turn.checks, isAboutErrors)) {
        judgement.outcome = Outcome::Failed;
        judgement.score = 0;
        judgement.reason = answer.error;
    }
    return judgement;
}

CellRun::CellRun(Collaborators with, Task task, const CellRecord &record, QObject *parent)
    : QObject(parent)
    , m_with(std::move(with))
    , m_task(std::move(task))
{
    m_evidence.cell.record = record;
    m_evidence.cell.session = m_task.session->id;
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &CellRun::ask);
    m_progress.setSingleShot(true);
    connect(&m_progress, &QTimer::timeout, this, &CellRun::onProgressTime);
}

void CellRun::start()
{
    m_evidence.cell.started = QDateTime::currentDateTimeUtc();
    ask();
}

void CellRun::stop()
{
    m_pause.stop();
    m_progress.stop();
    if (!m_exchange)
        return;
    m_exchange->disconnect(this);
    m_exchange->stop();
}

CellEvidence CellRun::soFar() const
{
    CellEvidence evidence = m_evidence;
    if (!m_exchange || m_exchange->rows().empty())
        return evidence;
    CellTurn coming{.prompt = m_task.one.turns[evidence.cell.turns.size()].prompt, .answer = m_answer};
    if (coming.answer.isLive())
        finishMessage(coming.answer, MessageState::Interrupted);
    coming.seen = answerOf(coming.answer);
    evidence.cell.turns.push_back(std::move(coming));
    evidence.frames.push_back(framesOf(*m_exchange));
    return evidence;
}

void CellRun::onProgressTime()
{
    if (!m_exchange)
        return;
    qsizetype bytes = 0;
    for (const FrameRow &row : m_exchange->rows())
        bytes += row.frame.payload.size();
    m_progress.start(std::chrono::seconds(1 + bytes / bytesPerSecond));
    if (std::exchange(m_toldFrames, m_exchange->rows().size()) != m_exchange->rows().size())
        Q_EMIT progressed();
}

Message CellRun::nextQuestion(const Message *before) const
{
    const std::size_t turn = m_evidence.cell.turns.size();
    if (turn >= m_task.questions.size())
        return nextWords(m_task.one.turns[turn].prompt, before);
    const Message &known = m_task.questions[turn];
    Message question = nextWords(known.text(), before);
    if (const Command *command = commandOf(known))
        question.parts = {{.content = *command}};
    else
        attach(question, attachmentsOf(known));
    return question;
}

void CellRun::ask()
{
    RunSession &session = *m_task.session;
    const Message *before =
        !session.said.empty() && session.said.back().role == Role::Agent ? &session.said.back() : nullptr;
    session.said.push_back(nextQuestion(before));
    std::vector<const Message *> path;
    path.reserve(session.said.size());
    for (const Message &message : session.said)
        path.push_back(&message);
    AgentQuestion asked{.agent = m_task.agent, .qualifier = m_task.qualifier, .session = session.id};
    const Command *command = commandOf(session.said.back());
    if (command)
        asked.command = *command;
    const Result<AgentQuestion> question = command
        ? asked
        : questionOnPath(asked, {.conversation = session.conversation, .keptFolder = m_with.keptFolder},
                         path);

    m_answer = {.id = MessageId::create(), .role = Role::Agent, .state = MessageState::Streaming};
    m_answer.qualifier = m_task.qualifier;
    m_answer.servedVersion = m_task.servedVersion;
    m_answer.session = session.id;
    m_answer.created = QDateTime::currentDateTimeUtc();
    m_answer.answerTo = session.said.back().id;
    m_answer.parent = session.said.back().id;
    m_contentType.clear();
    m_exchange =
        std::make_unique<Exchange>(question ? *question : asked, m_with.makeRequest,
                                   [this](const std::function<void(Message &)> &use) { use(m_answer); });
    m_exchange->setLearnFromRefusal(m_with.learnFromRefusal);
    connect(m_exchange.get(), &Exchange::headersReceived, this,
            [this](const ResponseHead &head) { m_contentType = head.contentType; });
    // Queued: the exchange is still on the stack and must not be destroyed under itself.
    connect(m_exchange.get(), &Exchange::finished, this, &CellRun::onAnswered, Qt::QueuedConnection);
    m_toldFrames = 0;
    m_progress.start(std::chrono::seconds(1));
    if (question)
        m_exchange->start();
    else
        m_exchange->refuse(question.error());
}

void CellRun::keepAnswer()
{
    std::vector<Frame> frames = framesOf(*m_exchange);
    m_exchange.reset();
    m_progress.stop();
    const SuiteTurn &turn = m_task.one.turns[m_evidence.cell.turns.size()];
    CellTurn told{.prompt = turn.prompt, .answer = std::exchange(m_answer, {})};
    told.seen = answerOf(told.answer);
    told.seen.streamFaults = streamFaultsOf(frames, m_contentType, endOf(told.answer));
    told.judgement = judgedTurn(turn, told.seen);
    if (wantsPath(m_task.agent) || m_task.one.setUp == SessionSetUp::Fresh)
        m_task.session->said.push_back(told.answer);
    else
        m_task.session->said = {told.answer};
    m_evidence.cell.turns.push_back(std::move(told));
    m_evidence.frames.push_back(std::move(frames));
}

void CellRun::onAnswered()
{
    const SuiteTurn &turn = m_task.one.turns[m_evidence.cell.turns.size()];
    keepAnswer();
    const bool isBroken =
        m_evidence.cell.turns.back().seen.isFailed && !mayFail(turn) && !m_task.goesOnAfterFailure;
    const bool isEnough = m_task.mayGoOn && !m_task.mayGoOn(m_evidence.cell.turns.back());
    if (isBroken || isEnough || m_evidence.cell.turns.size() == m_task.one.turns.size())
        conclude();
    else {
        m_pause.start(m_task.pause);
        Q_EMIT progressed();
    }
}

void CellRun::conclude()
{
    RunCell &cell = m_evidence.cell;
    std::vector<Answer> answers;
    for (const CellTurn &turn : cell.turns)
        answers.push_back(turn.seen);
    const Answer all = joinedAnswers(answers);
    cell.ofCase = judge(m_task.one.checks, std::nullopt, all);
    cell.judgement = joinedJudgement(cell.turns, cell.ofCase);
    if (cell.turns.size() < m_task.one.turns.size() && cell.judgement.outcome != Outcome::Failed) {
        cell.judgement.outcome = Outcome::Failed;
        cell.judgement.reason = tr("An answer failed, and the rest was not asked.");
    }
    cell.record.state = CellState::Done;
    cell.record.outcome = cell.judgement.outcome;
    cell.record.hasFailedAnswer = std::ranges::any_of(answers, &Answer::isFailed);
    cell.record.firstTextMs = all.firstTextMs;
    cell.record.totalMs = all.totalMs;
    cell.ended = QDateTime::currentDateTimeUtc();
    Q_EMIT finished();
}

} // namespace Parlance
