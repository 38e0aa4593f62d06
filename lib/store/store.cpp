// SPDX-License-Identifier: Apache-2.0
#include "store/store.h"

#include "core/log.h"
#include "core/platform.h"
#include "store/conversationrows.h"
#include "store/framerows.h"
#include "store/keptfiles.h"
#include "store/runrows.h"
#include "store/searchthread.h"
#include "store/worker.h"

#include <algorithm>

namespace Parlance {
namespace {

// One answer for one task. The promise is shared because std::function wants to copy what it holds.
template <typename T>
QFuture<Result<T>> ask(StoreWorker &worker, std::function<Result<T>(StoreWorker &)> question)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    QFuture<Result<T>> future = promise->future();
    promise->start();
    worker.post([promise, question = std::move(question)](StoreWorker &self) {
        promise->addResult(question(self));
        promise->finish();
    });
    return future;
}

template <typename T> Result<T> readFrom(StoreWorker &worker, const std::function<T(Database &)> &read)
{
    if (!worker.isOpen())
        return failure(worker.closedError());
    T value = read(worker.database());
    if (worker.database().hasFailed())
        return failure(worker.database().takeError());
    return value;
}

template <typename T> QFuture<Result<T>> read(StoreWorker &worker, std::function<T(Database &)> question)
{
    return ask<T>(
        worker, [question = std::move(question)](StoreWorker &self) { return readFrom<T>(self, question); });
}

} // namespace

Store::Store(QString filePath, QObject *parent)
    : Store(std::move(filePath), StoreOptions{}, parent)
{
}

Store::Store(QString filePath, const StoreOptions &options, QObject *parent)
    : QObject(parent)
    , m_closingTime(options.closingTime)
    , m_attachmentFolder(Parlance::attachmentFolder(filePath))
{
    const StoreWorker::Listener listener{
        .writeFailed =
            [this](const Error &error) {
                QMetaObject::invokeMethod(
                    this, [this, error] { Q_EMIT writeFailed(error); }, Qt::QueuedConnection);
            },
        .writeRecovered =
            [this] {
                QMetaObject::invokeMethod(
                    this, [this] { Q_EMIT writeRecovered(); }, Qt::QueuedConnection);
            },
        .searchProgressed =
            [this](int percent) {
                QMetaObject::invokeMethod(
                    this, [this, percent] { Q_EMIT searchProgressed(percent); }, Qt::QueuedConnection);
            }};
    m_search = std::make_shared<SearchThread>(filePath);
    SearchThread::start(m_search);
    m_worker = std::make_shared<StoreWorker>(std::move(filePath), options, listener);
    StoreWorker::start(m_worker);
}

Store::~Store()
{
    // First, so that the worker's connection is the last and takes in the log.
    const bool searchEnded = m_search->stop(m_closingTime);
    if (!searchEnded || !m_worker->stop())
        qCWarning(logStore) << "the disk did not answer in time";
}

QFuture<Result<StoredState>> Store::open()
{
    return ask<StoredState>(*m_worker, [](StoreWorker &worker) { return worker.open(); });
}

void Store::saveAgent(const Agent &agent)
{
    m_worker->add(AgentWrite{.agent = agent});
}

void Store::removeAgent(const AgentId &id)
{
    m_worker->add(AgentRemoval{.id = id});
}

void Store::forgetAgent(const AgentId &id)
{
    m_worker->add(AgentForgetting{.id = id});
}

void Store::saveIdentity(const Identity &identity)
{
    m_worker->add(IdentityWrite{.identity = identity});
}

void Store::removeIdentity(const IdentityId &id)
{
    m_worker->add(IdentityRemoval{.id = id});
}

void Store::saveSession(const RuntimeSession &session)
{
    m_worker->add(SessionWrite{.session = session});
}

void Store::removeSession(const RuntimeSessionId &id)
{
    m_worker->add(SessionRemoval{.id = id});
}

void Store::saveComparison(const Comparison &comparison)
{
    m_worker->add(ComparisonWrite{.comparison = comparison});
}

void Store::removeComparison(const ComparisonId &id)
{
    m_worker->add(ComparisonRemoval{.id = id});
}

void Store::saveConversation(const Conversation &conversation)
{
    m_worker->add(ConversationWrite{.conversation = conversation});
}

void Store::saveWhole(const std::vector<WholeConversation> &conversations)
{
    std::vector<Write> writes;
    for (const WholeConversation &whole : conversations) {
        const ConversationId &id = whole.conversation.id;
        writes.emplace_back(ConversationWrite{.conversation = whole.conversation});
        int position = 0;
        for (const Message &message : whole.messages)
            writes.emplace_back(MessageWrite{.conversation = id, .position = position++, .message = message});
        for (const auto &[message, frames] : whole.frames)
            writes.emplace_back(FramesWrite{.message = message, .frames = frames});
    }
    m_worker->add(std::move(writes));
}

