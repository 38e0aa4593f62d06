// SPDX-License-Identifier: Apache-2.0
#include "qa/runjson.h"
#include "qa/runsetup.h"
#include "qa/targetcomparison.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

SuiteCase asking(const QString &id, const QString &prompt)
{
    return {.id = id, .turns = {SuiteTurn{.prompt = prompt}}};
}

Run runOf(const std::vector<SuiteCase> &cases)
{
    return newRun({.reading = {.suite = {.cases = cases}}, .hash = u"0"_s}, u"/suites/s.yaml"_s, Agent(),
                  {u"prod"_s});
}

//! One repeat of each, of those outcomes.
std::vector<CellRecord> records(const Run &run, const std::vector<Outcome> &outcomes)
{
    std::vector<CellRecord> records;
    for (std::size_t index = 0; index < outcomes.size(); ++index)
        records.push_back(
            {.place = cellPlace(run, index), .state = CellState::Done, .outcome = outcomes[index]});
    return records;
}

} // namespace

//! Which case of one run is which of another.
class TestSameCases : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsACaseAgainWhenAnotherIsPutBeforeIt()
    {
        const Run before = runOf({asking(u"1.1"_s, u"One"_s), asking(u"2.1"_s, u"Two"_s)});
        const Run now =
            runOf({asking(u"1.1"_s, u"New"_s), asking(u"2.1"_s, u"One"_s), asking(u"3.1"_s, u"Two"_s)});
        QCOMPARE_EQ(sameCases(now, before), (std::vector<std::optional<std::size_t>>{std::nullopt, 0, 1}));
        const auto compared =
            comparedWith(now, records(now, {Outcome::Failed, Outcome::Passed, Outcome::Passed}), before,
                         records(before, {Outcome::Passed, Outcome::Passed}));
        QCOMPARE_EQ(compared.size(), std::size_t(1));
        QCOMPARE_EQ(regressionsIn(compared), 0);
        QCOMPARE_EQ(countOf(compared.front().cases, CaseChange::New), 1);
        QCOMPARE_EQ(countOf(compared.front().cases, CaseChange::StillPasses), 2);
    }

    void doesNotTakeAnotherQuestionForTheSame()
    {
        const Run before = runOf({asking(u"1.1"_s, u"One"_s)});
        const Run now = runOf({asking(u"1.1"_s, u"Two"_s)});
        const auto compared =
            comparedWith(now, records(now, {Outcome::Failed}), before, records(before, {Outcome::Passed}));
        QCOMPARE_EQ(countOf(compared.front().cases, CaseChange::New), 1);
        QCOMPARE_EQ(countOf(compared.front().cases, CaseChange::Gone), 1);
    }

    void tellsThoseApartThatAskTheSame()
    {
        const Run run = runOf({asking(u"1.1"_s, u"One"_s), asking(u"2.1"_s, u"One"_s)});
        QCOMPARE_EQ(sameCases(run, run), (std::vector<std::optional<std::size_t>>{0, 1}));
    }

    void goesByTheIdThatStandsInTheFile()
    {
        SuiteCase named = asking(u"refund"_s, u"Old words"_s);
        named.isNamed = true;
        const Run before = runOf({named});
        named.turns.front().prompt = u"New words"_s;
        QCOMPARE_EQ(sameCases(runOf({named}), before), (std::vector<std::optional<std::size_t>>{0}));
    }

    void goesByThePlacesInRunsOfOld()
    {
        Run before = runOf({asking(u"1.1"_s, u"One"_s)});
        before.cases.front().key.clear();
        QCOMPARE_EQ(sameCases(runOf({asking(u"1.1"_s, u"Two"_s)}), before),
                    (std::vector<std::optional<std::size_t>>{0}));
    }

    void keepsWhatACaseIsKnownBy()
    {
        const Run run = runOf({asking(u"1.1"_s, QString(300, u'x'))});
        QCOMPARE_EQ(run.cases.front().asked.size(), 200);
        QCOMPARE_EQ(run.cases.front().title(), run.cases.front().asked);
        QCOMPARE_EQ(run.cases.front().name(), u"1.1: "_s + QString(80, u'x') + u"…"_s);
        QCOMPARE_EQ(runFromJson(runJson(run))->cases, run.cases);
    }

    void callsACaseByItsIdAndWhatItIsAbout()
    {
        QCOMPARE_EQ((RunCase{.id = u"1.1"_s}.name()), u"1.1"_s);
        QCOMPARE_EQ((RunCase{.id = u"lamp"_s, .description = u"lamp"_s}.name()), u"lamp"_s);
        QCOMPARE_EQ((RunCase{.id = u"1.1"_s, .asked = u"Where is it?"_s}.name()), u"1.1: Where is it?"_s);
        QCOMPARE_EQ((RunCase{.id = u"1.1"_s, .description = u"Lost"_s, .asked = u"Where?"_s}.name()),
                    u"1.1: Lost"_s);
        // No character is cut in two.
        const QString smile = QString(79, u'x') + u"🙂🙂"_s;
        QCOMPARE_EQ((RunCase{.id = u"1"_s, .asked = smile}.name()), u"1: "_s + QString(79, u'x') + u"…"_s);
    }
};

QTEST_GUILESS_MAIN(TestSameCases)
#include "tst_samecases.moc"
