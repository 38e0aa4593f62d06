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
};

QTEST_GUILESS_MAIN(TestMarkedAnswer)
#include "tst_markedanswer.moc"
