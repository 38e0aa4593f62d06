// SPDX-License-Identifier: Apache-2.0
#include "qa/answerdiff.h"
#include "qa/differencewords.h"
#include "qa/tally.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

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

    void tellsThatBothFailedInAnotherWay()
    {
        const Answer refused{.isFailed = true, .error = u"It wants a token."_s};
        const Answer late{.isFailed = true, .error = u"It took too long."_s};
        QVERIFY(diffAnswers(refused, refused).isSame());
        const AnswerDiff diff = diffAnswers(refused, late);
        QCOMPARE_EQ(diff.count(), 1);
        QCOMPARE(differenceSentences(refused, late, diff),
                 QStringList{u"Both failed, with different errors: It took too long."_s});
    }

    void saysWhatOfTheDataIsGoneAndWhatIsNew()
    {
        const Answer prod{.text = u"{\"a\": 1, \"b\": [1, 2]}"_s};
        const Answer canary{.text = u"{\"a\": 2, \"c\": \"x\"}"_s};
        QStringList told = differenceSentences(prod, canary, diffAnswers(prod, canary));
        told.sort();
        QCOMPARE_EQ(
            told,
            (QStringList{u"$.a was 1, is 2."_s, u"$.b was [1,2], is gone."_s, u"$.c is new: \"x\"."_s}));
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
