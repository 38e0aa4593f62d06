// SPDX-License-Identifier: Apache-2.0
#include "qa/columnfacts.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace std::chrono_literals;

class TestColumnFacts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void factsComeFromTheAnswer()
    {
        Message answer{.role = Role::Agent, .servedVersion = u"8"_s};
        answer.timings.change().firstText = 540ms;
        answer.timings.change().total = 6100ms;
        answer.usage.change().inputTokens = 200;
        answer.usage.change().outputTokens = 68;
        answer.parts = {{.content = ToolCall{.name = u"get_order"_s}, .frames = {0, 4}},
                        {.content = Text{.markdown = u"Hi"_s}, .frames = {5, 11}}};
        const ColumnFacts facts = factsOf(answer);
        QCOMPARE_EQ(facts.firstTextMs.value(), 540.0);
        QCOMPARE_EQ(facts.totalMs.value(), 6100.0);
        QCOMPARE_EQ(facts.tokens.value(), 268);
        QCOMPARE_EQ(facts.events, 12);
        QCOMPARE_EQ(facts.tools, 1);
        QVERIFY(!facts.isFailed);
        answer.state = MessageState::Interrupted;
        QVERIFY(factsOf(answer).isFailed);
    }

    void theLeastIsTheBest()
    {
        using enum Standing;
        QCOMPARE_EQ(standingsOf({0.54, 0.62, 2.9}), (std::vector<Standing>{Best, None, Worst}));
        QCOMPARE_EQ(standingsOf({1, std::nullopt, 2}), (std::vector<Standing>{Best, None, Worst}));
        QCOMPARE_EQ(standingsOf({1, 1}), (std::vector<Standing>{None, None}));
        QCOMPARE_EQ(standingsOf({150.0, 150.9}), (std::vector<Standing>{None, None}));
        QCOMPARE_EQ(standingsOf({150.0, 156.0}), (std::vector<Standing>{Best, Worst}));
        QCOMPARE_EQ(standingsOf({0.0, 1.0}), (std::vector<Standing>{Best, Worst}));
        QCOMPARE_EQ(standingsOf({1, std::nullopt}), (std::vector<Standing>{None, None}));
        QCOMPARE_EQ(standingsOf({}), std::vector<Standing>());
    }

    void countsEventsThatMadeNoPart()
    {
        Message answer{.role = Role::Agent, .state = MessageState::Complete, .frameCount = 9};
        answer.parts.push_back({.content = Text{.markdown = u"Yes"_s}, .frames = {.first = 1, .last = 4}});
        QCOMPARE_EQ(factsOf(answer).events, 9);
    }

    void countsEventsOfAnAnswerThatFailed()
    {
        Message answer{.role = Role::Agent, .state = MessageState::Failed, .frameCount = 3};
        answer.parts.push_back({.content = ErrorPart{.error = Error{.kind = ErrorKind::StreamCut}}});
        QCOMPARE_EQ(factsOf(answer).events, 3);
        QVERIFY(factsOf(answer).isFailed);
    }

    void takesWhatPartsTellWhereTheCountIsNotKnown()
    {
        Message answer{.role = Role::Agent, .state = MessageState::Complete};
        answer.parts.push_back({.content = ToolCall{.callId = u"1"_s}, .frames = {.first = 0, .last = 6}});
        answer.parts.push_back({.content = Text{.markdown = u"Yes"_s}, .frames = {.first = 2, .last = 4}});
        QCOMPARE_EQ(factsOf(answer).events, 7);
        QCOMPARE_EQ(factsOf(answer).tools, 1);
    }
};

QTEST_GUILESS_MAIN(TestColumnFacts)
#include "tst_columnfacts.moc"
