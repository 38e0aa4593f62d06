// SPDX-License-Identifier: Apache-2.0
#include "core/requestbody.h"
#include "support/files.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

QByteArray noise(qsizetype size)
{
    QRandomGenerator random(7);
    QByteArray bytes(size, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = char(random.bounded(256));
    return bytes;
}

QByteArray readBy(const RequestBody &body, qint64 step)
{
    BodyReader reader(body);
    QByteArray all;
    QByteArray piece(step, Qt::Uninitialized);
    for (qint64 count = reader.read(piece.data(), step); count > 0; count = reader.read(piece.data(), step))
        all += piece.first(count);
    return reader.error() || reader.left() != 0 ? QByteArray("not whole") : all;
}

} // namespace

class TestRequestBody : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isWhatItsBytesAre()
    {
        const RequestBody body("{}");
        QCOMPARE(body.bytes(), "{}"_ba);
        QCOMPARE(body.size(), 2);
        QVERIFY(!body.hasFiles() && !body.isEmpty() && RequestBody().isEmpty());
        QCOMPARE(wholeBody(body).value(), "{}"_ba);
        QCOMPARE(readBy({}, 5), ""_ba);
    }

    void encodesFilesOnTheWay_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {0, 1, 2, 3, 4, 49'151, 49'152, 49'153, 300'001})
            QTest::addRow("%d", size) << size;
    }
    void encodesFilesOnTheWay()
    {
        QFETCH(const int, size);
        const QByteArray bytes = noise(size);
        const QTemporaryDir folder;
        Test::put(folder.filePath(u"a"_s), bytes);
        RequestBody body("{\"a\":\"");
        body.append(BodyFile{.path = folder.filePath(u"a"_s), .name = u"a"_s, .size = size});
        body.append("\",\"b\":\""_ba);
        body.append(BodyFile{.path = folder.filePath(u"a"_s), .name = u"a"_s, .size = size});
        body.append("\"}"_ba);
        const QByteArray whole = "{\"a\":\"" + bytes.toBase64() + "\",\"b\":\"" + bytes.toBase64() + "\"}";
        QVERIFY(body.hasFiles());
        QCOMPARE(body.size(), whole.size());
        QVERIFY(wholeBody(body).value() == whole);
        for (const qint64 step : {1'000'000, 16'384, 4'097})
            QVERIFY(readBy(body, step) == whole);
        if (size < 10'000)
            QVERIFY(readBy(body, 1) == whole);
    }

    void tellsOfAFileThatIsNotAsItWas_data()
    {
        QTest::addColumn<QByteArray>("now");
        QTest::newRow("shorter") << "12"_ba;
        QTest::newRow("longer") << "1234"_ba;
        QTest::newRow("gone") << QByteArray();
    }
    void tellsOfAFileThatIsNotAsItWas()
    {
        QFETCH(const QByteArray, now);
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"notes.txt"_s);
        if (!now.isNull())
            Test::put(path, now);
        RequestBody body("x");
        body.append(BodyFile{.path = path, .name = u"notes.txt"_s, .size = 3});
        const Result<QByteArray> whole = wholeBody(body);
        QVERIFY(!whole);
        QVERIFY(whole.error().message.contains(u"notes.txt"_s));
    }
};

QTEST_GUILESS_MAIN(TestRequestBody)
#include "tst_requestbody.moc"
