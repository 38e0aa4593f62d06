// SPDX-License-Identifier: Apache-2.0
#include "headless/askcommand.h"

#include "chat/agenttask.h"
#include "chat/errorcatalogue.h"
#include "chat/mcprequest.h"
#include "chat/questionwords.h"
#include "core/whendone.h"

#include <QJsonObject>
#include <QTimer>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

//! Nobody waits for longer at a terminal.
constexpr std::chrono::seconds callOffPatience{5};

//! What stands in the way before anything is sent.
bool isSetUp(const Message &answer, const Error &error)
{
    switch (error.kind) {
    case ErrorKind::InvalidTarget:
    case ErrorKind::InvalidHeader:
    case ErrorKind::InvalidCommand:
    case ErrorKind::InsecureHttp:
    case ErrorKind::SecretMissing:
    case ErrorKind::KeychainUnavailable:
    case ErrorKind::KeychainLocked:
    case ErrorKind::KeychainRefused:
    case ErrorKind::CommandsUnavailable:
        return answer.httpStatus == 0;
    default:
        return false;
    }
}

} // namespace

int exitCodeOf(const Message &answer)
{
    constexpr int wrongSetUp = 2;
    if (answer.state == MessageState::Stopped)
        return exitStopped;
    for (const MessagePart &part : answer.parts) {
        const auto *failed = std::get_if<ErrorPart>(&part.content);
        if (failed && isSetUp(answer, failed->error))
            return wrongSetUp;
        const auto *output = std::get_if<CommandOutput>(&part.content);
        if (!output || answer.state != MessageState::Complete)
            continue;
        if (output->status == CommandStatus::TimedOut)
            return exitTimedOut;
        const int code = output->exitCode.value_or(exitNotRun);
        // The system passes on eight bits of it; a failure must not look like success.
        const int passed = code & 0xff;
        return code != 0 && passed == 0 ? exitNotRun : passed;
    }
    return exitNotRun;
}

AskCommand::AskCommand(Collaborators with, AnswerPrinter printer, QObject *parent)
    : QObject(parent)
    , m_with(std::move(with))
    , m_printer(std::move(printer))
{
}

void AskCommand::start(const Agent &agent, const QString &qualifier, const RuntimeSessionId &session,
                       const QString &prompt, const std::vector<Attachment> &attachments)
{
    const AgentQuestion asked{.agent = agent, .qualifier = qualifier, .session = session};
    const Result<AgentQuestion> question =
        withWords(asked,
                  {.prompt = prompt,
                   .session = session,
                   .conversation = ConversationId::create(),
                   .messages = {{.role = Role::User, .content = prompt, .attachments = attachments}},
                   .attachments = attachments});
    begin(question.value_or(asked), question ? std::nullopt : std::optional(question.error()));
}

void AskCommand::run(const Agent &agent, const QString &qualifier, const RuntimeSessionId &session,
                     const Command &command)
{
    m_printer.setCommand();
    begin({.agent = agent, .qualifier = qualifier, .session = session, .command = command}, std::nullopt);
}

void AskCommand::callTool(const Agent &agent, const QString &qualifier, const RuntimeSessionId &session,
                          const QString &tool, const QByteArray &arguments)
{
    m_printer.setToolCall();
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    begin({.agent = agent, .qualifier = qualifier, .session = session, .body = mcpCall(id, tool, arguments)},
          std::nullopt);
}

