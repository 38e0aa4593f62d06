// SPDX-License-Identifier: Apache-2.0
#include "store/messagerows.h"

#include "core/log.h"
#include "store/database.h"
#include "store/partrows.h"
#include "store/searchindex.h"
#include "store/values.h"

#include <QJsonDocument>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString triesText(const std::vector<FailedTry> &tries)
{
    return tries.empty()
        ? QString()
        : QString::fromUtf8(QJsonDocument(failedTriesJson(tries)).toJson(QJsonDocument::Compact));
}

qint64 writeRow(Database &database, const ConversationId &conversation, int position, const Message &message)
{
    const Timings &timings = message.timings;
    const Usage &usage = message.usage;
    database.run(
        "INSERT INTO messages (id, conversation, position, role, state, qualifier, served_version, "
        "stop_reason, http_status, created_ms, answer_to, attempt, session_id, request_id, trace_id, "
        "headers_us, first_byte_us, first_text_us, total_us, input_tokens, output_tokens, total_tokens, "
        "reasoning_tokens, cached_input_tokens, model_latency_ms, parent, session, is_chosen, is_imported, "
        "failed_tries, frame_count) VALUES "
        "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) "
        "ON CONFLICT (id) DO UPDATE SET conversation=excluded.conversation, position=excluded.position, "
        "role=excluded.role, state=excluded.state, qualifier=excluded.qualifier, "
        "served_version=excluded.served_version, stop_reason=excluded.stop_reason, "
        "http_status=excluded.http_status, created_ms=excluded.created_ms, answer_to=excluded.answer_to, "
        "attempt=excluded.attempt, session_id=excluded.session_id, request_id=excluded.request_id, "
        "trace_id=excluded.trace_id, headers_us=excluded.headers_us, first_byte_us=excluded.first_byte_us, "
        "first_text_us=excluded.first_text_us, total_us=excluded.total_us, "
        "input_tokens=excluded.input_tokens, output_tokens=excluded.output_tokens, "
        "total_tokens=excluded.total_tokens, reasoning_tokens=excluded.reasoning_tokens, "
        "cached_input_tokens=excluded.cached_input_tokens, model_latency_ms=excluded.model_latency_ms, "
        "parent=excluded.parent, session=excluded.session, is_chosen=excluded.is_chosen, "
        "is_imported=excluded.is_imported, failed_tries=excluded.failed_tries, "
        "frame_count=excluded.frame_count",
        {message.id.value(),
         conversation.value(),
         position,
         roleName(message.role),
         messageStateName(message.state),
         message.qualifier,
         message.servedVersion,
         message.stopReason,
         message.httpStatus,
         timeValue(message.created),
         message.answerTo.value(),
         message.attempt,
         message.responseIds->sessionId,
         message.responseIds->requestId,
         message.responseIds->traceId,
         durationValue(timings.headers),
         durationValue(timings.firstByte),
         durationValue(timings.firstText),
         durationValue(timings.total),
         numberValue(usage.inputTokens),
         numberValue(usage.outputTokens),
         numberValue(usage.totalTokens),
         numberValue(usage.reasoningTokens),
         numberValue(usage.cachedInputTokens),
         durationValue(usage.modelLatency),
         message.parent.value(),
         message.session.value(),
         message.isChosen,
         message.isImported,
         triesText(message.failedTries),
         message.frameCount});
    return messageNumber(database, message.id).value_or(0);
}

// The new end of a text that otherwise stayed, if only that and its frames changed. Never begins inside
// a surrogate pair: the half before it would have been stored as a replacement character.
std::optional<QString> grownBy(const MessagePart &before, const MessagePart &after)
{
    const PackedText *told = growingText(before.content);
    const PackedText *tells = growingText(after.content);
    if (!told || !tells || before.content.index() != after.content.index())
        return std::nullopt;
    const QString oldText = told->toString();
    const QString newText = tells->toString();
    if (newText.size() <= oldText.size() || !newText.startsWith(oldText)
        || newText.at(oldText.size()).isLowSurrogate())
        return std::nullopt;
    if (before.begin != after.begin || before.frames.first != after.frames.first
        || partColumns(before).fields != partColumns(after).fields)
        return std::nullopt;
    return newText.sliced(oldText.size());
}

