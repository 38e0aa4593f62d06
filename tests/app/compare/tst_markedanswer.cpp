// SPDX-License-Identifier: Apache-2.0
#include "compare/markedanswer.h"
#include "transcript/changemarks.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

Message saying(const QString &text, const QString &reasoning = {})
{
    Message message{.id = MessageId::create(), .role = Role::Agent, .state = MessageState::Complete};
    if (!reasoning.isEmpty())
        message.parts.push_back({.content = Reasoning{reasoning, false}});
    message.parts.push_back({.content = Text{.markdown = text}});
    return message;
}

MessagePart called(const QString &id, const QString &name, const QString &arguments = u"{}"_s,
                   ToolState state = ToolState::Done)
{
    return {.content = ToolCall{.callId = id, .name = name, .arguments = arguments, .state = state}};
}

MessagePart gave(const QString &id, const QString &content)
{
    return {.content = ToolResult{.callId = id, .content = content}};
}

MessagePart said(const QString &text)
{
    return {.content = Text{.markdown = text}};
}

Message answered(std::vector<MessagePart> parts)
{
    return {.id = MessageId::create(),
            .role = Role::Agent,
            .state = MessageState::Complete,
            .parts = std::move(parts)};
}

//! What a message is made of, in order: texts, and calls as "call name", results as "gave words".
QStringList made(const Message &message)
{
    QStringList parts;
    for (const MessagePart &part : message.parts) {
        if (const auto *text = std::get_if<Text>(&part.content))
            parts.append(text->markdown);
        else if (const auto *call = std::get_if<ToolCall>(&part.content))
            parts.append(u"call "_s + call->name);
        else if (const auto *result = std::get_if<ToolResult>(&part.content))
            parts.append(u"gave "_s + result->content.toString());
        else
            parts.append(u"other"_s);
    }
    return parts;
}

const QString added = ChangeMark::beginAdded;
const QString removed = ChangeMark::beginRemoved;
const QString end = ChangeMark::end;

Message marked(const Message &before, const Message &after, bool onlyDifferent)
{
    return markedAnswer(before, after, diffAnswers(answerOf(before), answerOf(after)), onlyDifferent);
}

} // namespace

