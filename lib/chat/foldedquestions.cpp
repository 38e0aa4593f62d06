// SPDX-License-Identifier: Apache-2.0
#include "chat/foldedquestions.h"

#include "chat/messagelist.h"
#include "chat/typedwords.h"

#include <utility>

namespace Parlance {
namespace {

//! asked: when the answer was asked for, which is before it was sent.
bool wasSentWithin(const Message &question, const Message &answer, const QDateTime &asked)
{
    if (!answer.timings->total)
        return false;
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(*answer.timings->total);
    return question.created >= asked && question.created <= answer.created.addMSecs(took.count());
}

} // namespace

FoldedQuestions::FoldedQuestions(MessageList *messages, IsAwaited isAwaited, QObject *parent)
    : QObject(parent)
    , m_messages(messages)
    , m_isAwaited(std::move(isAwaited))
{
    for (const auto signal : {&MessageList::inserted, &MessageList::removed, &MessageList::replaced})
        connect(messages, signal, this, &FoldedQuestions::refresh);
    connect(messages, &MessageList::wasReset, this, &FoldedQuestions::refresh);
}

void FoldedQuestions::refresh()
{
    for (int index = 0; index < m_messages->count(); ++index)
        m_messages->setFolded(index, isFolded(index));
}

bool FoldedQuestions::isFolded(int index) const
{
    const Message &question = m_messages->at(index);
    const bool wasSent = question.role == Role::User && question.state == MessageState::Complete
        && !question.session.isEmpty() && !commandOf(question);
    if (!wasSent || m_isAwaited(question.id))
        return false;
    // What the agent says next is to this one.
    const bool hasOwn = index + 1 < m_messages->count() && m_messages->at(index + 1).role == Role::Agent;
    int above = index - 1;
    while (above >= 0 && m_messages->at(above).role == Role::User)
        --above;
    if (hasOwn || above < 0 || m_messages->at(above).state != MessageState::Complete)
        return false;
    const Message &answer = m_messages->at(above);
    // What was asked anew is younger than the questions below it may be.
    const bool isToTheOneBefore =
        above > 0 && m_messages->at(above - 1).id == answer.answerTo && answer.attempt == 1;
    return wasSentWithin(question, answer,
                         isToTheOneBefore ? m_messages->at(above - 1).created : answer.created);
}

} // namespace Parlance
