// SPDX-License-Identifier: Apache-2.0
#include "core/secret.h"

#include <QTest>

using namespace Parlance;

class TestSecret : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void revealsWhatWasPutIn()
    {
        const Secret secret(QByteArrayView("s3cret"));
        QCOMPARE_EQ(secret.reveal(), QByteArray("s3cret"));
        QVERIFY(!secret.isEmpty());
    }

    void isEmptyWithoutBytes()
    {
        QVERIFY(Secret().isEmpty());
        QVERIFY(Secret(QByteArrayView()).isEmpty());
        QCOMPARE_EQ(Secret(), Secret(QByteArrayView("")));
    }

    void copiesAreEqualAndIndependentOfTheOriginalsLife()
    {
        Secret copy;
        {
            const Secret original(QByteArrayView("token"));
            copy = original;
            QVERIFY(copy == original);
        }
        QCOMPARE_EQ(copy.reveal(), QByteArray("token"));
    }
};

QTEST_APPLESS_MAIN(TestSecret)
#include "tst_secret.moc"
