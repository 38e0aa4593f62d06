// SPDX-License-Identifier: Apache-2.0
#include "wire/json.h"

#include <QTest>

using namespace Parlance;

class TestJson : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesBackWhatItRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("compact");
        QTest::newRow("string") << QByteArray(R"("Hello")") << QByteArray(R"("Hello")");
        QTest::newRow("number") << QByteArray("5") << QByteArray("5");
        QTest::newRow("null") << QByteArray("null") << QByteArray("null");
        QTest::newRow("64 bits") << QByteArray("[12345678901234567890]")
                                 << QByteArray("[12345678901234567890]");
        QTest::newRow("more than 64 bits") << QByteArray(R"({"n": 123456789012345678901234567890})")
                                           << QByteArray(R"({"n":123456789012345678901234567890})");
        QTest::newRow("NaN") << QByteArray(R"({"a": NaN, "b": "NaN"})")
                             << QByteArray(R"({"a":NaN,"b":"NaN"})");
        QTest::newRow("minus infinity") << QByteArray("[-Infinity]") << QByteArray("[-Infinity]");
        QTest::newRow("fraction") << QByteArray("[3.0,1.5]") << QByteArray("[3.0,1.5]");
        QTest::newRow("half of a pair") << QByteArray(R"("a\ud83d")") << QByteArray("\"a\xEF\xBF\xBD\"");
        QTest::newRow("a whole pair")
            << QByteArray(R"("\ud83d\ude00")") << QByteArray("\"\xF0\x9F\x98\x80\"");
        QTest::newRow("control characters") << QByteArray(R"("\u0001\n")") << QByteArray(R"("\u0001\n")");
        QTest::newRow("a string like a kept number") << QByteArray("\"\xEF\xA3\xB1"
                                                                   "abc\"")
                                                     << QByteArray("\"\xEF\xA3\xB1"
                                                                   "abc\"");
        QTest::newRow("nested") << QByteArray(R"( {"a" : [ {} , [] , true ] } )")
                                << QByteArray(R"({"a":[{},[],true]})");
    }
    void writesBackWhatItRead()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, compact);
        Json json;
        QCOMPARE_EQ(json.parse(text).compact(), compact);
    }

    void refusesWhatIsNotJson_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("raw text") << QByteArray("Hello");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("cut") << QByteArray(R"({"a":)");
        QTest::newRow("two values") << QByteArray("1 2");
        QTest::newRow("not UTF-8") << QByteArray("\"\xff\"");
        QTest::newRow("a bomb of depth") << QByteArray(100'000, '[');
    }
    void refusesWhatIsNotJson()
    {
        QFETCH(QByteArray, text);
        Json json;
        QVERIFY(json.parse(text).isAbsent());
    }

    void takesNullMembersForAbsentOnes()
    {
        Json json;
        const JsonValue value = json.parse(R"({"a":null,"b":0})");
        QVERIFY(!value.find("a"));
        QVERIFY(value.has("a"));
        QCOMPARE_EQ(value.find("b").integer(), std::optional<qint64>(0));
        QVERIFY(!value.find("c").find("d").at(3));
    }
};

QTEST_APPLESS_MAIN(TestJson)
#include "tst_json.moc"
