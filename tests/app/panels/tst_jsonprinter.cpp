// SPDX-License-Identifier: Apache-2.0
#include "inspector/jsonprinter.h"
#include "inspector/masking.h"

#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

class JsonPrinterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void printsOneMemberToALine();
    void keepsShortLeavesOnOneLine();
    void keepsBigIntegersAndTheOrderOfKeys();
    void keepsEveryTokenOfRandomJson();
    void acceptsWhatAgentsWrite_data();
    void acceptsWhatAgentsWrite();
    void leavesOtherTextAlone_data();
    void leavesOtherTextAlone();
    void leavesDeepNestingAlone();
    void tellsKeysFromStrings();
    void quotesWhatQtReadsBack();
    void masksSecrets_data();
    void masksSecrets();
};

namespace {

QStringList tokensOf(const QString &text)
{
    std::vector<JsonToken> tokens;
    if (tokeniseJson(text, tokens) != text.size())
        return {};
    QStringList list;
    for (const JsonToken &token : tokens)
        list.append(text.sliced(token.start, token.length));
    return list;
}

QString randomValue(QRandomGenerator &random, int depth)
{
    const QString space = random.bounded(3) == 0 ? u" \n\t"_s : QString();
    switch (random.bounded(depth > 0 ? 8 : 6)) {
    case 0:
        return QString(space + QString::number(random.generate64()) + QString::number(random.generate64()));
    case 1:
        return QString(u"-0.1"_s + QString::number(random.bounded(1000000)) + u"e+17"_s + space);
    case 2:
        return quotedJson(QString(u"a\"b\\{[,:]} \u00e9\n"_s + QString::number(random.bounded(99))));
    case 3:
        return u"null"_s;
    case 4:
        return u"\"\\u00e9\\ud83d\\ude00\""_s;
    case 5:
        return QString(u"true"_s + space);
    default:
        break;
    }
    const bool isObject = random.bounded(2) == 0;
    QStringList members;
    for (int i = int(random.bounded(5)); i > 0; --i) {
        QString member = randomValue(random, depth - 1);
        if (isObject)
            member.prepend(
                QString(quotedJson(QString(u"k"_s + QString::number(random.bounded(20)))) + space + u":"_s));
        members.append(member);
    }
    const QString inner = QString(members.join(u","_s) + space);
    return isObject ? QString(u"{"_s + inner + u"}"_s) : QString(u"["_s + inner + u"]"_s);
}

} // namespace

void JsonPrinterTest::printsOneMemberToALine()
{
    const QString text = u"{\"a\":{\"b\":[1,{\"c\":2}],\"d\":{}},\"e\":\"x\"}"_s;
    const QString expected = u"{\n"
                             "  \"a\": {\n"
                             "    \"b\": [\n"
                             "      1,\n"
                             "      {\"c\": 2}\n"
                             "    ],\n"
                             "    \"d\": {}\n"
                             "  },\n"
                             "  \"e\": \"x\"\n"
                             "}"_s;
    QCOMPARE(prettyJson(text).value(), expected);
}

void JsonPrinterTest::keepsShortLeavesOnOneLine()
{
    QCOMPARE(prettyJson(u"{\"text\" : \" unless\",\"n\":[1,2]}").value(),
             u"{\n  \"text\": \" unless\",\n  \"n\": [1, 2]\n}"_s);
    const QString longLeaf = u"[\"%1\",\"%1\"]"_s.arg(QString(40, u'x'));
    QCOMPARE(prettyJson(longLeaf).value().count(u'\n'), 3);
}

void JsonPrinterTest::keepsBigIntegersAndTheOrderOfKeys()
{
    const QString pretty =
        prettyJson(u"{\"z\":12345678901234567890123,\"a\":1.10,\"m\":-0,\"z\":1E400}").value();
    QCOMPARE(pretty, u"{\"z\": 12345678901234567890123, \"a\": 1.10, \"m\": -0, \"z\": 1E400}"_s);
}

void JsonPrinterTest::keepsEveryTokenOfRandomJson()
{
    QRandomGenerator random(20260701);
    for (int i = 0; i < 2000; ++i) {
        const QString text = randomValue(random, 5);
        const std::optional<QString> pretty = prettyJson(text);
        QVERIFY2(pretty.has_value(), qPrintable(text));
        QCOMPARE_EQ(tokensOf(*pretty), tokensOf(text));
        QCOMPARE_EQ(prettyJson(*pretty).value(), *pretty);
    }
}

void JsonPrinterTest::acceptsWhatAgentsWrite_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("string") << u"\"hello\""_s;
    QTest::newRow("number") << u"42"_s;
    QTest::newRow("null") << u" null "_s;
    QTest::newRow("python") << u"{\"a\": NaN, \"b\": -Infinity, \"c\": Infinity}"_s;
    QTest::newRow("empty") << u"[[], {}]"_s;
    QTest::newRow("escapes") << u"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\uD83d\""_s;
}

