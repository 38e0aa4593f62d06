// SPDX-License-Identifier: Apache-2.0
#include "auth/srp.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

QJsonObject vectors()
{
    QFile file(QStringLiteral(PARLANCE_SOURCE_DIR) + u"/tests/data/cognito-srp.json"_s);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

QByteArray bytes(const QJsonValue &value)
{
    return value.toString().toLatin1();
}

QByteArray evenHex(QByteArray digits)
{
    return digits.size() % 2 == 0 ? digits : digits.prepend('0');
}

QByteArray withoutZeros(QByteArray digits)
{
    while (digits.startsWith('0'))
        digits.remove(0, 1);
    return digits;
}

} // namespace

class TestSrp : public QObject
{
    Q_OBJECT
private:
    static SrpChallenge challengeOf(const QJsonObject &all, const QJsonObject &one)
    {
        return SrpChallenge{.poolName = bytes(all["pool"_L1]),
                            .userId = bytes(all["user"_L1]),
                            .salt = bytes(one["salt"_L1]),
                            .publicB = bytes(one["B"_L1]),
                            .secretBlock = bytes(one["secret"_L1])};
    }

private Q_SLOTS:
    void agreesWithEveryTranscript_data()
    {
        QTest::addColumn<QJsonObject>("one");
        const QJsonArray all = vectors()["vectors"_L1].toArray();
        QCOMPARE_EQ(all.size(), 10);
        for (const QJsonValue &one : all)
            QTest::addRow("%s", qPrintable(one["i"_L1].toVariant().toString())) << one.toObject();
    }
    void agreesWithEveryTranscript()
    {
        QFETCH(QJsonObject, one);
        const QJsonObject all = vectors();
        const SrpClient client(Secret(QByteArray::fromHex(evenHex(bytes(one["a"_L1])))));
        QCOMPARE(client.publicValue(), bytes(one["A"_L1]));
        const auto proof =
            client.prove(challengeOf(all, one), Secret(bytes(all["pw"_L1])), bytes(all["ts"_L1]));
        QVERIFY(proof);
        QCOMPARE(withoutZeros(proof->u), withoutZeros(bytes(one["u"_L1])));
        QCOMPARE(withoutZeros(proof->x), withoutZeros(bytes(one["x"_L1])));
        QCOMPARE(proof->sharedSecret, bytes(one["S"_L1]));
        QCOMPARE(proof->key, bytes(one["okm"_L1]));
        QCOMPARE(proof->signature, bytes(one["sig"_L1]));
    }

    void usesAnotherExponentEachTime()
    {
        const SrpClient first;
        const SrpClient second;
        QVERIFY(first.publicValue() != second.publicValue());
        QVERIFY(first.publicValue().size() > 700);
    }

    void refusesNumbersThatGiveThePasswordAway_data()
    {
        QTest::addColumn<QByteArray>("publicB");
        QTest::newRow("zero") << QByteArray("0");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no digits") << QByteArray("12 or so");
        QTest::newRow("no number") << QByteArray("xyz");
        QTest::newRow("the prime") << QByteArray(
            "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
            "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
            "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
            "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
            "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
            "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
            "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C"
            "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFF"
            "F");
    }
    void refusesNumbersThatGiveThePasswordAway()
    {
        QFETCH(QByteArray, publicB);
        const QJsonObject all = vectors();
        SrpChallenge challenge = challengeOf(all, all["vectors"_L1].toArray().first().toObject());
        challenge.publicB = publicB;
        QVERIFY(!SrpClient().prove(challenge, Secret("password"), "now"));
    }

    void writesTheTimeAsCognitoWantsIt()
    {
        QCOMPARE(srpTimestamp(QDateTime({2019, 1, 1}, {6, 6, 9}, Qt::UTC)), "Tue Jan 1 06:06:09 UTC 2019");
        QCOMPARE(srpTimestamp(QDateTime({2024, 11, 30}, {23, 0, 0}, Qt::UTC)),
                 "Sat Nov 30 23:00:00 UTC 2024");
    }
};

QTEST_APPLESS_MAIN(TestSrp)
#include "tst_srp.moc"
