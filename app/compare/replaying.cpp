// SPDX-License-Identifier: Apache-2.0
#include "compare/replaying.h"

#include "chat/chat.h"
#include "chat/typedwords.h"
#include "compare/sidebyside.h"
#include "core/attachment.h"

#include <algorithm>

namespace Parlance {

Replaying::Replaying(SideBySide *comparison, QObject *parent)
    : QObject(parent)
    , m_comparison(comparison)
{
    // Not from within the change: to ask is a change, too.
    for (const auto signal : {&SideBySide::turnCountChanged, &SideBySide::columnsChanged})
        connect(comparison, signal, this, &Replaying::look, Qt::QueuedConnection);
    connect(comparison, &SideBySide::turnChanged, this, &Replaying::look, Qt::QueuedConnection);
}

std::vector<Chat *> Replaying::chats() const
{
    return m_comparison->askedChats();
}

int Replaying::turnCount() const
{
    const ColumnTurns *original = m_comparison->column(m_comparison->originalColumn());
    return original ? original->count() : 0;
}

int Replaying::askedCount() const
{
    int asked = turnCount();
    for (int column = 0; column < m_comparison->columnCount(); ++column) {
        if (column != m_comparison->originalColumn())
            asked = std::min(asked, m_comparison->column(column)->count());
    }
    return asked;
}

Replaying::State Replaying::state() const
{
    const bool isAnswering = std::ranges::any_of(chats(), &Chat::isStreaming);
    if (m_isRunning || isAnswering)
        return State::Asking;
    return askedCount() >= turnCount() ? State::Done : State::Waiting;
}

QString Replaying::nextCommand() const
{
    const ColumnTurns *original = m_comparison->column(m_comparison->originalColumn());
    const Message *question = original ? original->question(askedCount()) : nullptr;
    return question && commandOf(*question) ? typedText(*question) : QString();
}

void Replaying::goOn()
{
    if (state() != State::Waiting)
        return;
    m_isRunning = true;
    m_pause = Pause::None;
    askNext();
    Q_EMIT changed();
}

void Replaying::stop()
{
    m_isRunning = false;
    m_pause = Pause::None;
    for (Chat *chat : chats())
        chat->stop();
    Q_EMIT changed();
}

void Replaying::look()
{
    const int last = askedCount() - 1;
    const bool isAnswering = std::ranges::any_of(chats(), &Chat::isStreaming);
    if (m_isRunning && !isAnswering && (last < 0 || !m_comparison->isLive(last))) {
        m_isRunning = askedCount() < turnCount();
        m_pause = last >= 0 && hasFailed(last)                       ? Pause::Failure
            : last >= 0 && m_pausesAtDifference && isDifferent(last) ? Pause::Difference
                                                                     : Pause::None;
        if (m_pause == Pause::None && !nextCommand().isEmpty())
            m_pause = Pause::Command;
        if (m_pause != Pause::None)
            m_isRunning = false;
        if (m_isRunning)
            askNext();
    }
    Q_EMIT changed();
}

void Replaying::askNext()
{
    const ColumnTurns *original = m_comparison->column(m_comparison->originalColumn());
    const int turn = askedCount();
    const Message *question = original ? original->question(turn) : nullptr;
    if (!question) {
        m_isRunning = false;
        return;
    }
    const QString words = typedText(*question);
    const std::vector<Attachment> files = attachmentsOf(*question);
    for (int column = 0; column < m_comparison->columnCount(); ++column) {
        Chat *chat = m_comparison->chat(column);
        if (chat && column != m_comparison->originalColumn() && m_comparison->column(column)->count() <= turn)
            chat->send(words, files);
    }
    Q_EMIT turnAsked(turn);
}

bool Replaying::hasFailed(int turn) const
{
    for (int column = 0; column < m_comparison->columnCount(); ++column) {
        const Message *answer = m_comparison->column(column)->answer(turn);
        if (column != m_comparison->originalColumn() && (!answer || answer->state != MessageState::Complete))
            return true;
    }
    return false;
}

bool Replaying::isDifferent(int turn) const
{
    const ColumnTurns *original = m_comparison->column(m_comparison->originalColumn());
    const Message *before = original ? original->answer(turn) : nullptr;
    if (!before)
        return true;
    for (int column = 0; column < m_comparison->columnCount(); ++column) {
        const Message *after = m_comparison->column(column)->answer(turn);
        if (after && after != before && !diffAnswers(answerOf(*before), answerOf(*after)).isSame())
            return true;
    }
    return false;
}

} // namespace Parlance