void writeParts(Database &database, qint64 number, const std::vector<MessagePart> &parts,
                const WrittenMessage *before)
{
    for (size_t i = 0; i < parts.size(); ++i) {
        const MessagePart *old = before && i < before->parts.size() ? &before->parts[i] : nullptr;
        if (old && *old == parts[i])
            continue;
        const std::optional<QString> tail = old ? grownBy(*old, parts[i]) : std::nullopt;
        if (tail)
            appendToPart(database, number, int(i), parts[i], *tail);
        else
            writePart(database, number, int(i), parts[i]);
    }
    if (!before || before->parts.size() > parts.size())
        removePartsFrom(database, number, int(parts.size()));
}

Message messageFrom(const QSqlQuery &row)
{
    using std::chrono::microseconds;
    Message message;
    message.id = MessageId(row.value(1).toString());
    message.role = row.value(2).toString() == roleName(Role::User) ? Role::User : Role::Agent;
    message.state = messageStateFromName(row.value(3).toString()).value_or(MessageState::Interrupted);
    message.qualifier = row.value(4).toString();
    message.servedVersion = row.value(5).toString();
    message.stopReason = row.value(6).toString();
    message.httpStatus = row.value(7).toInt();
    message.created = timeFrom(row.value(8));
    message.answerTo = MessageId(row.value(9).toString());
    message.attempt = row.value(10).toInt();
    message.responseIds = ResponseIds{.sessionId = row.value(11).toString(),
                                      .requestId = row.value(12).toString(),
                                      .traceId = row.value(13).toString()};
    message.timings = Timings{.headers = durationFrom<microseconds>(row.value(14)),
                              .firstByte = durationFrom<microseconds>(row.value(15)),
                              .firstText = durationFrom<microseconds>(row.value(16)),
                              .total = durationFrom<microseconds>(row.value(17))};
    message.usage = Usage{.inputTokens = numberFrom(row.value(18)),
                          .outputTokens = numberFrom(row.value(19)),
                          .totalTokens = numberFrom(row.value(20)),
                          .reasoningTokens = numberFrom(row.value(21)),
                          .cachedInputTokens = numberFrom(row.value(22)),
                          .modelLatency = durationFrom<std::chrono::milliseconds>(row.value(23))};
    message.parent = MessageId(row.value(24).toString());
    message.session = RuntimeSessionId(row.value(25).toString());
    message.isChosen = row.value(26).toBool();
    message.isImported = row.value(27).toBool();
    if (const QByteArray tries = row.value(28).toString().toUtf8(); !tries.isEmpty())
        message.failedTries = failedTriesFrom(QJsonDocument::fromJson(tries).array());
    message.frameCount = row.value(29).toInt();
    return message;
}

//! Words that stand in many messages, each held once: a long conversation names the same session and each id
//! three times.
class SharedWords
{
public:
    void share(Message &message)
    {
        message.id = MessageId(shared(message.id.value()));
        message.answerTo = MessageId(shared(message.answerTo.value()));
        message.parent = MessageId(shared(message.parent.value()));
        message.session = RuntimeSessionId(shared(message.session.value()));
        for (QString *word : {&message.qualifier, &message.servedVersion, &message.stopReason})
            *word = shared(*word);
        if (!message.responseIds->sessionId.isEmpty()) {
            QString &session = message.responseIds.change().sessionId;
            session = shared(session);
        }
    }

private:
    QString shared(const QString &word) { return word.isEmpty() ? word : *m_words.insert(word); }

    QSet<QString> m_words;
};

MessagePart partOf(const QSqlQuery &row)
{
    const PartColumns columns{.kind = row.value(2).toString(),
                              .text = row.value(3).toString(),
                              .fields = row.value(4).toString(),
                              .data = row.value(5).toByteArray()};
    MessagePart part{.content = partFrom(columns),
                     .frames = {.first = row.value(6).toInt(), .last = row.value(7).toInt()},
                     .begin = std::chrono::microseconds(row.value(8).toLongLong()),
                     .end = std::chrono::microseconds(row.value(9).toLongLong()),
                     .givenId = givenIdFrom(columns)};
    packText(part.content);
    return part;
}

