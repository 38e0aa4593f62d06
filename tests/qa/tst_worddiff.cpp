// SPDX-License-Identifier: Apache-2.0
#include "qa/sequencediff.h"
#include "qa/worddiff.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <ctime>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

//! "same [-removed-] {+added+}"
QString told(const TextDiff &diff)
{
    QString text;
    for (const TextPiece &piece : diff.pieces) {
        if (piece.kind == PieceKind::Same)
            text += piece.after;
        else if (piece.kind == PieceKind::Removed)
            text += u"[-"_s + piece.before + u"-]"_s;
        else
            text += u"{+"_s + piece.after + u"+}"_s;
    }
    return text;
}

QString sideOf(const TextDiff &diff, bool isBefore)
{
    QString text;
    for (const TextPiece &piece : diff.pieces)
        text += isBefore ? piece.before : piece.after;
    return text;
}

//! Words in an order that a seed gives, with marks and line ends of Markdown among them.
QString anyText(QRandomGenerator &random, int words, int vocabulary)
{
    static const QStringList between{u" "_s,       u" "_s,  u" "_s,    u"\n"_s,   u"\n\n"_s, u"\n- "_s,
                                     u"\n```\n"_s, u", "_s, u"\n> "_s, u"  \n"_s, u"\n# "_s, u"\n    "_s};
    QString text;
    for (int word = 0; word < words; ++word)
        text += u"w%1"_s.arg(random.bounded(vocabulary)) + between[random.bounded(between.size())];
    return text;
}

//! The length of the shortest edit, by the plain table.
std::size_t shortestEdit(const std::vector<int> &left, const std::vector<int> &right)
{
    std::vector<std::size_t> row(right.size() + 1);
    for (std::size_t at = 0; at <= right.size(); ++at)
        row[at] = at;
    for (std::size_t line = 1; line <= left.size(); ++line) {
        std::size_t diagonal = row[0];
        row[0] = line;
        for (std::size_t at = 1; at <= right.size(); ++at) {
            const std::size_t above = row[at];
            row[at] = left[line - 1] == right[at - 1] ? diagonal : std::min(above, row[at - 1]) + 1;
            diagonal = above;
        }
    }
    return row.back();
}

void checkRuns(const std::vector<SequenceRun> &runs, const std::vector<int> &before,
               const std::vector<int> &after)
{
    std::size_t left = 0;
    std::size_t right = 0;
    for (std::size_t index = 0; index < runs.size(); ++index) {
        const SequenceRun &run = runs[index];
        QCOMPARE_EQ(run.before, left);
        QCOMPARE_EQ(run.after, right);
        QVERIFY(run.beforeCount + run.afterCount > 0);
        QVERIFY(index == 0 || runs[index - 1].isSame != run.isSame);
        if (run.isSame) {
            QCOMPARE_EQ(run.beforeCount, run.afterCount);
            QVERIFY(std::equal(before.begin() + std::ptrdiff_t(left),
                               before.begin() + std::ptrdiff_t(left + run.beforeCount),
                               after.begin() + std::ptrdiff_t(right)));
        }
        left += run.beforeCount;
        right += run.afterCount;
    }
    QCOMPARE_EQ(left, before.size());
    QCOMPARE_EQ(right, after.size());
}

} // namespace

