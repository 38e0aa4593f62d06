// SPDX-License-Identifier: Apache-2.0
#include "transcript/partblocks.h"

#include "transcript/markdownparser.h"
#include "transcript/outputblocks.h"

#include "chat/errorcatalogue.h"
#include "core/attachment.h"
#include "window/qualifierpopup.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Transcript)
};

// Code and results beyond this are cut on the page; copy and the inspector have the whole.
constexpr qsizetype maxShown = 200'000;

Block textBlock(BlockKind kind, const QString &text, quint16 style = PlainRun)
{
    Block block;
    block.kind = kind;
    block.texts[0].append(text, style);
    return block;
}

Block codeInFold(const QString &label, const QString &text)
{
    Block block = textBlock(BlockKind::Code, text.left(maxShown));
    block.label = label;
    block.isInsideFold = true;
    return block;
}

//! JSON if it is, else text.
Block jsonInFold(const QString &label, const QString &text)
{
    const std::optional<QString> json = indentedJson(text);
    Block block = codeInFold(label, json.value_or(text));
    block.isJson = json && json->size() <= maxShown;
    return block;
}

const MessagePart *resultFor(const Message &message, const QString &callId)
{
    if (callId.isEmpty())
        return nullptr;
    const auto found = std::ranges::find_if(message.parts, [&](const MessagePart &part) {
        const auto *result = std::get_if<ToolResult>(&part.content);
        return result && result->callId == callId;
    });
    return found == message.parts.end() ? nullptr : &*found;
}

QString stateWord(ToolState state)
{
    switch (state) {
    case ToolState::Streaming:
        return Words::tr("preparing");
    case ToolState::Running:
        return Words::tr("running");
    case ToolState::Done:
        return Words::tr("done");
    case ToolState::Failed:
        return Words::tr("failed");
    case ToolState::Cancelled:
        return Words::tr("cancelled");
    }
    return {};
}

std::vector<Block> toolBlocks(const Message &message, int index, const ToolCall &call)
{
    const MessagePart &part = message.parts[size_t(index)];
    const MessagePart *result = resultFor(message, call.callId);
    const auto end = result ? std::max(result->end, part.end) : part.end;

    Block line = textBlock(BlockKind::Tool, call.name, BoldRun);
    line.texts.push_back(RichText{call.arguments.toString().replace(u'\n', u' ').left(400), {}});
    line.label = stateWord(call.state);
    line.level = int(call.state);
    if (call.state != ToolState::Streaming && call.state != ToolState::Running && end > part.begin)
        line.detail = durationText(end - part.begin, 1);
    std::vector<Block> blocks{line, jsonInFold(Words::tr("Arguments"), call.arguments)};
    if (result) {
        const auto &value = std::get<ToolResult>(result->content);
        blocks.push_back(jsonInFold(value.isError ? Words::tr("Error") : Words::tr("Result"), value.content));
    }
    return blocks;
}

std::vector<Block> resultBlocks(const Message &message, int index, const ToolResult &result)
{
    if (isShownInCall(message, index))
        return {};
    const QString name = result.name.isEmpty() ? Words::tr("Tool result") : result.name;
    Block line = textBlock(BlockKind::Tool, name, BoldRun);
    line.texts.push_back(RichText{result.content.toString().left(400).replace(u'\n', u' '), {}});
    line.level = int(result.isError ? ToolState::Failed : ToolState::Done);
    line.label = stateWord(ToolState(line.level));
    return {line, jsonInFold(Words::tr("Result"), result.content)};
}

std::vector<Block> citationBlocks(const Citation &citation)
{
    Block block;
    block.kind = BlockKind::Citation;
    RichText &text = block.texts[0];
    const QString title = citation.title.isEmpty() ? citation.url : citation.title;
    if (citation.url.isEmpty())
        text.append(title.isEmpty() ? Words::tr("Source") : title, PlainRun);
    else
        text.append(title, LinkRun, citation.url);
    if (!citation.quote.isEmpty())
        text.append(u"  “"_s + citation.quote + u"”"_s, FaintRun);
    return {block};
}

