// SPDX-License-Identifier: Apache-2.0
#include "jsontree/jsonanswer.h"

#include "transcript/partblocks.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

//! A longer text is set as it came.
constexpr qsizetype mostText = 500'000;
constexpr qsizetype mostRows = 1'000;
constexpr qsizetype mostColumns = 12;
constexpr qsizetype mostCell = 200;

QJsonDocument parsed(const QString &text)
{
    const QString bare = text.trimmed();
    const bool mayBe =
        (bare.startsWith(u'{') && bare.endsWith(u'}')) || (bare.startsWith(u'[') && bare.endsWith(u']'));
    return mayBe && bare.size() <= mostText ? QJsonDocument::fromJson(bare.toUtf8()) : QJsonDocument();
}

// The names that the objects of a list have, in the order they come; empty if they are not alike.
QStringList columnsOf(const QJsonArray &array, const QString &text)
{
    if (array.size() < 2 || array.size() > mostRows)
        return {};
    QStringList names;
    qsizetype members = 0;
    for (const auto &item : array) {
        if (!item.isObject() || item.toObject().isEmpty())
            return {};
        for (const QString &name : item.toObject().keys()) {
            if (!names.contains(name))
                names.append(name);
        }
        members += item.toObject().size();
        if (names.size() > mostColumns)
            return {};
    }
    // Most have most of them.
    if (members * 3 < array.size() * names.size() * 2)
        return {};
    std::ranges::sort(names, {}, [&text](const QString &name) {
        const qsizetype at = text.indexOf(QString(u'"' % name % u'"'));
        return at < 0 ? text.size() : at;
    });
    return names;
}

// Letter for letter, in a cell of a Markdown table.
QString cellText(QString text)
{
    static const QRegularExpression marks(u"([\\\\`*_{}\\[\\]()#+.!|<>~&$:@/-])"_s);
    static const QRegularExpression breaks(u"\\s+"_s);
    return text.replace(breaks, u" "_s).replace(marks, u"\\\\1"_s);
}

// Absent: the value is no cell.
std::optional<QString> cell(const QJsonValue &value)
{
    if (value.isUndefined() || value.isNull())
        return QString();
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    if (value.isDouble())
        return value.toVariant().toString();
    if (value.isString())
        return value.toString();
    const QByteArray json = value.isObject() ? QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact)
                                             : QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact);
    if (json.size() > mostCell)
        return std::nullopt;
    return QString::fromUtf8(json);
}

// Empty: what is in it does not fit into cells.
QString tableOf(const QJsonArray &array, const QStringList &columns)
{
    QString head = u"|"_s;
    QString rule = u"|"_s;
    QString rows;
    for (const QString &name : columns) {
        const bool isNumber = std::ranges::all_of(array, [&name](const auto &item) {
            const QJsonValue value = item[name];
            return value.isDouble() || value.isNull() || value.isUndefined();
        });
        head += u' ' % cellText(name) % u" |"_s;
        rule += isNumber ? u" ---: |"_s : u" --- |"_s;
    }
    for (const auto &item : array) {
        rows += u'|';
        for (const QString &name : columns) {
            const std::optional<QString> text = cell(item[name]);
            if (!text)
                return {};
            rows += u' ' % cellText(*text) % u" |"_s;
        }
        rows += u'\n';
    }
    return head % u'\n' % rule % u'\n' % rows;
}

} // namespace

QString shownMarkdown(const Message &message, const Text &text)
{
    const QString markdown = text.markdown;
    const bool mayChange = message.role == Role::Agent && !message.isLive();
    const QJsonDocument document = mayChange ? parsed(markdown) : QJsonDocument();
    if (document.isNull())
        return markdown;
    if (document.isArray()) {
        const QStringList columns = columnsOf(document.array(), markdown);
        const QString table = columns.isEmpty() ? QString() : tableOf(document.array(), columns);
        if (!table.isEmpty())
            return table;
    }
    QString fence = u"```"_s;
    while (markdown.contains(fence))
        fence += u'`';
    return fence % u"json\n"_s % readableJson(markdown.trimmed()) % u'\n' % fence;
}

QString jsonOf(const Part &part)
{
    const QString text = [&part]() -> QString {
        if (const auto *words = std::get_if<Text>(&part))
            return words->markdown;
        if (const auto *call = std::get_if<ToolCall>(&part))
            return call->arguments;
        if (const auto *result = std::get_if<ToolResult>(&part))
            return result->content;
        if (const auto *event = std::get_if<RawEvent>(&part))
            return event->json;
        if (const auto *value = std::get_if<LiveValue>(&part))
            return value->json;
        return {};
    }();
    return parsed(text).isNull() ? QString() : text;
}

} // namespace Parlance
