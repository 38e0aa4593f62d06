// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

#include <QDateTime>

namespace Parlance::Test {

inline MessagePart part(Part content, qint64 beginMs = 0, qint64 endMs = 0)
{
    MessagePart result;
    result.content = std::move(content);
    result.begin = std::chrono::milliseconds(beginMs);
    result.end = std::chrono::milliseconds(endMs);
    return result;
}

inline Message answer(const QString &markdown, MessageState state = MessageState::Complete)
{
    Message message;
    message.id = MessageId::create();
    message.role = Role::Agent;
    message.state = state;
    message.created = QDateTime::currentDateTimeUtc();
    message.parts.push_back(part(Text{markdown}));
    return message;
}

//! The conversation of the drawings.
inline std::vector<Message> refundConversation()
{
    using namespace Qt::StringLiterals;
    std::vector<Message> messages;
    messages.push_back(userMessage(
        u"A customer's order 4471 came in two parcels and one is missing. What can we refund today?"_s));
    Message reply = answer({}, MessageState::Streaming);
    reply.parts.clear();
    reply.qualifier = u"canary"_s;
    reply.servedVersion = u"8"_s;
    reply.timings.change().firstText = std::chrono::milliseconds(620);
    reply.usage.change().outputTokens = 312;
    reply.parts.push_back(part(Reasoning{u"The order has two parcels.\n\nOne is late."_s, false}, 200, 2300));
    reply.parts.push_back(
        part(ToolCall{u"c1"_s, u"get_order"_s, u"{\"order_id\": 4471}"_s, ToolState::Done}, 2310, 2400));
    reply.parts.push_back(
        part(ToolResult{u"c1"_s, {}, u"{\"parcels\":[{\"id\":12345678901234567890}]}"_s, false}, 2700, 2710));
    reply.parts.push_back(
        part(ToolCall{u"c2"_s, u"refund_policy"_s, u"{\"case\": \"partial_loss\"}"_s, ToolState::Done}, 2820,
             2830));
    reply.parts.push_back(part(ToolResult{u"c2"_s, {}, u"today"_s, false}, 3020, 3020));
    reply.parts.push_back(part(Text{uR"(## What can be refunded

Parcel 2 was handed over on 14 November and has not moved since. Under the policy you may refund its items **today**, without waiting for the carrier:

| Item | Paid | Refund |
|---|---:|---:|
| Desk lamp, brass | € 89.00 | € 89.00 |
| Bulb E27, 2 pieces | € 12.50 | € 12.50 |

```http
POST /refunds
{ "order": 4471, "parcel": 2, "reason": "lost" }
```

Shipping was paid once for both parcels, so it stays unless)"_s},
                               3600, 8400));
    messages.push_back(std::move(reply));
    return messages;
}

//! One of everything that a message can show.
inline std::vector<Message> galleryConversation()
{
    using namespace Qt::StringLiterals;
    std::vector<Message> messages;
    messages.push_back(userMessage(u"Show me **everything**, with\na second line"_s));
    Message reply = answer({}, MessageState::Failed);
    reply.parts.clear();
    reply.qualifier = u"prod"_s;
    reply.timings.change().firstText = std::chrono::milliseconds(41);
    reply.timings.change().total = std::chrono::milliseconds(72'400);
    reply.usage.change().outputTokens = 1;
    reply.parts.push_back(part(Reasoning{u"First *this*, then that:\n\n- one\n- two"_s, false}, 200, 2300));
    reply.parts.push_back(part(
        ToolCall{
            u"c1"_s, u"search_orders"_s,
            u"{\"customer\": \"Ana\", \"since\": \"2026-11-01\", \"states\": [\"open\", \"late\", \"lost\"], "
            u"\"limit\": 250}"_s,
            ToolState::Failed},
        2310, 2400));
    reply.parts.push_back(
        part(ToolResult{u"c1"_s, {}, u"{\"error\":\"no such index\"}"_s, true}, 2700, 2710));
    reply.parts.push_back(part(Text{uR"(# First heading

Words with **bold**, *stress*, ~~struck~~, `code`, ***both*** and [a link to a page](https://example.org/page). A long paragraph needs a second line to show how far apart the lines stand from each other.

## Second heading

1. First item
   - nested item with words that go on until they need another line, which begins below the first
     - third depth
2. Second item

   with a paragraph of its own
10. Tenth item

- [x] done
- [ ] not yet

### Third heading

> A quotation says something that somebody else said, and it takes more than a line to say so.
>
> > Quoted in the quotation.

| Column | Number | A longer text in the last column |
|:--|--:|:-:|
| short | 1.00 | some words that are long enough to need a second line in here |
| a little longer | 12,345.67 | yes |

```python
def wide(argument_one, argument_two, argument_three):  # a remark that goes far beyond the edge of the page
    return argument_one + argument_two
```

---

The last words.)"_s},
                               3600, 8400));
    reply.parts.push_back(
        part(Citation{u"Refund policy"_s, u"https://example.org/policy"_s, u"within 30 days"_s}));
    Error error;
    error.kind = ErrorKind::ConnectionRefused;
    reply.parts.push_back(part(ErrorPart{error}));
    messages.push_back(std::move(reply));
    messages.push_back(userMessage(u"Thanks"_s));
    messages.back().state = MessageState::Queued;
    return messages;
}

} // namespace Parlance::Test