void JsonPrinterTest::acceptsWhatAgentsWrite()
{
    QFETCH(QString, text);
    const std::optional<QString> pretty = prettyJson(text);
    QVERIFY(pretty.has_value());
    QCOMPARE_EQ(tokensOf(*pretty), tokensOf(text));
}

void JsonPrinterTest::leavesOtherTextAlone_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"",
                             " ",
                             "hello",
                             "{'a': 1}",
                             "{\"a\":1",
                             "{\"a\":1}}",
                             "{\"a\" 1}",
                             "[1,]",
                             "[1 2]",
                             "{,}",
                             "{\"a\":}",
                             "{\"a\":1,}",
                             "01",
                             "1.",
                             "1e",
                             "-",
                             "\"\\x\"",
                             "\"\\u12g4\"",
                             "\"open",
                             "\"line\nbreak\"",
                             "[1]]",
                             "]",
                             "{]",
                             "[}",
                             "{\"a\":1]",
                             "tru",
                             "1 2",
                             "{1:2}",
                             "[\"a\":1]",
                             ":",
                             ",",
                             "[:]",
                             "{\"a\":\"b\":\"c\"}"})
        QTest::addRow("%s", text) << QString::fromUtf8(text);
}

void JsonPrinterTest::leavesOtherTextAlone()
{
    QFETCH(QString, text);
    QVERIFY(!prettyJson(text).has_value());
}

void JsonPrinterTest::leavesDeepNestingAlone()
{
    const auto nested = [](int depth) { return QString(QString(depth, u'[') + QString(depth, u']')); };
    QVERIFY(prettyJson(nested(150)).has_value());
    QVERIFY(!prettyJson(nested(100'000)).has_value());
}

void JsonPrinterTest::tellsKeysFromStrings()
{
    std::vector<JsonToken> tokens;
    const QString text = u"{\"a\" : \"b\", \"c\": [-1.5e3, true]}"_s;
    QCOMPARE_EQ(tokeniseJson(text, tokens), text.size());
    QCOMPARE_EQ(tokens[1], (JsonToken{JsonTokenKind::Key, 1, 3}));
    QCOMPARE_EQ(tokens[3], (JsonToken{JsonTokenKind::String, 7, 3}));
    QCOMPARE_EQ(tokens[8], (JsonToken{JsonTokenKind::Number, 18, 6}));
    QCOMPARE_EQ(tokens[10].kind, JsonTokenKind::Literal);
}

void JsonPrinterTest::quotesWhatQtReadsBack()
{
    const QString text = u"\u0001\t\"\\/\n\r\u00e9\u2028\U0001F600 plain"_s;
    const QByteArray document = QString(u"["_s + quotedJson(text) + u"]"_s).toUtf8();
    QCOMPARE(QJsonDocument::fromJson(document)[0].toString(), text);
}

void JsonPrinterTest::masksSecrets_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const QString jwt = u"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"_s;
    QTest::newRow("nothing") << u"{\"text\":\"the bearer of news\"}"_s
                             << u"{\"text\":\"the bearer of news\"}"_s;
    QTest::newRow("jwt") << QString(u"{\"t\":\""_s + jwt + u"\"}"_s) << u"{\"t\":\"••••\"}"_s;
    QTest::newRow("bearer") << u"say Bearer abcdefghijklmnop now"_s << u"say Bearer •••• now"_s;
    QTest::newRow("member") << u"{\"Authorization\": \"Basic dXNlcjpwYXNz\", \"b\": 1}"_s
                            << u"{\"Authorization\": \"Basic ••••\", \"b\": 1}"_s;
    QTest::newRow("escaped") << u"{\"h\": \"{\\\"authorization\\\": \\\"tok-1\\\"}\"}"_s
                             << u"{\"h\": \"{\\\"authorization\\\": \\\"••••\\\"}\"}"_s;
    QTest::newRow("header") << u"Authorization: AWS4-HMAC-SHA256 Credential=A, Signature=B"_s
                            << u"Authorization: AWS4-HMAC-SHA256 ••••"_s;
    QTest::newRow("null") << u"{\"authorization\": null, \"x\": {\"authorization\": {\"a\": 1}}}"_s
                          << u"{\"authorization\": null, \"x\": {\"authorization\": {\"a\": 1}}}"_s;
}

void JsonPrinterTest::masksSecrets()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const MaskedText masked = maskSecrets(text);
    QCOMPARE(masked.text, expected);
    QCOMPARE(masked.wasMasked, text != expected);
}

QTEST_APPLESS_MAIN(JsonPrinterTest)
#include "tst_jsonprinter.moc"
