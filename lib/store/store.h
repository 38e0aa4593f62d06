// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "core/comparison.h"
#include "core/conversation.h"
#include "core/frame.h"
#include "core/identity.h"
#include "core/keptrun.h"
#include "core/message.h"
#include "core/result.h"
#include "core/search.h"
#include "core/session.h"

#include <QFuture>
#include <QObject>

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace Parlance {

class SearchThread;
class StoreWorker;

struct StoredState
{
    std::vector<Agent> agents = {};
    //! Removed, and remembered until forgetAgent(): what is kept of them elsewhere is still to go.
    std::vector<AgentId> removedAgents = {};
    std::vector<Identity> identities = {};
    std::vector<RuntimeSession> sessions = {}; //!< that were begun, the ended ones too
    std::vector<Comparison> comparisons = {};
    std::vector<Conversation> conversations = {}; //!< without the removed ones
    QString setAsideFile = {}; //!< where a corrupt database was moved to; empty: there was none
    bool isNew = false; //!< the file did not exist: this is the first start
};

struct WholeConversation
{
    Conversation conversation = {};
    std::vector<Message> messages = {}; //!< in order
    std::map<MessageId, std::vector<Frame>> frames = {};
};

struct StoreOptions
{
    //! How long writes are gathered into one transaction, counted from the first of them.
    std::chrono::milliseconds batchTime{200};
    //! How long after a failed write it is tried again.
    std::chrono::milliseconds retryTime{1000};
    //! How long after the last work the memory is given back that work takes.
    std::chrono::milliseconds restTime{3000};
    //! Frames of all answers together. Over it, the oldest answers' frames go first.
    qint64 maximumFrameBytes = 128 * 1024 * 1024;
    //! How long destruction waits for the disk.
    std::chrono::milliseconds closingTime{5000};
    //! A ceiling for the file, in pages of 4 KiB: behaves as a full disk does.
    std::optional<int> maximumPages = std::nullopt;
};

//! One SQLite file behind one worker thread. Calls return at once; writes are batched into one
//! transaction and are on disk within half a second. Destruction writes what is pending.
class Store : public QObject
{
    Q_OBJECT
public:
    explicit Store(QString filePath, QObject *parent = nullptr);
    Store(QString filePath, const StoreOptions &options, QObject *parent = nullptr);
    ~Store() override;

    //! The folder beside the file for what is attached to messages. Of what is there everything goes that
    //! nothing refers to, when the store is opened and when it is closed.
    QString attachmentFolder() const { return m_attachmentFolder; }

    //! Opens, migrates (on a copy, the copy is kept), marks answers left streaming as Interrupted,
    //! purges what was removed before this start. Sets a corrupt file aside and begins a new one.
    //! Errors: StoreFull, StoreReadOnly, StoreLocked (another Parlance has it), StoreFailed.
    QFuture<Result<StoredState>> open();

    void saveAgent(const Agent &agent);
    //! Hidden now, with its conversations, which are purged when the store is closed or at the next start.
    void removeAgent(const AgentId &id);
    //! The last trace of a removed agent.
    void forgetAgent(const AgentId &id);
    void saveIdentity(const Identity &identity);
    void removeIdentity(const IdentityId &id);
    void saveSession(const RuntimeSession &session);
    void removeSession(const RuntimeSessionId &id);
    void saveComparison(const Comparison &comparison);
    void removeComparison(const ComparisonId &id);
    void saveConversation(const Conversation &conversation);
    //! Hidden now, purged when the store is closed or at the next start.
    void removeConversation(const ConversationId &id);
    void restoreConversation(const ConversationId &id);
    //! Conversations with all that was said in them: all of them are kept, or none.
    void saveWhole(const std::vector<WholeConversation> &conversations);
    void saveDraft(const ConversationId &id, const QString &draft);
    //! position orders the messages of a conversation. Repeated calls for one message are merged.
    //! The conversation must have been saved before. What is passed shares its text with the caller
    //! until it is written, so a caller that appends to it in between pays for a copy of the text:
    //! a message that streams is best saved a few times a second, not for each of its frames.
    void saveMessage(const ConversationId &conversation, int position, const Message &message);
    //! Whether it is the shown one among the attempts. saveMessage() says it too; this is for when nothing
    //! else of a message has changed.
    void setMessageChosen(const MessageId &id, bool isChosen);
    void removeMessage(const MessageId &id);
    //! The message must have been saved before. A sequence that is there already is left as it is.
    void appendFrames(const MessageId &message, const std::vector<Frame> &frames);

    void saveRun(const KeptRun &run);
    void removeRun(const RunId &id);
    //! The run must have been saved before. frames: in whatever form, of all its answers; empty: none. What
    //! was there of this cell is replaced. But without a document the one that is there stays, with its
    //! frames; and without a note the note.
    void saveCell(const KeptCell &cell, const QByteArray &frames);
    //! Of a cell that was saved.
    void saveCellVerdict(const RunId &run, qint64 place, const QString &verdict, const QString &note);
    //! Newest first, without their documents.
    QFuture<Result<std::vector<KeptRun>>> runs();
    //! Absent: there is none.
    QFuture<Result<std::optional<KeptRun>>> run(const RunId &id);
    //! By place, without their documents. Those that were never begun are not there.
    QFuture<Result<std::vector<KeptCell>>> cells(const RunId &run);
    QFuture<Result<std::optional<KeptCell>>> cell(const RunId &run, qint64 place);
    QFuture<Result<QByteArray>> cellFrames(const RunId &run, qint64 place);

    QFuture<Result<std::vector<Message>>> messages(const ConversationId &conversation);
    //! Whether this conversation or one of these messages is kept, removed ones included.
    QFuture<Result<bool>> knowsAny(const ConversationId &conversation,
                                   const std::vector<MessageId> &messages);
    QFuture<Result<std::vector<Frame>>> frames(const MessageId &message);
    //! What was found, from the offset on, as it stood on disk; read beside the writes, which do not wait
    //! for it. A later question takes the place of one without an answer, whose future is cancelled.
    //! Further pages of a question are of what its first page found.
    QFuture<Result<SearchPage>> search(const SearchQuestion &question, int offset, int limit);
    //! Done when everything asked for before is on disk.
    QFuture<Result<void>> flush();

Q_SIGNALS:
    //! A write failed. What is in memory stays there and is tried again with the next batch.
    void writeFailed(const Parlance::Error &error);
    //! Writing works again after writeFailed().
    void writeRecovered();
    //! Messages kept by an earlier version are being taken into the search. 100 comes once, at the end.
    void searchProgressed(int percent);

private:
    std::shared_ptr<StoreWorker> m_worker;
    std::shared_ptr<SearchThread> m_search;
    std::chrono::milliseconds m_closingTime;
    QString m_attachmentFolder;
};

} // namespace Parlance
