// SPDX-License-Identifier: Apache-2.0
#include "chat/connectioncheck.h"

#include "chat/checkwords.h"
#include "chat/identitybook.h"
#include "chat/mcprequest.h"
#include "chat/questionwords.h"
#include "core/whendone.h"
#include "transport/agenturl.h"
#include "transport/errorsentence.h"
#include "transport/hostlookup.h"
#include "wire/chooseinterpreter.h"
#include "wire/interpreter.h"
#include "wire/mcpvocabulary.h"

#include <QUuid>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

ConnectionCheck::ConnectionCheck(Collaborators with, QObject *parent)
    : QObject(parent)
    , m_with(std::move(with))
{
}

ConnectionCheck::~ConnectionCheck() = default;

void ConnectionCheck::start(const Agent &agent, const QString &prompt)
{
    m_agent = agent;
    m_prompt = prompt;
    const bool isRuntime = std::holds_alternative<RuntimeTarget>(agent.target);
    const bool isA2a = protocolOf(agent) == ServerProtocol::A2a;
    for (const CheckStep step :
         {CheckStep::Name, CheckStep::Wanted, CheckStep::Card, CheckStep::Proof, CheckStep::Connection,
          CheckStep::Sent, CheckStep::FirstByte, CheckStep::FirstText}) {
        if ((step != CheckStep::Wanted || isRuntime) && (step != CheckStep::Card || isA2a))
            m_rows.push_back({.step = step, .text = CheckWords::plan(step, prompt, protocolOf(agent))});
    }
    QMetaObject::invokeMethod(this, &ConnectionCheck::begin, Qt::QueuedConnection);
}

void ConnectionCheck::begin()
{
    if (m_isFinished)
        return;
    run(CheckStep::Name);
    const Result<QUrl> url = questionUrl(m_agent, m_agent.qualifier, m_with.builtInAgent);
    const Result<AgentQuestion> question = this->question();
    if (!url || !question) {
        fail(url ? question.error() : url.error());
        return;
    }
    m_url = *url;
    m_question = *question;
    lookUp();
}

Result<AgentQuestion> ConnectionCheck::question()
{
    AgentQuestion question{
        .agent = m_agent, .qualifier = m_agent.qualifier, .session = RuntimeSessionId::create()};
    if (protocolOf(m_agent) == ServerProtocol::Mcp) {
        m_listId = QUuid::createUuid().toString(QUuid::WithoutBraces);
        question.body = mcpList(m_listId, {});
        return question;
    }
    return withWords(question,
                     {.prompt = m_prompt,
                      .session = question.session,
                      .conversation = ConversationId::create(),
                      .messages = {{.role = Role::User, .content = m_prompt}}});
}

void ConnectionCheck::lookUp()
{
    m_lookup = std::make_unique<HostLookup>(m_with.network);
    connect(m_lookup.get(), &HostLookup::finished, this, [this](const Result<HostLookup::Kind> &kind) {
        if (m_isFinished)
            return;
        if (!kind) {
            fail(kind.error());
            return;
        }
        if (*kind == HostLookup::Kind::Name)
            settle(CheckStep::Name, State::Done, tr("Found %1").arg(m_url.host()));
        else
            skip(CheckStep::Name,
                 *kind == HostLookup::Kind::Address
                     ? tr("%1 is an address, no name to find").arg(m_url.host())
                     : tr("The proxy finds %1").arg(m_url.host()));
        probe();
    });
    m_lookup->start(m_url, m_agent.network);
}

void ConnectionCheck::probe()
{
    if (!row(CheckStep::Wanted) || !m_with.probe) {
        skip(CheckStep::Wanted, tr("Not asked how to sign in"));
        ask();
        return;
    }
    run(CheckStep::Wanted);
    whenDone(m_with.probe->probe(m_agent.target, m_agent.qualifier, m_agent.network), this,
             [this](const Result<AuthFinding> &finding) {
                 if (!m_isFinished)
                     onFinding(finding);
             });
}

