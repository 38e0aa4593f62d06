// SPDX-License-Identifier: Apache-2.0
// The conversation with an agent over a WebSocket, which lives as long as the conversation does.
#include "chat/agentbook.h"
#include "chat/conversationchat.h"
#include "chat/exchange.h"
#include "chat/foldedquestions.h"
#include "chat/payloadtemplate.h"
#include "chat/socketlink.h"
#include "chat/socketturn.h"
#include "chat/typedwords.h"
#include "transport/errorsentence.h"

#include <algorithm>
#include <utility>

namespace Parlance {
namespace {

//! Whether two questions may go over one connection.
bool fitsOneConnection(const AgentQuestion &a, const AgentQuestion &b)
{
    return a.qualifier == b.qualifier && a.session == b.session && a.agent.id == b.agent.id
        && a.agent.target == b.agent.target && a.agent.auth == b.agent.auth
        && a.agent.identity == b.agent.identity && a.agent.sentToken == b.agent.sentToken
        && a.agent.extraHeaders == b.agent.extraHeaders && a.agent.transport == b.agent.transport
        && a.agent.socket.proof == b.agent.socket.proof && a.agent.socket.opening == b.agent.socket.opening
        && a.agent.allowsPlainHttp == b.agent.allowsPlainHttp && a.agent.network == b.agent.network;
}

} // namespace

Result<SocketLink *> ConversationChat::linkFor(const AgentQuestion &question)
{
    if (m_link && fitsOneConnection(m_linkQuestion, question))
        return m_link.get();
    if (!m_with.makeSocket)
        return failure(plainError(ErrorKind::Internal));
    std::vector<QByteArray> opening;
    if (!question.agent.socket.opening.isEmpty()) {
        const Result<QByteArray> rendered =
            renderPayload(question.agent.socket.opening, {.session = question.session, .conversation = m_id});
        if (!rendered)
            return failure(rendered.error());
        opening = socketMessages(*rendered);
    }
    forgetUnanswered();
    m_linkQuestion = question;
    m_linkQuestion.body.clear();
    if (m_link)
        m_link.release()->deleteLater();
    m_link = std::make_unique<SocketLink>(
        [makeSocket = m_with.makeSocket, asked = m_linkQuestion] { return makeSocket(asked); },
        std::move(opening), SocketTimes());
    connect(m_link.get(), &SocketLink::stateChanged, this, [this] {
        if (m_exchange && m_link->state() == SocketLink::State::Opening)
            m_stepTimer.start();
        Q_EMIT connectionChanged();
    });
    connect(m_link.get(), &SocketLink::newsCame, this, &ConversationChat::onNews);
    connect(m_link.get(), &SocketLink::lost, this, [this](const SocketEnd &end) { onLost(end.error); });
    return m_link.get();
}

// Only what takes long enough to be read.
void ConversationChat::tellStep()
{
    if (m_exchange && m_link && m_link->state() == SocketLink::State::Opening)
        setNote(tr("%1…").arg(stepWords(m_link->step())));
}

// The person went to another session, endpoint or branch, or changed the agent.
void ConversationChat::dropOldLink()
{
    if (!m_link || m_exchange)
        return;
    const AgentQuestion now =
        questionOf({.session = conversation().session, .qualifier = conversation().qualifier});
    if (fitsOneConnection(m_linkQuestion, now))
        return;
    forgetUnanswered();
    m_link->disconnect(this);
    m_link.release()->deleteLater();
    Q_EMIT connectionChanged();
}

Result<std::unique_ptr<AgentRequest>> ConversationChat::socketTurn(const AgentQuestion &question)
{
    const Result<SocketLink *> link = linkFor(question);
    if (!link)
        return failure(link.error());
    Result<std::vector<QByteArray>> messages = std::vector<QByteArray>();
    if (!question.body.isEmpty())
        messages = questionMessages(question.body);
    if (!messages)
        return failure(messages.error());
    if (!messages->empty() && std::exchange(m_isAnsweredTogether, false))
        m_unanswered.clear();
    auto turn = std::make_unique<SocketTurn>(*link, *std::move(messages), question.agent.idleTimeout);
    m_turn = turn.get();
    return std::unique_ptr<AgentRequest>(std::move(turn));
}

//! True if the message that was just written has gone into the answer.
bool ConversationChat::sendWhileAnswering()
{
    if (agent().socket.whileAnswering == WhileAnswering::Interrupt) {
        m_exchange->stop();
        return false;
    }
    const MessageId id = firstQueued();
    const Message *message = m_tree.find(id);
    if (!message || !m_turn || commandOf(*message))
        return false;
    const Address address = addressOf(*message);
    const Result<AgentQuestion> asked = questionFor(id, address);
    const Result<std::vector<QByteArray>> messages =
        asked ? questionMessages(asked->body) : Result<std::vector<QByteArray>>(failure(asked.error()));
    if (!messages || !fitsOneConnection(m_linkQuestion, *asked) || !m_turn->add(*messages))
        return false;
    change(id, [&address](Message &sent) {
        sent.state = MessageState::Complete;
        sent.session = address.session;
        sent.qualifier = address.qualifier;
    });
    saveMessage(id);
    m_unanswered.push_back(id);
    m_isAnsweredTogether = false;
    m_link->setInFlight(true);
    return true;
}

// An answer to what was sent into another answer, or the agent speaks by itself.
void ConversationChat::onNews()
{
    if (m_exchange || !m_link || !m_isLoaded || !m_link->hasNews())
        return;
    m_togetherTimer.stop();
    m_isAnsweredTogether = false;
    MessageId question;
    if (!m_unanswered.empty()) {
        question = m_unanswered.front();
        m_unanswered.erase(m_unanswered.begin());
    }
    MessageId above = question;
    for (int index = m_messages.count() - 1; index >= 0 && above.isEmpty(); --index) {
        if (m_messages.at(index).state != MessageState::Queued)
            above = m_messages.at(index).id;
    }
    if (above.isEmpty())
        above = rootMessage();
    m_with.conversations->store(m_id);
    const Address address{.session = m_linkQuestion.session, .qualifier = m_linkQuestion.qualifier};
    const MessageId id = MessageId::create();
    beginAnswer(id, questionOf(address),
                [this](const AgentQuestion &attempt) { return socketTurn(attempt); });
    addAnswer(above, question, id, address);
    beginUse(address);
    Q_EMIT streamingChanged(true);
    m_exchange->start();
}

// What was sent and not answered is shown to have failed; it is not sent again.
void ConversationChat::onLost(const std::optional<Error> &error)
{
    const std::vector<MessageId> unanswered = std::exchange(m_unanswered, {});
    m_link->setInFlight(false);
    m_folded->refresh();
    if (m_exchange || unanswered.empty() || m_isAnsweredTogether || !error)
        return;
    const MessageId &question = unanswered.front();
    const Address address{.session = m_linkQuestion.session, .qualifier = m_linkQuestion.qualifier};
    const MessageId id = MessageId::create();
    beginAnswer(id, questionOf(address), {});
    addAnswer(question, question, id, address);
    Q_EMIT streamingChanged(true);
    m_exchange->refuse(*error);
}

// After the answer has been told of, so that what follows is another one.
void ConversationChat::afterTurn()
{
    m_link->setInFlight(!m_unanswered.empty());
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (!m_link || m_exchange)
                return;
            if (m_link->hasNews())
                onNews();
            else if (!m_unanswered.empty() && m_link->state() == SocketLink::State::Closed)
                onLost(m_link->end().error);
            else if (!m_unanswered.empty())
                m_togetherTimer.start(m_link->times().together);
        },
        Qt::QueuedConnection);
}

