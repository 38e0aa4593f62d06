// SPDX-License-Identifier: Apache-2.0
#include "chat/payloadtemplate.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>
#include <QUuid>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

PayloadValues values(const QString &prompt)
{
    return {.prompt = prompt,
            .session = RuntimeSessionId(u"session-1"_s),
            .conversation = ConversationId(u"conversation-1"_s),
            .messages = {{.role = Role::User, .content = u"a"_s},
                         {.role = Role::Agent, .content = u"b"_s},
                         {.role = Role::User, .content = prompt}}};
}

QJsonObject object(const QString &payloadTemplate, const QString &prompt)
{
    const Result<QByteArray> body = renderPayload(payloadTemplate, values(prompt));
    return body ? QJsonDocument::fromJson(*body).object() : QJsonObject();
}

QString nastyText(QRandomGenerator &random)
{
    static const std::vector<char16_t> units = {u'"',   u'\\',  u'\n',  u'\0',  0x01, 0x1f, 0x7f,
                                                0x2028, 0x2029, 0xd800, 0xdfff, u'$', u'{', u'}',
                                                u'\'',  u'/',   0xfeff, 0xffff, u'a', u'ß'};
    QString text;
    const int length = random.bounded(40);
    for (int index = 0; index < length; ++index)
        text += QChar(units[size_t(random.bounded(int(units.size())))]);
    if (random.bounded(3) == 0)
        text += u"${prompt}\", \"x\": 1"_s;
    return text;
}

} // namespace

