// SPDX-License-Identifier: Apache-2.0
#include "chat/schemareader.h"
#include "chat/toolarguments.h"
#include "fuzz/replay.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Parlance;

namespace {

//! What stands in a field at first is a value for it, and so is its text.
void check(const SchemaField &field)
{
    problemWith(field, QJsonValue(QJsonValue::Undefined));
    problemWith(field, field.initial);
    answerWords(field, field.initial);
    if ((field.isNumber() || field.kind == FieldKind::Json) && !field.initial.isUndefined()) {
        QJsonValue read;
        QString problem;
        const QString text = fieldText(field, field.initial);
        const bool isRead = readFieldText(field, text, &read, &problem);
        if (isRead != problem.isEmpty())
            std::abort();
        if (isRead && fieldText(field, read) != text)
            std::abort();
    }
    for (const SchemaField &inner : field.fields)
        check(inner);
}

} // namespace

// The first line is typed into the form that the rest describes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = viewOf(data, size).toByteArray();
    const qsizetype end = std::max<qsizetype>(0, bytes.indexOf('\n'));
    const QByteArray schema = bytes.sliced(end).trimmed();
    const SchemaField form = readSchema(schema);
    if (readSchema(schema) != form)
        std::abort();
    check(form);

    InputRequest request;
    request.schema = QString::fromUtf8(schema);
    const AnswerShape shape = answerShape(request);
    for (const AnswerButton &button : shape.buttons)
        answerOf(shape, button, QJsonObject());
    takesAnyWords(request);

    const QString typed = QString::fromUtf8(bytes.first(end));
    const Result<QByteArray> arguments = toolArguments({.inputSchema = schema}, typed.split(u' '));
    if (arguments && !QJsonDocument::fromJson(*arguments).isObject())
        std::abort();
    return 0;
}
