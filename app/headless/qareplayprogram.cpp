// SPDX-License-Identifier: Apache-2.0
#include "headless/qareplayprogram.h"

#include "chat/giveout.h"
#include "chat/typedwords.h"
#include "core/platform.h"
#include "core/whendone.h"
#include "headless/conversationsprogram.h"
#include "headless/qarunprogram.h"
#include "headless/terminal.h"
#include "headless/usage.h"
#include "qa/differencewords.h"
#include "qa/runevidence.h"
#include "qa/runsetup.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int cutShort = 130;

//! Below its turn, each line as far in as the first.
QString indented(const QString &text)
{
    return u"    "_s + QString(text).replace(u'\n', u"\n    "_s);
}

} // namespace

QaReplayProgram::QaReplayProgram(QaReplayOptions options, CommandParts parts, AgentsRunners::End end,
                                 QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_parts(std::move(parts))
    , m_end(std::move(end))
    , m_asked(m_options.asked, m_parts)
    , m_guard(m_parts.terminal, m_options.asked.isAgreed)
{
}

void QaReplayProgram::complainAndEnd(const QString &sentence)
{
    m_end(complain(sentence));
}

void QaReplayProgram::start()
{
    onTerminationRequest(this, [this] { stop(); });
    const Result<std::vector<ConversationId>> found = conversationsNamed(m_parts, {m_options.conversation});
    const Conversation *conversation = found ? m_parts.workspace->conversation(found->front()) : nullptr;
    if (!conversation) {
        complainAndEnd(found ? QaReplayOptions::tr("The conversation is not there any more.")
                             : found.error().message);
        return;
    }
    whenDone(m_parts.workspace->messages(conversation->id), this,
             [this, known = *conversation](const Result<std::vector<Message>> &messages) {
                 if (messages)
                     takeMessages(known, *messages);
                 else
                     complainAndEnd(messages.error().message);
             });
}

Result<Agent> QaReplayProgram::agentFor(const Conversation &conversation) const
{
    if (m_options.namesAgent || conversation.agent == AgentBook::builtInId())
        return m_asked.find();
    if (const Agent *agent = m_parts.workspace->agents()->find(conversation.agent))
        return *agent;
    return failure(ErrorKind::InvalidTarget,
                   QaReplayOptions::tr("The agent of that conversation is not kept. Name one with --agent, "
                                       "--url or --arn."));
}

void QaReplayProgram::takeMessages(const Conversation &conversation, const std::vector<Message> &messages)
{
    m_conversation = conversation;
    // What is shown of it: of attempts the chosen ones.
    const ConversationFile shown = fileOf(conversation, nullptr, messages, FileFormat::Markdown);
    for (const Message &message : shown.messages) {
        if (message.role == Role::Agent) {
            if (!m_turns.empty())
                m_turns.back().answer = message;
            continue;
        }
        m_turns.push_back({.question = message});
        if (commandOf(message) && !m_options.runsCommands) {
            complainAndEnd(QaReplayOptions::tr("Turn %1 is a command, which acts on a machine. Add "
                                               "--with-commands to run it again.")
                               .arg(m_turns.size()));
            return;
        }
    }
    if (m_turns.empty()) {
        complainAndEnd(QaReplayOptions::tr("Nothing was asked in that conversation."));
        return;
    }
    const Result<Agent> agent = agentFor(conversation);
    if (!agent) {
        complainAndEnd(agent.error().message);
        return;
    }
    m_agent = *agent;
    m_qualifier = m_options.qualifier.value_or(conversation.qualifier);
    m_guard.allow(m_agent, QaReplayOptions::tr("“%1” is marked production. It is asked %2."),
                  QaReplayOptions::tr("what was asked in “%1”").arg(m_conversation.title), [this] { ask(); });
}

void QaReplayProgram::ask()
{
    const Result<AskingParts> asking = askingParts(m_asked, m_parts, m_agent);
    if (!asking) {
        complainAndEnd(asking.error().message);
        return;
    }
    SuiteCase whole;
    std::vector<Message> questions;
    for (const Turn &turn : m_turns) {
        whole.turns.push_back({.prompt = typedText(turn.question)});
        questions.push_back(turn.question);
    }
    CellRun::Collaborators with = asking->with;
    with.keptFolder = m_parts.workspace->attachments().folder();
    m_run = std::make_unique<CellRun>(
        with,
        CellRun::Task{.agent = m_agent,
                      .qualifier = m_qualifier,
                      .one = std::move(whole),
                      .questions = std::move(questions),
                      .session = std::make_shared<RunSession>(),
                      .mayGoOn = [this](const CellTurn &turn) { return tell(turn); },
                      .goesOnAfterFailure = true},
        CellRecord());
    connect(m_run.get(), &CellRun::progressed, this, &QaReplayProgram::keep, Qt::QueuedConnection);
    connect(
        m_run.get(), &CellRun::finished, this,
        [this] {
            m_isOver = true;
            keep();
        },
        Qt::QueuedConnection);
    m_run->start();
}

void QaReplayProgram::stop()
{
    const bool isSecondTime = std::exchange(m_isCutShort, true);
    if (!m_run || isSecondTime) {
        m_end(cutShort);
        return;
    }
    m_run->stop();
    m_isOver = true;
    keep();
}

bool QaReplayProgram::tell(const CellTurn &now)
{
    const Answer before = answerOf(m_turns[m_reached].answer);
    const AnswerDiff diff = diffAnswers(before, now.seen);
    const QStringList sentences = differenceSentences(before, now.seen, diff);
    ++m_reached;
    const bool isDifferent = !diff.isSame() || now.seen.isFailed;
    m_different += isDifferent ? 1 : 0;
    if (m_options.isJson) {
        m_told.append(QJsonObject{{u"turn"_s, qint64(m_reached)},
                                  {u"prompt"_s, now.prompt},
                                  {u"isDifferent"_s, isDifferent},
                                  {u"hasFailed"_s, now.seen.isFailed},
                                  {u"was"_s, before.text},
                                  {u"is"_s, now.seen.isFailed ? now.seen.error : now.seen.text},
                                  {u"differences"_s, QJsonArray::fromStringList(sentences)}});
    } else {
        Terminal::printLine(QaReplayOptions::tr("Turn %1: %2").arg(m_reached).arg(now.prompt.simplified()));
        Terminal::printLine(isDifferent ? QaReplayOptions::tr("  differs") : QaReplayOptions::tr("  same"));
        if (isDifferent) {
            Terminal::printLine(QaReplayOptions::tr("  was:"));
            Terminal::printLine(indented(before.isFailed ? before.error : before.text));
            Terminal::printLine(QaReplayOptions::tr("  is:"));
            Terminal::printLine(indented(now.seen.isFailed ? now.seen.error : now.seen.text));
        }
        for (const QString &sentence : sentences)
            Terminal::printLine(u"  - "_s + sentence);
    }
    return !isDifferent || !m_options.stopsAtDifference;
}

// A conversation of its own, beside the one that was replayed. Of frames those that are not kept yet.
ConversationFile QaReplayProgram::saidSoFar()
{
    const CellEvidence evidence = m_run->soFar();
    const Run run{
        .title = m_conversation.title,
        .agent = {.id = m_agent.id, .name = m_agent.name},
        .cases = {RunCase{.description = QaReplayOptions::tr("Replay: %1").arg(m_conversation.title)}},
        .targets = {RunTarget{.qualifier = m_qualifier}}};
    ConversationFile file = conversationOf(run, evidence.cell, evidence.frames);
    file.conversation.lastActive = QDateTime::currentDateTimeUtc();
    file.agent = exportedAgent(m_agent);
    for (std::size_t turn = 0; 2 * turn < file.messages.size(); ++turn)
        file.messages[2 * turn].parts = m_turns[turn].question.parts;
    for (auto &[message, frames] : file.frames) {
        std::size_t &kept = m_keptFrames[message];
        const std::size_t all = frames.size();
        frames.erase(frames.begin(), frames.begin() + qsizetype(kept));
        kept = all;
    }
    return file;
}

void QaReplayProgram::keep()
{
    if (m_isTaking || m_hasEnded)
        return;
    const ConversationFile file = saidSoFar();
    if (!m_kept.isEmpty()) {
        // The last answer may have been on its way before.
        m_parts.workspace->takeInMore(m_kept, file, m_keptMessages - 1);
        m_keptMessages = file.messages.size();
    } else if (!file.messages.empty() && !m_notKept) {
        m_isTaking = true;
        m_keptMessages = file.messages.size();
        whenDone(m_parts.workspace->takeIn({file}), this, [this](const Result<TakenIn> &taken) {
            m_isTaking = false;
            if (taken)
                m_kept = taken->conversations.front();
            else
                m_notKept = taken.error();
            keep();
        });
        return;
    }
    if (m_isOver)
        conclude();
}

void QaReplayProgram::conclude()
{
    m_hasEnded = true;
    if (m_options.isJson)
        Terminal::print(
            QJsonDocument(QJsonObject{{u"conversation"_s, m_conversation.id.value()},
                                      {u"agent"_s, m_agent.name},
                                      {u"qualifier"_s, m_qualifier.isEmpty() ? u"DEFAULT"_s : m_qualifier},
                                      {u"session"_s, m_run->evidence().cell.session.value()},
                                      {u"turns"_s, m_told},
                                      {u"replayed"_s, qint64(m_reached)},
                                      {u"of"_s, qint64(m_turns.size())},
                                      {u"different"_s, m_different}})
                .toJson(QJsonDocument::Compact)
            + '\n');
    else
        Terminal::printLine(QaReplayOptions::tr("%1 of %2 turns replayed, %3 different.")
                                .arg(m_reached)
                                .arg(m_turns.size())
                                .arg(m_different));
    if (m_notKept)
        complain(QaReplayOptions::tr("What was said could not be kept: %1").arg(m_notKept->message));
    if (m_isCutShort)
        m_end(cutShort);
    else if (const std::optional<Error> fault = setUpFault({m_run->evidence().cell}))
        m_end(complain(QaReplayOptions::tr("Nothing could be asked: %1").arg(fault->message)));
    else
        m_end(m_notKept ? wrongUsage : m_different > 0 ? 1 : 0);
}

} // namespace Parlance
