// SPDX-License-Identifier: Apache-2.0
#include "qa/jsonschema.h"
#include "qa/jsonschemacheck.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView suiteFolder = "/usr/share/json-schema-test-suite/tests/draft7"_L1;

DataNode nodeOf(const QString &json)
{
    return readData(json).value_or(DataNode());
}

QString problem(const QString &schema, const QString &value)
{
    const Result<JsonSchema> read = JsonSchema::read(nodeOf(schema));
    return read ? read->problemWith(nodeOf(value)) : u"! "_s + read.error().message;
}

} // namespace

class TestJsonSchema : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // Debian's json-schema-test-suite, of those who write the standard.
    void conformsToTheStandard()
    {
        // Schemas of other places are not fetched; what is not a keyword is a fault here, as for Ajv in
        // strict mode.
        const QStringList refused{
            u"definitions: valid definition"_s,
            u"definitions: invalid definition"_s,
            u"ref: escaped pointer ref"_s,
            u"ref: remote ref, containing refs itself"_s,
            u"ref: Recursive references between schemas"_s,
        };
        QStringList found;
        int judged = 0;
        for (const QString &name : QDir(suiteFolder).entryList({u"*.json"_s}, QDir::Files)) {
            if (name == "refRemote.json"_L1)
                continue;
            QFile file(suiteFolder + u'/' + name);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const Result<DataNode> groups = readData(QByteArrayView(file.readAll()));
            QVERIFY(groups);
            for (const DataNode &group : groups->items) {
                const QString title = name.chopped(5) + u": "_s + group.member(u"description")->text;
                const Result<JsonSchema> schema = JsonSchema::read(*group.member(u"schema"));
                if (!schema) {
                    found.append(title);
                    if (!refused.contains(title))
                        QFAIL(qUtf8Printable(title + u": "_s + schema.error().message));
                    continue;
                }
                for (const DataNode &test : group.member(u"tests")->items) {
                    const QString problem = schema->problemWith(*test.member(u"data"));
                    const bool isGood = problem.isEmpty() == test.member(u"valid")->isTrue();
                    if (!isGood)
                        QFAIL(qUtf8Printable(title + u": "_s + test.member(u"description")->text + u": "_s
                                             + problem));
                    ++judged;
                }
            }
        }
        QCOMPARE_GT(judged, 390);
        QCOMPARE_EQ(found, refused);
    }

    void namesWhereAValueDoesNotConform()
    {
        const QString schema =
            uR"({"properties":{"items":{"items":{"required":["id"],"additionalProperties":false,)"_s
            + uR"("properties":{"id":{"type":"integer"}}}}},"type":"object"})"_s;
        QCOMPARE_EQ(problem(schema, uR"({"items":[{"id":1}]})"_s), QString());
        QCOMPARE_EQ(problem(schema, uR"({"items":[{"id":1},{"id":1.5}]})"_s),
                    u".items[1].id does not conform to “type”: \"integer\"."_s);
        QCOMPARE_EQ(problem(schema, uR"({"items":[{}]})"_s),
                    u".items[0] does not conform to “required”: [\"id\"]."_s);
        QCOMPARE_EQ(problem(schema, uR"({"items":[{"id":1,"x":2}]})"_s),
                    u".items[0].x should not be there."_s);
        QCOMPARE_EQ(problem(schema, u"[]"_s), u"The value does not conform to “type”: \"object\"."_s);
    }

    void refusesSchemasThatAreBroken_data()
    {
        QTest::addColumn<QString>("schema");
        QTest::addColumn<QString>("message");
        QTest::newRow("misspelt") << uR"({"requird":[]})"_s << u"The schema's “requird” is not known."_s;
        QTest::newRow("inside") << uR"({"properties":{"a":{"typ":"x"}}})"_s
                                << u"The schema's “typ” is not known."_s;
        QTest::newRow("type") << uR"({"type":"text"})"_s << u"The schema's “type” cannot be \"text\"."_s;
        QTest::newRow("count") << uR"({"minItems":-1})"_s << u"The schema's “minItems” cannot be -1."_s;
        QTest::newRow("pattern") << u"{\"pattern\":\"(\"}"_s
                                 << u"“(” is not a regular expression: missing closing parenthesis."_s;
        QTest::newRow("format") << uR"({"format":"fancy"})"_s
                                << u"The schema's format “fancy” is not known."_s;
        QTest::newRow("reference") << uR"({"$ref":"#/definitions/a"})"_s
                                   << u"The schema's reference “#/definitions/a” leads nowhere."_s;
        QTest::newRow("no schema") << u"5"_s << u"A part of the schema is neither a map nor true or false."_s;
    }
    void refusesSchemasThatAreBroken()
    {
        QFETCH(QString, schema);
        const Result<JsonSchema> read = JsonSchema::read(nodeOf(schema));
        QVERIFY(!read);
        QTEST(read.error().message, "message");
    }

    void endsWhereASchemaDoesNot()
    {
        QCOMPARE_EQ(problem(uR"({"$ref":"#"})"_s, u"1"_s), u"The schema leads too far."_s);
        const QString twice = uR"("anyOf":[{"$ref":"#/definitions/a"},{"$ref":"#/definitions/a"}])"_s;
        QVERIFY(!problem(u"{\"definitions\":{\"a\":{%1}},%1}"_s.arg(twice), u"1"_s).isEmpty());
        const QString deep = QString(300, u'[') + QString(300, u']');
        QCOMPARE_EQ(problem(uR"({"items":{"$ref":"#"}})"_s, u"[[[]]]"_s), QString());
        QVERIFY(!problem(uR"({"items":{"$ref":"#"}})"_s, deep).isEmpty());
    }

    void knowsFormats_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("good");
        QTest::addColumn<QString>("bad");
        const auto row = [](const QString &format, const QString &good, const QString &bad) {
            QTest::newRow(qPrintable(format)) << format << good << bad;
        };
        row(u"date"_s, u"2024-02-29"_s, u"2023-02-29"_s);
        row(u"time"_s, u"23:59:60Z"_s, u"24:00:00Z"_s);
        row(u"date-time"_s, u"2024-01-01T10:00:00.5+02:00"_s, u"2024-01-01 10:00"_s);
        row(u"email"_s, u"a.b+c@example.com"_s, u"a@b"_s);
        row(u"hostname"_s, u"a-b.example"_s, u"-a.example"_s);
        row(u"ipv4"_s, u"192.168.0.1"_s, u"256.1.1.1"_s);
        row(u"ipv6"_s, u"fe80::1"_s, u"fe80::1::2"_s);
        row(u"uri"_s, u"https://a.example/b?c#d"_s, u"//a.example"_s);
        row(u"uuid"_s, u"123e4567-e89b-12d3-a456-426614174000"_s, u"123e4567"_s);
        row(u"json-pointer"_s, u"/a~1b/0"_s, u"a"_s);
        row(u"regex"_s, u"^a+$"_s, u"("_s);
        row(u"duration"_s, u"P3DT4H"_s, u"3D"_s);
    }
    void knowsFormats()
    {
        QFETCH(QString, format);
        QFETCH(QString, good);
        QFETCH(QString, bad);
        QVERIFY(isKnownFormat(format));
        QVERIFY(hasFormat(format, good));
        QVERIFY(!hasFormat(format, bad));
    }
};

QTEST_APPLESS_MAIN(TestJsonSchema)
#include "tst_jsonschema.moc"