void ConnectionCheck::onFinding(const Result<AuthFinding> &finding)
{
    if (!finding && finding.error().kind == ErrorKind::NotFound) {
        fail(finding.error());
        return;
    }
    const bool isKnown = finding && finding->kind != AuthFinding::Kind::Unknown;
    // Why the network failed shows at the step that meets it.
    if (!isKnown) {
        settle(CheckStep::Wanted, State::None, tr("How to sign in could not be found out"));
        ask();
        return;
    }
    const std::optional<Error> mismatch = CheckWords::mismatch(
        *finding, m_agent, m_with.identities ? m_with.identities->find(m_agent.identity) : nullptr);
    if (mismatch) {
        row(CheckStep::Wanted)->text = CheckWords::wanted(*finding);
        fail(*mismatch);
        return;
    }
    settle(CheckStep::Wanted, State::Done, CheckWords::wanted(*finding));
    ask();
}

void ConnectionCheck::ask()
{
    run(row(CheckStep::Card) ? CheckStep::Card : CheckStep::Proof);
    Result<std::unique_ptr<AgentRequest>> request = m_with.makeRequest(m_question);
    if (!request) {
        fail(request.error());
        return;
    }
    m_request = std::move(*request);
    m_interpreter = makeInterpreter();
    connect(m_request.get(), &AgentRequest::noted, this,
            [this](const QString &words) { m_cardNote = words; });
    connect(m_request.get(), &AgentRequest::stepReached, this, &ConnectionCheck::onStep);
    connect(m_request.get(), &AgentRequest::headersReceived, this, &ConnectionCheck::onHeaders);
    connect(m_request.get(), &AgentRequest::framesReceived, this, &ConnectionCheck::onFrames);
    connect(m_request.get(), &AgentRequest::finished, this, &ConnectionCheck::onRequestFinished);
    m_request->start();
}

void ConnectionCheck::onStep(RequestStep step)
{
    const bool isSecure = m_url.scheme() == u"https"_s;
    switch (step) {
    case RequestStep::Card:
        settle(CheckStep::Card, m_cardNote.isEmpty() ? State::Done : State::None,
               m_cardNote.isEmpty() ? tr("Read the agent’s card") : m_cardNote);
        run(CheckStep::Proof);
        break;
    case RequestStep::Authorized:
        if (m_agent.auth == AuthMethod::None)
            skip(CheckStep::Proof, tr("Nothing to prove, no sign-in is chosen"));
        else
            settle(CheckStep::Proof, State::Done, proofText());
        run(CheckStep::Connection);
        break;
    case RequestStep::Connecting:
        // Until now the request waited for its turn.
        run(CheckStep::Connection);
        row(CheckStep::Connection)->text = tr("Connect to %1").arg(m_url.authority());
        break;
    case RequestStep::Secured:
        settle(CheckStep::Connection, State::Done, tr("Secure connection to %1").arg(m_url.host()));
        run(CheckStep::Sent);
        break;
    case RequestStep::Sent:
        if (m_running == CheckStep::Sent) {
            settle(CheckStep::Sent, State::Done, CheckWords::sent(m_prompt, protocolOf(m_agent)));
        } else if (isSecure) {
            skip(CheckStep::Connection, tr("A secure connection was open already"));
            settle(CheckStep::Sent, State::Done, CheckWords::sent(m_prompt, protocolOf(m_agent)), false);
        } else {
            // Without TLS nothing tells when the connection stood but the question going out.
            settle(CheckStep::Connection, State::Done,
                   tr("Connected to %1, not encrypted (http)").arg(m_url.authority()));
            settle(CheckStep::Sent, State::Done, CheckWords::sent(m_prompt, protocolOf(m_agent)), false);
        }
        run(CheckStep::FirstByte);
        break;
    }
}

void ConnectionCheck::onHeaders(const ResponseHead &head)
{
    m_guard = DeltaGuard(m_request->secrets());
    // An answer may come before the whole question has gone out, which then is not of interest any more.
    for (CheckRow &each : m_rows) {
        if (each.step < CheckStep::FirstByte
            && (each.state == State::Waiting || each.state == State::Running))
            settle(each.step, State::Done, each.text, false);
    }
    if (head.httpStatus < 200 || head.httpStatus > 299) {
        run(CheckStep::FirstByte);
        row(CheckStep::FirstByte)->text = tr("First byte, HTTP %1").arg(head.httpStatus);
        return;
    }
    settle(CheckStep::FirstByte, State::Done, tr("First byte, HTTP %1").arg(head.httpStatus));
    run(CheckStep::FirstText);
}

