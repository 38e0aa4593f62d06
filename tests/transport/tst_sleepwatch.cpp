// SPDX-License-Identifier: Apache-2.0
#include "core/platform.h"
#include "transport/sleepwatch.h"

#include <QSignalSpy>
#include <QTest>

using namespace Parlance;
using namespace std::chrono_literals;

class TestSleepWatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsOfEachSleepOnce()
    {
        std::chrono::milliseconds asleep{5'000};
        int looks = 0;
        SleepWatch watch([&] {
            ++looks;
            return asleep;
        });
        QSignalSpy woke(&watch, &SleepWatch::woke);
        // What was before is no news.
        QTRY_COMPARE_GE_WITH_TIMEOUT(looks, 2, 10'000);
        QCOMPARE_EQ(woke.count(), 0);
        asleep += 60s;
        QTRY_COMPARE_EQ_WITH_TIMEOUT(woke.count(), 1, 10'000);
        // Clocks that are read one after the other differ a little.
        asleep += 20ms;
        const int before = looks;
        QTRY_COMPARE_GE_WITH_TIMEOUT(looks, before + 1, 10'000);
        QCOMPARE_EQ(woke.count(), 1);
    }

    void looksOnlyWhileSomebodyListens()
    {
        int looks = 0;
        SleepWatch watch([&] {
            ++looks;
            return 0ms;
        });
        QCOMPARE_EQ(looks, 0);
        {
            QObject listener;
            connect(&watch, &SleepWatch::woke, &listener, [] {});
            QCOMPARE_EQ(looks, 1);
            QTRY_COMPARE_GE_WITH_TIMEOUT(looks, 2, 10'000);
        }
        const int before = looks;
        QSignalSpy anything(&watch, &QObject::objectNameChanged);
        QVERIFY(!anything.wait(int(SleepWatch::interval.count()) * 2));
        QCOMPARE_EQ(looks, before);
    }

    void readsTheClocksOfThisMachine()
    {
        const auto first = timeAsleep();
        QCOMPARE_GE(first, -1s);
        QCOMPARE_LE(timeAsleep() - first, 1s);
    }
};

QTEST_GUILESS_MAIN(TestSleepWatch)
#include "tst_sleepwatch.moc"