std::vector<Block> attachmentBlocks(const Attachment &attachment)
{
    Block block;
    if (attachment.mimeType.startsWith(u"image/"_s)
        && (sizeOf(attachment) > 0 || !attachment.url.isEmpty())) {
        block.kind = BlockKind::Image;
        block.url = attachment.url;
        block.data = attachment.data;
        block.keptAs = attachment.keptAs;
        block.texts[0].text = attachment.name;
        return {block};
    }
    block.kind = BlockKind::Attachment;
    block.data = attachment.data;
    block.keptAs = attachment.keptAs;
    block.label = attachment.name;
    RichText &text = block.texts[0];
    const QString name = attachment.name.isEmpty() ? Words::tr("Attachment") : attachment.name;
    if (attachment.url.isEmpty())
        text.append(name);
    else
        text.append(name, LinkRun, attachment.url);
    QStringList facts;
    if (!attachment.mimeType.isEmpty())
        facts.append(attachment.mimeType);
    if (block.hasBytes())
        facts.append(QLocale().formattedDataSize(sizeOf(attachment), 1, QLocale::DataSizeTraditionalFormat));
    if (!facts.isEmpty())
        text.append(u"  "_s + facts.join(u" · "_s), FaintRun);
    return {block};
}

std::vector<Block> rawBlocks(const RawEvent &event)
{
    const QString label = event.label.isEmpty() ? Words::tr("Event") : Words::tr("Event %1").arg(event.label);
    return {textBlock(BlockKind::Fold, label), jsonInFold(Words::tr("Event"), event.json)};
}

QString requestFacts(const Message &message, const InputRequest &request)
{
    QStringList facts;
    for (const MessagePart &part : message.parts) {
        const auto *call = std::get_if<ToolCall>(&part.content);
        if (call && !request.callId.isEmpty() && call->callId == request.callId)
            facts.append(Words::tr("about the tool call %1").arg(call->name));
    }
    if (!request.reason.isEmpty())
        facts.append(request.reason);
    switch (request.state) {
    case InputState::Open:
        if (request.expires.isValid())
            facts.append(Words::tr("until %1")
                             .arg(QLocale().toString(request.expires.toLocalTime(), QLocale::ShortFormat)));
        if (!message.isLive())
            facts.append(Words::tr("answer below"));
        break;
    case InputState::Answered:
        facts.append(Words::tr("answered"));
        break;
    case InputState::Cancelled:
        facts.append(Words::tr("not answered"));
        break;
    }
    return facts.join(u" · "_s);
}

std::vector<Block> requestBlocks(const Message &message, const InputRequest &request)
{
    // Its words stand above it, and the next message is the answer.
    if (request.message.isEmpty() && request.schema.isEmpty())
        return {};
    Block head = textBlock(BlockKind::Paragraph, Words::tr("The agent asks"), BoldRun);
    const QString facts = requestFacts(message, request);
    if (!facts.isEmpty())
        head.texts[0].append(u"  "_s + facts, FaintRun);
    std::vector<Block> blocks{head};
    for (Block &block : markdownBlocks(request.message))
        blocks.push_back(std::move(block));
    return blocks;
}

// What was answered stands in the message's own words; without any, nothing was.
std::vector<Block> answerBlocks(const Message &message, int index, const InputAnswer &answer)
{
    if (!message.text().isEmpty())
        return {};
    const auto isAnswer = [](const MessagePart &part) {
        return std::holds_alternative<InputAnswer>(part.content);
    };
    const auto first = std::ranges::find_if(message.parts, isAnswer);
    if (first - message.parts.begin() < index && answer.isCancelled)
        return {};
    return {answer.isCancelled ? textBlock(BlockKind::Paragraph, Words::tr("Not answered"), FaintRun)
                               : textBlock(BlockKind::Paragraph, readableJson(answer.json))};
}

//! What is known of a task, which goes on at the agent whoever still listens.
QString taskWords(const Message &message, const QString &state)
{
    static const QHash<QString, QString> words{
        {u"submitted"_s, Words::tr("Task received")},
        {u"working"_s, Words::tr("Task at work")},
        {u"input-required"_s, Words::tr("Task waits for your answer")},
        {u"auth-required"_s, Words::tr("Task waits for you to sign in elsewhere")},
        {u"completed"_s, Words::tr("Task completed")},
        {u"failed"_s, Words::tr("Task failed")},
        {u"rejected"_s, Words::tr("Task rejected")},
        {u"canceled"_s, Words::tr("Task canceled")}};
    const bool isOpen = state == "submitted"_L1 || state == "working"_L1;
    if (isOpen && !message.isLive())
        return message.state == MessageState::Complete
            ? Words::tr("Task goes on at the agent")
            : Words::tr("Task was at work, and may go on at the agent");
    return words.value(state, Words::tr("Task: %1").arg(state));
}

