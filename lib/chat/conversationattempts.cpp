// SPDX-License-Identifier: Apache-2.0
// Attempts at one message or answer: how they are made, and which is shown.
#include "chat/agentbook.h"
#include "chat/agui.h"
#include "chat/archive.h"
#include "chat/conversationchat.h"
#include "chat/questionwords.h"
#include "chat/typedwords.h"

#include <algorithm>
#include <utility>

namespace Parlance {

void ConversationChat::showTree()
{
    m_messages.show(m_tree.shown());
    settleRequests();
    for (const MessageId &id : m_tree.takeChosenChanges())
        m_with.archive->setMessageChosen(id, m_tree.find(id)->isChosen);
}

// What is not shown goes on as it was left; what is shown, as the conversation stands now.
ConversationChat::Address ConversationChat::addressOf(const Message &question) const
{
    const Conversation &now = conversation();
    if (question.session.isEmpty() || m_tree.isShown(question.id))
        return {.session = now.session, .qualifier = now.qualifier};
    return {.session = question.session, .qualifier = question.qualifier};
}

void ConversationChat::leaveBranch()
{
    const Address address{.session = conversation().session, .qualifier = conversation().qualifier};
    m_left.insert_or_assign(m_tree.shownEnd(), address);
    for (int index = 0; index < m_messages.count(); ++index) {
        if (m_messages.at(index).state != MessageState::Queued)
            continue;
        const MessageId id = m_messages.at(index).id;
        change(id, [&address](Message &message) {
            message.session = address.session;
            message.qualifier = address.qualifier;
        });
        saveMessage(id);
    }
}

void ConversationChat::enterBranch()
{
    std::optional<Address> address;
    if (const auto left = m_left.find(m_tree.shownEnd()); left != m_left.end())
        address = left->second;
    for (int index = m_messages.count() - 1; index >= 0 && !address; --index) {
        const Message &message = m_messages.at(index);
        // What came in with a file was asked in sessions that are not ours to go on in.
        if (!message.session.isEmpty())
            address = Address{.session = message.isImported ? RuntimeSessionId::create() : message.session,
                              .qualifier = message.qualifier};
    }
    if (!address)
        return;
    m_with.conversations->change(m_id, [&address](Conversation &conversation) {
        conversation.session = address->session;
        conversation.qualifier = address->qualifier;
    });
}

void ConversationChat::beginSession(AttemptSession session)
{
    if (session == AttemptSession::New)
        startNewSession();
}

void ConversationChat::retry(const MessageId &answer, AttemptSession session)
{
    const Message *old = m_tree.find(answer);
    if (!old || isStreaming() || !m_isLoaded || old->role != Role::Agent || old->isLive())
        return;
    const Message *question = m_tree.find(old->answerTo);
    if (!question)
        return;
    const MessageId asked = question->id;
    showAttempt(answer);
    leaveBranch();
    // What waits behind the old answer will wait behind the new one.
    std::vector<MessageId> waiting = m_tree.followers(answer);
    std::erase_if(waiting,
                  [this](const MessageId &id) { return m_tree.find(id)->state != MessageState::Queued; });
    for (const MessageId &id : waiting)
        m_tree.move(id, asked);
    m_tree.show(asked);
    beginSession(session);
    ask(asked);
}

void ConversationChat::sendEdited(const MessageId &message, const QString &text,
                                  const std::vector<Attachment> &attachments, AttemptSession session)
{
    const Message *old = m_tree.find(message);
    if (!old || !m_isLoaded || m_loadError || old->role != Role::User
        || (text.trimmed().isEmpty() && attachments.empty()))
        return;
    if (old->state == MessageState::Queued) {
        editQueued(message, text);
        return;
    }
    showAttempt(message);
    Message changed = typedMessage(text, m_commandTimeout);
    changed.state = MessageState::Queued;
    changed.parent = old->parent;
    changed.attempt = int(m_tree.attempts(message).size()) + 1;
    for (const MessagePart &part : old->parts) {
        // What other words answer is settled when they are sent.
        if (!std::holds_alternative<Text>(part.content) && !std::holds_alternative<Command>(part.content)
            && !std::holds_alternative<InputAnswer>(part.content)
            && !std::holds_alternative<Attachment>(part.content))
            changed.parts.push_back(part);
    }
    attach(changed, attachments);
    leaveBranch();
    beginSession(session);
    touch(text.trimmed().isEmpty() ? attachments.front().name : text);
    const MessageId id = changed.id;
    m_tree.add(std::move(changed));
    m_tree.show(id);
    showTree();
    saveMessage(id);
    if (!isStreaming())
        send(id);
}

AttemptSession ConversationChat::suggestedSession(const MessageId &message) const
{
    const Message *asked = m_tree.find(message);
    if (asked && asked->role == Role::Agent)
        asked = m_tree.find(asked->answerTo);
    // For a command a new session is another machine, with none of the files of this one.
    if (asked && commandOf(*asked))
        return AttemptSession::Current;
    if (sendsHistory())
        return AttemptSession::New;
    // Without the session the agent would know nothing of what was said before.
    if (!asked)
        return AttemptSession::Current;
    const std::vector<const Message *> path = m_tree.pathTo(asked->id);
    const bool isKnown = std::ranges::any_of(path, [this](const Message *above) {
        return above->role == Role::Agent
            && (above->session.isEmpty() || above->session == conversation().session);
    });
    return isKnown ? AttemptSession::Current : AttemptSession::New;
}

bool ConversationChat::sendsHistory() const
{
    const Agent &asked = agent();
    return speaksAgUi(asked)
        || (usesTemplate(protocolOf(asked)) && Parlance::sendsHistory(asked.payloadTemplate));
}

void ConversationChat::stepAttempt(const MessageId &shown, int by)
{
    const MessageId other = m_tree.neighbour(shown, by);
    if (!other.isEmpty())
        showAttempt(other);
}

bool ConversationChat::showAttempt(const MessageId &message)
{
    if (!m_tree.find(message))
        return false;
    if (m_tree.isShown(message))
        return true;
    leaveBranch();
    m_tree.show(MessageId(message.value()));
    showTree();
    enterBranch();
    return true;
}

} // namespace Parlance
