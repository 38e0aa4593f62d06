// SPDX-License-Identifier: Apache-2.0
#include "window/relativetime.h"

#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace Parlance;

class TestRelativeTime : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhen_data()
    {
        QTest::addColumn<int>("secondsAgo");
        QTest::addColumn<QLocale>("locale");
        QTest::addColumn<QString>("words");
        const QLocale english(QLocale::English, QLocale::UnitedKingdom);
        QTest::newRow("now") << 20 << english << u"now"_s;
        QTest::newRow("today") << 3600 << english << u"13:05"_s;
        // This one has seconds in its short form.
        QTest::newRow("today without a country") << 3600 << QLocale::c() << u"13:05"_s;
        QTest::newRow("today in a language with points")
            << 3600 << QLocale(QLocale::Finnish, QLocale::Finland) << u"13.05"_s;
        QTest::newRow("yesterday") << 24 * 3600 << english << u"yesterday"_s;
        QTest::newRow("this year") << 10 * 24 * 3600 << english << u"11 Nov"_s;
    }

    void saysWhen()
    {
        QFETCH(int, secondsAgo);
        QFETCH(QLocale, locale);
        QFETCH(QString, words);
        const QDateTime now(QDate(2026, 11, 21), QTime(14, 5, 30), QTimeZone::utc());
        QCOMPARE_EQ(relativeTime(now.addSecs(-secondsAgo), now, locale), words);
    }
};

QTEST_APPLESS_MAIN(TestRelativeTime)
#include "tst_relativetime.moc"
