// SPDX-License-Identifier: Apache-2.0
#include "chat/payloadtemplate.h"

#include "chat/jsontext.h"
#include "chat/payloadparser.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

Result<std::vector<TemplatePiece>> parsed(const QString &payloadTemplate)
{
    return PayloadParser(payloadTemplate.trimmed().isEmpty() ? u"{\"prompt\": ${prompt}}"_s : payloadTemplate)
        .parse();
}

QByteArray messagesJson(const std::vector<ChatTurn> &turns)
{
    QByteArray json = "[";
    for (const ChatTurn &turn : turns) {
        if (json.size() > 1)
            json += ',';
        json += turn.role == Role::User ? "{\"role\":\"user\",\"content\":"
                                        : "{\"role\":\"assistant\",\"content\":";
        json += jsonString(turn.content);
        json += '}';
    }
    return json + ']';
}

QByteArray replaced(const TemplatePiece &piece, const PayloadValues &values)
{
    if (*piece.placeholder == Placeholder::Messages) {
        const QByteArray json = messagesJson(values.messages);
        return piece.place == PlaceholderPlace::Value ? json : jsonEscaped(QString::fromUtf8(json));
    }
    if (*piece.placeholder == Placeholder::Uuid) {
        const QString fresh = QUuid::createUuid().toString(QUuid::WithoutBraces);
        return piece.place == PlaceholderPlace::Value ? jsonString(fresh) : jsonEscaped(fresh);
    }
    const QString &text = *piece.placeholder == Placeholder::Prompt ? values.prompt
        : *piece.placeholder == Placeholder::Session                ? values.session.value()
                                                                    : values.conversation.value();
    return piece.place == PlaceholderPlace::Value ? jsonString(text) : jsonEscaped(text);
}

} // namespace

Result<QByteArray> renderPayload(const QString &payloadTemplate, const PayloadValues &values)
{
    return parsed(payloadTemplate).map([&values](const std::vector<TemplatePiece> &pieces) {
        QByteArray body;
        for (const TemplatePiece &piece : pieces) {
            body += piece.literal.toUtf8();
            if (piece.placeholder)
                body += replaced(piece, values);
        }
        return body;
    });
}

Result<void> checkPayloadTemplate(const QString &payloadTemplate)
{
    const Result<std::vector<TemplatePiece>> pieces = parsed(payloadTemplate);
    if (!pieces)
        return failure(pieces.error());
    return {};
}

bool sendsHistory(const QString &payloadTemplate)
{
    const Result<std::vector<TemplatePiece>> pieces = parsed(payloadTemplate);
    return pieces && std::ranges::any_of(*pieces, [](const TemplatePiece &piece) {
               return piece.placeholder == Placeholder::Messages;
           });
}

} // namespace Parlance
