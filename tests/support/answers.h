// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

#include <QString>

#include <functional>

//! The texts that are measured. What stands here is part of every figure: a change makes a new series.
namespace Parlance::Bench {

inline QString repeated(qsizetype length, const std::function<QString(int)> &part)
{
    QString text;
    for (int i = 0; text.size() < length; ++i)
        text += part(i);
    return text.left(length);
}

//! mode: mixed, fence, table, list or paragraph; all but the first are one single block.
inline QString source(const QString &mode, qsizetype length)
{
    using namespace Qt::StringLiterals;
    if (mode == u"fence")
        return u"```cpp\n"_s + repeated(length, [](int i) {
                   return u"    const int value%1 = compute(%1, \"text\"); // remark\n"_s.arg(i);
               });
    if (mode == u"table")
        return u"| Item | Paid | Note |\n|---|---:|---|\n"_s + repeated(length, [](int i) {
                   return u"| thing %1 | € %2.00 | a few **words** |\n"_s.arg(i).arg(i % 97);
               });
    if (mode == u"list")
        return repeated(length,
                        [](int i) { return u"- item %1 with some *words* and `code` to it\n"_s.arg(i); });
    if (mode == u"paragraph")
        return repeated(length, [](int i) {
            return u"Sentence %1 has *plain* and **bold** words, `code` and a [link](https://x.test/%1). "_s
                .arg(i);
        });
    return repeated(length, [](int i) {
        return u"## Part %1\n\nA paragraph with **bold** words, `code`, a [link](https://x.test/%1) and "
               u"enough of "
               u"everything to take three or four lines of the page before it comes to its end.\n\n"
               u"- first of the list\n- second, with *stress*\n\n```py\nfor x in range(%1):\n    "
               u"print(x)\n```\n\n"
               u"| a | b |\n|---|---:|\n| c | %1 |\n\n> Quoted words stand a little to the right.\n\n"_s.arg(
                   i);
    });
}

inline Message answer(const QString &markdown, MessageState state)
{
    Message message;
    message.id = MessageId::create();
    message.role = Role::Agent;
    message.state = state;
    MessagePart part;
    part.content = Text{markdown};
    message.parts.push_back(part);
    return message;
}

//! Questions and answers in turns, 600 characters each on average.
inline std::vector<Message> longConversation(int count)
{
    using namespace Qt::StringLiterals;
    std::vector<Message> messages;
    for (int i = 0; i < count; ++i)
        messages.push_back(i % 2 == 0
                               ? userMessage(u"Question %1 about something or other"_s.arg(i))
                               : answer(source(u"mixed"_s, 400 + i * 37 % 1400), MessageState::Complete));
    return messages;
}

} // namespace Parlance::Bench
