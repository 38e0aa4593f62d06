// SPDX-License-Identifier: Apache-2.0
#include "chat/schemareader.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

const char *kindName(FieldKind kind)
{
    static const char *names[] = {"text",   "long", "number", "integer", "boolean",
                                  "choice", "many", "list",   "group",   "json"};
    return names[int(kind)];
}

//! "name: kind", what is inside in brackets, "!" for what is needed.
QString printed(const SchemaField &field)
{
    QString text =
        field.name.isEmpty() ? QString() : QString(field.name % (field.isRequired ? u"! "_s : u" "_s));
    text += QString::fromLatin1(kindName(field.kind));
    QStringList inside;
    for (const FieldChoice &choice : field.choices)
        inside.append(choice.title);
    for (const SchemaField &inner : field.fields)
        inside.append(printed(inner));
    return inside.isEmpty() ? text : QString(text % u'(' % inside.join(u", "_s) % u')');
}

SchemaField only(const char *schema)
{
    const QByteArray whole = QByteArray("{'type':'object','properties':{'x':").replace('\'', '"');
    return readSchema(whole + schema + "}}").fields.at(0);
}

} // namespace

//! Forms from JSON Schemas, without a window.
class TestSchemaField : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *schema, const char *expected) {
            QTest::newRow(name) << QByteArray(schema) << QString::fromUtf8(expected);
        };
        row("members in order",
            R"({"type":"object","properties":{"z":{"type":"string"},"a":{"type":"integer"},"m":{"type":"boolean"}},"required":["a"]})",
            "group(z text, a! integer, m boolean)");
        row("a long text", R"({"type":"string","maxLength":2000})", "long");
        row("a short text", R"({"type":"string","maxLength":20})", "text");
        row("an enumeration", R"({"enum":["a",2,true]})", "choice(a, 2, true)");
        row("constants with titles", R"({"oneOf":[{"const":1,"title":"One"},{"const":2,"title":"Two"}]})",
            "choice(One, Two)");
        row("names beside", R"({"type":"string","enum":["a","b"],"enumNames":["First","Second"]})",
            "choice(First, Second)");
        row("several of a few", R"({"type":"array","items":{"enum":["a","b"]}})", "many(a, b)");
        row("a list", R"({"type":"array","items":{"type":"number"}})", "list(number)");
        row("a list of objects",
            R"({"type":"array","items":{"type":"object","properties":{"a":{"type":"string"}}}})",
            "list(group(a text))");
        row("or nothing", R"({"anyOf":[{"type":"string"},{"type":"null"}]})", "text");
        row("or null", R"({"type":["integer","null"]})", "integer");
        row("a reference",
            "{\"type\":\"object\",\"properties\":{\"p\":{\"$ref\":\"#/$defs/"
            "P\"}},\"$defs\":{\"P\":{\"type\":\"object\",\"properties\":{\"q\":{\"type\":\"string\"}}}}}",
            "group(p group(q text))");
        row("all of",
            R"({"allOf":[{"type":"object","properties":{"a":{"type":"string"}}},{"properties":{"b":{"type":"string"}},"required":["b"]}]})",
            "group(a text, b! text)");
        row("nothing to fill in", R"({"type":"object"})", "group");
        row("any object inside", R"({"type":"object","properties":{"a":{"type":"object"}}})",
            "group(a json)");
        row("this or that", R"({"anyOf":[{"type":"string"},{"type":"number"}]})", "json");
        row("a tuple", R"({"type":"array","prefixItems":[{"type":"string"}]})", "json");
        row("round in circles", "{\"$ref\":\"#/\"}", "json");
        row("itself inside", "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#/\"}}}",
            "group(a group(a group(a group(a json))))");
        row("no schema", R"([1])", "json");
        row("not JSON", "{", "json");
    }
    void reads()
    {
        QFETCH(const QByteArray, schema);
        QFETCH(const QString, expected);
        QCOMPARE(printed(readSchema(schema)), expected);
    }

    void namesWhatHasNoTitle()
    {
        const SchemaField form = readSchema(
            R"({"type":"object","properties":{"startDate":{"type":"string"},"end_date":{"type":"string"},"x":{"title":"Given","description":"Why","default":"d","type":"string"}}})");
        QCOMPARE(form.fields[0].title, u"Start date"_s);
        QCOMPARE(form.fields[1].title, u"End date"_s);
        QCOMPARE(form.fields[2].title, u"Given"_s);
        QCOMPARE(form.fields[2].description, u"Why"_s);
        QCOMPARE(form.fields[2].initial, QJsonValue(u"d"_s));
    }

    void survivesWhatIsFarTooLarge()
    {
        QByteArrayList members;
        for (int i = 0; i < 20'000; ++i)
            members.append("'f" + QByteArray::number(i) + "':{'type':'string'}");
        QByteArray schema = "{'type':'object','properties':{" + members.join(',') + "}}";
        QCOMPARE(readSchema(schema.replace('\'', '"')).kind, FieldKind::Json);
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *name, const char *schema, const char *value, const char *sentence) {
            QTest::newRow(name) << QByteArray(schema) << QByteArray(value) << QString::fromUtf8(sentence);
        };
        row("too short", "{\"type\":\"string\",\"minLength\":3}", "\"ab\"",
            "At least 3 character(s) are needed.");
        row("characters, not units", "{\"type\":\"string\",\"maxLength\":2}", "\"😀😀\"", "");
        row("a date", "{\"type\":\"string\",\"format\":\"date\"}", "\"2026-02-30\"",
            "This is not a date, such as 2026-03-31.");
        row("a good date", "{\"type\":\"string\",\"format\":\"date\"}", "\"2026-02-28\"", "");
        row("a moment", "{\"type\":\"string\",\"format\":\"date-time\"}", "\"2026-02-28T10:00:00Z\"", "");
        row("an address", "{\"type\":\"string\",\"format\":\"email\"}", "\"someone\"",
            "This is not an email address.");
        row("a pattern", "{\"type\":\"string\",\"pattern\":\"^A-[0-9]+$\"}", "\"B-1\"",
            "This has not the form that is asked for: ^A-[0-9]+$");
        row("a pattern that is none", "{\"type\":\"string\",\"pattern\":\"(\"}", "\"B-1\"", "");
        row("a part", "{\"type\":\"integer\"}", "1.5", "A whole number is needed.");
        row("too small", "{\"type\":\"number\",\"minimum\":0.5}", "0.25", "At least 0.5 is needed.");
        row("just outside", "{\"type\":\"number\",\"exclusiveMaximum\":3}", "3", "Less than 3 is needed.");
        row("between the steps", "{\"type\":\"number\",\"multipleOf\":0.1}", "0.25",
            "A multiple of 0.1 is needed.");
        row("on a step", "{\"type\":\"number\",\"multipleOf\":0.1}", "0.3", "");
        row("too few", "{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"minItems\":2}", "[\"a\"]",
            "At least 2 item(s) are needed.");
        row("no object", "{\"type\":\"object\",\"additionalProperties\":true}", "[1]",
            "An object of JSON is needed, in braces.");
    }
    void saysWhatIsWrong()
    {
        QFETCH(const QByteArray, schema);
        QFETCH(const QByteArray, value);
        QFETCH(const QString, sentence);
        const QJsonValue read = QJsonDocument::fromJson('[' + value + ']').array().at(0);
        QCOMPARE(problemWith(only(schema.constData()), read), sentence);
    }

    void needsWhatIsRequired()
    {
        SchemaField field = only(R"({"type":"string"})");
        const QJsonValue nothing(QJsonValue::Undefined);
        QCOMPARE(problemWith(field, nothing), QString());
        field.isRequired = true;
        QCOMPARE(problemWith(field, nothing), u"This is needed."_s);
    }

    void readsNumbersAndJson()
    {
        QJsonValue value;
        QString problem;
        const SchemaField number = only(R"({"type":"number"})");
        QVERIFY(readFieldText(number, u" 9007199254740993 "_s, &value, &problem));
        QCOMPARE(value.toInteger(), 9007199254740993);
        QCOMPARE(fieldText(number, value), u"9007199254740993"_s);
        QVERIFY(!readFieldText(number, u"3,5"_s, &value, &problem));
        QCOMPARE(problem, u"This is not a number."_s);
        problem.clear();
        const SchemaField json = only(R"({"type":"object"})");
        QVERIFY(readFieldText(json, u"{\"a\": [1]}"_s, &value, &problem));
        QCOMPARE(value.toObject().value(u"a"_s).toArray().size(), 1);
        QVERIFY(!readFieldText(json, u"{\"a\": "_s, &value, &problem));
        QVERIFY(problem.startsWith(u"This is not JSON"_s));
        problem.clear();
        QVERIFY(!readFieldText(json, u"1, 2"_s, &value, &problem));
    }

    void choosesButtons()
    {
        QVERIFY(answerShape({}).isWords);
        const AnswerShape confirmation = answerShape({.reason = u"confirmation"_s});
        QCOMPARE(confirmation.buttons.size(), size_t(2));
        QCOMPARE(confirmation.buttons[0].words, u"Approve"_s);
        QCOMPARE(answerOf(confirmation, confirmation.buttons[1], {}), QJsonValue(false));

        const AnswerShape approval = answerShape(
            {.schema =
                 u"{\"type\":\"object\",\"properties\":{\"approved\":{\"type\":\"boolean\"},\"note\":{\"type\":\"string\"}},\"required\":[\"approved\"]}"_s});
        QCOMPARE(approval.member, u"approved"_s);
        QVERIFY(approval.form && approval.form->fields.size() == 1);
        const QJsonObject expected{{u"approved"_s, true}, {u"note"_s, u"n"_s}};
        QCOMPARE(answerOf(approval, approval.buttons[0], QJsonObject{{u"note"_s, u"n"_s}}),
                 QJsonValue(expected));

        const AnswerShape decision =
            answerShape({.schema = u"{\"type\":\"string\",\"enum\":[\"approve\",\"reject\",\"later\"]}"_s});
        QCOMPARE(decision.buttons.size(), size_t(3));
        const AnswerShape form = answerShape(
            {.schema =
                 u"{\"type\":\"object\",\"properties\":{\"sure\":{\"type\":\"boolean\"},\"why\":{\"type\":\"string\"}},\"required\":[\"sure\",\"why\"]}"_s});
        QVERIFY(form.buttons.empty() && form.form);
    }

    void putsAnAnswerInWords()
    {
        const SchemaField form = readSchema(
            R"({"type":"object","properties":{"name":{"type":"string"},"room":{"oneOf":[{"const":"d","title":"Double"}]},"late":{"type":"boolean"},"tags":{"type":"array","items":{"type":"string"}}}})");
        const QJsonObject value{{u"name"_s, u"*Ann*"_s},
                                {u"room"_s, u"d"_s},
                                {u"late"_s, true},
                                {u"tags"_s, QJsonArray{u"a"_s, u"b"_s}}};
        QCOMPARE(answerWords(form, value),
                 u"- **Name:** \\*Ann\\*\n- **Room:** Double\n- **Late:** Yes\n- **Tags:** \n  - a\n  - b"_s);
    }
};

QTEST_APPLESS_MAIN(TestSchemaField)
#include "tst_schemafield.moc"