bool isAnswered(const Message &message, const TaskStatus &task)
{
    return std::ranges::any_of(message.parts, [&task](const MessagePart &part) {
        const auto *request = std::get_if<InputRequest>(&part.content);
        return request && request->id == task.taskId && request->state == InputState::Answered;
    });
}

std::vector<Block> taskBlocks(const Message &message, const TaskStatus &status)
{
    // A message that made no task of the question tells its context alone.
    if (status.state.isEmpty())
        return {};
    // Then it waits no longer, and how it stands is told with what came of that.
    if (isAnswered(message, status))
        return {};
    QStringList ids;
    if (!status.taskId.isEmpty())
        ids.append(Words::tr("Task: %1").arg(status.taskId));
    if (!status.contextId.isEmpty())
        ids.append(Words::tr("Context: %1").arg(status.contextId));
    return {textBlock(BlockKind::Fold, taskWords(message, status.state)),
            codeInFold(Words::tr("Task"), ids.join(u'\n'))};
}

std::vector<Block> liveBlocks(const LiveValue &value)
{
    const QString label = value.kind == LiveKind::State ? Words::tr("State")
        : value.label.isEmpty()                         ? Words::tr("Activity")
                                                        : Words::tr("Activity %1").arg(value.label);
    return {textBlock(BlockKind::Fold, label), jsonInFold(label, value.json)};
}

std::vector<Block> errorBlocks(const Error &error, const Agent *agent)
{
    const ErrorWords words = errorWords(error, agent);
    Block card =
        textBlock(BlockKind::ErrorCard, words.title.isEmpty() ? error.message : words.title, BoldRun);
    card.texts.push_back(RichText{words.advice, {}});
    QStringList actions;
    for (const ErrorAction action : words.actions.mid(0, 2))
        actions.append(QString::number(int(action)));
    card.detail = actions.join(u' ');
    QString details = errorDetails(error);
    if (!words.causes.isEmpty())
        details = words.causes.join(u'\n') + u"\n\n"_s + details;
    return {card, codeInFold(Words::tr("Details"), details)};
}

QString stateNote(const Message &message)
{
    switch (message.state) {
    case MessageState::Stopped:
        return isCommandRun(message)
            ? Words::tr("Cancelled here. On its machine the command may go on to its end")
            : Words::tr("Stopped");
    case MessageState::Interrupted:
        return isCommandRun(message) ? Words::tr("Interrupted: Parlance ended before the command did")
                                     : Words::tr("Interrupted: Parlance ended before the answer did");
    case MessageState::Queued:
        return Words::tr("Waiting its turn");
    case MessageState::Failed: {
        const bool hasCard = std::ranges::any_of(message.parts, [](const MessagePart &part) {
            return std::holds_alternative<ErrorPart>(part.content);
        });
        return hasCard ? QString() : Words::tr("Failed");
    }
    case MessageState::Streaming:
    case MessageState::Complete:
        break;
    }
    return {};
}

QString limitText(std::chrono::seconds limit)
{
    const qint64 minutes = limit.count() / 60;
    return minutes >= 120 && minutes % 60 == 0 ? Words::tr("%1 h").arg(minutes / 60)
                                               : Words::tr("%1 min").arg(minutes);
}

QString metaLine(const Message &message)
{
    QStringList facts;
    if (!message.failedTries->empty())
        facts.append(Words::tr("%n failed tries before", nullptr, int(message.failedTries->size())));
    if (message.timings->firstText)
        facts.append(Words::tr("first text %1").arg(durationText(*message.timings->firstText)));
    auto total = message.timings->total;
    if (!total && message.state == MessageState::Streaming && !message.parts.empty()) {
        std::chrono::microseconds last{0};
        for (const MessagePart &part : message.parts)
            last = std::max(last, part.end);
        if (last.count() > 0)
            total = last;
    }
    if (total)
        facts.append(durationText(*total));
    const auto tokens =
        message.usage->outputTokens ? message.usage->outputTokens : message.usage->totalTokens;
    if (tokens)
        facts.append(Words::tr("%n tokens", nullptr, int(*tokens)));
    if (message.state == MessageState::Streaming)
        facts.append(message.parts.empty() ? Words::tr("waiting…") : Words::tr("streaming…"));
    return facts.join(u"\u2003"_s);
}

} // namespace