void appendTail(Message &message, const QSqlQuery &row)
{
    const size_t position = size_t(row.value(1).toInt());
    if (position >= message.parts.size())
        return;
    MessagePart &part = message.parts[position];
    if (PackedText *text = growingText(part.content))
        *text += row.value(2).toString();
    part.frames.last = row.value(3).toInt();
    part.end = std::chrono::microseconds(row.value(4).toLongLong());
}

} // namespace

std::optional<qint64> messageNumber(Database &database, const MessageId &id)
{
    QSqlQuery *query = database.run("SELECT number FROM messages WHERE id = ?", {id.value()});
    const std::optional<qint64> number =
        database.next(query) ? std::optional(query->value(0).toLongLong()) : std::nullopt;
    if (query)
        query->finish();
    return number;
}

void writeMessage(Database &database, const ConversationId &conversation, int position,
                  const Message &message, WrittenMessages &written)
{
    const auto known = written.constFind(message.id);
    const WrittenMessage *before = known == written.cend() ? nullptr : &known.value();
    const qint64 number = writeRow(database, conversation, position, message);
    if (number == 0)
        return;
    // A finished message is written whole once more, which takes up the tails.
    const bool isLast = !message.isLive();
    if (isLast && before)
        foldTails(database, number);
    writeParts(database, number, message.parts, before);
    if (isLast || !before)
        indexMessage(database, number, message);
    if (isLast)
        written.remove(message.id);
    else
        written.insert(message.id, WrittenMessage{.number = number, .parts = message.parts});
}

void deleteMessage(Database &database, const MessageId &id)
{
    unindexMessage(database, id);
    database.run("DELETE FROM messages WHERE id = ?", {id.value()});
}

void setChosen(Database &database, const MessageId &id, bool isChosen)
{
    database.run("UPDATE messages SET is_chosen = ? WHERE id = ?", {isChosen, id.value()});
}

std::vector<Message> readMessages(Database &database, const ConversationId &conversation)
{
    std::vector<Message> messages;
    QHash<qint64, size_t> indexes;
    QSqlQuery *query = database.run(
        "SELECT number, id, role, state, qualifier, served_version, stop_reason, http_status, created_ms, "
        "answer_to, attempt, session_id, request_id, trace_id, headers_us, first_byte_us, first_text_us, "
        "total_us, input_tokens, output_tokens, total_tokens, reasoning_tokens, cached_input_tokens, "
        "model_latency_ms, parent, session, is_chosen, is_imported, failed_tries, frame_count FROM messages "
        "WHERE conversation = ? ORDER BY position, number",
        {conversation.value()});
    SharedWords words;
    while (database.next(query)) {
        indexes.insert(query->value(0).toLongLong(), messages.size());
        messages.push_back(messageFrom(*query));
        words.share(messages.back());
    }
    query = database.run("SELECT parts.message, parts.position, kind, text, fields, data, first_frame, "
                         "last_frame, begin_us, end_us FROM messages "
                         "JOIN parts ON parts.message = messages.number "
                         "WHERE conversation = ? ORDER BY parts.message, parts.position",
                         {conversation.value()});
    while (database.next(query))
        messages[indexes.value(query->value(0).toLongLong())].parts.push_back(partOf(*query));
    query = database.run("SELECT part_tails.message, part_tails.position, text, last_frame, end_us "
                         "FROM messages JOIN part_tails ON part_tails.message = messages.number "
                         "WHERE conversation = ? ORDER BY part_tails.number",
                         {conversation.value()});
    while (database.next(query))
        appendTail(messages[indexes.value(query->value(0).toLongLong())], *query);
    return messages;
}

void interruptLiveAnswers(Database &database)
{
    std::vector<qint64> numbers;
    QSqlQuery *query = database.run(
        "SELECT number FROM messages WHERE state = 'streaming' OR (state = 'queued' AND role <> ?)",
        {roleName(Role::User)});
    while (database.next(query))
        numbers.push_back(query->value(0).toLongLong());
    for (const qint64 number : numbers) {
        database.run("UPDATE messages SET state = ? WHERE number = ?",
                     {messageStateName(MessageState::Interrupted), number});
        indexStoredMessage(database, number);
    }
}

} // namespace Parlance
