// SPDX-License-Identifier: Apache-2.0
#include "qa/runcomparison.h"
#include "qa/statistics.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

class TestStatistics : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // The rows are of Newcombe's paper on intervals for one proportion (1998), method 3.
    void knowsWilsonsInterval_data()
    {
        QTest::addColumn<int>("hits");
        QTest::addColumn<int>("tries");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::newRow("81 of 263") << 81 << 263 << 0.2553 << 0.3662;
        QTest::newRow("15 of 148") << 15 << 148 << 0.0624 << 0.1605;
        QTest::newRow("none of 20") << 0 << 20 << 0.0 << 0.1611;
        QTest::newRow("1 of 29") << 1 << 29 << 0.0061 << 0.1718;
        QTest::newRow("all of 20") << 20 << 20 << 0.8389 << 1.0;
        QTest::newRow("none tried") << 0 << 0 << 0.0 << 1.0;
    }
    void knowsWilsonsInterval()
    {
        QFETCH(int, hits);
        QFETCH(int, tries);
        QFETCH(double, low);
        QFETCH(double, high);
        const Interval interval = wilsonInterval(hits, tries);
        QVERIFY2(qAbs(interval.low - low) < 6e-5 && qAbs(interval.high - high) < 6e-5,
                 qPrintable(QString::number(interval.low) + u' ' + QString::number(interval.high)));
    }

    void holdsTheShareWithinTheInterval()
    {
        for (int tries = 1; tries < 200; tries += 7) {
            for (int hits = 0; hits <= tries; ++hits) {
                const Interval interval = wilsonInterval(hits, tries);
                const double share = double(hits) / tries;
                QVERIFY(interval.low <= share && share <= interval.high);
                QVERIFY(interval.low >= 0 && interval.high <= 1);
                const Interval opposite = wilsonInterval(tries - hits, tries);
                QVERIFY(qAbs(opposite.low - (1 - interval.high)) < 1e-12);
                const Interval more = wilsonInterval(hits * 10LL, tries * 10LL);
                QVERIFY(more.high - more.low < interval.high - interval.low);
            }
        }
        QVERIFY(!PassRate().rate());
        QCOMPARE_EQ((PassRate{.passed = 1, .judged = 4}).rate(), 0.25);
    }

    void findsQuantiles()
    {
        QCOMPARE_EQ(quantile({}, 0.5), std::nullopt);
        QCOMPARE_EQ(quantile({7}, 0.95), 7.0);
        QCOMPARE_EQ(quantile({4, 1, 3, 2}, 0.5), 2.5);
        QCOMPARE_EQ(quantile({4, 1, 3, 2}, 1.0), 4.0);
        std::vector<double> hundred;
        for (int value = 101; value > 0; --value)
            hundred.push_back(value);
        const Spread spread = spreadOf(hundred);
        QCOMPARE_EQ(spread.median, 51.0);
        QCOMPARE_EQ(spread.p95, 96.0);
        QCOMPARE_EQ(spread.lowerQuartile, 26.0);
        QCOMPARE_EQ(spread.least, 1.0);
        QCOMPARE_EQ(spread.most, 101.0);
        QCOMPARE_EQ(spread.mean, 51.0);
        QCOMPARE_EQ(spread.count, 101);
        QCOMPARE_EQ(spreadOf({}), Spread());
    }

    void groupsWhatIsAlike()
    {
        const std::vector<ToolStep> tools{{.name = u"t"_s, .arguments = u"{\"a\":1,\"b\":2}"_s}};
        const std::vector<ToolStep> same{{.name = u"t"_s, .arguments = u"{ \"b\": 2.0, \"a\": 1 }"_s}};
        const std::vector<Answer> answers{{.text = u"one two"_s, .tools = tools, .firstTextMs = 10},
                                          {.text = u"other"_s, .tools = same, .firstTextMs = 30},
                                          {.text = u"one\ntwo "_s, .firstTextMs = 20},
                                          {.text = u"one two"_s, .isFailed = true}};
        using Groups = std::vector<std::vector<std::size_t>>;
        QCOMPARE_EQ(groupedAnswers(answers, GroupBy::Text), (Groups{{0, 2, 3}, {1}}));
        QCOMPARE_EQ(groupedAnswers(answers, GroupBy::ToolPath), (Groups{{0, 1}, {2, 3}}));
        const RepeatSummary summary = summaryOf(answers);
        QCOMPARE_EQ(summary.failures, 1);
        QCOMPARE_EQ(summary.byText, (Groups{{0, 2}, {1}}));
        QCOMPARE_EQ(summary.firstText.median, 20.0);
        QCOMPARE_EQ(summary.total.count, 0);
    }

    void tellsWhatChangedBetweenRuns()
    {
        const std::vector<CaseRecord> before{{u"stays"_s, 2, 0},    {u"breaks"_s, 1, 0},  {u"heals"_s, 0, 1},
                                             {u"worse"_s, 0, 3},    {u"wobbles"_s, 3, 0}, {u"gone"_s, 1, 0},
                                             {u"unsure"_s, 0, 0, 1}};
        const std::vector<CaseRecord> now{{u"new"_s, 0, 1},   {u"stays"_s, 1, 0}, {u"breaks"_s, 0, 1},
                                          {u"heals"_s, 3, 0}, {u"worse"_s, 0, 1}, {u"wobbles"_s, 2, 1},
                                          {u"unsure"_s, 1, 0}};
        const std::vector<CaseChange> expected{
            CaseChange::New,        CaseChange::StillPasses, CaseChange::Regression, CaseChange::Fixed,
            CaseChange::StillFails, CaseChange::Flaky,       CaseChange::Open,       CaseChange::Gone};
        const std::vector<ComparedCase> compared = compareRuns(before, now);
        QCOMPARE_EQ(compared.size(), expected.size());
        for (std::size_t index = 0; index < expected.size(); ++index)
            QVERIFY2(compared[index].change == expected[index], qUtf8Printable(compared[index].id));
        QCOMPARE_EQ(countOf(compared, CaseChange::Regression), 1);
        QCOMPARE_EQ(countOf(compareRuns(now, now), CaseChange::Regression), 0);
        QCOMPARE_EQ(compared.back().before.passed, 1);
    }

    void goesByWhatMostRepeatsSay()
    {
        const auto change = [](const CaseRecord &before, const CaseRecord &now) {
            return compareRuns({before}, {now}).front().change;
        };
        QCOMPARE_EQ(change({.passed = 10}, {.passed = 1, .failed = 9}), CaseChange::Regression);
        QCOMPARE_EQ(change({.passed = 9, .failed = 1}, {.passed = 4, .failed = 6}), CaseChange::Regression);
        QCOMPARE_EQ(change({.passed = 1, .failed = 9}, {.passed = 10}), CaseChange::Fixed);
        QCOMPARE_EQ(change({.passed = 10}, {.passed = 9, .failed = 1}), CaseChange::Flaky);
        QCOMPARE_EQ(change({.passed = 2}, {.passed = 1, .failed = 1}), CaseChange::Flaky);
        // Of what nobody judged nothing is known, however mixed it was before.
        QCOMPARE_EQ(change({.passed = 1, .failed = 1}, {}), CaseChange::Open);
        QCOMPARE_EQ(change({}, {.passed = 1, .failed = 1}), CaseChange::Flaky);
        QCOMPARE_EQ(change({.failed = 10}, {.passed = 1, .failed = 9}), CaseChange::Flaky);
    }
};

QTEST_APPLESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
