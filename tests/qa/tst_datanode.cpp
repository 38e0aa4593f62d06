// SPDX-License-Identifier: Apache-2.0
#include "qa/datanode.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

DataNode read(const QString &json)
{
    return readData(json).value_or(textNode(u"not JSON"_s));
}

//! Any JSON, some of it broken.
QString anyJson(QRandomGenerator &random, int depth = 0)
{
    static const QStringList leaves{u"null"_s,         u"true"_s,    u"false"_s,    u"-0"_s,
                                    u"1.50"_s,         u"12e+3"_s,   u"01"_s,       u"\"\""_s,
                                    u"\"a\\u00e9\""_s, u"\"\\x\""_s, u"nul"_s,      u"5e"_s,
                                    u"\"é\n\""_s,      u"-"_s,       u"\"\\\"\""_s, u"5"_s};
    const int kind = int(random.bounded(depth > 3 ? 6 : 10));
    if (kind < 7)
        return leaves[random.bounded(kind < 6 ? 6 : leaves.size())];
    QStringList items;
    for (int count = int(random.bounded(4)); count > 0; --count)
        items.append((kind > 8 ? u"\"k%1\" : "_s.arg(random.bounded(3)) : QString())
                     + anyJson(random, depth + 1));
    const QString inner = items.join(random.bounded(30) == 0 ? u" "_s : u" ,"_s);
    return kind > 8 ? QString(u"{"_s + inner + u"}"_s) : QString(u"["_s + inner + u"]"_s);
}

} // namespace

