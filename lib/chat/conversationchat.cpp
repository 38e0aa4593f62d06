// SPDX-License-Identifier: Apache-2.0
#include "chat/conversationchat.h"

#include "chat/agentbook.h"
#include "chat/answerframelog.h"
#include "chat/archive.h"
#include "chat/exchange.h"
#include "chat/foldedquestions.h"
#include "chat/servedversions.h"
#include "chat/sessionbook.h"
#include "chat/sessiontracker.h"
#include "chat/socketlink.h"
#include "chat/socketturn.h"
#include "chat/titles.h"
#include "chat/trywords.h"
#include "chat/typedwords.h"
#include "core/attachment.h"
#include "core/whendone.h"

#include <algorithm>

namespace Parlance {
namespace {

//! The store writes what it is handed within a batch; together they stay below half a second.
constexpr std::chrono::milliseconds saveInterval{120};
constexpr std::chrono::milliseconds draftInterval{80};
constexpr std::chrono::milliseconds stepInterval{400};

} // namespace

ConversationChat::ConversationChat(const ConversationId &id, Collaborators collaborators, QObject *parent)
    : Chat(parent)
    , m_id(id)
    , m_with(std::move(collaborators))
{
    m_saveTimer.setSingleShot(true);
    m_saveTimer.setInterval(saveInterval);
    connect(&m_saveTimer, &QTimer::timeout, this, &ConversationChat::saveLive);
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(draftInterval);
    m_stepTimer.setSingleShot(true);
    m_stepTimer.setInterval(stepInterval);
    connect(&m_stepTimer, &QTimer::timeout, this, &ConversationChat::tellStep);
    connect(m_with.conversations, &ConversationBook::changed, this, [this](const ConversationId &changed) {
        if (changed != m_id)
            return;
        dropOldLink();
        m_tracker->refresh();
        Q_EMIT conversationChanged();
    });
    makeTracker();
    makeFolded();
    load();
}

ConversationChat::~ConversationChat() = default;

const Agent &ConversationChat::agent() const
{
    if (const Agent *known = m_with.agents->find(conversation().agent))
        m_agent = *known;
    return m_agent;
}

void ConversationChat::load()
{
    if (!m_with.conversations->isStored(m_id)) {
        m_isLoaded = true;
        return;
    }
    whenTaken(m_with.archive->messages(m_id), this,
              [this](Result<std::vector<Message>> messages) { onLoaded(std::move(messages)); });
}

void ConversationChat::onLoaded(Result<std::vector<Message>> messages)
{
    const std::vector<Typed> early = std::exchange(m_early, {});
    if (!messages) {
        QStringList waiting;
        std::vector<Attachment> files;
        for (const Typed &typed : early) {
            waiting.append(typed.text);
            files.insert(files.end(), typed.attachments.begin(), typed.attachments.end());
        }
        if (!conversation().draft.isEmpty())
            waiting.append(conversation().draft);
        files.insert(files.end(), conversation().draftFiles.begin(), conversation().draftFiles.end());
        setDraft(waiting.join(QStringLiteral("\n\n")));
        setDraftFiles(files);
        m_loadError = messages.error();
        Q_EMIT loadFailed(messages.error());
        return;
    }
    m_isLoaded = true;
    m_tree.load(std::move(*messages));
    m_messages.reset(m_tree.shown());
    settleRequests();
    Q_EMIT loaded();
    for (const Typed &typed : early)
        send(typed.text, typed.attachments);
}

void ConversationChat::reload()
{
    if (std::exchange(m_loadError, std::nullopt))
        load();
}

void ConversationChat::send(const QString &text, const std::vector<Attachment> &attachments)
{
    if ((text.trimmed().isEmpty() && attachments.empty()) || m_loadError)
        return;
    if (!m_isLoaded) {
        m_early.push_back({.text = text, .attachments = attachments});
        return;
    }
    touch(text.trimmed().isEmpty() ? attachments.front().name : text);
    Message message = typedMessage(text, m_commandTimeout);
    attach(message, attachments);
    const bool isCommand = commandOf(message) != nullptr;
    message.state = MessageState::Queued;
    message.parent = m_tree.shownEnd();
    const MessageId id = message.id;
    m_tree.add(std::move(message));
    showTree();
    saveMessage(id);
    if (isStreaming() && usesSocket() && !isCommand && !m_runsCommand && sendWhileAnswering())
        return;
    if (!isStreaming())
        sendNext();
}

void ConversationChat::touch(const QString &firstWords)
{
    m_with.conversations->store(m_id);
    m_with.conversations->change(m_id, [&firstWords](Conversation &conversation) {
        conversation.lastActive = QDateTime::currentDateTimeUtc();
        if (conversation.title.isEmpty() && !conversation.isTitleChosen)
            conversation.title = titleFromMessage(firstWords);
    });
}

MessageId ConversationChat::firstQueued() const
{
    for (int index = 0; index < m_messages.count(); ++index) {
        if (m_messages.at(index).state == MessageState::Queued)
            return m_messages.at(index).id;
    }
    return {};
}

void ConversationChat::sendNext()
{
    const MessageId id = firstQueued();
    if (!id.isEmpty() && !isStreaming())
        send(id);
}

void ConversationChat::send(const MessageId &queued)
{
    const Address address = addressOf(*m_tree.find(queued));
    const std::vector<InputAnswer> answers = answersIn(*m_tree.find(queued));
    change(queued, [&](Message &message) {
        message.state = MessageState::Complete;
        for (const InputAnswer &answer : answers)
            message.parts.push_back({.content = answer});
        message.session = address.session;
        message.qualifier = address.qualifier;
    });
    saveMessage(queued);
    ask(queued);
}

// The others that wait come after the answer.
void ConversationChat::addAnswer(const MessageId &above, const MessageId &question, const MessageId &id,
                                 const Address &address)
{
    std::vector<MessageId> waiting = m_tree.followers(above);
    std::erase_if(waiting, [this](const MessageId &follower) {
        return m_tree.find(follower)->state != MessageState::Queued;
    });
    Message answer;
    answer.id = id;
    answer.role = Role::Agent;
    answer.state = MessageState::Streaming;
    answer.created = QDateTime::currentDateTimeUtc();
    answer.qualifier = address.qualifier;
    answer.session = address.session;
    answer.answerTo = question;
    answer.parent = above;
    for (const MessageId &other : m_tree.followers(above))
        answer.attempt = std::max(answer.attempt, m_tree.find(other)->attempt + 1);
    m_tree.add(std::move(answer));
    for (const MessageId &message : waiting)
        m_tree.move(message, id);
    showTree();
    saveMessage(id);
    for (const MessageId &message : waiting)
        saveMessage(message);
}

void ConversationChat::ask(const MessageId &question)
{
    if (m_with.sessions && m_with.sessions->wasEnded(conversation().session))
        startNewSession();
    const Address address = addressOf(*m_tree.find(question));
    const Command *command = commandOf(*m_tree.find(question));
    const Result<AgentQuestion> worded = command ? questionOf(address) : questionFor(question, address);
    const MessageId id = MessageId::create();
    AgentQuestion asked = worded.value_or(questionOf(address));
    if (command)
        asked.command = *command;
    RequestFactory makeRequest = m_with.makeRequest;
    if (usesSocket() && !command)
        makeRequest = [this](const AgentQuestion &attempt) { return socketTurn(attempt); };
    beginAnswer(id, asked, std::move(makeRequest));
    addAnswer(question, question, id, address);
    // What failed before is no longer what the conversation is about.
    if (conversation().hasFailed)
        m_with.conversations->change(m_id, [](Conversation &changed) { changed.hasFailed = false; });
    beginUse(address);
    Q_EMIT streamingChanged(true);
    if (worded)
        m_exchange->start();
    else
        m_exchange->refuse(worded.error());
    findVersion(id, address);
}

AgentQuestion ConversationChat::questionOf(const Address &address) const
{
    return {.agent = agent(), .qualifier = address.qualifier, .session = address.session};
}

void ConversationChat::beginAnswer(const MessageId &id, const AgentQuestion &question,
                                   RequestFactory makeRequest)
{
    m_live = id;
    m_runsCommand = question.command.has_value();
    m_standingNote.clear();
    m_sentTenths = -1;
    m_savedFrames = 0;
    m_exchange = new Exchange(
        question, std::move(makeRequest),
        [this, id](const std::function<void(Message &)> &function) { change(id, function); }, this);
    m_exchange->setLearnFromRefusal(m_with.learnFromRefusal);
    connect(m_exchange, &Exchange::folded, this,
            [this](const std::vector<Delta> &, int first, int last) { onFolded(first, last); });
    connect(m_exchange, &Exchange::waiting, this,
            [this](const Error &error, int next, std::chrono::milliseconds pause) {
                setNote(retryNote(error, &agent(), next, pause));
                saveMessage(m_live);
            });
    connect(m_exchange, &Exchange::noted, this, [this](const QString &words) {
        m_standingNote = words;
        setNote(words);
    });
    connect(m_exchange, &Exchange::sending, this, &ConversationChat::tellSending);
    connect(m_exchange, &Exchange::headersReceived, this, [this] {
        setNote(m_standingNote);
        stampVersion();
    });
    connect(m_exchange, &Exchange::finished, this, &ConversationChat::onExchangeFinished);
}

// Beside the exchange, which does not wait for it.
void ConversationChat::findVersion(const MessageId &answer, const Address &address)
{
    if (!m_with.versions)
        return;
    whenDone(m_with.versions->version(agent(), address.qualifier), this,
             [this, answer, session = address.session](const QString &version) {
                 onVersionFound(answer, session, version);
             });
}

void ConversationChat::onVersionFound(const MessageId &answer, const RuntimeSessionId &session,
                                      const QString &version)
{
    if (version.isEmpty())
        return;
    m_found = FoundVersion{.answer = answer, .session = session, .version = version};
    stampVersion();
}

// A session stays on the version that it began on, however its endpoint moves on.
void ConversationChat::stampVersion()
{
    const Message *answer = m_found ? m_tree.find(m_found->answer) : nullptr;
    if (!answer || !hasReachedTheAgent(*answer))
        return;
    const FoundVersion found = *std::exchange(m_found, std::nullopt);
    const QString before = versionOf(found.session);
    if (before.isEmpty() || before == found.version) {
        m_sessionVersions.insert_or_assign(found.session, found.version);
        change(found.answer, [&found](Message &message) { message.servedVersion = found.version; });
        saveMessage(found.answer);
    } else if (found.session == conversation().session && m_toldVersion != found.version) {
        // Which of the two answers now cannot be known: a session that was idle begins anew.
        m_toldVersion = found.version;
        Q_EMIT servedVersionChanged(before, found.version);
    }
}

QString ConversationChat::versionOf(const RuntimeSessionId &session) const
{
    if (const auto known = m_sessionVersions.find(session); known != m_sessionVersions.end())
        return known->second;
    for (int index = m_tree.count() - 1; index >= 0; --index) {
        const Message &message = m_tree.at(index);
        const bool isIn = message.session == session || message.responseIds->sessionId == session.value();
        if (!message.servedVersion.isEmpty() && isIn)
            return message.servedVersion;
    }
    return {};
}

void ConversationChat::onFolded(int first, int last)
{
    const auto logs = m_logs.find(m_live);
    if (logs != m_logs.end()) {
        for (const QPointer<AnswerFrameLog> &log : logs->second) {
            if (log)
                log->append(m_exchange->rows(), first, last);
        }
    }
    if (!m_saveTimer.isActive())
        m_saveTimer.start();
}

void ConversationChat::onExchangeFinished()
{
    m_saveTimer.stop();
    saveLive();
    Exchange *exchange = std::exchange(m_exchange, nullptr);
    if (!m_with.archive->isOpen())
        m_memoryRows.insert_or_assign(m_live, exchange->rows());
    exchange->deleteLater();
    const MessageId answer = std::exchange(m_live, {});
    const MessageState state = m_tree.find(answer)->state;
    setNote({});
    endUse(*m_tree.find(answer));
    m_with.conversations->change(m_id, [&](Conversation &conversation) {
        conversation.lastActive = QDateTime::currentDateTimeUtc();
        conversation.hasFailed = state == MessageState::Failed;
        conversation.isUnread = conversation.isUnread || !m_isFront;
    });
    Q_EMIT streamingChanged(false);
    Q_EMIT answerFinished(answer);
    if (m_link)
        afterTurn();
    // After a failure or a stop the queue waits for the person, who may not want to go on; and what was
    // written before a question was asked is no answer to it.
    if (state == MessageState::Complete && !isStreaming() && openRequests().empty())
        goOnAfter(answer);
}

// What waits behind the answer, else what was written in another attempt while it came.
void ConversationChat::goOnAfter(const MessageId &answer)
{
    const auto isWaiting = [this](const MessageId &id) {
        return m_tree.find(id)->state == MessageState::Queued;
    };
    const std::vector<MessageId> behind = m_tree.followers(answer);
    if (const auto next = std::ranges::find_if(behind, isWaiting); next != behind.end()) {
        send(MessageId(*next));
        return;
    }
    for (int index = m_tree.indexOf(answer) + 1; index < m_tree.count(); ++index) {
        const Message &message = m_tree.at(index);
        const bool isFirst = message.parent == rootMessage() || !isWaiting(message.parent);
        if (message.state == MessageState::Queued && isFirst) {
            send(MessageId(message.id));
            return;
        }
    }
}

bool ConversationChat::canBeLetGo() const
{
    const bool isAwaited = !m_unanswered.empty() && !m_isAnsweredTogether;
    const bool isUnderWay = isStreaming() || m_saveTimer.isActive() || isAwaited;
    const bool isConnected = m_link && (m_link->state() != SocketLink::State::Closed || m_link->hasNews());
    // A branch that was left goes on in the session it had, which is nowhere else.
    const bool isOnDisk = m_isLoaded && !m_loadError && m_left.empty() && m_early.empty()
        && m_with.archive->isOpen() && m_with.conversations->isStored(m_id);
    return isOnDisk && !isUnderWay && !isConnected;
}

bool ConversationChat::isWaitingToRetry() const
{
    return m_exchange && m_exchange->isWaiting();
}

void ConversationChat::tryNow()
{
    if (!isWaitingToRetry())
        return;
    setNote({});
    m_exchange->tryNow();
}

void ConversationChat::editQueued(const MessageId &id, const QString &text)
{
    const Message *queued = m_tree.find(id);
    if (!queued || queued->state != MessageState::Queued)
        return;
    if (text.trimmed().isEmpty() && attachmentsOf(*queued).empty()) {
        withdrawQueued(id);
        return;
    }
    change(id, [this, &text](Message &message) {
        const std::vector<Attachment> files = attachmentsOf(message);
        message.parts = typedMessage(text, m_commandTimeout).parts;
        attach(message, files);
    });
    saveMessage(id);
}

QString ConversationChat::withdrawQueued(const MessageId &id)
{
    const Message *queued = m_tree.find(id);
    if (!queued || queued->state != MessageState::Queued)
        return {};
    QString text = typedText(*queued);
    // The id given may live in the message that goes.
    const MessageId gone(id.value());
    const int index = m_tree.indexOf(gone);
    const std::vector<MessageId> behind = m_tree.followers(gone);
    m_tree.remove(gone);
    showTree();
    m_with.archive->removeMessage(gone);
    for (const MessageId &message : behind)
        saveMessage(message);
    // Those kept after it move up, or what is written next would stand before them.
    saveFrom(index);
    return text;
}

void ConversationChat::sendQueued(const MessageId &id)
{
    const MessageId wanted(id.value());
    const Message *queued = m_tree.find(wanted);
    if (!queued || queued->state != MessageState::Queued || isStreaming())
        return;
    const MessageId first = firstQueued();
    if (m_tree.isShown(wanted) && first != wanted) {
        const MessageId above = m_tree.find(first)->parent;
        const MessageId before = queued->parent;
        const std::vector<MessageId> behind = m_tree.followers(wanted);
        for (const MessageId &message : behind)
            m_tree.move(message, before);
        m_tree.move(wanted, above);
        m_tree.move(first, wanted);
        showTree();
        for (const MessageId &message : behind)
            saveMessage(message);
        saveMessage(first);
    }
    send(wanted);
}

void ConversationChat::startNewSession()
{
    m_with.conversations->change(
        m_id, [](Conversation &conversation) { conversation.session = RuntimeSessionId::create(); });
}

// The sessions so far are at an agent that is not asked any longer.
void ConversationChat::moveTo(const Agent &agent)
{
    if (isStreaming() || !m_isLoaded || conversation().agent == agent.id)
        return;
    m_left.clear();
    for (int index = 0; index < m_tree.count(); ++index)
        change(MessageId(m_tree.at(index).id), [](Message &message) { message.isImported = true; });
    saveFrom(0);
    m_with.conversations->change(m_id, [&agent](Conversation &conversation) {
        conversation.agent = agent.id;
        conversation.qualifier = agent.qualifier;
        conversation.session = RuntimeSessionId::create();
    });
}

void ConversationChat::setQualifier(const QString &qualifier)
{
    if (qualifier == conversation().qualifier)
        return;
    m_with.conversations->change(m_id, [&qualifier](Conversation &conversation) {
        conversation.qualifier = qualifier;
        conversation.session = RuntimeSessionId::create();
    });
}

std::unique_ptr<FrameLog> ConversationChat::openFrames(const MessageId &answer)
{
    auto log = std::make_unique<AnswerFrameLog>();
    const Message *message = m_tree.find(answer);
    if (!message)
        return log;
    const auto kept = m_memoryRows.find(answer);
    if (answer == m_live && m_exchange) {
        log->append(m_exchange->rows(), 0, int(m_exchange->rows().size()) - 1);
        std::vector<QPointer<AnswerFrameLog>> &logs = m_logs[answer];
        std::erase_if(logs, [](const QPointer<AnswerFrameLog> &open) { return open.isNull(); });
        logs.push_back(log.get());
    } else if (kept != m_memoryRows.end()) {
        log->append(kept->second, 0, int(kept->second.size()) - 1);
    } else {
        log->setLoading();
        whenDone(m_with.archive->frames(answer), log.get(),
                 [log = log.get(), message = *message](const Result<std::vector<Frame>> &frames) {
                     log->setLoaded(frames.value_or(std::vector<Frame>{}), message);
                 });
    }
    return log;
}

void ConversationChat::setFront(bool isFront)
{
    m_isFront = isFront;
}

void ConversationChat::setNote(const QString &note)
{
    if (note == m_note)
        return;
    m_note = note;
    Q_EMIT progressNoteChanged(note);
}

void ConversationChat::change(const MessageId &id, const std::function<void(Message &)> &function)
{
    const int index = m_messages.indexOf(id);
    if (index >= 0)
        m_messages.change(index, function);
    else if (Message *message = m_tree.find(id))
        function(*message);
}

void ConversationChat::saveMessage(const MessageId &id)
{
    m_with.archive->saveMessage(m_id, m_tree.indexOf(id), *m_tree.find(id));
}

void ConversationChat::saveFrom(int index)
{
    for (int later = index; later < m_tree.count(); ++later)
        m_with.archive->saveMessage(m_id, later, m_tree.at(later));
}

void ConversationChat::saveLive()
{
    if (!m_exchange)
        return;
    saveMessage(m_live);
    const std::vector<FrameRow> &rows = m_exchange->rows();
    std::vector<Frame> frames;
    for (size_t index = size_t(m_savedFrames); index < rows.size(); ++index)
        frames.push_back(rows[index].frame);
    if (!frames.empty())
        m_with.archive->appendFrames(m_live, frames);
    m_savedFrames = int(rows.size());
}

void ConversationChat::saveNow()
{
    saveLive();
}

} // namespace Parlance