void ConnectionCheck::onFrames(const std::vector<Frame> &frames)
{
    if (!m_listId.isEmpty()) {
        for (const Frame &frame : frames)
            onTools(frame);
        return;
    }
    std::vector<Delta> deltas;
    for (const Frame &frame : frames)
        m_interpreter->interpret(frame, deltas);
    m_guard.apply(deltas);
    onDeltas(deltas);
}

void ConnectionCheck::onTools(const Frame &frame)
{
    const std::optional<McpReply> reply = m_isFinished ? std::nullopt : mcpReply(frame.payload, m_listId);
    if (!reply)
        return;
    if (!reply->error.isEmpty()) {
        Error error = plainError(ErrorKind::AgentError);
        error.serverMessage = reply->error;
        fail(error);
        return;
    }
    settle(CheckStep::FirstText, State::Done,
           CheckWords::tools(qsizetype(reply->tools.size()), !reply->nextCursor.isEmpty()));
    end();
}

void ConnectionCheck::onDeltas(const std::vector<Delta> &deltas)
{
    for (const Delta &delta : deltas) {
        if (m_isFinished)
            return;
        if (const auto *failed = std::get_if<AgentErrorDelta>(&delta)) {
            fail(failed->error);
        } else if (const auto *text = std::get_if<TextDelta>(&delta)) {
            if (text->text.trimmed().isEmpty())
                continue;
            settle(CheckStep::FirstText, State::Done, CheckWords::heard(text->text));
            end();
        } else if (!std::holds_alternative<UsageDelta>(delta)
                   && !std::holds_alternative<StopReasonDelta>(delta)) {
            m_hasOtherParts = true;
        }
    }
}

void ConnectionCheck::onRequestFinished(const std::optional<Error> &error)
{
    if (m_isFinished)
        return;
    if (!error) {
        std::vector<Delta> deltas;
        m_interpreter->finish(deltas);
        m_guard.apply(deltas);
        m_guard.finish(deltas);
        onDeltas(deltas);
        if (m_isFinished)
            return;
        if (!m_hasOtherParts) {
            fail(plainError(ErrorKind::EmptyAnswer));
            return;
        }
        skip(CheckStep::FirstText, tr("The answer is whole and has no text"));
        end();
        return;
    }
    m_hasLearned = m_with.learnFromRefusal && m_running != CheckStep::FirstText
        && m_with.learnFromRefusal(m_question, *error);
    fail(*error);
}

void ConnectionCheck::stop()
{
    if (m_isFinished)
        return;
    m_isStopped = true;
    if (m_running)
        settle(*m_running, State::Stopped, row(*m_running)->text);
    end();
}

CheckRow *ConnectionCheck::row(CheckStep step)
{
    const auto found = std::ranges::find(m_rows, step, &CheckRow::step);
    return found == m_rows.end() ? nullptr : &*found;
}

void ConnectionCheck::run(CheckStep step)
{
    CheckRow *now = row(step);
    m_running = step;
    m_clock.start();
    now->state = State::Running;
    Q_EMIT rowChanged(int(now - m_rows.data()));
}

void ConnectionCheck::settle(CheckStep step, State state, const QString &text, bool hasTime)
{
    CheckRow *settled = row(step);
    if (!settled)
        return;
    if (hasTime && m_running == step)
        settled->took = std::chrono::microseconds(m_clock.nsecsElapsed() / 1000);
    if (m_running == step)
        m_running.reset();
    settled->state = state;
    settled->text = text;
    Q_EMIT rowChanged(int(settled - m_rows.data()));
}

void ConnectionCheck::skip(CheckStep step, const QString &text)
{
    settle(step, State::None, text, false);
}

void ConnectionCheck::fail(const Error &error)
{
    m_fault = error;
    if (m_running)
        settle(*m_running, State::Failed, row(*m_running)->text);
    end();
}

void ConnectionCheck::end()
{
    if (m_isFinished)
        return;
    m_isFinished = true;
    m_lookup.reset();
    releaseRequest();
    Q_EMIT finished();
}

void ConnectionCheck::releaseRequest()
{
    if (!m_request)
        return;
    m_request->disconnect(this);
    m_request->cancel();
    // Not deleted here: this may have been called from one of its signals.
    m_request.release()->deleteLater();
}

QString ConnectionCheck::proofText() const
{
    const Identity *identity = m_with.identities ? m_with.identities->find(m_agent.identity) : nullptr;
    return CheckWords::proof(m_agent, identity,
                             identity ? m_with.identities->state(identity->id).who : QString());
}

} // namespace Parlance
