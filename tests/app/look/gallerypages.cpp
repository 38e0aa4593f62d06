// SPDX-License-Identifier: Apache-2.0
#include "app/look/gallerypages.h"

#include "app/transcript/conversations.h"

#include <QBuffer>
#include <QImage>

using namespace Qt::StringLiterals;

namespace Parlance::Test {
namespace {

std::vector<Message> words()
{
    return galleryConversation();
}

Message toolAnswer()
{
    Message reply = answer({}, MessageState::Streaming);
    reply.parts.clear();
    reply.qualifier = u"canary"_s;
    reply.servedVersion = u"9"_s;
    const auto call = [&](const QString &id, const QString &name, ToolState state, qint64 begin, qint64 end) {
        reply.parts.push_back(part(ToolCall{id, name, u"{\"order_id\": 4471}"_s, state}, begin, end));
    };
    reply.parts.push_back(part(Reasoning{u"Three tools at once."_s, false}, 200, 1500));
    call(u"t1"_s, u"get_order"_s, ToolState::Done, 1600, 1700);
    reply.parts.push_back(part(ToolResult{u"t1"_s, {}, u"{\"parcels\": 2}"_s, false}, 1900, 1910));
    call(u"t2"_s, u"get_customer_history_with_a_long_name"_s, ToolState::Cancelled, 1700, 1800);
    call(u"t3"_s, u"refund_policy"_s, ToolState::Running, 1800, 1900);
    reply.parts.push_back(
        part(RawEvent{u"metadata"_s, u"{\"metadata\": {\"latencyMs\": 12}}"_s}, 2000, 2000));
    reply.parts.push_back(
        part(Attachment{u"invoice.pdf"_s, u"application/pdf"_s, QByteArray(24'000, 'x'), {}}, 2100, 2100));
    reply.parts.push_back(part(Text{u"Both parcels were handed over, and the second one"_s}, 2200, 2300));
    return reply;
}

Message ended(MessageState state, const QString &text)
{
    Message reply = answer(text, state);
    reply.timings.change().firstText = std::chrono::milliseconds(310);
    reply.timings.change().total = std::chrono::milliseconds(2'480);
    return reply;
}

std::vector<Message> work()
{
    std::vector<Message> messages;
    messages.push_back(userMessage(u"Where is order 4471?"_s));
    messages.push_back(ended(MessageState::Complete, u"It was handed over on **14 November**."_s));
    messages.push_back(userMessage(u"Tell me more"_s));
    messages.push_back(ended(MessageState::Stopped, u"There were two parcels, and"_s));
    messages.push_back(userMessage(u"Go on"_s));
    messages.push_back(ended(MessageState::Interrupted, u"The first of them"_s));
    messages.push_back(userMessage(
        u"A long question that goes on for more than a line, so that its shape is seen: the words stand in a "
        u"tinted field at the right, no wider than five hundred and sixty.\n\nIt has two paragraphs."_s));
    messages.push_back(toolAnswer());
    return messages;
}

// A square of one colour over another, as an agent would send a picture.
QByteArray picture()
{
    QImage image(240, 120, QImage::Format_RGB32);
    image.fill(qRgb(120, 160, 220));
    for (int y = 30; y < 90; ++y) {
        for (int x = 30; x < 90; ++x)
            image.setPixel(x, y, qRgb(230, 180, 90));
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

std::vector<Message> marks()
{
    std::vector<Message> messages;
    Message reply = ended(MessageState::Complete,
                          u"A footnote[^1] and another one[^two], which say more below.\n\n"
                          u"The roots are $x = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}$, or:\n\n"
                          u"$$\n\\int_0^1 x^2 \\, dx = \\frac{1}{3}\n$$\n\n"
                          u"It costs $5 to $10, and ![a chart](https://example.org/chart.png).\n\n"
                          u"- An item\n  > with a quotation\n- Another\n\n"
                          u"> A quotation\n> 1. with a list\n>    > and one in it\n\n"
                          u"[^1]: The first note.\n[^two]: The second, with `code`.\n"_s);
    reply.parts.push_back(part(Attachment{u"lamp.png"_s, u"image/png"_s, picture(), {}}, 2'000, 2'000));
    reply.parts.push_back(
        part(Attachment{u"broken.png"_s, u"image/png"_s, QByteArray("not a picture"), {}}, 2'100, 2'100));
    messages.push_back(std::move(reply));
    return messages;
}

std::vector<Message> scripts()
{
    std::vector<Message> messages;
    messages.push_back(
        userMessage(u"\u05DE\u05D4 \u05DE\u05E6\u05D1 \u05D4\u05D4\u05D6\u05DE\u05E0\u05D4 4471?"_s));
    messages.push_back(ended(
        MessageState::Complete,
        u"\u05D4\u05D4\u05D6\u05DE\u05E0\u05D4 \u05E0\u05E9\u05DC\u05D7\u05D4:\n\n"
        u"- \u05D7\u05D1\u05D9\u05DC\u05D4 \u05D0\u05D7\u05EA\n- Parcel 2, \u05D7\u05D1\u05D9\u05DC\u05D4\n\n"
        u"1. \u05D0\u05D7\u05EA\n2. Two, \u05E9\u05EA\u05D9\u05D9\u05DD\n\n"
        u"> \u05E6\u05D9\u05D8\u05D5\u05D8\n\n"
        u"\u8BA2\u5355\u5DF2\u53D1\u8D27\uFF0C\u5305\u542B\u4E24\u4E2A\u5305\u88F9\u3002"
        u"\u3053\u3093\u306B\u3061\u306F\n\n"
        u"\U0001F4E6 one, \U0001F468\u200D\U0001F469\u200D\U0001F467 two, e\u0301 and a\u0308o\u0308\n\n"
        // Signs that text fonts have too, asked for as pictures; a flag, a skin, a key.
        u"\u26A0\uFE0F care, \u2764\uFE0F love, 1\uFE0F\u20E3 first, \U0001F3F3\uFE0F\u200D\U0001F308 flag, "
        u"\U0001F1E9\U0001F1EA\U0001F1EF\U0001F1F5, \U0001F44D\U0001F3FF **\u26A0\uFE0F bold**\n\n"_s
            + QString(90, u'w')));
    return messages;
}

} // namespace

QStringList galleryPageNames()
{
    return {u"words"_s, u"work"_s, u"marks"_s, u"scripts"_s};
}

std::vector<Message> galleryPage(const QString &name)
{
    if (name == u"words"_s)
        return words();
    if (name == u"work"_s)
        return work();
    return name == u"marks"_s ? marks() : scripts();
}

} // namespace Parlance::Test
