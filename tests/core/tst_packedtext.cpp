// SPDX-License-Identifier: Apache-2.0
#include "core/packedtext.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

class TestPackedText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysTheSamePacked_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isPacked");
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("words") << u"Two\nlines"_s << true;
        QTest::newRow("a dash and a face") << u"Words — and a 😀, twice 😀"_s << true;
        QTest::newRow("would grow") << u"漢字かな"_s << false;
        QTest::newRow("half a pair") << QString(u"words and "_s + QChar(0xD83D)) << false;
        QTest::newRow("byte order mark")
            << QString(QChar(QChar::ByteOrderMark) + u" at the beginning"_s) << false;
        QTest::newRow("nothing between") << QString(u"a"_s + QChar(0) + u"b"_s) << true;
        QTest::newRow("very long") << u"x"_s.repeated(1024 * 1024) << false;
    }

    void saysTheSamePacked()
    {
        QFETCH(QString, text);
        QFETCH(bool, isPacked);
        const PackedText plain = text;
        PackedText packed = text;
        packed.pack();
        QCOMPARE_EQ(packed.isPacked(), isPacked);
        QCOMPARE_EQ(packed.toString(), text);
        QCOMPARE_EQ(packed.size(), text.size());
        QCOMPARE_EQ(packed.isEmpty(), text.isEmpty());
        QCOMPARE_EQ(packed.count('\n'), text.count(u'\n'));
        QCOMPARE_EQ(plain.count('\n'), text.count(u'\n'));
        QVERIFY(packed == plain);
        QVERIFY(packed == text);
        QVERIFY(packed != PackedText(u"other"_s));
    }

    void growsAfterItWasPacked()
    {
        PackedText text = u"One"_s;
        text.pack();
        QVERIFY(text.isPacked());
        PackedText other = text;
        text += u" and more"_s;
        QCOMPARE_EQ(text.toString(), u"One and more"_s);
        QVERIFY(!text.isPacked());
        QCOMPARE_EQ(other.toString(), u"One"_s);
        other.clear();
        QVERIFY(other.isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestPackedText)
#include "tst_packedtext.moc"
