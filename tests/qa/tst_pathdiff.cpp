// SPDX-License-Identifier: Apache-2.0
#include "qa/datadiff.h"
#include "qa/toolpathdiff.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

//! "search(1)=x get_order(2)": calls with arguments and results.
std::vector<ToolStep> path(const QString &text)
{
    std::vector<ToolStep> tools;
    for (const QString &call : text.split(u' ', Qt::SkipEmptyParts)) {
        const QString result = call.section(u'=', 1);
        const QString name = call.section(u'(', 0, 0);
        const QString argument = call.section(u'(', 1).section(u')', 0, 0);
        tools.push_back({.name = name,
                         .arguments = u"{\"a\": %1}"_s.arg(argument.isEmpty() ? u"0"_s : argument),
                         .result = result,
                         .hasResult = !result.isEmpty()});
    }
    return tools;
}

QString told(const std::vector<ToolPair> &pairs, const std::vector<ToolStep> &before,
             const std::vector<ToolStep> &after)
{
    static const QHash<ToolChange, QString> marks{{ToolChange::Same, u"="_s},
                                                  {ToolChange::Added, u"+"_s},
                                                  {ToolChange::Missing, u"-"_s},
                                                  {ToolChange::Moved, u"~"_s},
                                                  {ToolChange::OtherArguments, u"?"_s}};
    QStringList words;
    for (const ToolPair &pair : pairs) {
        const ToolStep &step = pair.after ? after[*pair.after] : before[*pair.before];
        words.append(marks.value(pair.change) + step.name + (pair.hasOtherResult ? u"!"_s : QString()));
    }
    return words.join(u' ');
}

QString differences(const QString &before, const QString &after)
{
    static const QHash<DataChange, QString> marks{
        {DataChange::Added, u"+"_s}, {DataChange::Missing, u"-"_s}, {DataChange::Changed, u"?"_s}};
    QStringList lines;
    for (const DataDifference &one : diffData(*readData(before), *readData(after))) {
        QString values = one.before + one.after;
        if (one.change == DataChange::Changed)
            values = one.before + u"→"_s + one.after;
        lines.append(marks.value(one.change) + one.path + u" "_s + values);
    }
    return lines.join(u'\n');
}

QString anyJson(QRandomGenerator &random, int depth = 0)
{
    const int kind = int(random.bounded(depth > 3 ? 3 : 6));
    if (kind < 3)
        return kind == 0 ? QString::number(random.bounded(4)) : kind == 1 ? u"\"s\""_s : u"null"_s;
    QStringList items;
    for (int index = int(random.bounded(4)); index > 0; --index)
        items.append((kind > 3 ? u"\"k%1\":"_s.arg(index) : QString()) + anyJson(random, depth + 1));
    return kind > 3 ? QString(u"{"_s + items.join(u',') + u"}"_s)
                    : QString(u"["_s + items.join(u',') + u"]"_s);
}

} // namespace

