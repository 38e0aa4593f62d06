// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/agentbook.h"
#include "chat/attachmentshelf.h"
#include "chat/chat.h"
#include "chat/identitybook.h"
#include "chat/requestfactory.h"
#include "chat/sessionender.h"
#include "chat/takein.h"
#include "core/conversation.h"
#include "core/result.h"
#include "core/session.h"

#include <QObject>
#include <QUrl>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace Parlance {

class AuthProbe;
struct TakingIn;
class ComparisonBook;
class ConnectionCheck;
class ConversationSearch;
class Discovery;
class FactsKeeper;
class HealthWatch;
class NetworkBook;
class NetworkPolicy;
class RunShelf;
class SecretStore;
class ServedVersions;
class SessionBook;
class SessionEnder;
class Shell;
class Store;
struct StoredState;

//! Everything a front end talks to: the agents, their conversations, and open chats.
class Workspace : public QObject
{
    Q_OBJECT
public:
    struct Collaborators
    {
        Store *store = nullptr;
        SecretStore *secrets = nullptr;
        NetworkPolicy *network = nullptr;
        QUrl builtInAgent = {}; //!< base URL of the built-in agent; empty: it could not be started
        QString settingsFile = {}; //!< the network's settings; empty: they are not kept
        RequestFactory makeRequest = {}; //!< empty: real requests; tests script their own
        TaskCancel cancelTask = {}; //!< empty: real ones, if the requests are
        SocketFactory makeSocket = {}; //!< empty: real connections
        ShellFactory makeShell = {}; //!< empty: real shells
        std::function<QDateTime()> clock = {}; //!< empty: the machine's; of sessions
    };
    explicit Workspace(const Collaborators &collaborators, QObject *parent = nullptr);
    ~Workspace() override;

    //! Opens the store. ready() or openFailed() follows.
    void start();
    bool isReady() const { return m_isReady; }

    AgentBook *agents() const { return m_agents.get(); }
    IdentityBook *identities() const { return m_identities.get(); }
    //! What AWS accounts have deployed.
    Discovery *discovery() const { return m_discovery.get(); }
    //! Which version each endpoint serves.
    ServedVersions *servedVersions() const { return m_servedVersions.get(); }
    //! Which proof an agent wants.
    AuthProbe *authProbe() const { return m_authProbe.get(); }
    //! Where attached files are kept.
    AttachmentShelf attachments() const;
    //! The runtime sessions that were begun here.
    SessionBook *sessions() const { return m_sessions.get(); }
    //! The comparisons that were made.
    ComparisonBook *comparisons() const { return m_comparisons.get(); }
    //! Runs of suites.
    RunShelf *runs() const { return m_runs.get(); }
    //! How questions are put that belong to no conversation. Must not outlive this.
    RequestFactory requests() const;
    LearnFromRefusal learning() const;
    //! How hosts are reached. Null without a network.
    NetworkBook *network() const { return m_network.get(); }
    //! How the agents on this machine are.
    HealthWatch *health() const { return m_health.get(); }
    //! Ends a session at the service. A conversation that was in it goes on in a new one; an answer that
    //! comes in it is stopped.
    QFuture<Result<SessionEnd>> endSession(const RuntimeSession &session);
    //! As what the conversation's session is to be ended. Absent: its agent keeps sessions to itself, or
    //! nothing was said in it yet.
    std::optional<RuntimeSession> sessionOf(const ConversationId &id) const;
    //! Ends sessions, with other secrets than the workspace's unless they are null. Must not outlive this.
    std::unique_ptr<SessionEnder> sessionEnder(SecretStore *secrets = nullptr);
    //! A test of an agent, which need not be kept. A token that is not kept yet stays in memory for it;
    //! without one it is the kept one. Must not outlive this.
    std::unique_ptr<ConnectionCheck> connectionCheck(const Secret &token = {});
    //! A search over all conversations. Must not outlive this.
    std::unique_ptr<ConversationSearch> conversationSearch();
    //! Everything that was said in a conversation, as it is kept.
    QFuture<Result<std::vector<Message>>> messages(const ConversationId &id);
    QFuture<Result<std::vector<Frame>>> frames(const MessageId &answer);
    //! Keeps conversations from a file as new ones, with agents for them where there are none. All or, if
    //! nothing can be kept or the future is cancelled in time, none.
    QFuture<Result<TakenIn>> takeIn(const std::vector<ConversationFile> &files);
    //! More of a conversation that was taken in, while nobody else has it: its messages from this one on,
    //! which may be there already as they were before, and frames that are not there yet.
    void takeInMore(const ConversationId &id, const ConversationFile &file, std::size_t from);
    //! Newest activity first.
    std::vector<Conversation> conversations(const AgentId &agent) const;
    std::vector<Conversation> allConversations() const;
    //! The same in no order, and without copies. The function must not change any.
    void visitConversations(const std::function<void(const Conversation &)> &function) const;
    //! Null if there is none. Valid until the list changes.
    const Conversation *conversation(const ConversationId &id) const;

