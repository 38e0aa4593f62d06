// SPDX-License-Identifier: Apache-2.0
#include "store/samples.h"

#include <QTemporaryDir>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

KeptRun sampleRun(const QString &id, int seconds = 0)
{
    return {.id = RunId(id),
            .title = u"Orders, ‘all’"_s,
            .agent = u"orders"_s,
            .state = u"running"_s,
            .started = sampleTime(seconds),
            .ended = sampleTime(seconds + 9),
            .document = R"({"title":"Orders"})"};
}

KeptCell sampleCell(const QString &run, qint64 place)
{
    return {.run = RunId(run),
            .place = place,
            .caseId = u"orders.yaml:3"_s,
            .target = u"canary"_s,
            .repeat = 1,
            .state = u"done"_s,
            .outcome = u"failed"_s,
            .hasFailedAnswer = true,
            .verdict = u"passed"_s,
            .note = u"well enough"_s,
            .cutShort = 1,
            .retries = 2,
            .firstTextMs = 12.5,
            .totalMs = 80.25,
            .document = QByteArray("\0{}", 3)};
}

KeptCell withoutDocument(KeptCell cell)
{
    cell.document = {};
    return cell;
}

} // namespace

class StoreRunsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void keepsRunsAndTheirCells()
    {
        const KeptCell cell = sampleCell(u"r1"_s, 3);
        {
            Store store(file());
            QVERIFY(awaited(store.open()).has_value());
            KeptRun run = sampleRun(u"r1"_s);
            store.saveRun(run);
            run.state = u"finished"_s;
            store.saveRun(run);
            store.saveRun(sampleRun(u"r2"_s, 60));
            store.saveCell(cell, "frames");
            store.saveCell({.run = RunId(u"r1"_s), .place = 1, .state = u"waiting"_s}, {});
            store.saveCell(sampleCell(u"nowhere"_s, 0), "frames");
        }
        Store store(file());
        QVERIFY(awaited(store.open()).has_value());
        const auto runs = awaited(store.runs());
        QVERIFY(runs.has_value());
        QCOMPARE_EQ(runs->size(), size_t(2));
        QCOMPARE(runs->at(0).id, RunId(u"r2"_s));
        QVERIFY(runs->at(0).document.isEmpty());
        KeptRun expected = sampleRun(u"r1"_s);
        expected.state = u"finished"_s;
        QCOMPARE_EQ(awaited(store.run(RunId(u"r1"_s))).value(), std::optional(expected));
        QCOMPARE_EQ(awaited(store.run(RunId(u"r3"_s))).value(), std::optional<KeptRun>());
        const auto cells = awaited(store.cells(RunId(u"r1"_s)));
        QVERIFY(cells.has_value());
        QCOMPARE_EQ(cells->size(), size_t(2));
        QCOMPARE_EQ(cells->at(0).place, 1);
        QCOMPARE_EQ(cells->at(1), withoutDocument(cell));
        QCOMPARE_EQ(awaited(store.cell(RunId(u"r1"_s), 3)).value(), std::optional(cell));
        QCOMPARE_EQ(awaited(store.cellFrames(RunId(u"r1"_s), 3)), QByteArray("frames"));
        QCOMPARE_EQ(awaited(store.cellFrames(RunId(u"r1"_s), 1)), QByteArray());
        QVERIFY(awaited(store.cells(RunId(u"nowhere"_s)))->empty());
    }

    void replacesACellWithItsFrames()
    {
        Store store(file());
        QVERIFY(awaited(store.open()).has_value());
        store.saveRun(sampleRun(u"r1"_s));
        KeptCell cell = sampleCell(u"r1"_s, 0);
        store.saveCell(cell, "old");
        QVERIFY(awaited(store.flush()).has_value());
        cell.state = u"waiting"_s;
        cell.outcome.clear();
        cell.firstTextMs.reset();
        // Without a document: what was answered stays until there is another answer.
        KeptCell waiting = withoutDocument(cell);
        waiting.note.clear();
        store.saveCell(waiting, {});
        QCOMPARE_EQ(awaited(store.cell(RunId(u"r1"_s), 0)).value(), std::optional(cell));
        QCOMPARE_EQ(awaited(store.cellFrames(RunId(u"r1"_s), 0)), QByteArray("old"));
        store.saveCell(cell, {});
        store.saveCellVerdict(RunId(u"r1"_s), 0, u"failed"_s, u"not so well"_s);
        cell.verdict = u"failed"_s;
        cell.note = u"not so well"_s;
        QCOMPARE_EQ(awaited(store.cell(RunId(u"r1"_s), 0)).value(), std::optional(cell));
        QCOMPARE_EQ(awaited(store.cellFrames(RunId(u"r1"_s), 0)), QByteArray());
        store.removeRun(RunId(u"r1"_s));
        QVERIFY(awaited(store.cells(RunId(u"r1"_s)))->empty());
        QVERIFY(awaited(store.runs())->empty());
    }

    // What a program before this one did not end.
    void pausesWhatWasLeftRunning()
    {
        {
            Store store(file());
            QVERIFY(awaited(store.open()).has_value());
            store.saveRun(sampleRun(u"r1"_s));
            KeptCell cell = sampleCell(u"r1"_s, 0);
            store.saveCell(cell, "frames");
            cell.place = 1;
            cell.state = u"running"_s;
            store.saveCell(cell, {});
        }
        Store store(file());
        QVERIFY(awaited(store.open()).has_value());
        QCOMPARE(awaited(store.run(RunId(u"r1"_s)))->value().state, u"paused"_s);
        const auto cells = awaited(store.cells(RunId(u"r1"_s)));
        QCOMPARE(cells->at(0).state, u"done"_s);
        QCOMPARE_EQ(cells->at(0).cutShort, 1);
        QCOMPARE(cells->at(1).state, u"waiting"_s);
        QCOMPARE_EQ(cells->at(1).cutShort, 2);
    }

private:
    QString file() const { return m_folder->filePath(u"parlance.sqlite"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(StoreRunsTest)
#include "tst_storeruns.moc"