std::vector<Block> partBlocks(const Message &message, int part, const Agent *agent)
{
    struct Visitor
    {
        const Message &message;
        int part;
        const Agent *agent;
        std::vector<Block> operator()(const Text &) const { return {}; }
        std::vector<Block> operator()(const Reasoning &value) const
        {
            return reasoningBlocks(message, part, markdownBlocks(reasoningText(value)));
        }
        std::vector<Block> operator()(const ToolCall &value) const
        {
            return toolBlocks(message, part, value);
        }
        std::vector<Block> operator()(const ToolResult &value) const
        {
            return resultBlocks(message, part, value);
        }
        std::vector<Block> operator()(const Citation &value) const { return citationBlocks(value); }
        std::vector<Block> operator()(const ErrorPart &value) const
        {
            return errorBlocks(value.error, agent);
        }
        std::vector<Block> operator()(const Attachment &value) const { return attachmentBlocks(value); }
        std::vector<Block> operator()(const RawEvent &value) const { return rawBlocks(value); }
        std::vector<Block> operator()(const Command &value) const { return commandBlocks(value); }
        std::vector<Block> operator()(const CommandOutput &value) const
        {
            return outputBlocks(message, value);
        }
        std::vector<Block> operator()(const InputRequest &value) const
        {
            return requestBlocks(message, value);
        }
        std::vector<Block> operator()(const InputAnswer &value) const
        {
            return answerBlocks(message, part, value);
        }
        std::vector<Block> operator()(const TaskStatus &value) const { return taskBlocks(message, value); }
        std::vector<Block> operator()(const LiveValue &value) const { return liveBlocks(value); }
    };
    return std::visit(Visitor{message, part, agent}, message.parts[size_t(part)].content);
}

PartState partState(const Message &message, int part)
{
    PartState state{.part = message.parts[size_t(part)]};
    if (const auto *call = std::get_if<ToolCall>(&state.part.content)) {
        if (const MessagePart *result = resultFor(message, call->callId))
            state.result = *result;
    }
    state.isGrowing = message.state == MessageState::Streaming && part + 1 == int(message.parts.size());
    state.isShownInCall = isShownInCall(message, part);
    const auto *task = std::get_if<TaskStatus>(&state.part.content);
    if (task || std::holds_alternative<InputRequest>(state.part.content))
        state.message = message.state;
    state.isAnswered = task && isAnswered(message, *task);
    return state;
}

QString reasoningText(const Reasoning &reasoning)
{
    if (!reasoning.isRedacted)
        return reasoning.text;
    const QString gap = reasoning.text.isEmpty() ? QString() : u"\n\n"_s;
    return reasoning.text.toString() + gap + Words::tr("The model keeps part of this to itself.");
}

std::vector<Block> reasoningBlocks(const Message &message, int part, const std::vector<Block> &inside)
{
    const MessagePart &whole = message.parts[size_t(part)];
    const auto time = whole.end - whole.begin;
    QString line;
    if (message.state == MessageState::Streaming && part + 1 == int(message.parts.size()))
        line = Words::tr("Thinking…");
    else if (time.count() > 0)
        line = Words::tr("Thought for %1").arg(durationText(time));
    else
        line = Words::tr("Thought");
    std::vector<Block> blocks{textBlock(BlockKind::Fold, line)};
    blocks.insert(blocks.end(), inside.begin(), inside.end());
    for (size_t i = 1; i < blocks.size(); ++i) {
        blocks[i].isInsideFold = true;
        blocks[i].isQuiet = true;
    }
    return blocks;
}

std::vector<Block> headerBlocks(const Message &message, const AttemptPlace &attempt)
{
    if (message.role == Role::User)
        return {};
    Block block =
        textBlock(BlockKind::AnswerHeader,
                  isCommandRun(message) ? Words::tr("Machine of the session") : Words::tr("Agent"), BoldRun);
    QStringList facts;
    if (!message.qualifier.isEmpty())
        facts.append(message.qualifier);
    if (!message.servedVersion.isEmpty())
        facts.append(Words::tr("version %1").arg(message.servedVersion));
    if (attempt.saysSession && !message.session.isEmpty())
        facts.append(Words::tr("session %1").arg(shortSession(message.session)));
    block.label = facts.join(u" · "_s);
    return {block};
}