    //! The chat of a conversation; made at the first call, loads by itself. Null if there is none.
    Chat *chat(const ConversationId &id);
    //! How long a chat that nobody looks at stays in memory after something ended in it; 20 s unless told. A
    //! pointer to one holds for as long.
    void letChatsGoAfter(std::chrono::milliseconds pause);
    //! A new conversation. It is stored once something is typed or sent.
    Chat *newConversation(const AgentId &agent);
    //! A conversation of a chosen name with an endpoint, stored from the start, beside those that are there.
    //! Null: there is no such agent.
    Chat *beginConversation(const AgentId &agent, const QString &qualifier, const QString &title);
    //! The shell on the machine of a conversation's session; made at the first call, not opened. One that has
    //! ended makes room for another once the conversation goes on elsewhere. Null if there is no
    //! conversation.
    Shell *shell(const ConversationId &id);
    //! Null: none was made.
    Shell *knownShell(const ConversationId &id) const;
    int liveShellCount() const;
    //! Ends them all.
    void closeShells();
    void rename(const ConversationId &id, const QString &title);
    //! Stops its answer if one streams. restore() takes it back until the program ends.
    void remove(const ConversationId &id);
    void restore(const ConversationId &id);
    //! The conversation a person looks at: its answers do not become unread. Empty: none.
    void setFront(const ConversationId &id);
    //! Further conversations that a person looks at, in other windows. They stay in memory.
    void setBeside(std::vector<ConversationId> ids);
    //! Whether the person is at the window at all. What is looked at is seen when the person comes back.
    void setWindowFront(bool isFront);
    void markUnread(const ConversationId &id);
    //! A conversation goes on with another agent, in a session of its own. Not while an answer comes.
    void moveTo(const ConversationId &id, const AgentId &agent);
    int unreadCount() const;
    int streamingCount() const;
    bool isStreaming(const ConversationId &id) const;

Q_SIGNALS:
    //! setAsideFile: a corrupt database was moved there; empty in the usual case.
    void ready(bool isFirstStart, const QString &setAsideFile);
    //! Nothing can be kept: the window says so and goes on in memory.
    void openFailed(const Parlance::Error &error);
    void conversationAdded(const Parlance::ConversationId &id);
    void conversationChanged(const Parlance::ConversationId &id);
    void conversationRemoved(const Parlance::ConversationId &id);
    void streamingCountChanged(int count);
    //! Of any chat, once for each answer, after its conversation has changed.
    void answerFinished(const Parlance::ConversationId &conversation, const Parlance::MessageId &answer);
    void storageFailed(const Parlance::Error &error);
    void storageRecovered();

private:
    void applyFront();
    void onOpened(const Result<StoredState> &state);
    AgentId agentFor(const ExportedAgent &exported, TakenIn *taken);
    void onSessionEnded(const RuntimeSessionId &session);
    void takeNext(const std::shared_ptr<TakingIn> &taking);
    TakenIn takeAll(const std::vector<ConversationFile> &files, const std::vector<bool> &isKnown);

    class Private;
    std::unique_ptr<Private> d;
    std::unique_ptr<AgentBook> m_agents;
    std::unique_ptr<NetworkBook> m_network;
    std::unique_ptr<IdentityBook> m_identities;
    std::unique_ptr<Discovery> m_discovery;
    std::unique_ptr<ServedVersions> m_servedVersions;
    std::unique_ptr<AuthProbe> m_authProbe;
    std::unique_ptr<FactsKeeper> m_facts;
    std::unique_ptr<SessionBook> m_sessions;
    std::unique_ptr<ComparisonBook> m_comparisons;
    std::unique_ptr<SessionEnder> m_ender;
    std::unique_ptr<RunShelf> m_runs;
    std::unique_ptr<HealthWatch> m_health;
    bool m_isReady = false;
};

} // namespace Parlance