void Store::removeConversation(const ConversationId &id)
{
    m_worker->add(ConversationHiding{.id = id, .isHidden = true});
}

void Store::restoreConversation(const ConversationId &id)
{
    m_worker->add(ConversationHiding{.id = id, .isHidden = false});
}

void Store::saveDraft(const ConversationId &id, const QString &draft)
{
    m_worker->add(DraftWrite{.id = id, .draft = draft});
}

void Store::saveMessage(const ConversationId &conversation, int position, const Message &message)
{
    m_worker->add(MessageWrite{.conversation = conversation, .position = position, .message = message});
}

void Store::setMessageChosen(const MessageId &id, bool isChosen)
{
    m_worker->add(MessageChoice{.id = id, .isChosen = isChosen});
}

void Store::removeMessage(const MessageId &id)
{
    m_worker->add(MessageRemoval{.id = id});
}

void Store::appendFrames(const MessageId &message, const std::vector<Frame> &frames)
{
    if (!frames.empty())
        m_worker->add(FramesWrite{.message = message, .frames = frames});
}

void Store::saveRun(const KeptRun &run)
{
    m_worker->add(RunWrite{.run = run});
}

void Store::removeRun(const RunId &id)
{
    m_worker->add(RunRemoval{.id = id});
}

void Store::saveCell(const KeptCell &cell, const QByteArray &frames)
{
    m_worker->add(CellWrite{.cell = cell, .frames = frames});
}

void Store::saveCellVerdict(const RunId &run, qint64 place, const QString &verdict, const QString &note)
{
    m_worker->add(CellVerdictWrite{.run = run, .place = place, .verdict = verdict, .note = note});
}

QFuture<Result<std::vector<KeptRun>>> Store::runs()
{
    return read<std::vector<KeptRun>>(*m_worker, &readRuns);
}

QFuture<Result<std::optional<KeptRun>>> Store::run(const RunId &id)
{
    return read<std::optional<KeptRun>>(*m_worker,
                                        [id](Database &database) { return readRun(database, id); });
}

QFuture<Result<std::vector<KeptCell>>> Store::cells(const RunId &run)
{
    return read<std::vector<KeptCell>>(*m_worker,
                                       [run](Database &database) { return readCells(database, run); });
}

QFuture<Result<std::optional<KeptCell>>> Store::cell(const RunId &run, qint64 place)
{
    return read<std::optional<KeptCell>>(
        *m_worker, [run, place](Database &database) { return readCell(database, run, place); });
}

QFuture<Result<QByteArray>> Store::cellFrames(const RunId &run, qint64 place)
{
    return read<QByteArray>(
        *m_worker, [run, place](Database &database) { return readCellFrames(database, run, place); });
}

QFuture<Result<std::vector<Message>>> Store::messages(const ConversationId &conversation)
{
    return ask<std::vector<Message>>(*m_worker, [conversation](StoreWorker &worker) {
        auto messages = readFrom<std::vector<Message>>(
            worker, [&](Database &database) { return readMessages(database, conversation); });
        // A long conversation leaves the pages it was read from and what was in the way while it was read.
        worker.database().shrink();
        returnFreedMemory();
        return messages;
    });
}

QFuture<Result<bool>> Store::knowsAny(const ConversationId &conversation,
                                      const std::vector<MessageId> &messages)
{
    return ask<bool>(*m_worker, [conversation, messages](StoreWorker &worker) {
        return readFrom<bool>(worker, [&](Database &database) {
            return isConversationKnown(database, conversation)
                || std::ranges::any_of(messages, [&database](const MessageId &id) {
                       return messageNumber(database, id).has_value();
                   });
        });
    });
}

QFuture<Result<std::vector<Frame>>> Store::frames(const MessageId &message)
{
    return ask<std::vector<Frame>>(*m_worker, [message](StoreWorker &worker) {
        return readFrom<std::vector<Frame>>(
            worker, [&](Database &database) { return readFrames(database, message); });
    });
}

QFuture<Result<SearchPage>> Store::search(const SearchQuestion &question, int offset, int limit)
{
    return m_search->ask(question, offset, limit);
}

QFuture<Result<void>> Store::flush()
{
    return ask<void>(*m_worker, [](StoreWorker &worker) {
        return worker.isOpen() ? worker.lastWrite() : Result<void>(failure(worker.closedError()));
    });
}

} // namespace Parlance
