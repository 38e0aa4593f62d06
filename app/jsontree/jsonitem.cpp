// SPDX-License-Identifier: Apache-2.0
#include "jsontree/jsonitem.h"

#include "inspector/jsonprinter.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString unquoted(const QString &json)
{
    return QJsonDocument::fromJson(QString(u'[' % json % u']').toUtf8()).array().at(0).toString();
}

JsonItem::Kind kindOf(const JsonToken &token, QChar first)
{
    if (token.kind == JsonTokenKind::Punctuation)
        return first == u'{' ? JsonItem::Kind::Object : JsonItem::Kind::Array;
    return token.kind == JsonTokenKind::String ? JsonItem::Kind::String
        : token.kind == JsonTokenKind::Number  ? JsonItem::Kind::Number
                                               : JsonItem::Kind::Literal;
}

void write(const JsonItem &item, QString &out)
{
    if (!item.isList()) {
        out += item.text;
        return;
    }
    const bool isObject = item.kind == JsonItem::Kind::Object;
    out += isObject ? u'{' : u'[';
    for (const JsonItem &one : item.items) {
        if (&one != &item.items.front())
            out += u',';
        if (isObject)
            out += quotedJson(one.name) % u':';
        write(one, out);
    }
    out += isObject ? u'}' : u']';
}

} // namespace

bool JsonItem::isNull() const
{
    return kind == Kind::Literal && text == "null"_L1;
}

const JsonItem *JsonItem::member(const QString &wanted) const
{
    const auto found =
        std::find_if(items.rbegin(), items.rend(), [&](const JsonItem &one) { return one.name == wanted; });
    return kind != Kind::Object || found == items.rend() ? nullptr : &*found;
}

QString JsonItem::json() const
{
    QString out;
    write(*this, out);
    return out;
}

QString JsonItem::words() const
{
    return kind == Kind::String ? unquoted(text) : json();
}

std::optional<JsonItem> readJson(const QString &text)
{
    const std::optional<std::vector<JsonToken>> tokens = jsonTokens(text);
    if (!tokens)
        return std::nullopt;
    JsonItem top;
    // What holds an open one does not grow meanwhile, so that it stays where it is.
    std::vector<JsonItem *> open{&top};
    QString name;
    for (const JsonToken &token : *tokens) {
        const QString word = text.sliced(token.start, token.length);
        const QChar first = word.front();
        if (token.kind == JsonTokenKind::Key) {
            name = unquoted(word);
            continue;
        }
        const bool isPunctuation = token.kind == JsonTokenKind::Punctuation;
        const bool opens = isPunctuation && (first == u'{' || first == u'[');
        if (isPunctuation && (first == u'}' || first == u']'))
            open.pop_back();
        if (isPunctuation && !opens)
            continue;
        std::vector<JsonItem> &items = open.back()->items;
        items.push_back({.kind = kindOf(token, first),
                         .name = std::exchange(name, {}),
                         .text = opens ? QString() : word});
        if (opens)
            open.push_back(&items.back());
    }
    return std::move(top.items.front());
}

} // namespace Parlance
