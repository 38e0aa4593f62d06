// SPDX-License-Identifier: Apache-2.0
#include "qa/answerdiff.h"
#include "qa/columnfacts.h"
#include "qa/tally.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestAnswerDiff : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsWhatChangedInOnePlaceOnce()
    {
        const Answer prod{.text = u"It leaves tomorrow. The lamp is in stock, 12 pieces."_s};
        const Answer canary{.text = u"It leaves today. The lamp is in stock."_s};
        const AnswerDiff diff = diffAnswers(prod, canary);
        QVERIFY(!diff.isJson);
        QCOMPARE_EQ(diff.count(), 2);
        QVERIFY(diffAnswers(prod, prod).isSame());
    }

    void findsNothingInAReflowedParagraph()
    {
        const Answer prod{.text = u"One two\nthree four."_s};
        const Answer canary{.text = u"One\ntwo three four."_s};
        QCOMPARE_EQ(diffAnswers(prod, canary).count(), 0);
    }

    void tellsAToolThatWasNotCalled()
    {
        const Answer prod{.text = u"Yes"_s,
                          .tools = {{.name = u"get_order"_s, .arguments = u"{}"_s},
                                    {.name = u"check_stock"_s, .arguments = u"{}"_s}}};
        const Answer canary{.text = u"Yes"_s, .tools = {{.name = u"get_order"_s, .arguments = u"{}"_s}}};
        const AnswerDiff diff = diffAnswers(prod, canary);
        QCOMPARE_EQ(diff.count(), 1);
        QCOMPARE_EQ(diff.tools.at(1).change, ToolChange::Missing);
    }

    void comparesJsonByWhatItSays()
    {
        const Answer prod{.text = u"{\"a\": 1, \"b\": [1, 2]}"_s};
        const Answer sameInOtherOrder{.text = u"{\"b\": [1, 2], \"a\": 1.0}"_s};
        QVERIFY(diffAnswers(prod, sameInOtherOrder).isSame());
        const AnswerDiff diff = diffAnswers(prod, {.text = u"{\"a\": 2, \"b\": [1, 2]}"_s});
        QVERIFY(diff.isJson);
        QCOMPARE_EQ(diff.count(), 1);
        QCOMPARE_EQ(diff.data.front().path, u"$.a"_s);
    }

    void wordsBesideJsonAreComparedAsWords()
    {
        QVERIFY(!diffAnswers({.text = u"{\"a\": 1}"_s}, {.text = u"no"_s}).isJson);
    }

    void tellsThatOneFailed()
    {
        QCOMPARE_EQ(diffAnswers({.text = u"a"_s}, {.text = u"a"_s, .isFailed = true}).count(), 1);
    }

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

    void addsUpVerdicts()
    {
        const ConversationId prod(u"p"_s);
        const ConversationId canary(u"c"_s);
        const Comparison comparison{
            .columns = {prod, canary},
            .verdicts = {{.turn = 0, .kind = VerdictKind::Better, .better = canary, .isBlind = true},
                         {.turn = 1, .kind = VerdictKind::Better, .better = canary},
                         {.turn = 2, .kind = VerdictKind::Tie},
                         {.turn = 3, .kind = VerdictKind::AllBad}}};
        const Tally tally = tallyOf(comparison);
        QCOMPARE_EQ(tally.judged, 4);
        QCOMPARE_EQ(tally.blind, 1);
        QCOMPARE_EQ(tally.ties, 1);
        QCOMPARE_EQ(tally.allBad, 1);
        QCOMPARE_EQ(tally.better.at(prod), 0);
        QCOMPARE_EQ(tally.rateOf(canary).rate().value(), 0.5);
        QCOMPARE_EQ(tally.rateOf(canary).interval(), wilsonInterval(2, 4));
    }
};

QTEST_APPLESS_MAIN(TestAnswerDiff)
#include "tst_answerdiff.moc"
