// SPDX-License-Identifier: Apache-2.0
#include "compare/columnturns.h"

#include <algorithm>
#include <utility>

namespace Parlance {
namespace {

constexpr int frameMs = 16;

} // namespace

ColumnTurns::ColumnTurns(Chat *chat, bool onlyAsked, QObject *parent)
    : QObject(parent)
    , m_chat(chat)
    , m_onlyAsked(onlyAsked)
{
    m_frame.setSingleShot(true);
    m_frame.setInterval(frameMs);
    connect(&m_frame, &QTimer::timeout, this, &ColumnTurns::refresh);
    const MessageList *messages = chat->messages();
    for (const auto signal : {&MessageList::inserted, &MessageList::removed, &MessageList::replaced})
        connect(messages, signal, this, &ColumnTurns::anew);
    connect(messages, &MessageList::wasReset, this, &ColumnTurns::anew);
    connect(messages, &MessageList::changed, this, &ColumnTurns::touch);
    m_turns = read();
}

const Message *ColumnTurns::question(int turn) const
{
    const int row = m_chat && turn < count() ? m_turns[size_t(turn)].question : -1;
    return row >= 0 && row < m_chat->messages()->count() ? &m_chat->messages()->at(row) : nullptr;
}

const Message *ColumnTurns::answer(int turn) const
{
    const int row = m_chat && turn < count() ? m_turns[size_t(turn)].answer : -1;
    return row >= 0 && row < m_chat->messages()->count() ? &m_chat->messages()->at(row) : nullptr;
}

void ColumnTurns::touch(int message)
{
    m_touched.insert(message);
    if (!m_frame.isActive())
        m_frame.start();
}

// At once: rows that are gone must not be looked at.
void ColumnTurns::anew()
{
    m_isAnew = true;
    refresh();
}

void ColumnTurns::refresh()
{
    m_frame.stop();
    const std::set<int> touched = std::exchange(m_touched, {});
    if (!m_chat)
        return;
    const bool isAnew = std::exchange(m_isAnew, false);
    const int before = count();
    if (isAnew)
        m_turns = read();
    if (count() != before)
        Q_EMIT countChanged();
    for (int turn = 0; turn < count(); ++turn) {
        const Turn &rows = m_turns[size_t(turn)];
        if (isAnew || touched.contains(rows.question) || touched.contains(rows.answer))
            Q_EMIT changed(turn);
    }
}

std::vector<ColumnTurns::Turn> ColumnTurns::read() const
{
    std::vector<Turn> turns;
    const MessageList *messages = m_chat->messages();
    for (int row = 0; row < messages->count(); ++row) {
        const bool isQuestion = messages->at(row).role == Role::User;
        if (isQuestion && !messages->isFolded(row))
            turns.push_back({.question = row});
        else if (!isQuestion && turns.empty() && !m_onlyAsked)
            turns.push_back({.answer = row});
        else if (!isQuestion && !turns.empty())
            turns.back().answer = row;
    }
    return turns;
}

} // namespace Parlance
