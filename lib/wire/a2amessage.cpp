// SPDX-License-Identifier: Apache-2.0
#include "wire/a2amessage.h"

#include "wire/attachmentpayload.h"
#include "wire/json.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

//! Longer is no word for a state.
constexpr qsizetype longestState = 40;

QByteArray envelope(const QString &method, const QString &id, const QJsonObject &params)
{
    return QJsonDocument(
               QJsonObject{
                   {u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id}, {u"method"_s, method}, {u"params"_s, params}})
        .toJson(QJsonDocument::Compact);
}

QString methodOf(const A2aCard &card)
{
    if (card.version == A2aVersion::V10)
        return card.streams ? u"SendStreamingMessage"_s : u"SendMessage"_s;
    return card.streams ? u"message/stream"_s : u"message/send"_s;
}

} // namespace

RequestBody a2aQuestion(const A2aCard &card, const A2aMessage &message)
{
    const bool isNew = card.version == A2aVersion::V10;
    QJsonArray parts;
    if (!message.text.isEmpty() || message.attachments.empty())
        parts.append(isNew ? QJsonObject{{u"text"_s, message.text}}
                           : QJsonObject{{u"kind"_s, u"text"_s}, {u"text"_s, message.text}});
    AttachmentPayload files(message.keptFolder);
    for (const Attachment &file : message.attachments)
        parts.append(
            files.item(file, isNew ? AttachmentForm::A2aOne : AttachmentForm::A2a).value_or(QJsonObject()));
    QJsonObject said{{u"messageId"_s, message.messageId},
                     {u"role"_s, isNew ? u"ROLE_USER"_s : u"user"_s},
                     {u"parts"_s, parts}};
    if (!isNew)
        said.insert(u"kind"_s, u"message"_s);
    if (!message.contextId.isEmpty())
        said.insert(u"contextId"_s, message.contextId);
    if (!message.taskId.isEmpty())
        said.insert(u"taskId"_s, message.taskId);
    return files.body(envelope(methodOf(card), message.messageId, {{u"message"_s, said}}));
}

QByteArray a2aCancel(A2aVersion version, const QString &taskId)
{
    return envelope(version == A2aVersion::V10 ? u"CancelTask"_s : u"tasks/cancel"_s, u"cancel-"_s + taskId,
                    {{u"id"_s, taskId}});
}

QByteArray a2aLook(A2aVersion version, const QString &taskId)
{
    return envelope(version == A2aVersion::V10 ? u"GetTask"_s : u"tasks/get"_s, u"look-"_s + taskId,
                    {{u"id"_s, taskId}});
}

QList<HttpHeader> a2aHeaders(A2aVersion version)
{
    if (version == A2aVersion::V10)
        return {{.name = "A2A-Version", .value = "1.0"}};
    return {};
}

Result<TaskStatus> readA2aTask(QByteArrayView json)
{
    Json reader;
    const JsonValue whole = reader.parse(json);
    const JsonValue result = whole.find("result");
    const JsonValue task = result.find("task") ? result.find("task") : result;
    const QString state = a2aStateWord(task.find("status").find("state").string());
    if (!state.isEmpty())
        return TaskStatus{
            .taskId = task.find("id").string(), .contextId = task.find("contextId").string(), .state = state};
    return failure(Error{.kind = ErrorKind::AgentError,
                         .message = QCoreApplication::translate("Wire", "The agent reported an error."),
                         .exceptionType = whole.find("error").find("code").text(),
                         .serverMessage = whole.find("error").find("message").text(),
                         .rawBody = json.toByteArray()});
}

TaskStatus a2aTaskIn(QByteArrayView json)
{
    Json reader;
    const JsonValue result = reader.parse(json).find("result");
    JsonValue told = result;
    for (const QByteArrayView wrapper : {"task", "statusUpdate"}) {
        if (const JsonValue inner = result.find(wrapper); inner.isObject())
            told = inner;
    }
    const QString state = a2aStateWord(told.find("status").find("state").string());
    const JsonValue id = told.find("taskId").isString() ? told.find("taskId") : told.find("id");
    if (state.isEmpty() || id.string().isEmpty())
        return {};
    return {.taskId = id.string(), .contextId = told.find("contextId").string(), .state = state};
}

bool a2aDisagrees(QByteArrayView json)
{
    // Method not found, operation not supported, version not supported.
    static constexpr auto codes = std::to_array<qint64>({-32601, -32004, -32009});
    Json reader;
    const auto code = reader.parse(json).find("error").find("code").integer();
    return code && std::ranges::find(codes, *code) != codes.end();
}

QString a2aStateWord(const QString &state)
{
    QString word = state.left(longestState).toLower();
    if (word.startsWith("task_state_"_L1))
        word.remove(0, 11);
    word.replace(u'_', u'-');
    return word == "cancelled"_L1 ? u"canceled"_s : word;
}

bool a2aWaits(const QString &state)
{
    return state == "input-required"_L1 || state == "auth-required"_L1;
}

bool a2aGoesOn(const QString &state)
{
    return state == "submitted"_L1 || state == "working"_L1;
}

bool a2aHasEnded(const QString &state)
{
    static constexpr auto ends = std::to_array({"completed"_L1, "failed"_L1, "canceled"_L1, "rejected"_L1});
    return std::ranges::find(ends, state) != ends.end();
}

} // namespace Parlance
