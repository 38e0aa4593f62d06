// SPDX-License-Identifier: Apache-2.0
#include "core/filename.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

class TestFileName : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isOneThatAFolderCanHold_data()
    {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("name");
        QTest::newRow("plain") << u"audio 2.wav"_s << u"audio 2.wav"_s;
        QTest::newRow("marks") << u"a/b\\c: \"d\" <e>|f?*"_s << u"a b c d e f"_s;
        QTest::newRow("up") << u"../../etc/passwd"_s << u"etc passwd"_s;
        QTest::newRow("hidden") << u".bashrc"_s << u"bashrc"_s;
        QTest::newRow("long title") << QString(500, u'x') << QString(80, u'x');
        QTest::newRow("long name") << QString(QString(200, u'x') % ".wav"_L1)
                                   << QString(QString(76, u'x') % ".wav"_L1);
        QTest::newRow("turned") << u"photo\u202Egpj.exe"_s << u"photo gpj.exe"_s;
        QTest::newRow("lines") << u"a\nb\t\033c"_s << u"a b c"_s;
        QTest::newRow("end") << u"What now. . ."_s << u"What now"_s;
        QTest::newRow("letters") << u"Übersicht – 表.pdf"_s << u"Übersicht – 表.pdf"_s;
        QTest::newRow("dots") << u" . "_s << u"File"_s;
        QTest::newRow("nothing") << QString() << u"File"_s;
    }
    void isOneThatAFolderCanHold()
    {
        QFETCH(const QString, given);
        QFETCH(const QString, name);
        QCOMPARE_EQ(fileNameFor(given, u"File"_s), name);
        QCOMPARE_EQ(fileNameFor(name, u"File"_s), name);
    }
};

QTEST_APPLESS_MAIN(TestFileName)
#include "tst_filename.moc"
