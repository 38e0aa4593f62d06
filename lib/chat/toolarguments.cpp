// SPDX-License-Identifier: Apache-2.0
#include "chat/toolarguments.h"

#include "chat/schemareader.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct ToolArguments
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::ToolArguments)
};

//! Undefined: it is no JSON.
QJsonValue jsonOf(const QString &text)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson('[' + text.toUtf8() + ']', &error);
    const QJsonArray items = document.array();
    return error.error == QJsonParseError::NoError && items.size() == 1 ? items.first()
                                                                        : QJsonValue(QJsonValue::Undefined);
}

QJsonValue choiceOf(const SchemaField &field, const QString &text)
{
    const auto found = std::ranges::find_if(field.choices, [&text](const FieldChoice &choice) {
        return choice.title == text || choice.value.toVariant().toString() == text;
    });
    return found == field.choices.end() ? QJsonValue(text) : found->value;
}

//! Undefined: problem says why it means nothing.
QJsonValue valueOf(const SchemaField &field, const QString &text, QString *problem)
{
    QJsonValue value(QJsonValue::Undefined);
    switch (field.kind) {
    case FieldKind::Text:
    case FieldKind::LongText:
        return text;
    case FieldKind::Choice:
        return choiceOf(field, text);
    case FieldKind::Number:
    case FieldKind::Integer:
        if (!readFieldText(field, text, &value, problem) || value.isUndefined())
            return QJsonValue(QJsonValue::Undefined);
        return value;
    case FieldKind::Boolean:
        if (text == u"true"_s || text == u"false"_s)
            return text == u"true"_s;
        *problem = ToolArguments::tr("Give true or false.");
        return value;
    case FieldKind::Choices:
    case FieldKind::List:
        value = jsonOf(text);
        if (value.isArray())
            return value;
        value = field.kind == FieldKind::Choices ? choiceOf(field, text)
            : field.fields.empty()               ? QJsonValue(text)
                                                 : valueOf(field.fields.front(), text, problem);
        return value.isUndefined() ? value : QJsonValue(QJsonArray{value});
    case FieldKind::Group:
    case FieldKind::Json:
        value = jsonOf(text);
        if (value.isUndefined())
            *problem = ToolArguments::tr("Give JSON.");
        return value;
    }
    return value;
}

} // namespace

Result<QByteArray> toolArguments(const AgentTool &tool, const QStringList &given)
{
    const SchemaField form = readSchema(tool.inputSchema);
    QJsonObject arguments;
    for (const QString &one : given) {
        const qsizetype equals = one.indexOf(u'=');
        if (equals < 1)
            return failure(ErrorKind::Validation, ToolArguments::tr("“%1” is no name=value.").arg(one));
        const QString name = one.first(equals);
        const QString text = one.sliced(equals + 1);
        const auto field = std::ranges::find(form.fields, name, &SchemaField::name);
        if (field == form.fields.end()) {
            const QJsonValue value = jsonOf(text);
            arguments.insert(name, value.isUndefined() ? QJsonValue(text) : value);
            continue;
        }
        QString problem;
        QJsonValue value = valueOf(*field, text, &problem);
        if (value.isUndefined())
            return failure(ErrorKind::Validation, QString(name % u": "_s % problem));
        if (value.isArray() && arguments.value(name).isArray()) {
            QJsonArray all = arguments.value(name).toArray();
            for (const QJsonArray items = value.toArray(); const auto &item : items)
                all.append(item);
            value = all;
        }
        arguments.insert(name, value);
    }
    return QJsonDocument(arguments).toJson(QJsonDocument::Compact);
}

} // namespace Parlance