class TestWordDiff : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsWordsApart_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QString &before, const QString &after,
                            const QString &expected) { QTest::newRow(name) << before << after << expected; };
        row("nothing", u""_s, u""_s, u""_s);
        row("same", u"a b"_s, u"a b"_s, u"a b"_s);
        row("a word", u"It ships today."_s, u"It ships tomorrow."_s, u"It ships [-today-]{+tomorrow+}."_s);
        row("a mark", u"Yes."_s, u"Yes!"_s, u"Yes[-.-]{+!+}"_s);
        row("added", u"a c"_s, u"a b c"_s, u"a {+b +}c"_s);
        row("two words in a row", u"the old man"_s, u"the new dog"_s, u"the [-old man-]{+new dog+}"_s);
        row("all", u"a"_s, u"b"_s, u"[-a-]{+b+}"_s);
        row("from nothing", u""_s, u"a b"_s, u"{+a b+}"_s);
        row("Han", u"退款政策"_s, u"退货政策"_s, u"退[-款-]{+货+}政策"_s);
        row("emoji", u"ok 🎉"_s, u"ok 🚀"_s, u"ok [-🎉-]{+🚀+}"_s);
        row("reflowed", u"one two\nthree four"_s, u"one two three\nfour"_s, u"one two three\nfour"_s);
        row("reflowed, with a change", u"one two\nthree four"_s, u"one two three\nfive"_s,
            u"one two three\n[-four-]{+five+}"_s);
    }
    void tellsWordsApart()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QTEST(told(diffWords(before, after)), "expected");
    }

    void knowsWhereALineMeansSomething_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<bool>("isSame");
        const auto row = [](const char *name, const QString &before, const QString &after, bool isSame) {
            QTest::newRow(name) << before << after << isSame;
        };
        row("a paragraph", u"a b c\nd e\n"_s, u"a b\nc d\ne\n"_s, true);
        row("trailing space", u"a b \nc"_s, u"a b\nc"_s, true);
        row("empty lines", u"a\n\n\n\nb"_s, u"a\n\nb"_s, true);
        row("an item", u"- a b\n  c\n- d"_s, u"- a\n  b c\n- d"_s, true);
        row("a quotation", u"> a b\n> c"_s, u"> a\n> b c"_s, true);
        row("two paragraphs", u"a\n\nb"_s, u"a\nb"_s, false);
        row("another item", u"- a\n- b"_s, u"- a - b"_s, false);
        row("a heading", u"# a\nb"_s, u"# a b"_s, false);
        row("a table", u"| a |\n| b |"_s, u"| a | | b |"_s, false);
        row("a hard break", u"a  \nb"_s, u"a\nb"_s, false);
        row("code", u"```\na\nb\n```"_s, u"```\na b\n```"_s, false);
        row("indent in code", u"```\n  a\n```"_s, u"```\n a\n```"_s, false);
        row("code by indent", u"x\n\n    a\n    b"_s, u"x\n\n    a b"_s, false);
        row("out of a quotation", u"> a\n> b"_s, u"> a\n\nb"_s, false);
    }
    void knowsWhereALineMeansSomething()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(bool, isSame);
        const TextDiff diff = diffWords(before, after);
        QVERIFY2(diff.isSame() == isSame, qUtf8Printable(told(diff)));
        QCOMPARE_EQ(sideOf(diff, true), before);
        QCOMPARE_EQ(sideOf(diff, false), after);
    }

    void losesNothingOfEitherText()
    {
        QRandomGenerator random(3);
        for (int round = 0; round < 600; ++round) {
            const int vocabulary = 1 + int(random.bounded(round % 2 == 0 ? 6 : 60));
            const QString before = anyText(random, int(random.bounded(40)), vocabulary);
            const QString after = anyText(random, int(random.bounded(40)), vocabulary);
            const TextDiff diff = diffWords(before, after);
            QCOMPARE_EQ(sideOf(diff, true), before);
            QCOMPARE_EQ(sideOf(diff, false), after);
            QVERIFY(diffWords(before, before).isSame());
            QCOMPARE_EQ(diff.isSame(), diffWords(after, before).isSame());
        }
    }

    void findsTheShortestEditOfShortSequences()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 400; ++round) {
            std::vector<int> before(random.bounded(60));
            std::vector<int> after(random.bounded(60));
            const int kinds = 1 + int(random.bounded(20));
            const auto any = [&] { return int(random.bounded(kinds)); };
            std::ranges::generate(before, any);
            std::ranges::generate(after, any);
            const std::vector<SequenceRun> runs = diffSequences(before, after);
            checkRuns(runs, before, after);
            std::size_t edits = 0;
            for (const SequenceRun &run : runs)
                edits += run.isSame ? 0 : run.beforeCount + run.afterCount;
            QCOMPARE_EQ(edits, shortestEdit(before, after));
        }
    }

    void alignsLongSequences()
    {
        QRandomGenerator random(11);
        for (int round = 0; round < 20; ++round) {
            std::vector<int> before(20'000);
            std::ranges::generate(before, [&] { return int(random.bounded(round % 2 == 0 ? 40 : 4000)); });
            std::vector<int> after = before;
            // A word every thousand is another one, one is new, one is gone.
            for (std::size_t at = 500; at < after.size(); at += 1000) {
                after[at] = 9000;
                after.insert(after.begin() + std::ptrdiff_t(at) + 200, 9001);
                after.erase(after.begin() + std::ptrdiff_t(at) + 400);
            }
            const std::vector<SequenceRun> runs = diffSequences(before, after);
            checkRuns(runs, before, after);
            std::size_t edits = 0;
            for (const SequenceRun &run : runs)
                edits += run.isSame ? 0 : run.beforeCount + run.afterCount;
            QCOMPARE_LE(edits, 20U * 4);
        }
    }

    void comparesLongAnswersQuickly_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QRandomGenerator random(5);
        const auto letters = [](QString text) { return text.left(100'000); };
        const QString prose = letters(anyText(random, 30'000, 3000));
        const QString other = letters(anyText(random, 30'000, 3000));
        const QString few = letters(anyText(random, 30'000, 3));
        const QString fewOther = letters(anyText(random, 30'000, 3));
        QString edited = prose;
        for (qsizetype at = 1000; at < edited.size(); at += 3000)
            edited.insert(at, u" changed here "_s);
        QTest::newRow("a few changes") << prose << edited;
        QTest::newRow("nothing alike") << prose << other;
        QTest::newRow("the same three words") << few << fewOther;
        QTest::newRow("one line") << QString(prose).replace(u'\n', u' ')
                                  << QString(other).replace(u'\n', u' ');
        QTest::newRow("turned around") << prose << QString(prose.mid(50'000) + prose.left(50'000));
        QTest::newRow("one letter") << QString(100'000, u'a') << QString(100'000, u'!');
        QTest::newRow("marks alone") << QString(100'000, u'!')
                                     << QString(99'000, u'!').replace(500, 1, u"?"_s);
        QTest::newRow("spaces and letters") << u"a "_s.repeated(50'000) << u"b "_s.repeated(50'000);
    }
    void comparesLongAnswersQuickly()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        const std::clock_t begin = std::clock();
        const TextDiff diff = diffWords(before, after);
        const auto elapsed = int((std::clock() - begin) * 1000 / CLOCKS_PER_SEC);
        qInfo("%s: %d ms, %zu pieces", QTest::currentDataTag(), elapsed, diff.pieces.size());
        QCOMPARE_EQ(sideOf(diff, true), before);
        QCOMPARE_EQ(sideOf(diff, false), after);
        // Checked loosely, since the build may be a slow one.
        QCOMPARE_LT(elapsed, 1000);
    }
};

QTEST_APPLESS_MAIN(TestWordDiff)
#include "tst_worddiff.moc"
