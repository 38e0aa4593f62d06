// SPDX-License-Identifier: Apache-2.0
// Conversations from a file.
#include "chat/workspaceparts.h"

#include "core/whendone.h"
#include "store/store.h"

#include <QPromise>

#include <set>

namespace Parlance {

//! Conversations on their way in from a file.
struct TakingIn
{
    std::vector<ConversationFile> files = {};
    std::vector<bool> isKnown = {}; //!< of the first of them: whether something here has its ids
    std::set<QString> ids = {}; //!< that they have so far
    QPromise<Result<TakenIn>> promise = {};
};

QFuture<Result<TakenIn>> Workspace::takeIn(const std::vector<ConversationFile> &files)
{
    const auto taking = std::make_shared<TakingIn>();
    taking->files = files;
    taking->promise.start();
    if (d->archive.isOpen())
        takeNext(taking);
    else {
        taking->promise.addResult(
            failure(ErrorKind::StoreFailed, tr("Nothing is kept this time, so nothing can be taken in.")));
        taking->promise.finish();
    }
    return taking->promise.future();
}

void Workspace::takeNext(const std::shared_ptr<TakingIn> &taking)
{
    if (taking->promise.isCanceled()) {
        taking->promise.finish();
        return;
    }
    if (taking->isKnown.size() == taking->files.size()) {
        taking->promise.addResult(takeAll(taking->files, taking->isKnown));
        taking->promise.finish();
        return;
    }
    const ConversationFile &file = taking->files[taking->isKnown.size()];
    std::vector<MessageId> ids;
    ids.reserve(file.messages.size());
    // A file that says the same twice is two conversations.
    bool isTwice = !taking->ids.insert(file.conversation.id.value()).second;
    for (const Message &message : file.messages) {
        ids.push_back(message.id);
        isTwice = !taking->ids.insert(message.id.value()).second || isTwice;
    }
    whenDone(d->archive.knowsAny(file.conversation.id, ids), this,
             [this, taking, isTwice](const Result<bool> &isKnown) {
                 // What cannot be found out is taken for known: new ids are always free.
                 taking->isKnown.push_back(isTwice || isKnown.value_or(true));
                 takeNext(taking);
             });
}

// Once it begins there is no way back, and nothing comes in between.
TakenIn Workspace::takeAll(const std::vector<ConversationFile> &files, const std::vector<bool> &isKnown)
{
    TakenIn taken;
    std::vector<WholeConversation> here;
    here.reserve(files.size());
    for (size_t i = 0; i < files.size(); ++i) {
        ConversationFile file = asImported(files[i], agentFor(files[i].agent, &taken), isKnown[i]);
        taken.conversations.append(file.conversation.id);
        here.push_back({.conversation = std::move(file.conversation),
                        .messages = std::move(file.messages),
                        .frames = std::move(file.frames)});
    }
    d->archive.saveWhole(here);
    for (const WholeConversation &whole : here) {
        d->conversations.add(whole.conversation);
        d->conversations.store(whole.conversation.id);
    }
    return taken;
}

void Workspace::takeInMore(const ConversationId &id, const ConversationFile &file, std::size_t from)
{
    for (std::size_t index = from; index < file.messages.size(); ++index)
        d->archive.saveMessage(id, int(index), file.messages[index]);
    for (const auto &[message, frames] : file.frames)
        d->archive.appendFrames(message, frames);
    d->conversations.change(
        id, [&file](Conversation &conversation) { conversation.lastActive = file.conversation.lastActive; });
    d->conversations.store(id);
}

AgentId Workspace::agentFor(const ExportedAgent &exported, TakenIn *taken)
{
    if (AgentId here = agentHere(*m_agents, exported); !here.isEmpty())
        return here;
    if (const std::optional<Agent> agent = agentToAdd(exported)) {
        if (const Result<Agent> saved = m_agents->save(*agent)) {
            taken->addedAgents.append(saved->name);
            return saved->id;
        }
    }
    const QString name = exported.name.isEmpty() ? exported.id.value() : exported.name;
    if (!taken->unknownAgents.contains(name))
        taken->unknownAgents.append(name);
    return AgentBook::builtInId();
}

} // namespace Parlance