class TestPayloadTemplate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sendsThePromptAloneByDefault()
    {
        QCOMPARE_EQ(renderPayload({}, values(u"Hello"_s)).value(), QByteArray("{\"prompt\": \"Hello\"}"));
        QCOMPARE_EQ(renderPayload(u"  \n"_s, values(u"Hello"_s)).value(),
                    QByteArray("{\"prompt\": \"Hello\"}"));
    }

    void putsValuesWherePlaceholdersStandAlone()
    {
        const QJsonObject body =
            object(u"{\"a\": ${prompt}, \"b\": \"${prompt}\", \"s\": \"${session}\","
                   "\"c\": ${conversation}, \"m\": \"${messages}\", \"n\": ${messages}}"_s,
                   u"say \"hi\"\n"_s);
        QCOMPARE_EQ(body["a"_L1].toString(), u"say \"hi\"\n"_s);
        QCOMPARE_EQ(body["b"_L1].toString(), u"say \"hi\"\n"_s);
        QCOMPARE_EQ(body["s"_L1].toString(), u"session-1"_s);
        QCOMPARE_EQ(body["c"_L1].toString(), u"conversation-1"_s);
        QCOMPARE_EQ(body["m"_L1].toArray().size(), 3);
        QCOMPARE_EQ(body["m"_L1], body["n"_L1]);
        QCOMPARE_EQ(body["m"_L1].toArray().at(1).toObject(),
                    (QJsonObject{{u"role"_s, u"assistant"_s}, {u"content"_s, u"b"_s}}));
    }

    void escapesInsideALongerString()
    {
        const QJsonObject body =
            object(u"{\"a\": \"Q: ${prompt} (${session})\", \"${prompt}\": 1, \"m\": \"x${messages}\"}"_s,
                   u"\"\\"_s);
        QCOMPARE_EQ(body["a"_L1].toString(), u"Q: \"\\ (session-1)"_s);
        QCOMPARE_EQ(body["\"\\"_L1].toInt(), 1);
        QVERIFY(body["m"_L1].toString().startsWith(u"x[{\"role\""_s));
    }

    void leavesALoneDollarAndAnEscapedOneAlone()
    {
        const QJsonObject body =
            object(u"{\"a\": \"$5 \\u0024{prompt}\", \"b\": [1.5e-3, true, null, {}]}"_s, u"x"_s);
        QCOMPARE_EQ(body["a"_L1].toString(), u"$5 ${prompt}"_s);
        QCOMPARE_EQ(body["b"_L1].toArray().size(), 4);
    }

    void refusesWhatIsNotJsonAndSaysWhere_data()
    {
        QTest::addColumn<QString>("payloadTemplate");
        QTest::addColumn<QString>("words");
        QTest::newRow("missing value") << u"{\n  \"a\":\n}"_s << u"line 3, column 1"_s;
        QTest::newRow("not closed") << u"{\"a\": 1"_s << u"line 1, column 8"_s;
        QTest::newRow("comma") << u"{\"a\": 1,}"_s << u"name in quotes"_s;
        QTest::newRow("after the end") << u"{} {}"_s << u"after the end"_s;
        QTest::newRow("open string") << u"{\"a\": \"b}"_s << u"not closed"_s;
        QTest::newRow("line break") << u"\"a\nb\""_s << u"line break"_s;
        QTest::newRow("number") << u"[01]"_s << u"zero"_s;
        QTest::newRow("fraction") << u"[1.]"_s << u"digit"_s;
        QTest::newRow("escape") << u"\"\\x\""_s << u"escape"_s;
        QTest::newRow("hex") << u"\"\\u12g4\""_s << u"hexadecimal"_s;
        QTest::newRow("word") << u"nil"_s << u"value is missing"_s;
        QTest::newRow("deep") << QString(5000, u'[') << u"nested"_s;
        QTest::newRow("unknown") << u"{\"a\": ${input}}"_s << u"${input}"_s;
        QTest::newRow("unknown in string") << u"{\"a\": \"x ${user}\"}"_s << u"${user}"_s;
        QTest::newRow("unclosed placeholder") << u"{\"a\": ${prompt"_s << u"not closed"_s;
    }
    void refusesWhatIsNotJsonAndSaysWhere()
    {
        QFETCH(QString, payloadTemplate);
        QFETCH(QString, words);
        const Result<void> checked = checkPayloadTemplate(payloadTemplate);
        QVERIFY(!checked);
        QCOMPARE_EQ(checked.error().kind, ErrorKind::InvalidTemplate);
        QVERIFY2(checked.error().message.contains(words), qPrintable(checked.error().message));
    }

    void isValidJsonWhateverThePromptContains()
    {
        const QStringList templates = {{},
                                       u"{\"p\": \"${prompt}\", \"q\": \"a ${prompt} b\"}"_s,
                                       u"[${messages}, \"${messages} ${prompt}\", ${prompt}]"_s,
                                       u"\"x${prompt}\""_s};
        QRandomGenerator random(7);
        for (int round = 0; round < 4000; ++round) {
            const QString prompt = nastyText(random);
            const Result<QByteArray> body = renderPayload(templates.at(round % 4), values(prompt));
            QVERIFY(body);
            QJsonParseError error;
            const QJsonDocument document = QJsonDocument::fromJson("[" + *body + "]", &error);
            QVERIFY2(error.error == QJsonParseError::NoError, body->constData());
            QVERIFY(QString::fromUtf8(*body).toUtf8() == *body);
            if (round % 4 == 3)
                QCOMPARE_EQ(document.array().at(0).toString(), QString::fromUtf8("x" + prompt.toUtf8()));
        }
    }

    void makesEachIdAfresh()
    {
        const Result<QByteArray> body = renderPayload(u"[${uuid}, \"run-${uuid}\"]"_s, values(u"x"_s));
        QVERIFY(body);
        const QJsonArray ids = QJsonDocument::fromJson(*body).array();
        const QUuid first = QUuid::fromString(ids.at(0).toString());
        const QUuid second = QUuid::fromString(ids.at(1).toString().mid(4));
        QVERIFY(!first.isNull() && !second.isNull());
        QVERIFY(first != second);
        QVERIFY(renderPayload(u"[${uuid}, \"run-${uuid}\"]"_s, values(u"x"_s)) != body);
    }

    void survivesTemplatesMadeOfNoise()
    {
        QRandomGenerator random(11);
        const QString alphabet = u"{}[]\":,${}promt\\ue1-0.\n "_s;
        for (int round = 0; round < 20000; ++round) {
            QString noise;
            const int length = random.bounded(24);
            for (int index = 0; index < length; ++index)
                noise += alphabet.at(random.bounded(int(alphabet.size())));
            const Result<QByteArray> body = renderPayload(noise, values(u"x\"y"_s));
            if (!body)
                continue;
            QJsonParseError error;
            QJsonDocument::fromJson("[" + *body + "]", &error);
            QVERIFY2(error.error == QJsonParseError::NoError, qPrintable(noise));
        }
    }

    void addsFilesWhereThereIsNoPlaceForThem()
    {
        PayloadValues asked = values(u"attachments"_s);
        asked.attachments = {Attachment{.name = u"a.txt"_s, .mimeType = u"text/plain"_s, .data = "x"}};
        const auto sent = [&asked](const QString &payloadTemplate) {
            const Result<RequestBody> body = renderBody(payloadTemplate, asked);
            return body ? QString::fromUtf8(wholeBody(*body).value()) : body.error().message;
        };
        const QString file = uR"({"data":"eA==","mimeType":"text/plain","name":"a.txt"})"_s;
        QCOMPARE(sent({}), QString(uR"({"prompt": "attachments", "attachments": [)"_s + file + u"]}"_s));
        QCOMPARE(sent(u"{}"_s), QString(uR"({"attachments": [)"_s + file + u"]}"_s));
        QCOMPARE(sent(u"{\"files\": ${attachments}, \"p\": ${prompt}}"_s),
                 QString(uR"({"files": [)"_s + file + uR"(], "p": "attachments"})"_s));
        QCOMPARE(sent(u"[\"${attachments:a2a-1}\"]"_s),
                 uR"([[{"filename":"a.txt","mediaType":"text/plain","raw":"eA=="}]])"_s);
        QCOMPARE(sent(u"{\"content\": ${content:ag-ui}}"_s),
                 uR"({"content": [{"text":"attachments","type":"text"},{"source":{"mimeType":"text/plain",)"
                 uR"("type":"data","value":"eA=="},"type":"document"}]})"_s);
        QVERIFY(sent(u"[${prompt}]"_s).contains(u"no place for files"_s));
        QVERIFY(sent(u"{\"attachments\": 1}"_s).contains(u"no place for files"_s));
        asked.attachments.clear();
        QCOMPARE(sent({}), uR"({"prompt": "attachments"})"_s);
        QCOMPARE(sent(u"{\"files\": ${attachments}}"_s), uR"({"files": []})"_s);
        QCOMPARE(sent(u"{\"content\": ${content:ag-ui}}"_s), uR"({"content": "attachments"})"_s);
        QCOMPARE(sent(u"${content:converse}"_s), uR"([{"text":"attachments"}])"_s);
    }

    void tellsMessagesWithTheirFiles()
    {
        PayloadValues asked = values(u"q"_s);
        asked.messages.front().attachments = {
            Attachment{.name = u"a.png"_s, .mimeType = u"image/png"_s, .data = "x"}};
        QCOMPARE(QString::fromUtf8(renderBody(u"${messages:converse}"_s, asked).value().bytes()),
                 uR"([{"role":"user","content":[{"text":"a"},{"image":{"format":"png","source":)"
                 uR"({"bytes":"eA=="}}}]},{"role":"assistant","content":[{"text":"b"}]},)"
                 uR"({"role":"user","content":[{"text":"q"}]}])"_s);
    }

    void refusesFormsThatCannotBe_data()
    {
        QTest::addColumn<QString>("payloadTemplate");
        QTest::addColumn<QString>("reason");
        QTest::newRow("unknown") << u"${attachments:zip}"_s << u"“zip” is not known"_s;
        QTest::newRow("none") << u"${content}"_s << u"needs a form"_s;
        QTest::newRow("of words") << u"${prompt:a2a}"_s << u"takes no form"_s;
        QTest::newRow("in a string") << u"\"x ${attachments}\""_s << u"cannot be part of a string"_s;
    }
    void refusesFormsThatCannotBe()
    {
        QFETCH(const QString, payloadTemplate);
        QFETCH(const QString, reason);
        const Result<void> checked = checkPayloadTemplate(payloadTemplate);
        QVERIFY(!checked);
        QVERIFY2(checked.error().message.contains(reason), qPrintable(checked.error().message));
    }
};

QTEST_APPLESS_MAIN(TestPayloadTemplate)
#include "tst_payloadtemplate.moc"