class TestPathDiff : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void alignsToolPaths_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QString &before, const QString &after,
                            const QString &expected) { QTest::newRow(name) << before << after << expected; };
        row("same", u"a(1)=x b"_s, u"a(1.0)=x b"_s, u"=a =b"_s);
        row("added", u"a b"_s, u"a c b"_s, u"=a +c =b"_s);
        row("missing", u"a c b"_s, u"a b"_s, u"=a -c =b"_s);
        row("moved", u"a(1) b(2)"_s, u"b(2) a(1)"_s, u"=b ~a"_s);
        row("other arguments", u"a(1) b"_s, u"a(2) b"_s, u"?a =b"_s);
        row("other result", u"a(1)=x"_s, u"a(1)=y"_s, u"=a!"_s);
        row("a result alike", u"a(1)={\"n\":1.0,\"m\":2}"_s, u"a(1)={\"m\":2,\"n\":1}"_s, u"=a"_s);
        row("another tool", u"a b c"_s, u"a d c"_s, u"=a +d -b =c"_s);
        row("called again", u"a(1)"_s, u"a(1) a(1)"_s, u"=a +a"_s);
        row("from nothing", u""_s, u"a"_s, u"+a"_s);
        row("to nothing", u"a b"_s, u""_s, u"-a -b"_s);
        row("moved, with another result", u"a(1)=x b(2)=z"_s, u"b(2)=z a(1)=y"_s, u"=b ~a!"_s);
    }
    void alignsToolPaths()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        const auto left = path(before);
        const auto right = path(after);
        QTEST(told(diffToolPaths(left, right), left, right), "expected");
    }

    void namesEveryCallOnce()
    {
        QRandomGenerator random(2);
        for (int round = 0; round < 500; ++round) {
            QStringList words[2];
            for (QStringList &list : words) {
                for (int count = int(random.bounded(12)); count > 0; --count)
                    list.append(u"t%1(%2)"_s.arg(random.bounded(4)).arg(random.bounded(3)));
            }
            const auto before = path(words[0].join(u' '));
            const auto after = path(words[1].join(u' '));
            const std::vector<ToolPair> pairs = diffToolPaths(before, after);
            std::vector<std::size_t> left;
            std::vector<std::size_t> right;
            for (const ToolPair &pair : pairs) {
                QVERIFY(pair.before || pair.after);
                QCOMPARE_EQ(pair.before.has_value(), pair.change != ToolChange::Added);
                QCOMPARE_EQ(pair.after.has_value(), pair.change != ToolChange::Missing);
                if (pair.before)
                    left.push_back(*pair.before);
                if (pair.after)
                    right.push_back(*pair.after);
                if (pair.before && pair.after)
                    QCOMPARE_EQ(before[*pair.before].name, after[*pair.after].name);
            }
            QVERIFY(std::ranges::is_sorted(right));
            std::ranges::sort(left);
            QCOMPARE_EQ(left.size(), before.size());
            QCOMPARE_EQ(right.size(), after.size());
            QVERIFY(std::ranges::adjacent_find(left) == left.end());
            QVERIFY(std::ranges::adjacent_find(right) == right.end());
            const auto isDifferent = [](const ToolPair &pair) { return pair.isDifferent(); };
            QVERIFY(std::ranges::none_of(diffToolPaths(before, before), isDifferent));
        }
    }

    void comparesJsonByStructure_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QString &before, const QString &after,
                            const QString &expected) { QTest::newRow(name) << before << after << expected; };
        row("order and zeros", uR"({"a":1.10,"b":[]})"_s, uR"({ "b" : [], "a" : 1.1 })"_s, QString());
        row("a value", uR"({"a":{"b":1}})"_s, uR"({"a":{"b":"1"}})"_s, u"?$.a.b 1→\"1\""_s);
        row("long numbers", u"[9007199254740992]"_s, u"[9007199254740993]"_s,
            u"?$[0] 9007199254740992→9007199254740993"_s);
        row("members", uR"({"a":1,"x y":2})"_s, uR"({"b":1.50})"_s, u"+$.b 1.50\n-$.a 1\n-$['x y'] 2"_s);
        row("an item in between", u"[1,2,3]"_s, u"[1,5,2,3]"_s, u"+$[1] 5"_s);
        row("an item less", u"[{\"i\":1},{\"i\":2},{\"i\":3}]"_s, u"[{\"i\":1},{\"i\":3}]"_s,
            u"-$[1] {\"i\":2}"_s);
        row("within an item", u"[{\"i\":1,\"n\":1},{\"i\":2}]"_s, u"[{\"i\":1,\"n\":2},{\"i\":2}]"_s,
            u"?$[0].n 1→2"_s);
        row("another kind", u"[]"_s, u"{}"_s, u"?$ []→{}"_s);
        row("null and gone", uR"({"a":null})"_s, u"{}"_s, u"-$.a null"_s);
    }
    void comparesJsonByStructure()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QTEST(differences(before, after), "expected");
    }

    void findsNoDifferenceWhereTheMeaningIsTheSame()
    {
        QRandomGenerator random(9);
        for (int round = 0; round < 800; ++round) {
            const QString before = anyJson(random);
            const QString after = anyJson(random);
            const DataNode left = *readData(before);
            const DataNode right = *readData(after);
            QCOMPARE_EQ(diffData(left, right).empty(), meansTheSame(left, right));
            QCOMPARE_EQ(canonicalJson(left) == canonicalJson(right), meansTheSame(left, right));
            QVERIFY(diffData(left, left).empty());
        }
    }
};

QTEST_APPLESS_MAIN(TestPathDiff)
#include "tst_pathdiff.moc"