class TestDataNode : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsOrderAndDigits()
    {
        const QString json = u"{\"b\":1.10,\"a\":[1E5,12345678901234567890,-0.0],\"b\":null,"
                             u"\"\":\"é\\\"\\\\\\n\\u0001\"}"_s;
        QCOMPARE_EQ(read(json).json(), json);
        QVERIFY(read(json).member(u"b")->isNull());
        QCOMPARE_EQ(read(json).member(u"c"), nullptr);
    }

    void namesTheLineOfWhatIsBroken_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("message");
        QTest::newRow("end") << u"[1,\n"_s << u"Line 2 is not JSON: it ends too early."_s;
        QTest::newRow("comma") << u"[1,]"_s << u"Line 1 is not JSON: “]” does not belong there."_s;
        QTest::newRow("zero") << u"01"_s << u"Line 1 is not JSON: “1” does not belong there."_s;
        QTest::newRow("more") << u"{}\n{}"_s << u"Line 2 is not JSON: “{” does not belong there."_s;
        QTest::newRow("string") << u"\"a\nb\""_s << u"Line 1 is not JSON: a string does not end."_s;
        QTest::newRow("word") << u"NaN"_s << u"Line 1 is not JSON: “N” does not belong there."_s;
        QTest::newRow("deep") << QString(500, u'[') << u"Line 1 is not JSON: it is nested too deeply."_s;
        QTest::newRow("point") << u"[1.]"_s << u"Line 1 is not JSON: “]” does not belong there."_s;
        QTest::newRow("nothing") << u" "_s << u"Line 1 is not JSON: it ends too early."_s;
    }
    void namesTheLineOfWhatIsBroken()
    {
        QFETCH(QString, json);
        const Result<DataNode> node = readData(json);
        QVERIFY(!node);
        QTEST(node.error().message, "message");
    }

    void refusesWhatIsNotUtf8()
    {
        QVERIFY(readData(QByteArrayView("\"\xc3\xa9\"")));
        const Result<DataNode> node = readData(QByteArrayView("\"\xff\""), 7);
        QVERIFY(!node);
        QCOMPARE_EQ(node.error().message, u"Line 7 is not JSON: it is not UTF-8."_s);
    }

    void knowsWhereAValueBegan()
    {
        const DataNode node = read(u"{\n\"a\": [\n1,\n2]}"_s);
        QCOMPARE_EQ(node.line, 1);
        QCOMPARE_EQ(node.items[0].line, 2);
        QCOMPARE_EQ(node.items[0].items[1].line, 4);
    }

    void readsWhatATextBeginsWith()
    {
        qsizetype end = 0;
        const std::optional<DataNode> node = readDataPrefix(u"{\"a\":1} and more", &end);
        QVERIFY(node);
        QCOMPARE_EQ(end, 7);
        QVERIFY(!readDataPrefix(u"{a", &end));
    }

    void comparesByMeaning_data()
    {
        QTest::addColumn<QString>("left");
        QTest::addColumn<QString>("right");
        QTest::addColumn<bool>("isSame");
        QTest::newRow("order") << uR"({"a":1,"b":2})"_s << uR"({"b":2,"a":1})"_s << true;
        QTest::newRow("digits") << u"[1.0,100]"_s << u"[1,1e2]"_s << true;
        QTest::newRow("repeated") << uR"({"a":1,"a":2})"_s << uR"({"a":2})"_s << true;
        QTest::newRow("repeated, the first") << uR"({"a":1,"a":2})"_s << uR"({"a":1})"_s << false;
        QTest::newRow("list order") << u"[1,2]"_s << u"[2,1]"_s << false;
        QTest::newRow("kind") << u"1"_s << u"\"1\""_s << false;
        QTest::newRow("more members") << uR"({"a":1})"_s << uR"({"a":1,"b":1})"_s << false;
        QTest::newRow("null is there") << uR"({"a":null})"_s << u"{}"_s << false;
    }
    void comparesByMeaning()
    {
        QFETCH(QString, left);
        QFETCH(QString, right);
        QFETCH(bool, isSame);
        QCOMPARE_EQ(meansTheSame(read(left), read(right)), isSame);
        QCOMPARE_EQ(meansTheSame(read(right), read(left)), isSame);
    }

    void comparesNumbersOfAnyLength()
    {
        QVERIFY(isSameNumber(u"1.10"_s, u"1.1"_s));
        QVERIFY(isSameNumber(u"0.01e4"_s, u"100"_s));
        QVERIFY(isSameNumber(u"-0"_s, u"0.00"_s));
        QVERIFY(!isSameNumber(u"9007199254740992"_s, u"9007199254740993"_s));
        QVERIFY(!isSameNumber(u"1"_s, u"-1"_s));
        QVERIFY(!isSameNumber(u"1e99999999999999999999"_s, u"1e99999999999999999998"_s));
    }

    void writesNumbersAsJavaScriptDoes_data()
    {
        QTest::addColumn<QString>("number");
        QTest::addColumn<QString>("words");
        QTest::newRow("zeros") << u"1.50"_s << u"1.5"_s;
        QTest::newRow("whole") << u"100000000000000000000"_s << u"100000000000000000000"_s;
        QTest::newRow("large") << u"1e21"_s << u"1e+21"_s;
        QTest::newRow("small") << u"0.000001"_s << u"0.000001"_s;
        QTest::newRow("smaller") << u"0.0000001"_s << u"1e-7"_s;
        QTest::newRow("negative zero") << u"-0"_s << u"0"_s;
        QTest::newRow("long") << u"0.1000000000000000055"_s << u"0.1"_s;
        QTest::newRow("huge") << u"1.5e300"_s << u"1.5e+300"_s;
    }
    void writesNumbersAsJavaScriptDoes()
    {
        QFETCH(QString, number);
        QTEST(read(number).words(), "words");
    }

    void takesWhatAnotherStrictReaderTakes()
    {
        QRandomGenerator random(20);
        int readable = 0;
        for (int round = 0; round < 4000; ++round) {
            // The other one wants a list or an object at the top.
            const QString json = u"["_s + anyJson(random) + u"]"_s;
            const QJsonDocument other = QJsonDocument::fromJson(json.toUtf8());
            const Result<DataNode> node = readData(json);
            // Qt's reader lets a line feed and any escape within a string pass.
            if (json.contains(u'\n') || json.contains("\\x"_L1))
                continue;
            QVERIFY2(node.has_value() == !other.isNull(), qUtf8Printable(json));
            if (!node)
                continue;
            ++readable;
            QCOMPARE_EQ(QJsonDocument::fromJson(node->json().toUtf8()), other);
            QCOMPARE_EQ(*readData(node->json()), *node);
            QVERIFY(meansTheSame(*node, *node));
        }
        QCOMPARE_GT(readable, 1000);
    }

    void comparesManyMembersAtOnce()
    {
        QString json;
        for (int index = 0; index < 20'000; ++index)
            json += u"\"k%1\":%1,"_s.arg(index);
        const DataNode node = read(u"{"_s + json.chopped(1) + u"}"_s);
        QVERIFY(meansTheSame(node, node));
    }
};

QTEST_APPLESS_MAIN(TestDataNode)
#include "tst_datanode.moc"
