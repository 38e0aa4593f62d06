// SPDX-License-Identifier: Apache-2.0
#include "headless/askcommand.h"

#include "chat/errorcatalogue.h"
#include "chat/payloadtemplate.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Parlance {

AskCommand::AskCommand(RequestFactory requests, LearnFromRefusal learn, AnswerPrinter printer,
                       QObject *parent)
    : QObject(parent)
    , m_requests(std::move(requests))
    , m_learn(std::move(learn))
    , m_printer(std::move(printer))
{
}

void AskCommand::start(const Agent &agent, const QString &qualifier, const RuntimeSessionId &session,
                       const QString &prompt)
{
    m_agent = agent;
    m_answer.id = MessageId::create();
    m_answer.role = Role::Agent;
    m_answer.state = MessageState::Streaming;
    m_answer.qualifier = qualifier;
    const Result<QByteArray> body = renderPayload(agent.payloadTemplate,
                                                  {.prompt = prompt,
                                                   .session = session,
                                                   .conversation = ConversationId::create(),
                                                   .messages = {{.role = Role::User, .content = prompt}}});
    m_exchange = std::make_unique<Exchange>(
        AgentQuestion{
            .agent = agent, .qualifier = qualifier, .session = session, .body = body.value_or(QByteArray())},
        m_requests, [this](const std::function<void(Message &)> &function) { function(m_answer); });
    m_exchange->setLearnFromRefusal(m_learn);
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
    connect(m_exchange.get(), &Exchange::finished, this, &AskCommand::onFinished);
    m_printer.start(agent.name, qualifier, session.value());
    if (body)
        m_exchange->start();
    else
        m_exchange->refuse(body.error());
}

void AskCommand::stop()
{
    if (m_exchange)
        m_exchange->stop();
}

void AskCommand::onFinished()
{
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
    m_printer.end(m_answer, title, advice);
    const bool isGood = m_answer.state == MessageState::Complete;
    // Queued: the exchange is still on the stack and must not be destroyed under itself.
    QMetaObject::invokeMethod(
        this, [this, isGood] { Q_EMIT done(isGood ? 0 : 1); }, Qt::QueuedConnection);
}

} // namespace Parlance
