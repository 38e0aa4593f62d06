// SPDX-License-Identifier: Apache-2.0
// What a cell of the grid says of several repeats.
#include "suites/gridcell.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

CellRecord done(int repeat, Outcome outcome, bool hasFailedAnswer = false)
{
    return {.place = {.repeat = repeat},
            .state = CellState::Done,
            .outcome = outcome,
            .hasFailedAnswer = hasFailedAnswer};
}

GridCell cellOf(const std::vector<CellRecord> &records)
{
    Run run{.cases = {RunCase{.id = u"a"_s}}, .targets = {RunTarget{.label = u"prod"_s}}};
    run.settings.repeats = int(records.size());
    return gridCell(run, records, 0, 0);
}

QString wordsOf(const std::vector<CellRecord> &records)
{
    return GridWords::words(cellOf(records));
}

} // namespace

class TestGridCell : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhatIsLeftToJudge()
    {
        std::vector<CellRecord> records{done(0, Outcome::Open), done(1, Outcome::Open),
                                        done(2, Outcome::Open)};
        QCOMPARE(wordsOf(records), u"3/3 not judged"_s);
        records[0].verdict = PersonVerdict::Passed;
        QCOMPARE(wordsOf(records), u"2/3 not judged"_s);
        records[1].verdict = PersonVerdict::Skipped;
        QCOMPARE(wordsOf(records), u"1/3 not judged"_s);
        QCOMPARE_EQ(cellOf(records).notJudged(), 1);
        records[2].verdict = PersonVerdict::Skipped;
        QCOMPARE(wordsOf(records), u"2/3 skipped"_s);
        QCOMPARE_EQ(cellOf(records).notJudged(), 0);
    }

    void saysThatThereIsNoAnswerWhereThatIsSoOfAll()
    {
        QCOMPARE(wordsOf({done(0, Outcome::Failed, true), done(1, Outcome::Failed)}), u"2/2 failed"_s);
        QCOMPARE(wordsOf({done(0, Outcome::Failed, true), done(1, Outcome::Failed, true)}),
                 u"2/2 no answer"_s);
        QCOMPARE(wordsOf({done(0, Outcome::Failed, true)}), u"no answer"_s);
    }
};

QTEST_APPLESS_MAIN(TestGridCell)
#include "tst_gridcell.moc"