//! What stands in a column where an answer is not as the baseline's.
class TestMarkedAnswer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsTheWholeOfJsonBelowWhatIsDifferentInIt()
    {
        const Message before = saying(u"{\"a\":1,\"b\":2}"_s);
        const Message after = saying(u"{\"a\":1,\"b\":\"```\"}"_s);
        const QString whole = marked(before, after, false).text();
        QVERIFY2(whole.contains(u"$.b"_s) && whole.contains(ChangeMark::beginAdded), qPrintable(whole));
        QVERIFY2(whole.endsWith(u"\n````json\n{\"a\":1,\"b\":\"```\"}\n````\n"_s), qPrintable(whole));
        const QString changes = marked(before, after, true).text();
        QVERIFY2(changes.contains(u"$.b"_s) && !changes.contains(u"json"_s), qPrintable(changes));
    }

    void keepsWhatWasThoughtUnlessOnlyDifferencesAreShown()
    {
        const Message before = saying(u"It leaves today."_s, u"Think."_s);
        const Message after = saying(u"It leaves tomorrow."_s, u"Think."_s);
        const Message whole = marked(before, after, false);
        QCOMPARE_EQ(whole.parts.size(), std::size_t(2));
        QVERIFY(std::holds_alternative<Reasoning>(whole.parts.front().content));
        QCOMPARE_EQ(marked(before, after, true).parts.size(), std::size_t(1));
    }

    void leavesWordsAndCallsInTheirOrder()
    {
        const Message before = answered({said(u"I look."_s), called(u"a"_s, u"find"_s), gave(u"a"_s, u"1"_s),
                                         said(u"It leaves today."_s)});
        const Message after = answered({said(u"I look."_s), called(u"b"_s, u"find"_s), gave(u"b"_s, u"1"_s),
                                        said(u"It leaves tomorrow."_s)});
        QCOMPARE_EQ(made(marked(before, after, false)),
                    (QStringList{u"I look."_s, u"call find"_s, u"gave 1"_s,
                                 u"It leaves "_s + removed + u"today"_s + end + u' ' + added + u"tomorrow"_s
                                     + end + u'.'}));
        // What is equal is left out, once.
        QCOMPARE_EQ(made(marked(before, after, true)).size(), 2);
        QCOMPARE_EQ(made(marked(before, after, true)).constFirst(), u"…"_s);
    }

    void cutsWhatWasAddedWhereAPartEnds()
    {
        const Message before = answered({said(u"One."_s), called(u"a"_s, u"find"_s), said(u"Four."_s)});
        const Message after =
            answered({said(u"One. Two."_s), called(u"a"_s, u"find"_s), said(u"Three. Four."_s)});
        const QStringList parts = made(marked(before, after, false));
        QCOMPARE_EQ(parts.size(), 3);
        QVERIFY2(parts[0].contains(u"One."_s) && parts[0].contains(u"Two."_s), qPrintable(parts[0]));
        QVERIFY2(!parts[0].contains(u"Three"_s) && parts[0].count(end) > 0, qPrintable(parts[0]));
        QVERIFY2(parts[2].contains(u"Three."_s) && parts[2].endsWith(u"Four."_s), qPrintable(parts[2]));
        QCOMPARE_EQ(parts[0].count(added) + parts[0].count(removed), parts[0].count(end));
        QCOMPARE_EQ(parts[2].count(added) + parts[2].count(removed), parts[2].count(end));
    }

    void showsWhatWasNotCalledWhereItWas()
    {
        const Message before = answered({called(u"a"_s, u"find"_s), called(u"b"_s, u"check"_s),
                                         gave(u"b"_s, u"12"_s), called(u"c"_s, u"pay"_s), said(u"Done."_s)});
        const Message after =
            answered({called(u"a"_s, u"find"_s), called(u"c"_s, u"pay"_s), said(u"Done."_s)});
        const QString check = u"call "_s + ChangeMark::notCalled + u"check"_s;
        QCOMPARE_EQ(made(marked(before, after, false)),
                    (QStringList{u"call find"_s, check, u"gave 12"_s, u"call pay"_s, u"Done."_s}));
        QCOMPARE_EQ(made(marked(before, answered({said(u"Done."_s)}), true)).size(), 5);
        QCOMPARE_EQ(made(marked(before, answered({said(u"Done."_s)}), true)).constLast(), u"…"_s);
    }

    void showsWhatWasNotCalledBehindTheWordsItFollowed()
    {
        const Message before =
            answered({said(u"One."_s), called(u"a"_s, u"find"_s), said(u"Two."_s), called(u"b"_s, u"check"_s),
                      said(u"Three."_s), called(u"c"_s, u"pay"_s)});
        const Message after =
            answered({said(u"One."_s), called(u"a"_s, u"find"_s), said(u"Two."_s), said(u"Three."_s)});
        const QString missing = u"call "_s + ChangeMark::notCalled;
        QCOMPARE_EQ(made(marked(before, after, false)),
                    (QStringList{u"One."_s, u"call find"_s, u"Two."_s, missing + u"check"_s, u"Three."_s,
                                 missing + u"pay"_s}));
    }

    void leavesACallAsItEnded()
    {
        const Message before = answered({called(u"a"_s, u"find"_s, u"{}"_s, ToolState::Running)});
        const Message after = answered({called(u"a"_s, u"find"_s, u"{\"q\":1}"_s, ToolState::Running)});
        const Message shown = marked(before, after, false);
        const auto &call = std::get<ToolCall>(shown.parts.at(0).content);
        QCOMPARE_EQ(call.state, ToolState::Running);
        QCOMPARE_EQ(call.name, QString(ChangeMark::otherArguments + u"find"_s));
        // A result that no call belongs to has its sign itself.
        const Message only =
            marked(answered({said(u"Done."_s)}), answered({gave(u"x"_s, u"12"_s), said(u"Done."_s)}), false);
        QCOMPARE_EQ(std::get<ToolResult>(only.parts.at(0).content).name, QString(ChangeMark::calledOnlyHere));
    }

    void showsWhatIsGoneWhereNothingIsSaid()
    {
        const Message before = answered({said(u"It leaves today."_s)});
        Message after = answered({{.content = ErrorPart{.error = Error{.message = u"It broke."_s}}}});
        after.state = MessageState::Failed;
        QCOMPARE_EQ(made(marked(before, after, false)),
                    (QStringList{removed + u"It leaves today."_s + end, u"other"_s}));
    }

    void marksWhatACommandWrote()
    {
        const auto ran = [](const QString &output, int code) {
            CommandOutput told{.exitCode = code, .status = CommandStatus::Completed};
            told.append(CommandStream::Output, output);
            return answered({{.content = told}});
        };
        QCOMPARE_EQ(made(marked(ran(u"a\nb\n"_s, 0), ran(u"a\nb\n"_s, 0), false)), QStringList{u"other"_s});
        const QString lines = made(marked(ran(u"a\nb\n"_s, 0), ran(u"a\nc\n"_s, 1), false)).join(u'|');
        QVERIFY2(lines.startsWith(u"```\na\n"_s), qPrintable(lines));
        QVERIFY2(lines.contains(removed + u'b' + end) && lines.contains(added + u'c' + end),
                 qPrintable(lines));
        QVERIFY2(lines.contains(added + u'1' + end), qPrintable(lines));
    }
};

QTEST_GUILESS_MAIN(TestMarkedAnswer)
#include "tst_markedanswer.moc"
