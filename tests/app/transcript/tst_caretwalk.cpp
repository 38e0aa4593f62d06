// SPDX-License-Identifier: Apache-2.0
#include "app/transcript/transcriptfixture.h"
#include "transcript/caretwalk.h"

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

constexpr qreal farRight = 100'000;

//! How many lines all the texts of the page are broken into.
int lineCount(TranscriptRows &rows)
{
    int count = 0;
    for (int row = 0; row < rows.count(); ++row) {
        for (const LaidSection &section : rows.layout(row).sections()) {
            for (const LaidBlock &laid : section.blocks) {
                for (size_t i = 0; isSelectable(laid.block.kind) && i < laid.block.texts.size(); ++i)
                    count += laid.boxes[i].flow.lineCount();
            }
        }
    }
    return count;
}

} // namespace

class CaretWalkTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goesThroughEveryLineBothWays_data()
    {
        QTest::addColumn<QString>("markdown");
        QTest::newRow("words") << u"several words that go on and on and are broken "_s.repeated(12);
        QTest::newRow("one long word") << u"unbroken"_s.repeated(90);
        QTest::newRow("no spaces") << u"中文字符測試，日本語の文章。"_s.repeated(40);
        QTest::newRow("right to left") << u"שלום עולם "_s.repeated(60);
        QTest::newRow("one long word, right to left") << u"שלום"_s.repeated(160);
        QTest::newRow("right to left in words") << u"some words שלום עולם and more מרחבא "_s.repeated(25);
        QTest::newRow("characters of many marks") << u"z\u0351\u036b\u0343\u036a\u0302"_s.repeated(200);
        QTest::newRow("one character wider than the page") << QString(u'e' + QString(4000, u'\u0301'));
        QTest::newRow("families") << u"\U0001F468\u200D\U0001F469\u200D\U0001F467"_s.repeated(120);
        QTest::newRow("more than one layout") << u"averyverylongword and some "_s.repeated(400);
        QTest::newRow("hard breaks") << u"one\\\ntwo\\\n\\\nfour"_s;
        QTest::newRow("code") << u"```\n"_s + u"int a;\n\n"_s.repeated(80) + u"\n```"_s;
        QTest::newRow("blocks") << u"# Title\n\n- item one\n- item two\n\n> quoted\n\nlast words"_s;
    }

    void goesThroughEveryLineBothWays()
    {
        QFETCH(QString, markdown);
        // As it came whole, and in pieces as it streams, which cuts it into layouts otherwise.
        for (const bool isStreamed : {false, true}) {
            Fixture fixture({answer(isStreamed ? QString() : markdown, MessageState::Streaming)}, {500, 400});
            for (qsizetype at = 0; isStreamed && at < markdown.size(); at += 37) {
                fixture.type(0, markdown.mid(at, 37));
                fixture.view.showChanges();
            }
            const CaretWalk walk(&fixture.view.rows());
            const int lines = lineCount(fixture.view.rows());
            for (const qreal x : {0.0, 200.0, farRight}) {
                QCOMPARE(linesFrom(walk, *walk.last(), -1, x), lines);
                QCOMPARE(linesFrom(walk, *walk.first(), 1, x), lines);
            }
        }
    }

    // End keeps to its line, however often it is pressed.
    void theEndOfALineIsOnIt()
    {
        for (const QString &words : {u"unbroken"_s.repeated(90), u"中文字符測試，"_s.repeated(60),
                                     u"words and "_s.repeated(60), u"שלום"_s.repeated(160)}) {
            Fixture fixture({answer(words)}, {500, 400});
            const CaretWalk walk(&fixture.view.rows());
            const TextPosition start = *walk.first();
            const TextPosition end = walk.lineEnd(start);
            QVERIFY(end > start);
            QCOMPARE(walk.rect(end).top(), walk.rect(start).top());
            QCOMPARE(walk.lineEnd(end), end);
            QCOMPARE(walk.lineStart(end), start);
            // Nothing but one character is left before the next line.
            const TextPosition below = walk.lineStart(*walk.below(start, 0));
            QCOMPARE(*walk.next(end, CaretWalk::Unit::Character), below);
        }
    }

private:
    //! How many lines one comes by; 0 if the way does not lead on.
    static int linesFrom(const CaretWalk &walk, const TextPosition &from, int direction, qreal x)
    {
        TextPosition at = from;
        for (int lines = 1; lines < 100'000; ++lines) {
            const auto next = direction > 0 ? walk.below(at, x) : walk.above(at, x);
            if (!next)
                return lines;
            if (direction > 0 ? *next <= at : *next >= at)
                return 0;
            at = *next;
        }
        return 0;
    }
};

QTEST_MAIN(CaretWalkTest)
#include "tst_caretwalk.moc"
