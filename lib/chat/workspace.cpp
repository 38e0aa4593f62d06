// SPDX-License-Identifier: Apache-2.0
#include "chat/workspaceparts.h"

#include "auth/memorystore.h"
#include "chat/agentcards.h"
#include "chat/authprobe.h"
#include "chat/comparisonbook.h"
#include "chat/connectioncheck.h"
#include "chat/conversationchat.h"
#include "chat/conversationsearch.h"
#include "chat/discovery.h"
#include "chat/factskeeper.h"
#include "chat/healthwatch.h"
#include "chat/networkbook.h"
#include "chat/productionrequests.h"
#include "chat/runshelf.h"
#include "chat/servedversions.h"
#include "chat/sessionbook.h"
#include "chat/shell.h"
#include "store/store.h"
#include "core/whendone.h"

#include <QPromise>

#include <algorithm>

namespace Parlance {

Workspace::Workspace(const Collaborators &collaborators, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(collaborators))
    , m_agents(std::make_unique<AgentBook>(collaborators.store, collaborators.secrets))
    , m_network(collaborators.network ? std::make_unique<NetworkBook>(
                    collaborators.network, collaborators.secrets, m_agents.get(), collaborators.settingsFile)
                                      : nullptr)
    , m_identities(std::make_unique<IdentityBook>(collaborators.store, collaborators.secrets, d->http.get()))
    , m_discovery(std::make_unique<Discovery>(m_identities.get(), d->http.get()))
    , m_servedVersions(std::make_unique<ServedVersions>(m_discovery.get(), m_identities.get()))
    , m_authProbe(std::make_unique<AuthProbe>(d->http.get()))
    , m_facts(std::make_unique<FactsKeeper>(m_agents.get(), m_identities.get(), m_discovery.get(),
                                            m_servedVersions.get()))
    , m_sessions(std::make_unique<SessionBook>(&d->archive, m_agents.get()))
    , m_comparisons(std::make_unique<ComparisonBook>(&d->archive))
    , m_ender(sessionEnder())
    , m_runs(std::make_unique<RunShelf>(&d->archive))
    , m_health(std::make_unique<HealthWatch>(m_agents.get(), d->pings.get()))
{
    if (d->with.clock)
        m_sessions->setClock(d->with.clock);
    if (!d->with.makeRequest) {
        const auto cards = std::make_shared<AgentCards>();
        d->with.makeRequest = productionRequests(d->with.network, d->with.secrets, m_identities.get(),
                                                 d->with.builtInAgent, cards);
        if (!d->with.cancelTask)
            d->with.cancelTask =
                productionCancels(d->with.network, d->with.secrets, m_identities.get(), cards);
    }
    if (!d->with.makeSocket)
        d->with.makeSocket =
            productionSockets(d->with.network, d->with.secrets, m_identities.get(), d->with.builtInAgent);
    if (!d->with.makeShell)
        d->with.makeShell = productionShells(d->with.network, d->with.secrets, m_identities.get());
    connect(&d->conversations, &ConversationBook::added, this, &Workspace::conversationAdded);
    connect(&d->conversations, &ConversationBook::changed, this, &Workspace::conversationChanged);
    connect(&d->conversations, &ConversationBook::removed, this, &Workspace::conversationRemoved);
    connect(m_comparisons.get(), &ComparisonBook::hiddenChanged, this,
            [this](const std::vector<ConversationId> &conversations) {
                for (const ConversationId &id : conversations)
                    Q_EMIT conversationChanged(id);
            });
    connect(m_agents.get(), &AgentBook::agentRemoved, this, [this](const AgentId &id) {
        d->chats.forEach([&id](const ConversationId &, ConversationChat &chat) {
            if (chat.conversation().agent == id)
                chat.closeConnection();
        });
        for (const auto &[conversation, shell] : d->shells) {
            if (shell->where().agent.id == id)
                shell->close();
        }
    });
}

Workspace::~Workspace()
{
    d->chats.forEach([](const ConversationId &, ConversationChat &chat) { chat.saveNow(); });
}

RequestFactory Workspace::requests() const
{
    return d->with.makeRequest;
}

LearnFromRefusal Workspace::learning() const
{
    return productionLearning(m_identities.get());
}

std::unique_ptr<ConnectionCheck> Workspace::connectionCheck(const Secret &token)
{
    RequestFactory makeRequest = d->with.makeRequest;
    if (!token.isEmpty()) {
        // Whatever the agent will be called, it finds the one token there is.
        const auto memory = std::make_shared<MemoryStore>();
        makeRequest = [this, memory, token](const AgentQuestion &question) {
            memory->write(AgentBook::tokenKey(question.agent.id), token);
            return productionRequests(d->with.network, memory.get(), m_identities.get(),
                                      d->with.builtInAgent)(question);
        };
    }
    return std::make_unique<ConnectionCheck>(
        ConnectionCheck::Collaborators{.network = d->with.network,
                                       .makeRequest = std::move(makeRequest),
                                       .probe = m_authProbe.get(),
                                       .identities = m_identities.get(),
                                       .learnFromRefusal = productionLearning(m_identities.get()),
                                       .builtInAgent = d->with.builtInAgent});
}

std::unique_ptr<ConversationSearch> Workspace::conversationSearch()
{
    auto search = std::make_unique<ConversationSearch>(d->with.store);
    if (m_isReady && !d->archive.isOpen())
        search->leaveStore();
    connect(this, &Workspace::openFailed, search.get(), &ConversationSearch::leaveStore);
    return search;
}

QFuture<Result<std::vector<Message>>> Workspace::messages(const ConversationId &id)
{
    if (d->archive.isOpen())
        return d->archive.messages(id);
    std::vector<Message> messages;
    const ConversationChat *open = d->chats.find(id);
    for (int i = 0; open && i < open->messages()->count(); ++i)
        messages.push_back(open->messages()->at(i));
    return QtFuture::makeReadyFuture(Result<std::vector<Message>>(std::move(messages)));
}

QFuture<Result<std::vector<Frame>>> Workspace::frames(const MessageId &answer)
{
    return d->archive.frames(answer);
}

void Workspace::start()
{
    Store *store = d->with.store;
    if (!store) {
        m_agents->load({});
        m_isReady = true;
        QMetaObject::invokeMethod(
            this, [this] { Q_EMIT ready(true, QString()); }, Qt::QueuedConnection);
        return;
    }
    connect(store, &Store::writeFailed, this, [this] { d->chats.setHeld(true); });
    connect(store, &Store::writeRecovered, this, [this] { d->chats.setHeld(false); });
    connect(store, &Store::writeFailed, this, &Workspace::storageFailed);
    connect(store, &Store::writeRecovered, this, &Workspace::storageRecovered);
    whenDone(store->open(), this, [this](const Result<StoredState> &state) { onOpened(state); });
}

void Workspace::onOpened(const Result<StoredState> &state)
{
    d->archive.setOpen(state.has_value());
    m_agents->setKeeping(state.has_value());
    m_identities->setKeeping(state.has_value());
    m_identities->load(state ? state->identities : std::vector<Identity>());
    if (state)
        m_agents->load(state->agents, state->removedAgents);
    else
        m_agents->load({});
    m_isReady = true;
    if (!state) {
        Q_EMIT openFailed(state.error());
        return;
    }
    d->conversations.load(state->conversations);
    m_sessions->load(state->sessions);
    m_comparisons->load(state->comparisons);
    Q_EMIT ready(state->isNew, state->setAsideFile);
}

std::vector<Conversation> Workspace::conversations(const AgentId &agent) const
{
    return d->conversations.all([&](const Conversation &conversation) {
        return conversation.agent == agent && d->isListed(conversation, *m_agents);
    });
}

std::vector<Conversation> Workspace::allConversations() const
{
    return d->conversations.all(
        [this](const Conversation &conversation) { return d->isListed(conversation, *m_agents); });
}

void Workspace::visitConversations(const std::function<void(const Conversation &)> &function) const
{
    d->conversations.visit([&](const Conversation &conversation) {
        if (d->isListed(conversation, *m_agents))
            function(conversation);
    });
}

AttachmentShelf Workspace::attachments() const
{
    return AttachmentShelf(d->archive.attachmentFolder());
}

const Conversation *Workspace::conversation(const ConversationId &id) const
{
    return d->conversations.find(id);
}

Chat *Workspace::chat(const ConversationId &id)
{
    if (ConversationChat *known = d->chats.find(id))
        return d->conversations.find(id) ? known : nullptr;
    if (!d->conversations.find(id))
        return nullptr;
    auto made = std::make_unique<ConversationChat>(
        id,
        ConversationChat::Collaborators{.archive = &d->archive,
                                        .conversations = &d->conversations,
                                        .agents = m_agents.get(),
                                        .makeRequest = d->with.makeRequest,
                                        .learnFromRefusal =
                                            [this](const AgentQuestion &question, const Error &error) {
                                                if (error.httpStatus == 401 || error.httpStatus == 403)
                                                    m_facts->refresh(question.agent.id);
                                                return m_identities->learnFrom(question.agent, error);
                                            },
                                        .versions = m_servedVersions.get(),
                                        .cancelTask = d->with.cancelTask,
                                        .makeSocket = d->with.makeSocket,
                                        .sessions = m_sessions.get(),
                                        .clock = d->with.clock});
    made->setFront(d->isLookedAt(id));
    connect(made.get(), &Chat::answerFinished, this,
            [this, id](const MessageId &answer) { Q_EMIT answerFinished(id, answer); });
    connect(made.get(), &Chat::streamingChanged, this,
            [this] { Q_EMIT streamingCountChanged(streamingCount()); });
    return d->chats.add(id, std::move(made));
}

void Workspace::letChatsGoAfter(std::chrono::milliseconds pause)
{
    d->chats.setPause(pause);
}

Shell *Workspace::shell(const ConversationId &id)
{
    const Conversation *conversation = d->conversations.find(id);
    const Agent *agent = conversation ? m_agents->find(conversation->agent) : nullptr;
    Shell *known = knownShell(id);
    if (!agent || (known && known->isLive()))
        return agent ? known : nullptr;
    const AgentQuestion where{
        .agent = *agent, .qualifier = conversation->qualifier, .session = conversation->session};
    if (known && known->where().agent == where.agent && known->where().qualifier == where.qualifier
        && known->where().session == where.session)
        return known;
    if (known)
        d->shells.at(id).release()->deleteLater();
    auto made = std::make_unique<Shell>(d->with.makeShell, where);
    connect(made.get(), &Shell::statusChanged, this, [this, id, shell = made.get()] {
        const AgentQuestion &there = shell->where();
        if (shell->status().state == ShellState::Open)
            m_sessions->begin(there.session, there.agent, there.qualifier, id);
        m_sessions->hold(there.session, shell->isLive());
    });
    return d->shells.insert_or_assign(id, std::move(made)).first->second.get();
}

Shell *Workspace::knownShell(const ConversationId &id) const
{
    const auto found = d->shells.find(id);
    return found == d->shells.end() ? nullptr : found->second.get();
}

int Workspace::liveShellCount() const
{
    return int(std::ranges::count_if(d->shells, [](const auto &entry) { return entry.second->isLive(); }));
}

void Workspace::closeShells()
{
    for (const auto &[id, shell] : d->shells)
        shell->close();
}

Chat *Workspace::newConversation(const AgentId &agent)
{
    const Agent *known = m_agents->find(agent);
    if (!known)
        return nullptr;
    // One that nobody has touched is as good as new.
    for (const Conversation &conversation : conversations(agent)) {
        if (!d->conversations.isStored(conversation.id) && conversation.draft.isEmpty()
            && conversation.draftFiles.empty() && conversation.title.isEmpty())
            return chat(conversation.id);
    }
    return chat(d->conversations.add(blankConversation(agent, known->qualifier)).id);
}

Chat *Workspace::beginConversation(const AgentId &agent, const QString &qualifier, const QString &title)
{
    if (!m_agents->find(agent))
        return nullptr;
    const ConversationId id = d->conversations.add(blankConversation(agent, qualifier)).id;
    rename(id, title);
    return chat(id);
}

void Workspace::rename(const ConversationId &id, const QString &title)
{
    if (!d->conversations.find(id) || title.trimmed().isEmpty())
        return;
    d->conversations.store(id);
    d->conversations.change(id, [&title](Conversation &conversation) {
        conversation.title = title.simplified();
        conversation.isTitleChosen = true;
    });
}

void Workspace::remove(const ConversationId &id)
{
    if (ConversationChat *open = d->chats.find(id))
        open->closeConnection();
    d->closeShell(id);
    d->conversations.remove(id);
}

void Workspace::restore(const ConversationId &id)
{
    d->conversations.restore(id);
}

void Workspace::setFront(const ConversationId &id)
{
    d->front = id;
    d->chats.look(id);
    applyFront();
}

void Workspace::setBeside(std::vector<ConversationId> ids)
{
    d->beside = std::move(ids);
    d->chats.setBeside(d->beside);
    applyFront();
}

void Workspace::setWindowFront(bool isFront)
{
    d->isWindowFront = isFront;
    applyFront();
}

void Workspace::applyFront()
{
    d->chats.forEach([this](const ConversationId &conversation, ConversationChat &chat) {
        chat.setFront(d->isLookedAt(conversation));
    });
    if (d->isWindowFront && d->conversations.find(d->front))
        d->conversations.change(d->front, [](Conversation &conversation) { conversation.isUnread = false; });
}

void Workspace::markUnread(const ConversationId &id)
{
    if (d->conversations.find(id) && d->conversations.isStored(id))
        d->conversations.change(id, [](Conversation &conversation) { conversation.isUnread = true; });
}

void Workspace::moveTo(const ConversationId &id, const AgentId &agent)
{
    const Agent *found = m_agents->find(agent);
    if (!found || !chat(id))
        return;
    d->conversations.store(id);
    d->chats.find(id)->moveTo(*found);
}

std::unique_ptr<SessionEnder> Workspace::sessionEnder(SecretStore *secrets)
{
    return std::make_unique<SessionEnder>(
        productionEnds(secrets ? secrets : d->with.secrets, m_identities.get(), d->with.builtInAgent),
        d->http.get(), productionLearning(m_identities.get()));
}

std::optional<RuntimeSession> Workspace::sessionOf(const ConversationId &id) const
{
    const Conversation *conversation = d->conversations.find(id);
    const Agent *agent = conversation ? m_agents->find(conversation->agent) : nullptr;
    if (!agent || std::holds_alternative<UrlTarget>(agent->target))
        return std::nullopt;
    if (const RuntimeSession *known = m_sessions->find(conversation->session))
        return known->ended.isValid() ? std::nullopt : std::optional<RuntimeSession>(*known);
    const ConversationChat *open = d->chats.find(id);
    const MessageList *said = open ? open->messages() : nullptr;
    for (int row = 0; said && row < said->count(); ++row) {
        if (said->at(row).role == Role::Agent && said->at(row).session == conversation->session)
            return RuntimeSession{.id = conversation->session,
                                  .agent = agent->id,
                                  .conversation = id,
                                  .qualifier = conversation->qualifier};
    }
    return std::nullopt;
}

QFuture<Result<SessionEnd>> Workspace::endSession(const RuntimeSession &session)
{
    const Agent *known = m_agents->find(session.agent);
    if (!known)
        return QtFuture::makeReadyFuture(Result<SessionEnd>(
            failure(ErrorKind::InvalidTarget, tr("The agent of this session was removed."))));
    Agent agent = *known;
    // It may have been turned to another runtime since, which does not know the session.
    auto *runtime = std::get_if<RuntimeTarget>(&agent.target);
    if (!session.arn.isEmpty() && runtime)
        runtime->arn = session.arn;
    else if (!session.arn.isEmpty())
        agent.target = RuntimeTarget{.arn = session.arn};
    const auto promise = std::make_shared<QPromise<Result<SessionEnd>>>();
    promise->start();
    whenDone(
        m_ender->end({.agent = agent, .qualifier = session.qualifier, .session = session.id}), this,
        [this, promise, id = session.id](const Result<SessionEnd> &end) {
            if (end)
                onSessionEnded(id);
            promise->addResult(end);
            promise->finish();
        },
        [promise] { promise->finish(); });
    return promise->future();
}

void Workspace::onSessionEnded(const RuntimeSessionId &session)
{
    d->chats.forEach([&](const ConversationId &id, ConversationChat &chat) {
        if (chat.conversation().session == session) {
            chat.closeConnection();
            d->closeShell(id);
        }
    });
    m_sessions->markEnded(session);
    for (const Conversation &conversation : d->conversations.all()) {
        if (conversation.session == session)
            d->conversations.change(
                conversation.id, [](Conversation &changed) { changed.session = RuntimeSessionId::create(); });
    }
}

int Workspace::unreadCount() const
{
    int count = 0;
    visitConversations(
        [&count](const Conversation &conversation) { count += conversation.isUnread ? 1 : 0; });
    return count;
}

int Workspace::streamingCount() const
{
    int count = 0;
    d->chats.forEach([&count](const ConversationId &, const ConversationChat &chat) {
        count += chat.isStreaming() ? 1 : 0;
    });
    return count;
}

bool Workspace::isStreaming(const ConversationId &id) const
{
    const ConversationChat *chat = d->chats.find(id);
    return chat && chat->isStreaming();
}

} // namespace Parlance
