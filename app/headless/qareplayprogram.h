// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "headless/agentsprogram.h"
#include "headless/askedagent.h"
#include "chat/conversationfile.h"
#include "headless/productionguard.h"
#include "qa/cellrun.h"

#include <QJsonArray>

#include <map>

namespace Parlance {

//! What "parlance-cli qa replay" was asked to do.
struct QaReplayOptions
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::QaReplayOptions)
public:
    AskOptions asked = {}; //!< the agent, if it is another one
    bool namesAgent = false;
    QString conversation = {}; //!< a title, an id or the beginning of one
    std::optional<QString> qualifier = std::nullopt; //!< absent: that of the conversation
    bool stopsAtDifference = false;
    bool runsCommands = false; //!< those of the conversation are run, too
    bool isJson = false;

    static QString usage();
};

//! Errors: InvalidTarget with the sentence to print before the usage.
Result<QaReplayOptions> parseQaReplayOptions(const QStringList &arguments);

//! "qa replay", from the conversation to the exit status: asks again what was asked in it, in a new session,
//! and tells of each turn how it differs from what it was. What is said is kept as it comes, as a new
//! conversation.
class QaReplayProgram : public QObject
{
    Q_OBJECT
public:
    QaReplayProgram(QaReplayOptions options, CommandParts parts, AgentsRunners::End end, QObject *parent);

    void start();

private:
    struct Turn
    {
        Message question = {};
        Message answer = {};
    };

    void takeMessages(const Conversation &conversation, const std::vector<Message> &messages);
    Result<Agent> agentFor(const Conversation &conversation) const;
    void ask();
    //! Whether the next is to be asked.
    bool tell(const CellTurn &now);
    void stop();
    ConversationFile saidSoFar();
    void keep();
    void conclude();
    void complainAndEnd(const QString &sentence);

    QaReplayOptions m_options;
    CommandParts m_parts;
    AgentsRunners::End m_end;
    AskedAgent m_asked;
    ProductionGuard m_guard;
    Conversation m_conversation;
    std::vector<Turn> m_turns;
    Agent m_agent;
    QString m_qualifier;
    std::unique_ptr<CellRun> m_run;
    ConversationId m_kept; //!< empty: nothing of it is yet
    std::size_t m_keptMessages = 0;
    std::map<MessageId, std::size_t> m_keptFrames;
    std::optional<Error> m_notKept; //!< why
    bool m_isTaking = false; //!< its beginning is being kept
    bool m_isOver = false; //!< nothing more comes
    bool m_hasEnded = false;
    bool m_isCutShort = false; //!< by the person
    QJsonArray m_told;
    std::size_t m_reached = 0;
    int m_different = 0;
};

} // namespace Parlance
