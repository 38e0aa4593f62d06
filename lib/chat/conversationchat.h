// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/chat.h"
#include "chat/conversationbook.h"
#include "chat/framelog.h"
#include "chat/messagetree.h"
#include "chat/requestfactory.h"
#include "chat/toolcaller.h"

#include <QPointer>
#include <QTimer>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace Parlance {

class AgentBook;
class AnswerFrameLog;
class Archive;
class Exchange;
class SessionBook;
class FoldedQuestions;
class SessionTracker;
class ServedVersions;
class SocketLink;
class SocketTurn;

//! The Chat that Workspace makes.
class ConversationChat : public Chat, public ToolCaller
{
    Q_OBJECT
public:
    struct Collaborators
    {
        Archive *archive = nullptr;
        ConversationBook *conversations = nullptr;
        const AgentBook *agents = nullptr;
        RequestFactory makeRequest = {};
        LearnFromRefusal learnFromRefusal = {};
        ServedVersions *versions = nullptr; //!< null: versions are not known
        TaskCancel cancelTask = {}; //!< of A2A agents; empty: tasks are left alone
        SocketFactory makeSocket = {}; //!< for agents that are asked over a WebSocket
        SessionBook *sessions = nullptr; //!< null: nobody wants to know which were begun
        std::function<QDateTime()> clock = {}; //!< empty: the machine's
    };
    ConversationChat(const ConversationId &id, Collaborators collaborators, QObject *parent = nullptr);
    ~ConversationChat() override;

    const Conversation &conversation() const override { return m_with.conversations->at(m_id); }
    const Agent &agent() const override;
    const MessageList *messages() const override { return &m_messages; }
    bool isLoaded() const override { return m_isLoaded; }
    std::optional<Error> loadError() const override { return m_loadError; }
    void reload() override;
    bool isStreaming() const override { return m_exchange != nullptr; }
    bool isRunningCommand() const override { return m_exchange && m_runsCommand; }
    void setCommandTimeout(std::chrono::seconds timeout) override { m_commandTimeout = timeout; }
    QString progressNote() const override { return m_note; }
    bool isWaitingToRetry() const override;
    void tryNow() override;
    using Chat::send;
    void send(const QString &text, const std::vector<Attachment> &attachments) override;
    void stop() override;
    void retry(const MessageId &answer, AttemptSession session) override;
    void sendEdited(const MessageId &message, const QString &text, const std::vector<Attachment> &attachments,
                    AttemptSession session) override;
    AttemptSession suggestedSession(const MessageId &message) const override;
    bool sendsHistory() const override;
    void stepAttempt(const MessageId &shown, int by) override;
    std::vector<MessageId> attempts(const MessageId &message) const override
    {
        return m_tree.attempts(message);
    }
    bool showAttempt(const MessageId &message) override;
    const Message *find(const MessageId &id) const override { return m_tree.find(id); }
    void editQueued(const MessageId &id, const QString &text) override;
    QString withdrawQueued(const MessageId &id) override;
    void sendQueued(const MessageId &id) override;
    void setDraft(const QString &draft) override;
    void setDraftFiles(const std::vector<Attachment> &files) override;
    void setEdit(const MessageId &message, const QString &text,
                 const std::vector<Attachment> &files) override;
    std::vector<InputRequest> openRequests() const override;
    void answerRequests(const std::vector<InputAnswer> &answers, const QString &words) override;
    void setRequestDraft(const QString &requestId, const QString &json) override;
    QFuture<ToolsFound> tools() override;
    void callTool(const QString &tool, const QString &arguments) override;
    void startNewSession() override;
    void setQualifier(const QString &qualifier) override;
    SessionLife sessionLife() const override;
    void lookAtSession() override;
    void goOnInSession() override;
    //! Goes on with another agent, which knows nothing of what is above. Not while an answer comes.
    void moveTo(const Agent &agent);
    std::unique_ptr<FrameLog> openFrames(const MessageId &answer) override;
    ChatConnection connection() const override;
    void openConnection() override;
    void closeConnection() override;

    //! A front conversation's answers do not become unread.
    void setFront(bool isFront);
    //! All of it is on disk, nothing is under way, and no connection is open.
    bool canBeLetGo() const;
    //! The answer stands as it is written so far; nothing is left to the timer.
    void saveNow();

private:
    void load();
    void onLoaded(Result<std::vector<Message>> messages);
    //! What a question is asked in and of.
    struct Address
    {
        RuntimeSessionId session = {};
        QString qualifier = {};
    };

