// SPDX-License-Identifier: Apache-2.0
#include "qa/csvreader.h"
#include "qa/scriptregex.h"
#include "qa/similarity.h"
#include "qa/suitetemplate.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

DataNode variables()
{
    return *readData(u"{\"name\":\"Ada\",\"n\":1.50,\"list\":[\"a\",\"b\"],\"map\":{\"x "
                     u"y\":{\"z\":[7]}},\"empty\":\"\",\"json\":\"{\\\"k\\\":2}\"}");
}

} // namespace

class TestSuiteTemplate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fillsIn_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const QString &text, const QString &expected) {
            QTest::newRow(qUtf8Printable(text)) << text << expected;
        };
        row(u"plain {x} text"_s, u"plain {x} text"_s);
        row(u"{{name}}, {{ name }}!"_s, u"Ada, Ada!"_s);
        row(u"{{n}} {{ list }} {{ map }}"_s, u"1.5 a,b [object Object]"_s);
        row(u"{{ list[1] }} {{ map['x y'].z[0] }}"_s, u"b 7"_s);
        row(u"{{ name | upper | lower }}"_s, u"ada"_s);
        row(u"{{ missing | default('none') }} {{ empty | default('e', true) }}"_s, u"none e"_s);
        row(u"{{ list | join('; ') }} {{ list | length }} {{ list | first }}{{ list | last }}"_s,
            u"a; b 2 ab"_s);
        row(u"{{ map | dump }}"_s, uR"({"x y":{"z":[7]}})"_s);
        row(u"{{ (json | load).k }}"_s, u"2"_s);
        row(u"{{ name | replace('A', 'O') | capitalize }}"_s, u"Oda"_s);
        row(u"{{ 'a\\'b' }} {{ 3 }}"_s, u"a'b 3"_s);
        row(u"a {#- gone -#} b"_s, u"ab"_s);
        row(u"{% raw %}{{ name }}{% endraw %}"_s, u"{{ name }}"_s);
        row(u"a {{- name -}} b"_s, u"aAdab"_s);
        row(u"[{{ missing }}]"_s, u"[]"_s);
    }
    void fillsIn()
    {
        QFETCH(QString, text);
        const RenderedText rendered = renderTemplate(text, variables());
        QCOMPARE_EQ(rendered.problems.join(u' '), QString());
        QTEST(rendered.text, "expected");
    }

    void namesWhatItDoesNotKnow()
    {
        const auto problems = [](const QString &text) -> QString {
            const RenderedText rendered = renderTemplate(text, variables());
            return rendered.problems.join(u' ')
                + (rendered.text == text ? QString() : u" (and changed it)"_s);
        };
        QCOMPARE_EQ(problems(u"{{ a + b }}"_s),
                    u"“{{ a + b }}” is not supported: “+ b” is not understood."_s);
        QCOMPARE_EQ(problems(u"{{ name | shout }}"_s),
                    u"“{{ name | shout }}” is not supported: there is no filter “shout”."_s);
        QCOMPARE_EQ(problems(u"{{ env.HOME }}"_s),
                    u"“{{ env.HOME }}” is not supported: the environment is not read."_s);
        QCOMPARE_EQ(problems(u"{{ name"_s), u"“{{ name” is not closed."_s);
        QCOMPARE_EQ(problems(u"{% for a in b %}"_s),
                    u"“{% for a in b %}” is not supported: statements are not carried out."_s);
        QCOMPARE_EQ(renderTemplate(u"{{ lost }}"_s, variables()).missing, QStringList{u"lost"_s});
    }

    void endsWhateverIsWritten()
    {
        QRandomGenerator random(4);
        const QString letters = u"{{}}%#|.()[]'\"ab-1, \n"_s;
        for (int round = 0; round < 3000; ++round) {
            QString text;
            for (int count = int(random.bounded(30)); count > 0; --count)
                text += letters[random.bounded(letters.size())];
            const RenderedText rendered = renderTemplate(text, variables());
            QVERIFY(rendered.text.size() < 1000);
            readCsv(text);
            scriptRegex(text);
        }
        QVERIFY(!renderTemplate(u"{{"_s + QString(5000, u'(') + u"}}"_s, variables()).problems.isEmpty());
    }

    void readsTables()
    {
        const QString text = u"\uFEFFa,b\r\n\"x, \"\"y\"\"\",\"two\nlines\"\n\n1, \"2\n"_s;
        const Result<std::vector<CsvRow>> rows = readCsv(text);
        QVERIFY(rows);
        QCOMPARE_EQ(*rows,
                    (std::vector<CsvRow>{{1, {u"a"_s, u"b"_s}},
                                         {2, {u"x, \"y\""_s, u"two\nlines"_s}},
                                         {5, {u"1"_s, u" \"2"_s}}}));
        QCOMPARE_EQ(readCsv(u"a,b\n1\n"_s).error().message,
                    u"Line 2 does not have 2 field(s), as the first has."_s);
        QCOMPARE_EQ(readCsv(u"a\nb\n\"c\n"_s).error().message, u"The quote in line 3 is not closed."_s);
        QVERIFY(readCsv({})->empty());
    }

    void readsTheExpressionsOfJavaScript_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isFound");
        const auto row = [](const char *name, const QString &pattern, const QString &text, bool isFound) {
            QTest::newRow(name) << pattern << text << isFound;
        };
        row("end", u"a$"_s, u"a\n"_s, false);
        row("dot", u"a.b"_s, u"a\u2028b"_s, false);
        row("space", u"a\\sb"_s, u"a\u00a0b"_s, true);
        row("no space", u"a\\Sb"_s, u"a\u00a0b"_s, false);
        row("digit", u"^\\d$"_s, u"٣"_s, false);
        row("anything", u"a[^]b"_s, u"a\nb"_s, true);
        row("nothing", u"a[]"_s, u"a"_s, false);
        row("code", u"\\u0041\\x42"_s, u"AB"_s, true);
        row("a bracket in brackets", u"[[:alpha:]"_s, u"["_s, true);
        row("a letter that means nothing", u"\\A\\Q"_s, u"AQ"_s, true);
        row("a name", u"(?<y>\\d)\\k<y>"_s, u"11"_s, true);
        row("looks behind", u"(?<=\\$)\\d+"_s, u"$5"_s, true);
    }
    void readsTheExpressionsOfJavaScript()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, text);
        const Result<QRegularExpression> regex = scriptRegex(pattern);
        QVERIFY2(regex, regex ? "" : qUtf8Printable(regex.error().message));
        QTEST(isFound(*regex, text), "isFound");
    }

    void measuresDistancesWithinABand()
    {
        QRandomGenerator random(8);
        for (int round = 0; round < 2000; ++round) {
            QString texts[2];
            for (QString &text : texts) {
                for (int count = int(random.bounded(12)); count > 0; --count)
                    text += QChar(u'a' + int(random.bounded(3)));
            }
            const qsizetype whole = editDistance(texts[0], texts[1], 100);
            QCOMPARE_EQ(whole, editDistance(texts[1], texts[0], 100));
            QVERIFY(whole <= std::max(texts[0].size(), texts[1].size()));
            QVERIFY(whole >= std::abs(texts[0].size() - texts[1].size()));
            QCOMPARE_EQ(whole == 0, texts[0] == texts[1]);
            for (qsizetype most = 0; most < 12; ++most)
                QCOMPARE_EQ(editDistance(texts[0], texts[1], most), std::min(whole, most + 1));
        }
        QCOMPARE_EQ(editDistance(u"kitten", u"sitting", 9), 3);
        QCOMPARE_EQ(editDistance(u"", u"abc", 9), 3);
    }

    void takesSentencesApart()
    {
        QCOMPARE_EQ(treebankWords(u"Don't say \"no\", it's $5.00..."_s).join(u'|'),
                    u"Do|n't|say|``|no|''|,|it|'s|$|5.00|..."_s);
        QCOMPARE_EQ(treebankWords(u" "_s), QStringList());
    }
};

QTEST_APPLESS_MAIN(TestSuiteTemplate)
#include "tst_suitetemplate.moc"
