// SPDX-License-Identifier: Apache-2.0
#include "core/message.h"

#include <QStringList>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

template <typename Enum> using NameTable = std::pair<Enum, QLatin1StringView>;

constexpr auto stateNames = std::to_array<NameTable<MessageState>>({
    {MessageState::Queued, "queued"_L1},
    {MessageState::Streaming, "streaming"_L1},
    {MessageState::Complete, "complete"_L1},
    {MessageState::Stopped, "stopped"_L1},
    {MessageState::Interrupted, "interrupted"_L1},
    {MessageState::Failed, "failed"_L1},
});

constexpr auto toolNames = std::to_array<NameTable<ToolState>>({
    {ToolState::Streaming, "streaming"_L1},
    {ToolState::Running, "running"_L1},
    {ToolState::Done, "done"_L1},
    {ToolState::Failed, "failed"_L1},
    {ToolState::Cancelled, "cancelled"_L1},
});

template <typename Table, typename Enum> QString nameIn(const Table &table, Enum value)
{
    const auto found = std::ranges::find_if(table, [&](const auto &row) { return row.first == value; });
    return found == table.end() ? QString() : QString(found->second);
}

template <typename Enum, typename Table> std::optional<Enum> valueIn(const Table &table, const QString &name)
{
    const auto found = std::ranges::find_if(table, [&](const auto &row) { return name == row.second; });
    return found == table.end() ? std::nullopt : std::optional<Enum>(found->first);
}

} // namespace

QString Message::text() const
{
    QStringList texts;
    for (const MessagePart &part : parts) {
        if (const auto *text = std::get_if<Text>(&part.content); text && !text->markdown.isEmpty())
            texts.append(text->markdown);
    }
    return texts.join("\n\n"_L1);
}

MessageId rootMessage()
{
    return MessageId(u"root"_s);
}

Message userMessage(QString markdown)
{
    Message message;
    message.id = MessageId::create();
    message.role = Role::User;
    message.state = MessageState::Complete;
    message.created = QDateTime::currentDateTimeUtc();
    message.parts.push_back(MessagePart{.content = Text{.markdown = std::move(markdown)}});
    return message;
}

QString roleName(Role role)
{
    return role == Role::User ? u"user"_s : u"agent"_s;
}

QString messageStateName(MessageState state)
{
    return nameIn(stateNames, state);
}

std::optional<MessageState> messageStateFromName(const QString &name)
{
    return valueIn<MessageState>(stateNames, name);
}

QString toolStateName(ToolState state)
{
    return nameIn(toolNames, state);
}

std::optional<ToolState> toolStateFromName(const QString &name)
{
    return valueIn<ToolState>(toolNames, name);
}

} // namespace Parlance