    void ask(const MessageId &question);
    void beginAnswer(const MessageId &id, const AgentQuestion &question, RequestFactory makeRequest);
    void addAnswer(const MessageId &above, const MessageId &question, const MessageId &id,
                   const Address &address);
    // Over a WebSocket; see conversationsocket.cpp.
    bool usesSocket() const { return agent().transport == AgentTransport::WebSocket; }
    bool sendWhileAnswering();
    Result<std::unique_ptr<AgentRequest>> socketTurn(const AgentQuestion &question);
    Result<SocketLink *> linkFor(const AgentQuestion &question);
    AgentQuestion questionOf(const Address &address) const;
    void dropOldLink();
    void tellStep();
    void tellSending(qint64 sent, qint64 total);
    void onNews();
    void onLost(const std::optional<Error> &error);
    void afterTurn();
    void makeFolded();
    void forgetUnanswered();
    void sendNext();
    void send(const MessageId &queued);
    void goOnAfter(const MessageId &answer);
    void findVersion(const MessageId &answer, const Address &address);
    void onVersionFound(const MessageId &answer, const RuntimeSessionId &session, const QString &version);
    void stampVersion();
    QString versionOf(const RuntimeSessionId &session) const;
    Result<AgentQuestion> questionFor(const MessageId &question, const Address &address) const;
    // Tasks of A2A agents; see conversationtask.cpp.
    TaskStatus taskBefore(const std::vector<const Message *> &path, const RuntimeSessionId &session) const;
    void cancelTask(const MessageId &answer, const AgentQuestion &question);
    Address addressOf(const Message &question) const;
    // See conversationanswers.cpp.
    const Message *newestAnswer() const;
    std::vector<InputAnswer> answersIn(const Message &message) const;
    void settleRequests();
    // See conversationsession.cpp.
    void makeTracker();
    void beginUse(const Address &address);
    void endUse(const Message &answer);
    void leaveBranch();
    void enterBranch();
    void beginSession(AttemptSession session);
    void showTree();
    void change(const MessageId &id, const std::function<void(Message &)> &function);
    void onFolded(int first, int last);
    void onExchangeFinished();
    void setNote(const QString &note);
    void saveMessage(const MessageId &id);
    void saveFrom(int index);
    void saveLive();
    MessageId firstQueued() const;
    void touch(const QString &firstWords);

    ConversationId m_id;
    Collaborators m_with;
    mutable Agent m_agent; //!< as last seen, so that a removed agent still has a name
    MessageTree m_tree;
    MessageList m_messages; //!< what is shown of the tree
    std::map<MessageId, Address> m_left; //!< by the last message of a branch: with what it goes on
    Exchange *m_exchange = nullptr; //!< while an answer streams
    MessageId m_live; //!< the answer that streams
    int m_sentTenths = -1; //!< of a large question, as was told last
    bool m_runsCommand = false; //!< what streams is a command's output
    std::chrono::seconds m_commandTimeout = Command().timeout;
    std::unique_ptr<SocketLink> m_link;
    AgentQuestion m_linkQuestion; //!< what the connection was made for
    QPointer<SocketTurn> m_turn; //!< of the answer that streams
    std::vector<MessageId> m_unanswered; //!< sent into an answer, so that theirs comes after it
    bool m_isAnsweredTogether = false; //!< as it seems, since the agent fell silent after that answer
    QTimer m_togetherTimer;
    std::unique_ptr<FoldedQuestions> m_folded;
    int m_savedFrames = 0; //!< of the live answer, already handed to the archive
    std::unique_ptr<SessionTracker> m_tracker;
    QTimer m_saveTimer;
    QTimer m_draftTimer;
    QTimer m_stepTimer;
    QString m_note;
    QString m_standingNote; //!< beside what the answer waits for
    QString m_toldVersion; //!< of servedVersionChanged()
    struct FoundVersion
    {
        MessageId answer = {};
        RuntimeSessionId session = {};
        QString version = {};
    };
    std::optional<FoundVersion> m_found; //!< until it is known whether the answer came from there
    std::map<RuntimeSessionId, QString> m_sessionVersions; //!< the version a session began on
    struct Typed
    {
        QString text = {};
        std::vector<Attachment> attachments = {};
    };
    std::vector<Typed> m_early; //!< sent before the messages came from disk
    std::map<MessageId, std::vector<QPointer<AnswerFrameLog>>> m_logs;
    std::map<MessageId, std::vector<FrameRow>> m_memoryRows; //!< of finished answers, if there is no archive
    std::optional<Error> m_loadError;
    bool m_isLoaded = false;
    bool m_isFront = false;
};

} // namespace Parlance
