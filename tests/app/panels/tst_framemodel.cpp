// SPDX-License-Identifier: Apache-2.0
#include "inspector/framemodel.h"

#include "app/panels/filledlog.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

class FrameModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsFramesInTheirOrder();
    void growsWithTheLog();
    void filtersByTextInLabelAndPayload();
    void filtersByType();
    void learnsTypesWhateverTheFilter();
    void findsRowsBySequence();
    void startsAgainWhenTheLogWasReset();
    void masksLabels();
    void looksAtFewRowsAtATime();
    void looksAtFewBytesAtATime();
};

namespace {

QString printed(const FrameModel &model)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row);
        lines.append(QStringList{index.data(FrameModel::TimeRole).toString(), index.data().toString(),
                                 index.data(FrameModel::SizeRole).toString()}
                         .join(u'|'));
    }
    return lines.join(u'\n');
}

void fill(FilledLog &log)
{
    log.add(u"messageStart"_s, "{\"role\":\"assistant\"}"_ba);
    log.add(u"toolUse get_order"_s, "{\"id\":\"T1\"}"_ba, 0);
    log.add(u"text “What can”"_s, "{\"text\":\"What can\"}"_ba, 1);
    log.add(u"text “ be”"_s, "{\"text\":\" b\xc3\x89\"}"_ba, 1);
}

} // namespace

void FrameModelTest::showsFramesInTheirOrder()
{
    FilledLog log;
    fill(log);
    FrameModel model;
    const QAbstractItemModelTester tester(&model);
    model.setLog(&log);
    QCOMPARE(printed(model),
             u"0.000|messageStart|20\n0.007|toolUse get_order|11\n"
             "0.014|text “What can”|19\n0.021|text “ be”|15"_s);
}

void FrameModelTest::growsWithTheLog()
{
    FilledLog log;
    FrameModel model;
    const QAbstractItemModelTester tester(&model);
    model.setLog(&log);
    QSignalSpy resets(&model, &FrameModel::modelReset);
    fill(log);
    QTRY_COMPARE_EQ(model.rowCount(), 4);
    log.add(u"messageStop"_s, "{}"_ba);
    QTRY_COMPARE_EQ(model.rowCount(), 5);
    QCOMPARE_EQ(resets.count(), 0);
}

void FrameModelTest::filtersByTextInLabelAndPayload()
{
    FilledLog log;
    fill(log);
    FrameModel model;
    const QAbstractItemModelTester tester(&model);
    model.setLog(&log);
    model.setFilter({.text = u"GET_order"_s});
    QCOMPARE(printed(model), u"0.007|toolUse get_order|11"_s);
    model.setFilter({.text = u"t1\"}"_s});
    QCOMPARE(printed(model), u"0.007|toolUse get_order|11"_s);
    model.setFilter({.text = u"bé"_s});
    QCOMPARE(printed(model), u"0.021|text “ be”|15"_s);
    model.setFilter({.text = u"nowhere"_s});
    QCOMPARE(printed(model), QString());
    model.setFilter({});
    QCOMPARE_EQ(model.rowCount(), 4);
}

void FrameModelTest::filtersByType()
{
    FilledLog log;
    fill(log);
    FrameModel model;
    model.setLog(&log);
    model.setFilter({.type = u"text"_s});
    QCOMPARE_EQ(model.rowCount(), 2);
    log.add(u"textual thing"_s, "{}"_ba);
    log.add(u"text “.”"_s, "{}"_ba);
    QTRY_COMPARE_EQ(model.rowCount(), 3);
    model.setFilter({.text = u"what"_s, .type = u"text"_s});
    QCOMPARE_EQ(model.rowCount(), 1);
}

void FrameModelTest::learnsTypesWhateverTheFilter()
{
    FilledLog log;
    fill(log);
    FrameModel model;
    model.setFilter({.type = u"text"_s});
    model.setLog(&log);
    QCOMPARE_EQ(model.types(), (QStringList{u"messageStart"_s, u"toolUse"_s, u"text"_s}));
}

void FrameModelTest::findsRowsBySequence()
{
    FilledLog log;
    fill(log);
    FrameModel model;
    model.setLog(&log);
    QCOMPARE_EQ(model.rowOfSequence(3), 3);
    QCOMPARE_EQ(model.rowOfSequence(4), -1);
    model.setFilter({.type = u"text"_s});
    QCOMPARE_EQ(model.rowOfSequence(3), 1);
    QCOMPARE_EQ(model.rowOfSequence(0), -1);
}

void FrameModelTest::startsAgainWhenTheLogWasReset()
{
    FilledLog log;
    fill(log);
    FrameModel model;
    const QAbstractItemModelTester tester(&model);
    model.setLog(&log);
    log.clear();
    QCOMPARE_EQ(model.rowCount(), 0);
    QVERIFY(model.types().isEmpty());
    model.setLog(nullptr);
    QCOMPARE_EQ(model.rowCount(), 0);
}

void FrameModelTest::masksLabels()
{
    FilledLog log;
    log.add(u"text “eyJhbGci.eyJzdWIi.c2ln”"_s, "x"_ba);
    FrameModel model;
    model.setLog(&log);
    QCOMPARE(model.index(0).data().toString(), u"text “••••”"_s);
}

void FrameModelTest::looksAtFewRowsAtATime()
{
    constexpr int count = 200'000;
    FilledLog log;
    for (int i = 0; i < count; ++i)
        log.addSilently(i % 1000 == 0 ? u"toolUse"_s : u"text “a”"_s, "{\"text\":\"a\"}"_ba);
    FrameModel model;
    model.setLog(&log);
    QTRY_COMPARE_EQ(model.rowCount(), count);

    int slices = 0;
    int worst = 0;
    int looked = 0;
    QObject context;
    connect(&model, &FrameModel::scanned, &context, [&] {
        ++slices;
        worst = std::max(worst, model.lastSliceRows());
        looked += model.lastSliceRows();
    });
    model.setFilter({.text = u"tooluse"_s});
    QTRY_VERIFY(!model.isScanning());
    QCOMPARE_EQ(model.rowCount(), count / 1000);
    QCOMPARE_EQ(looked, count);
    QCOMPARE_LE(worst, FrameModel::rowsPerSlice);
    QCOMPARE_GE(slices, count / FrameModel::rowsPerSlice);

    // A key typed before the last filter was through drops the rest of its work.
    looked = 0;
    model.setFilter({.text = u"x"_s});
    model.setFilter({.type = u"toolUse"_s});
    QTRY_VERIFY(!model.isScanning());
    QCOMPARE_EQ(model.rowCount(), count / 1000);
    QCOMPARE_LE(looked, count + FrameModel::rowsPerSlice);
}

void FrameModelTest::looksAtFewBytesAtATime()
{
    FilledLog log;
    const QByteArray payload(1024 * 1024, 'x');
    for (int i = 0; i < 8; ++i)
        log.addSilently(u"body"_s, payload);
    FrameModel model;
    model.setLog(&log);
    int worst = 0;
    QObject context;
    connect(&model, &FrameModel::scanned, &context, [&] { worst = std::max(worst, model.lastSliceRows()); });
    model.setFilter({.text = u"z"_s});
    QTRY_VERIFY(!model.isScanning());
    QCOMPARE_LE(worst, int(FrameModel::bytesPerSlice / payload.size()));
    QCOMPARE_EQ(model.rowCount(), 0);
}

QTEST_GUILESS_MAIN(FrameModelTest)
#include "tst_framemodel.moc"
