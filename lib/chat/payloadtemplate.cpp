// SPDX-License-Identifier: Apache-2.0
#include "chat/payloadtemplate.h"

#include "chat/jsontext.h"
#include "chat/payloadparser.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::PayloadTemplate)
};

Result<std::vector<TemplatePiece>> parsed(const QString &payloadTemplate)
{
    return PayloadParser(payloadTemplate.trimmed().isEmpty() ? u"{\"prompt\": ${prompt}}"_s : payloadTemplate)
        .parse();
}

QByteArray compact(const QJsonArray &array)
{
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

//! Puts the values into a template.
class Renderer
{
public:
    Renderer(const PayloadValues &values, AttachmentPayload &files)
        : m_values(values)
        , m_files(files)
    {
    }

    Result<QByteArray> render(const std::vector<TemplatePiece> &pieces);

private:
    Result<QByteArray> replaced(const TemplatePiece &piece);
    Result<QByteArray> messages(const TemplatePiece &piece);
    Result<QByteArray> content(const QString &words, const std::vector<Attachment> &attachments,
                               AttachmentForm form);
    Result<void> addFiles(QByteArray &json, bool hasMember);

    const PayloadValues &m_values;
    AttachmentPayload &m_files;
    bool m_hasPlace = false;
};

// Without files AG-UI has plain words, as every agent that speaks it takes them.
Result<QByteArray> Renderer::content(const QString &words, const std::vector<Attachment> &attachments,
                                     AttachmentForm form)
{
    if (form == AttachmentForm::AgUi && attachments.empty())
        return jsonString(words);
    return m_files.content(words, attachments, form).map(compact);
}

Result<QByteArray> Renderer::messages(const TemplatePiece &piece)
{
    QByteArray json = "[";
    for (const ChatTurn &turn : m_values.messages) {
        Result<QByteArray> said =
            piece.form ? content(turn.content, turn.attachments, *piece.form) : jsonString(turn.content);
        if (!said)
            return said;
        if (json.size() > 1)
            json += ',';
        json += turn.role == Role::User ? "{\"role\":\"user\",\"content\":"
                                        : "{\"role\":\"assistant\",\"content\":";
        json += *said;
        json += '}';
    }
    return QByteArray(json + ']');
}

Result<QByteArray> Renderer::replaced(const TemplatePiece &piece)
{
    const bool isValue = piece.place == PlaceholderPlace::Value;
    switch (*piece.placeholder) {
    case Placeholder::Messages:
        m_hasPlace = m_hasPlace || piece.form;
        return messages(piece).map([isValue](const QByteArray &json) {
            return isValue ? json : jsonEscaped(QString::fromUtf8(json));
        });
    case Placeholder::Attachments:
        m_hasPlace = true;
        return m_files.items(m_values.attachments, piece.form.value_or(AttachmentForm::Plain)).map(compact);
    case Placeholder::Content:
        m_hasPlace = true;
        return content(m_values.prompt, m_values.attachments, *piece.form);
    case Placeholder::Uuid:
    case Placeholder::Prompt:
    case Placeholder::Session:
    case Placeholder::Conversation:
        break;
    }
    const QString text = *piece.placeholder == Placeholder::Uuid
        ? QUuid::createUuid().toString(QUuid::WithoutBraces)
        : *piece.placeholder == Placeholder::Prompt  ? m_values.prompt
        : *piece.placeholder == Placeholder::Session ? m_values.session.value()
                                                     : m_values.conversation.value();
    return isValue ? jsonString(text) : jsonEscaped(text);
}

// As the last member of an object that has no place for them.
Result<void> Renderer::addFiles(QByteArray &json, bool hasMember)
{
    const QByteArray whole = json.trimmed();
    if (!whole.startsWith('{') || hasMember) {
        return failure(ErrorKind::InvalidTemplate,
                       Words::tr("The payload template has no place for files: put ${attachments} into it."));
    }
    const Result<QJsonArray> items = m_files.items(m_values.attachments, AttachmentForm::Plain);
    if (!items)
        return failure(items.error());
    json = whole.chopped(1).trimmed();
    json += json.size() > 1 ? ", \"attachments\": " : "\"attachments\": ";
    json += compact(*items) + '}';
    return {};
}

Result<QByteArray> Renderer::render(const std::vector<TemplatePiece> &pieces)
{
    QByteArray json;
    for (const TemplatePiece &piece : pieces) {
        json += piece.literal.toUtf8();
        if (!piece.placeholder)
            continue;
        const Result<QByteArray> value = replaced(piece);
        if (!value)
            return failure(value.error());
        json += *value;
    }
    if (!m_hasPlace && !m_values.attachments.empty()) {
        const bool hasMember = std::ranges::any_of(
            pieces, [](const TemplatePiece &piece) { return piece.literal.contains("\"attachments\""_L1); });
        if (const Result<void> added = addFiles(json, hasMember); !added)
            return failure(added.error());
    }
    return json;
}

} // namespace

Result<QByteArray> renderJson(const QString &payloadTemplate, const PayloadValues &values,
                              AttachmentPayload &files)
{
    return parsed(payloadTemplate).and_then([&](const std::vector<TemplatePiece> &pieces) {
        return Renderer(values, files).render(pieces);
    });
}

Result<RequestBody> renderBody(const QString &payloadTemplate, const PayloadValues &values)
{
    AttachmentPayload files(values.keptFolder);
    return renderJson(payloadTemplate, values, files).map([&files](const QByteArray &json) {
        return files.body(json);
    });
}

Result<QByteArray> renderPayload(const QString &payloadTemplate, PayloadValues values)
{
    values.attachments.clear();
    for (ChatTurn &turn : values.messages)
        turn.attachments.clear();
    return renderBody(payloadTemplate, values).map(&RequestBody::bytes);
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
