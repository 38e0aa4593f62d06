// SPDX-License-Identifier: Apache-2.0
#include "support/nodeserver.h"
#include "wire/choosedecoder.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

//! Reads what the AWS SDK's own codec writes.
class TestEventStreamOracle : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsWhatTheReferenceCodecWrites_data()
    {
        QTest::addColumn<int>("pieceSize");
        QTest::newRow("whole") << 0;
        QTest::newRow("byte by byte") << 1;
        QTest::newRow("pieces of 977") << 977;
    }
    void readsWhatTheReferenceCodecWrites()
    {
        QFETCH(int, pieceSize);
        QString error;
        const QByteArray output =
            NodeServer::output(u"oracle/eventstream.mjs"_s, {u"400"_s, u"20261121"_s}, &error);
        QVERIFY2(error.isEmpty(), qPrintable(error));
        QByteArray wire;
        QList<QJsonObject> expected;
        for (const QByteArray &line : output.trimmed().split('\n')) {
            expected.append(QJsonDocument::fromJson(line).object());
            wire += QByteArray::fromHex(expected.constLast().value("frame"_L1).toString().toLatin1());
        }
        QCOMPARE_EQ(expected.size(), 400);

        const auto decoder = makeDecoder("application/vnd.amazon.eventstream");
        std::vector<Frame> frames;
        const qsizetype step = pieceSize == 0 ? wire.size() : pieceSize;
        for (qsizetype at = 0; at < wire.size(); at += step)
            QVERIFY(
                !decoder->feed(QByteArrayView(wire).sliced(at, std::min(step, wire.size() - at)), frames));
        QVERIFY(!decoder->finish(frames));
        QCOMPARE_EQ(frames.size(), size_t(expected.size()));
        for (std::size_t i = 0; i < frames.size(); ++i) {
            const QJsonObject &message = expected.at(qsizetype(i));
            QCOMPARE_EQ(frames[i].kind, FrameKind::EventStream);
            QCOMPARE_EQ(frames[i].payload.toHex(), message.value("payload"_L1).toString().toLatin1());
            QCOMPARE_EQ(frames[i].event, message.value("event"_L1).toString().toUtf8());
        }
    }

    void noticesEveryFlippedByte()
    {
        QString error;
        const QByteArray output = NodeServer::output(u"oracle/eventstream.mjs"_s, {u"1"_s, u"7"_s}, &error);
        QVERIFY2(error.isEmpty(), qPrintable(error));
        const QByteArray good = QByteArray::fromHex(
            QJsonDocument::fromJson(output).object().value("frame"_L1).toString().toLatin1());
        QVERIFY(good.size() > 100);
        for (qsizetype at = 0; at < good.size(); ++at) {
            QByteArray bad = good;
            bad[at] = char(bad.at(at) ^ 0x10);
            const auto decoder = makeDecoder("application/vnd.amazon.eventstream");
            std::vector<Frame> frames;
            std::optional<Error> told = decoder->feed(bad, frames);
            if (!told)
                told = decoder->finish(frames);
            QVERIFY2(told.has_value(), qPrintable(QString::number(at)));
            QVERIFY(frames.empty());
        }
    }
};

QTEST_GUILESS_MAIN(TestEventStreamOracle)
#include "tst_eventstreamoracle.moc"
