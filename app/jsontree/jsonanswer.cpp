// SPDX-License-Identifier: Apache-2.0
#include "jsontree/jsonanswer.h"

#include "chat/fencedcode.h"
#include "jsontree/jsonitem.h"
#include "transcript/partblocks.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

//! A longer text is set as it came.
constexpr qsizetype mostText = 500'000;
constexpr std::size_t mostRows = 1'000;
constexpr qsizetype mostColumns = 12;
constexpr qsizetype mostCell = 200;

// What is all code is looked at without its fence: bodies that are JSON come so.
QString withoutFence(const QString &text)
{
    static const QString opening = u"```json\n"_s;
    static const QString closing = u"\n```"_s;
    const QString bare = text.trimmed();
    const bool isFenced = bare.startsWith(opening) && bare.size() > opening.size() + closing.size()
        && bare.indexOf(closing, opening.size()) == bare.size() - closing.size();
    return isFenced ? bare.sliced(opening.size(), bare.size() - opening.size() - closing.size()).trimmed()
                    : bare;
}

// An object or a list; absent: it is neither, or too long.
std::optional<JsonItem> parsed(const QString &bare)
{
    const bool mayBe =
        (bare.startsWith(u'{') && bare.endsWith(u'}')) || (bare.startsWith(u'[') && bare.endsWith(u']'));
    return mayBe && bare.size() <= mostText ? readJson(bare) : std::nullopt;
}

// The names that the objects of a list have, in the order they come; empty if they are not alike.
QStringList columnsOf(const JsonItem &list)
{
    const std::vector<JsonItem> &rows = list.items;
    if (list.kind != JsonItem::Kind::Array || rows.size() < 2 || rows.size() > mostRows)
        return {};
    QStringList names;
    std::size_t members = 0;
    for (const JsonItem &row : rows) {
        if (row.kind != JsonItem::Kind::Object || row.items.empty())
            return {};
        for (const JsonItem &member : row.items) {
            if (!names.contains(member.name))
                names.append(member.name);
        }
        members += row.items.size();
        if (names.size() > mostColumns)
            return {};
    }
    // Most have most of them.
    return members * 3 < rows.size() * std::size_t(names.size()) * 2 ? QStringList() : names;
}

// Letter for letter, in a cell of a Markdown table.
QString cellText(QString text)
{
    static const QRegularExpression marks(u"([\\\\`*_{}\\[\\]()#+.!|<>~&$:@/-])"_s);
    static const QRegularExpression breaks(u"\\s+"_s);
    return text.replace(breaks, u" "_s).replace(marks, u"\\\\1"_s);
}

// Absent: the value is no cell.
std::optional<QString> cell(const JsonItem *value)
{
    if (!value || value->isNull())
        return QString();
    const QString words = value->words();
    return value->isList() && words.size() > mostCell ? std::nullopt : std::optional(words);
}

// Empty: what is in it does not fit into cells.
QString tableOf(const JsonItem &list, const QStringList &columns)
{
    QString head = u"|"_s;
    QString rule = u"|"_s;
    QString rows;
    for (const QString &name : columns) {
        const bool isNumber = std::ranges::all_of(list.items, [&name](const JsonItem &row) {
            const JsonItem *value = row.member(name);
            return !value || value->isNull() || value->kind == JsonItem::Kind::Number;
        });
        head += u' ' % cellText(name) % u" |"_s;
        rule += isNumber ? u" ---: |"_s : u" --- |"_s;
    }
    for (const JsonItem &row : list.items) {
        rows += u'|';
        for (const QString &name : columns) {
            const std::optional<QString> text = cell(row.member(name));
            if (!text)
                return {};
            rows += u' ' % cellText(*text) % u" |"_s;
        }
        rows += u'\n';
    }
    return head % u'\n' % rule % u'\n' % rows;
}

// Rows come alone, or under a name that is all there is beside them, as the SDK's "result". Empty: it is
// none.
QString tableIn(const JsonItem &json)
{
    const bool isNamed = json.kind == JsonItem::Kind::Object && json.items.size() == 1;
    const JsonItem &list = isNamed ? json.items.front() : json;
    const QStringList columns = columnsOf(list);
    const QString table = columns.isEmpty() ? QString() : tableOf(list, columns);
    return !isNamed || table.isEmpty() ? table : QString(cellText(list.name) % u"\n\n"_s % table);
}

} // namespace

QString shownMarkdown(const Message &message, const Text &text)
{
    QString markdown = text.markdown;
    const bool mayChange = message.role == Role::Agent && !message.isLive();
    const QString bare = mayChange ? withoutFence(markdown) : QString();
    const std::optional<JsonItem> json = parsed(bare);
    if (!json)
        return markdown;
    QString table = tableIn(*json);
    if (!table.isEmpty())
        return table;
    return fencedCode(readableJson(bare), u"json"_s);
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
    const QString bare = withoutFence(text);
    return parsed(bare) ? bare : QString();
}

} // namespace Parlance
