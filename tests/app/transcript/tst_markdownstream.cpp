// SPDX-License-Identifier: Apache-2.0
#include "transcript/markdownstream.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

class MarkdownStreamTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void setsInlineStyles()
    {
        const auto blocks = markdownBlocks(u"a **b** *c* `d` ~~e~~ [f](https://x.test/)"_s);
        QCOMPARE(blocks.size(), 1U);
        QCOMPARE(blocks[0].texts[0].text, u"a b c d e f"_s);
        QList<int> styles;
        for (const TextRun &run : blocks[0].texts[0].runs)
            styles.append(run.style);
        QCOMPARE(styles, (QList<int>{BoldRun, ItalicRun, CodeRun, StrikeRun, LinkRun}));
        QCOMPARE(blocks[0].texts[0].runs.back().url, u"https://x.test/"_s);
    }

    void showsHtmlAsTextAndImagesAsLinks()
    {
        const auto blocks = markdownBlocks(u"<script>x</script>\n\nsee ![a cat](https://x.test/cat.png)"_s);
        QCOMPARE(blocks.size(), 2U);
        QCOMPARE(blocks[0].texts[0].text, u"<script>x</script>"_s);
        QCOMPARE(blocks[1].texts[0].text, u"see a cat"_s);
        QCOMPARE(blocks[1].texts[0].runs[0].url, u"https://x.test/cat.png"_s);
    }

    void flattensListsAndTables()
    {
        const auto blocks = markdownBlocks(u"3. a\n   - b\n- [x] c\n\n> q\n\n|h|n|\n|-|-:|\n|a|1|\n"_s);
        QCOMPARE(blocks.size(), 5U);
        QCOMPARE(blocks[0].marker, u"3."_s);
        QCOMPARE(blocks[1].listDepth, 2);
        QCOMPARE(blocks[2].task, TaskMark::Done);
        QCOMPARE(blocks[3].quoteDepth, 1);
        QCOMPARE(blocks[4].columns, 2);
        QCOMPARE(blocks[4].alignments.value(1), CellAlignment::Right);
        QCOMPARE(blocks[4].texts[3].text, u"1"_s);
    }

    void everyPrefixEndsAsTheWhole_data()
    {
        QTest::addColumn<QString>("source");
        QString mix = u"# Title\n\nSome **bold** words\nand `code` here.\n\n"_s;
        mix +=
            u"- one\n- two\n  more\n- three\n- four\n- five\n- six\n\nAfter.\n\n> quoted\n> again\n\n---\n\n"_s;
        mix +=
            u"1. a\n2. b\n3. c\n4. d\n5. e\n6. f\n\nfoo\na|b\n-|-x\n\nfoo\na|b\n-|-\n1|2\n\nTitle\n===\nend"_s;
        QTest::newRow("mix") << mix;
        QString fence = u"before\n\n```cpp\n"_s;
        for (int i = 0; i < 60; ++i)
            fence += u"    line %1;\n"_s.arg(i) + (i % 9 == 0 ? u"\n"_s : QString());
        QTest::newRow("closed fence") << fence + u"```\n\nafter *it*\n\n~~~\nx\n~~~\n"_s;
        QTest::newRow("open fence") << fence;
        QString table = u"|a|b|\n|-|-:|\n"_s;
        for (int i = 0; i < 40; ++i)
            table += u"| r%1 | **%2** |\n"_s.arg(i).arg(i * 3);
        QTest::newRow("table") << table + u"\nafter\n"_s;
        QString list;
        for (int i = 0; i < 40; ++i)
            list += u"%1. item\n   - sub\n\n   par\n"_s.arg(i + 1);
        QTest::newRow("list") << list + u"\nafter\n"_s;
        QString ones;
        for (int i = 0; i < 12; ++i)
            ones += u"1. item %1\n"_s.arg(i);
        QTest::newRow("all ones") << ones;
        QString words;
        for (int i = 0; i < 55; ++i)
            words +=
                u"word %1 **bold text %1**,\nsome `code *x* %1` and [a link](https://x.test/%1) [1] "_s.arg(
                    i);
        QTest::newRow("paragraph") << words + u"end\n\nafter\n"_s;
        QTest::newRow("paragraph that becomes a heading") << words + u"end\n===\n\nafter\n"_s;
        QTest::newRow("paragraph that becomes a table") << words + u"\na | b\n-|-\n1|2\n"_s;
        QTest::newRow("open mark") << QString(words).replace(u"word 3 "_s, u"word `3 "_s) + u"x` y"_s;
        QTest::newRow("paragraphs") << QString(words + u"\n\n"_s).repeated(2);
    }

    void everyPrefixEndsAsTheWhole()
    {
        QFETCH(QString, source);
        // Every character where that is quick; long texts are cut at odd places too.
        for (const int step : {source.size() > 2500 ? 5 : 1, 4, 37}) {
            MarkdownStream stream;
            std::vector<Block> closed;
            for (int end = step; end < source.size() + step; end += step) {
                stream.setSource(source.left(end));
                QVERIFY(size_t(stream.closedCount()) >= closed.size());
                for (size_t i = 0; i < closed.size(); ++i)
                    QVERIFY2(stream.blocks()[i] == closed[i],
                             qPrintable(u"block %1 at %2"_s.arg(i).arg(end)));
                closed.assign(stream.blocks().begin(), stream.blocks().begin() + stream.closedCount());
            }
            const std::vector<Block> streamed = stream.blocks();
            const std::vector<Block> whole = markdownBlocks(source);
            QCOMPARE(streamed.size(), whole.size());
            for (size_t i = 0; i < whole.size(); ++i)
                QVERIFY2(streamed[i] == whole[i],
                         qPrintable(u"step %1 block %2: %3 / %4"_s.arg(step).arg(i).arg(
                             plainText(streamed[i]), plainText(whole[i]))));
            QCOMPARE(stream.finish(), int(whole.size()));
        }
    }

    void aLongParagraphIsReadOnlyAtItsEnd()
    {
        MarkdownStream stream;
        QString source;
        qsizetype most = 0;
        while (source.size() < 80'000) {
            source += u"Some *plain* words with a [link](https://x.test) and `code` in one line. "_s;
            stream.setSource(source);
            most = std::max(most, stream.openLength());
        }
        QVERIFY2(most < 4'000, qPrintable(QString::number(most)));
        QCOMPARE(stream.blocks().size(), 1U);
        QVERIFY(stream.blocks() == markdownBlocks(source));
    }

    void startsAgainWhenTheTextIsReplaced()
    {
        MarkdownStream stream;
        stream.setSource(u"one\n\ntwo\n\nthree"_s);
        QCOMPARE(stream.setSource(u"redacted"_s), 0);
        QCOMPARE(stream.blocks().size(), 1U);
        QCOMPARE(stream.blocks()[0].texts[0].text, u"redacted"_s);
    }
};

QTEST_APPLESS_MAIN(MarkdownStreamTest)
#include "tst_markdownstream.moc"