void ConversationChat::makeFolded()
{
    m_togetherTimer.setSingleShot(true);
    connect(&m_togetherTimer, &QTimer::timeout, this, [this] {
        m_isAnsweredTogether = !m_exchange;
        if (m_link && m_isAnsweredTogether)
            m_link->setInFlight(false);
        m_folded->refresh();
    });
    m_folded = std::make_unique<FoldedQuestions>(&m_messages, [this](const MessageId &question) {
        return !m_isAnsweredTogether && std::ranges::find(m_unanswered, question) != m_unanswered.end();
    });
}

void ConversationChat::forgetUnanswered()
{
    m_unanswered.clear();
    m_togetherTimer.stop();
    m_folded->refresh();
}

ChatConnection ConversationChat::connection() const
{
    if (!usesSocket())
        return {};
    ChatConnection connection{.state = ConnectionState::Closed};
    if (!m_link)
        return connection;
    const SocketEnd &end = m_link->end();
    switch (m_link->state()) {
    case SocketLink::State::Opening:
        return {.state = ConnectionState::Connecting, .words = stepWords(m_link->step())};
    case SocketLink::State::Open:
        return {.state = ConnectionState::Open, .words = tr("Connected")};
    case SocketLink::State::Waiting:
        return {.state = ConnectionState::Waiting,
                .words = tr("The connection was lost. Connecting again"),
                .isFailure = true};
    case SocketLink::State::Closed:
        break;
    }
    if (end.isAsked)
        connection.words = tr("The connection is closed.");
    else
        connection.words = end.error ? end.error->message : closeCodeWords(end.code);
    connection.isFailure = end.error.has_value();
    return connection;
}

void ConversationChat::openConnection()
{
    if (!usesSocket() || !m_isLoaded || m_loadError)
        return;
    const Result<SocketLink *> link =
        linkFor(questionOf({.session = conversation().session, .qualifier = conversation().qualifier}));
    if (link)
        (*link)->open();
}

void ConversationChat::closeConnection()
{
    if (m_exchange && !m_runsCommand)
        m_exchange->stop();
    if (m_link)
        m_link->close();
}

} // namespace Parlance