QString attemptFacts(const Message &message, const AttemptPlace &attempt)
{
    QStringList facts{Words::tr("Attempt %1 of %2").arg(attempt.index + 1).arg(attempt.count)};
    if (!message.session.isEmpty())
        facts.append(Words::tr("Session %1").arg(message.session.value()));
    facts.append(Words::tr("Qualifier %1")
                     .arg(message.qualifier.isEmpty() ? defaultQualifierName() : message.qualifier));
    if (!message.servedVersion.isEmpty())
        facts.append(Words::tr("Version %1").arg(message.servedVersion));
    return facts.join(u'\n');
}

QString shortSession(const RuntimeSessionId &session)
{
    const QString &id = session.value();
    return id.size() <= 9 ? id : QString(id.first(4) % u'…' % id.last(4));
}

QString sessionBreakWords(const SessionBreak &sessionBreak)
{
    switch (sessionBreak.kind) {
    case SessionBreakKind::None:
        break;
    case SessionBreakKind::New:
        return Words::tr("New session. The agent may not remember what is above.");
    case SessionBreakKind::OtherEndpoint:
        return Words::tr("New session on the endpoint %1: a session stays on the version it began with. The "
                         "agent may not remember what is above.")
            .arg(sessionBreak.qualifier.isEmpty() ? defaultQualifierName() : sessionBreak.qualifier);
    case SessionBreakKind::Ended:
        return Words::tr("The session was ended here. The agent does not remember what is above.");
    case SessionBreakKind::Idled:
        return Words::tr("The session was likely recycled after %1 without use. The agent may not remember "
                         "what is above.")
            .arg(limitText(sessionBreak.limit));
    case SessionBreakKind::Aged:
        return Words::tr("The session was likely recycled at its greatest age of %1. The agent may not "
                         "remember what is above.")
            .arg(limitText(sessionBreak.limit));
    }
    return {};
}

std::vector<Block> footerBlocks(const Message &message, const AttemptPlace &attempt,
                                const SessionBreak &sessionBreak, bool isFolded)
{
    std::vector<Block> blocks;
    // The arrows of a person's message need a line, if there is nothing to say on it.
    const bool needsLine = message.role == Role::User && attempt.count > 1;
    const QString note = isFolded ? Words::tr("Went into the answer above") : stateNote(message);
    if (!note.isEmpty() || needsLine)
        blocks.push_back(textBlock(BlockKind::Note, note));
    if (message.role == Role::Agent) {
        if (const QString meta = metaLine(message); !meta.isEmpty())
            blocks.push_back(textBlock(BlockKind::Meta, meta));
    }
    if (const QString words = sessionBreakWords(sessionBreak); !words.isEmpty()) {
        Block block = textBlock(BlockKind::SessionBreak, words);
        block.isCaution =
            sessionBreak.kind == SessionBreakKind::Idled || sessionBreak.kind == SessionBreakKind::Aged;
        if (sessionBreak.offersChoice)
            block.detail = u"choice"_s;
        blocks.push_back(std::move(block));
    }
    return blocks;
}

bool isFoldable(const Part &part)
{
    return std::holds_alternative<Reasoning>(part) || std::holds_alternative<ToolCall>(part)
        || std::holds_alternative<ToolResult>(part) || std::holds_alternative<RawEvent>(part)
        || std::holds_alternative<ErrorPart>(part) || std::holds_alternative<CommandOutput>(part)
        || std::holds_alternative<LiveValue>(part) || std::holds_alternative<TaskStatus>(part);
}

bool isShownInCall(const Message &message, int part)
{
    const auto *result = std::get_if<ToolResult>(&message.parts[size_t(part)].content);
    if (!result || result->callId.isEmpty())
        return false;
    const bool hasCall = std::ranges::any_of(message.parts, [&](const MessagePart &other) {
        const auto *call = std::get_if<ToolCall>(&other.content);
        return call && call->callId == result->callId;
    });
    return hasCall && resultFor(message, result->callId) == &message.parts[size_t(part)];
}

QString durationText(std::chrono::microseconds duration, int decimals)
{
    const double seconds = double(duration.count()) / 1e6;
    if (seconds < 0.1)
        return Words::tr("%1 ms").arg(qMax(1LL, qRound64(seconds * 1000)));
    if (seconds < 1.0)
        return Words::tr("%1 s").arg(seconds, 0, 'f', decimals);
    if (seconds < 60.0)
        return Words::tr("%1 s").arg(seconds, 0, 'f', 1);
    const qint64 whole = qRound64(seconds);
    return Words::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
}

} // namespace Parlance
