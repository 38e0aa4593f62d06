// SPDX-License-Identifier: Apache-2.0
#include "core/apart.h"

#include <QTest>

using namespace Parlance;

namespace {

struct Figures
{
    int one = 1;
    int two = 2;
    friend bool operator==(const Figures &, const Figures &) = default;
};

} // namespace

class TestApart : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isTheDefaultValueUntilItIsChanged()
    {
        Apart<Figures> value;
        QCOMPARE_EQ(*value, Figures());
        value.change().two = 5;
        QCOMPARE_EQ(value->one, 1);
        QCOMPARE_EQ(value->two, 5);
        QVERIFY(sizeof value == sizeof(void *));
    }

    void aCopyStaysAsItWas()
    {
        Apart<Figures> value = Figures{.one = 3};
        const Apart<Figures> copy = value;
        QVERIFY(&*copy == &*value); // one in memory, so far
        value.change().one = 4;
        QCOMPARE_EQ(copy->one, 3);
        QCOMPARE_EQ(value->one, 4);
    }

    void isComparedByWhatItHolds()
    {
        const Apart<Figures> nothing;
        Apart<Figures> value = Figures{.one = 3};
        QVERIFY(value == Apart(Figures{.one = 3}));
        QVERIFY(value != nothing);
        value.change() = Figures();
        QVERIFY(value == nothing);
    }
};

QTEST_APPLESS_MAIN(TestApart)
#include "tst_apart.moc"
