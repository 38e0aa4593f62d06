// SPDX-License-Identifier: Apache-2.0
#include "support/nodeserver.h"
#include "wire/jsonpatch.h"

#include <QTest>

using namespace Parlance;

namespace {

//! What a patch makes of a value, both JSON; "refused" if it cannot be applied.
QByteArray after(const QByteArray &value, const QByteArray &patch)
{
    Json first;
    Json second;
    const auto result = patched(JsonNode::of(first.parse(value)), second.parse(patch));
    return result ? result->compact() : QByteArray("refused");
}

} // namespace

//! Patches of RFC 6902, with its own examples and a reference beside us.
class TestJsonPatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void patches_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("patch");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const char *value, const char *patch, const char *expected) {
            QTest::newRow(name) << QByteArray(value) << QByteArray(patch) << QByteArray(expected);
        };
        row("A.1", R"({"foo":"bar"})", R"([{"op":"add","path":"/baz","value":"qux"}])",
            R"({"foo":"bar","baz":"qux"})");
        row("A.2", R"({"foo":["bar","baz"]})", R"([{"op":"add","path":"/foo/1","value":"qux"}])",
            R"({"foo":["bar","qux","baz"]})");
        row("A.3", R"({"baz":"qux","foo":"bar"})", R"([{"op":"remove","path":"/baz"}])", R"({"foo":"bar"})");
        row("A.4", R"({"foo":["bar","qux","baz"]})", R"([{"op":"remove","path":"/foo/1"}])",
            R"({"foo":["bar","baz"]})");
        row("A.5", R"({"baz":"qux","foo":"bar"})", R"([{"op":"replace","path":"/baz","value":"boo"}])",
            R"({"baz":"boo","foo":"bar"})");
        row("A.6", R"({"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}})",
            R"([{"op":"move","from":"/foo/waldo","path":"/qux/thud"}])",
            R"({"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}})");
        row("A.7", R"({"foo":["all","grass","cows","eat"]})",
            R"([{"op":"move","from":"/foo/1","path":"/foo/3"}])", R"({"foo":["all","cows","eat","grass"]})");
        row("A.8", R"({"baz":"qux","foo":["a",2,"c"]})",
            R"([{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2.0}])",
            R"({"baz":"qux","foo":["a",2,"c"]})");
        row("A.9", R"({"baz":"qux"})", R"([{"op":"test","path":"/baz","value":"bar"}])", "refused");
        row("A.12", R"({"foo":"bar"})", R"([{"op":"add","path":"/baz/bat","value":"qux"}])", "refused");
        row("A.14", R"({"/":9,"~1":10})", R"([{"op":"test","path":"/~01","value":10}])",
            R"({"/":9,"~1":10})");
        row("A.15", R"({"/":9,"~1":10})", R"([{"op":"test","path":"/~01","value":"10"}])", "refused");
        row("A.16", R"({"foo":["bar"]})", R"([{"op":"add","path":"/foo/-","value":["abc","def"]}])",
            R"({"foo":["bar",["abc","def"]]})");
        row("the whole", R"({"a":1})", R"([{"op":"replace","path":"","value":[1]}])", "[1]");
        row("null is a value", R"({"a":1})", R"([{"op":"add","path":"/a","value":null}])", R"({"a":null})");
        row("no value", R"({"a":1})", R"([{"op":"add","path":"/a"}])", "refused");
        row("all or nothing", R"({"a":1})",
            R"([{"op":"replace","path":"/a","value":2},{"op":"remove","path":"/b"}])", "refused");
        row("into itself", R"({"a":{"b":1}})", R"([{"op":"move","from":"/a","path":"/a/b"}])", "refused");
        row("leading zero", R"([1,2])", R"([{"op":"remove","path":"/01"}])", "refused");
        row("past the end", R"([1,2])", R"([{"op":"add","path":"/3","value":1}])", "refused");
        row("no operation of that name", R"({"a":1})", R"([{"op":"merge","path":"/a","value":1}])",
            "refused");
        row("no array", R"({"a":1})", R"({"op":"remove","path":"/a"})", "refused");
        row("large numbers keep their digits", R"({"n":12345678901234567890})",
            R"([{"op":"copy","from":"/n","path":"/m"}])",
            R"({"n":12345678901234567890,"m":12345678901234567890})");
    }
    void patches()
    {
        QFETCH(const QByteArray, value);
        QFETCH(const QByteArray, patch);
        QFETCH(const QByteArray, expected);
        QCOMPARE(after(value, patch), expected);
    }

    void doesNotGrowWithoutEnd()
    {
        // Each copy doubles it.
        QByteArrayList copies;
        QByteArrayList adds;
        QByteArray path;
        for (int i = 0; i < 600; ++i) {
            path += "/a";
            if (i < 60)
                copies.append("{'op':'copy','from':'','path':'/" + QByteArray::number(i) + "'}");
            adds.append("{'op':'add','path':'" + path + "','value':{}}");
        }
        const auto whole = [](const QByteArrayList &operations) -> QByteArray {
            return QByteArray('[' + operations.join(',') + ']').replace('\'', '"');
        };
        QCOMPARE(after(R"({"a":"word"})", whole(copies)), QByteArray("refused"));
        QCOMPARE(after("{}", whole(adds)), QByteArray("refused"));
    }

    void agreesWithTheReference()
    {
        QString error;
        const QByteArray printed = NodeServer::output(QStringLiteral("oracle/jsonpatch.mjs"),
                                                      {QStringLiteral("4000"), QStringLiteral("7")}, &error);
        QVERIFY2(error.isEmpty(), qPrintable(error));
        int applied = 0;
        Json json;
        Json inner;
        for (const QByteArray &line : printed.split('\n')) {
            const JsonValue sample = json.parse(line);
            if (!sample)
                continue;
            const QByteArray document =
                sample.has("document") ? JsonNode::of(sample.find("document")).compact() : QByteArray();
            const QByteArray result = after(document, sample.find("patch").compact());
            const bool isRefused = !sample.has("result");
            QVERIFY2((result == "refused") == isRefused, line.constData());
            if (isRefused)
                continue;
            ++applied;
            const JsonNode expected = JsonNode::of(sample.find("result").find("value"));
            QVERIFY2(isSameJson(JsonNode::of(inner.parse(result)), expected), line.constData());
        }
        QVERIFY(applied > 500);
    }
};

QTEST_GUILESS_MAIN(TestJsonPatch)
#include "tst_jsonpatch.moc"