void AskCommand::begin(AgentQuestion question, const std::optional<Error> &problem)
{
    m_agent = question.agent;
    m_isCommand = question.command.has_value();
    m_answer.id = MessageId::create();
    m_answer.role = Role::Agent;
    m_answer.state = MessageState::Streaming;
    m_answer.qualifier = question.qualifier;
    const RuntimeSessionId session = question.session;
    m_exchange = std::make_unique<Exchange>(
        std::move(question), m_with.makeRequest,
        [this](const std::function<void(Message &)> &function) { function(m_answer); });
    m_exchange->setLearnFromRefusal(m_with.learnFromRefusal);
    connect(m_exchange.get(), &Exchange::headersReceived, this, [this](const ResponseHead &head) {
        m_printer.headers(head.httpStatus, QString::fromLatin1(head.contentType), head.ids);
    });
    connect(m_exchange.get(), &Exchange::folded, this,
            [this](const std::vector<Delta> &deltas, int first, int last) {
                for (int row = first; row <= last; ++row)
                    m_printer.frame(m_exchange->rows()[size_t(row)].frame);
                for (const Delta &delta : deltas) {
                    m_printer.delta(delta);
                    m_printedErrors += std::holds_alternative<AgentErrorDelta>(delta) ? 1 : 0;
                }
                if (!m_printer.isHeard())
                    stop();
            });
    connect(m_exchange.get(), &Exchange::waiting, this, [this](const Error &error, int next) {
        m_printer.waiting(errorWords(error, &m_agent).title, next);
    });
    connect(m_exchange.get(), &Exchange::noted, this,
            [this](const QString &words) { m_printer.noted(words); });
    connect(m_exchange.get(), &Exchange::finished, this, &AskCommand::onFinished);
    m_printer.start(m_agent.name, m_answer.qualifier, session.value());
    if (problem)
        m_exchange->refuse(*problem);
    else
        m_exchange->start();
}

void AskCommand::stop()
{
    if (m_isCallingOff) {
        conclude();
        return;
    }
    if (!m_exchange || m_exchange->isFinished())
        return;
    const AgentQuestion question = m_exchange->question();
    const TaskStatus *task = newestTask(m_answer);
    m_isCallingOff = m_with.cancelTask && question.a2a && isUnderWay(task);
    const TaskStatus known = m_isCallingOff ? *task : TaskStatus();
    m_exchange->stop();
    if (m_isCallingOff)
        callOff(question, known);
}

// The stream is closed by now, which alone does not keep the agent from going on.
void AskCommand::callOff(const AgentQuestion &question, const TaskStatus &task)
{
    const auto giveUp = [this] {
        if (!m_isConcluded)
            m_printer.noted(tr("The agent did not say that it stopped; the task may go on."));
        conclude();
    };
    QTimer::singleShot(callOffPatience, this, giveUp);
    whenDone(
        m_with.cancelTask(question, task.taskId), this,
        [this, task, giveUp](const Result<TaskStatus> &told) {
            if (!told) {
                giveUp();
                return;
            }
            TaskStatus now = task;
            now.state = told->state;
            m_printer.delta(TaskStatusDelta{.status = now});
            if (now.state == u"canceled"_s)
                m_printer.noted(tr("The task was canceled."));
            conclude();
        },
        giveUp);
}

void AskCommand::onFinished()
{
    if (!m_isCallingOff)
        conclude();
}

void AskCommand::conclude()
{
    if (std::exchange(m_isConcluded, true))
        return;
    QString title;
    QString advice;
    int errors = 0;
    for (const MessagePart &part : m_answer.parts) {
        if (const auto *failed = std::get_if<ErrorPart>(&part.content)) {
            const ErrorWords words = errorWords(failed->error, &m_agent);
            title = words.title;
            advice = words.advice;
            // Those that the agent told were printed when they came.
            if (++errors > m_printedErrors)
                m_printer.delta(AgentErrorDelta{.error = failed->error});
        }
    }
    if (exitCodeOf(m_answer) == exitTimedOut && title.isEmpty() && m_isCommand)
        title = tr("The command took longer than it was given, and was ended.");
    m_printer.end(m_answer, title, advice);
    const int code = m_isCommand ? exitCodeOf(m_answer) : m_answer.state == MessageState::Complete ? 0 : 1;
    // Queued: the exchange is still on the stack and must not be destroyed under itself.
    QMetaObject::invokeMethod(
        this, [this, code] { Q_EMIT done(code); }, Qt::QueuedConnection);
}

} // namespace Parlance
