// SPDX-License-Identifier: Apache-2.0
#include "store/searchtext.h"

#include "core/consoletext.h"
#include "core/foldedwords.h"

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

//! A word of its own that nobody types; parts the words of one part from those of the next.
constexpr char16_t partMark[] = u" \uE001 ";

QChar escaped(QChar letter)
{
    switch (letter.unicode()) {
    case u'n':
    case u'r':
    case u't':
        return u' ';
    default:
        return letter;
    }
}

// JSON text as a person reads it: many agents write every letter beyond ASCII as \uXXXX.
QString withoutEscapes(const QString &json)
{
    if (!json.contains(u'\\'))
        return json;
    QString text;
    text.reserve(json.size());
    for (qsizetype i = 0; i < json.size(); ++i) {
        if (json[i] != u'\\' || i + 1 >= json.size()) {
            text += json[i];
            continue;
        }
        ++i;
        bool isNumber = false;
        const ushort unit =
            json[i] == u'u' ? QStringView(json).mid(i + 1, 4).toUShort(&isNumber, 16) : ushort(0);
        if (isNumber) {
            text += QChar(unit);
            i += 4;
        } else {
            text += escaped(json[i]);
        }
    }
    return text;
}

struct ToText
{
    QString operator()(const Text &part) const { return part.markdown; }
    QString operator()(const Reasoning &part) const { return part.text; }
    QString operator()(const ToolCall &part) const
    {
        return part.name % u'\n' % withoutEscapes(part.arguments);
    }
    QString operator()(const ToolResult &part) const
    {
        return part.name.isEmpty() ? withoutEscapes(part.content)
                                   : QString(part.name % u'\n' % withoutEscapes(part.content));
    }
    QString operator()(const Citation &part) const
    {
        return part.title % u'\n' % part.quote % u'\n' % part.url;
    }
    QString operator()(const ErrorPart &part) const
    {
        const Error &error = part.error;
        QString text = error.message;
        for (const QString &more : {error.serverMessage, error.exceptionType}) {
            if (!more.isEmpty() && !text.contains(more))
                text += u'\n' % more;
        }
        return text;
    }
    QString operator()(const Attachment &part) const { return part.name; }
    QString operator()(const RawEvent &part) const { return part.label % u'\n' % withoutEscapes(part.json); }
    QString operator()(const Command &part) const { return part.line; }
    QString operator()(const CommandOutput &part) const { return readConsole(part).text; }
    QString operator()(const InputRequest &part) const { return part.message; }
    QString operator()(const InputAnswer &part) const { return withoutEscapes(part.json); }
    QString operator()(const TaskStatus &) const { return {}; }
    QString operator()(const LiveValue &part) const { return part.label % u'\n' % withoutEscapes(part.json); }
};

} // namespace

QString searchedText(const Part &part)
{
    return std::visit(ToText(), part);
}

QString searchedWords(const std::vector<MessagePart> &parts)
{
    QString words;
    for (const MessagePart &part : parts) {
        if (!words.isEmpty())
            words += QStringView(partMark);
        words += foldedWords(searchedText(part.content));
    }
    return words;
}

} // namespace Parlance
