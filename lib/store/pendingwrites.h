// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "core/comparison.h"
#include "core/conversation.h"
#include "core/frame.h"
#include "core/identity.h"
#include "core/keptrun.h"
#include "core/message.h"
#include "core/session.h"

#include <QHash>

#include <variant>
#include <vector>

namespace Parlance {

struct AgentWrite
{
    Agent agent = {};
};
struct AgentRemoval
{
    AgentId id = {};
};
struct AgentForgetting
{
    AgentId id = {};
};
struct IdentityWrite
{
    Identity identity = {};
};
struct IdentityRemoval
{
    IdentityId id = {};
};
struct ComparisonWrite
{
    Comparison comparison = {};
};
struct ComparisonRemoval
{
    ComparisonId id = {};
};
struct SessionWrite
{
    RuntimeSession session = {};
};
struct SessionRemoval
{
    RuntimeSessionId id = {};
};
struct ConversationWrite
{
    Conversation conversation = {};
};
struct ConversationHiding
{
    ConversationId id = {};
    bool isHidden = true;
};
struct DraftWrite
{
    ConversationId id = {};
    QString draft = {};
};
struct MessageWrite
{
    ConversationId conversation = {};
    int position = 0;
    Message message = {};
};
struct MessageChoice
{
    MessageId id = {};
    bool isChosen = false;
};
struct MessageRemoval
{
    MessageId id = {};
};
struct FramesWrite
{
    MessageId message = {};
    std::vector<Frame> frames = {};
};

struct RunWrite
{
    KeptRun run = {};
};
struct RunRemoval
{
    RunId id = {};
};
//! Its frames belong to it: without any those that it had are gone.
struct CellWrite
{
    KeptCell cell = {};
    QByteArray frames = {}; //!< as they are kept, which the store does not read
};
struct CellVerdictWrite
{
    RunId run = {};
    qint64 place = 0;
    QString verdict = {};
    QString note = {};
};

using Write = std::variant<AgentWrite, AgentRemoval, AgentForgetting, IdentityWrite, IdentityRemoval,
                           SessionWrite, SessionRemoval, ConversationWrite, ConversationHiding, DraftWrite,
                           MessageWrite, MessageChoice, MessageRemoval, FramesWrite, RunWrite, RunRemoval,
                           CellWrite, CellVerdictWrite, ComparisonWrite, ComparisonRemoval>;

//! What waits for the next transaction, in the order it was asked for. Writes of one thing are merged
//! into one: the last value counts, at the place of the first.
class PendingWrites
{
public:
    void add(Write write);
    //! Puts these, which came later, behind ours.
    void append(PendingWrites later);
    void clear();

    bool isEmpty() const { return m_writes.empty(); }
    const std::vector<Write> &writes() const { return m_writes; }

private:
    std::vector<Write> m_writes;
    QHash<QString, size_t> m_places; //!< where a thing's write stands, by kind and id
};

} // namespace Parlance
