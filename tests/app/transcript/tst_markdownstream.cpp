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
        QCOMPARE(blocks.size(), 3U);
        QCOMPARE(blocks[2].kind, BlockKind::Image);
        QCOMPARE(blocks[0].texts[0].text, u"<script>x</script>"_s);
        QCOMPARE(blocks[1].texts[0].text, u"see a cat"_s);
        QCOMPARE(blocks[1].texts[0].runs[0].url, u"https://x.test/cat.png"_s);
    }

    void keepsAMarkOfByteOrderWithinAText()
    {
        const QString source = u"one\n\n\uFEFFtwo\n\n\uFEFF\n"_s;
        MarkdownStream stream;
        for (qsizetype length = 1; length <= source.size(); ++length) {
            (void)stream.setSource(source.left(length));
            QCOMPARE(stream.blocks(), markdownBlocks(source.left(length)));
        }
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

    void tellsAQuoteInAListFromAListInAQuote()
    {
        const auto blocks = markdownBlocks(
            u"- a\n  > in one\n  > - b\n  >   > in two\n- > first\n\n> - c\n\n> d\n\n- ```\n  x\n  ```\n"_s);
        const auto lists = [&](const QString &words) {
            const auto block =
                std::ranges::find(blocks, words, [](const Block &one) { return one.texts[0].text; });
            QList<int> result;
            for (int depth = 0; block != blocks.end() && depth < block->quoteDepth; ++depth)
                result.append(block->listsOutsideQuote(depth));
            return result;
        };
        QCOMPARE(lists(u"a"_s), QList<int>());
        QCOMPARE(lists(u"in one"_s), QList<int>{1});
        QCOMPARE(lists(u"b"_s), QList<int>{1});
        QCOMPARE(lists(u"in two"_s), (QList<int>{1, 2}));
        QCOMPARE(lists(u"first"_s), QList<int>{1});
        QCOMPARE(lists(u"c"_s), QList<int>{0});
        QCOMPARE(lists(u"d"_s), QList<int>{0});
        QCOMPARE(lists(u"x"_s), QList<int>());
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
        const QString notes =
            u"One[^1] and two[^b].\n\n[^1]: First\n    more\n\n    a paragraph\n\n"
            "[^b]: Second [^1]\nlazy\n\nAfter.[^c]\n\n- item [^d]\n\n  [^d]: In a list\n- next\n"
            "- next\n- next\n- next\n\n> quoted\n>\n> [^e]: In a quote\n\n[^unused]: Never "
            "called\n\n[^f]:\n\n```\n[^1]: no\n```\n\nend [^1]"_s;
        QTest::newRow("footnotes") << notes;
        QTest::newRow("footnotes and a long paragraph") << notes + u"\n\n"_s + words + u"[^1]\n\n[^z]: z\n"_s;
        QTest::newRow("formulas") << u"Let $a_1$ and $b_2$ be, \\(x_1*y*z\\) too.\n$$\n\\int_0^1 x\\,dx\n\n= "
                                     u"*1*\n$$\nAfter\n\\[\nE=mc^2 \\\\\n"
                                     "\\]\n\n- item\n  $$x_1$$\n- costs $5 and $10\n\n> \\[ y_1 = 2 "
                                     "\\]\n\n$$ a = b\n+ c $$ tail\n\n|a|b|\n|-|-|\n|"
                                     "$x_1$|\\(y_2\\)|\n\n$$\nopen _to_ the end"_s;
        QTest::newRow("formulas in a long paragraph")
            << words + u"with $x_1 + "_s + words + u" y_1$ and \\(z"_s + words + u"\n\nend\n"_s;
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
                if (step == 1)
                    QVERIFY2(stream.blocks() == markdownBlocks(source.left(end)),
                             qPrintable(u"at %1: %2"_s.arg(end).arg(source.left(end).right(60))));
                closed.assign(stream.blocks().begin(), stream.blocks().begin() + stream.closedCount());
            }
            const std::vector<Block> streamed = stream.blocks();
            const std::vector<Block> whole = markdownBlocks(source);
            QCOMPARE(streamed.size(), whole.size());
            for (size_t i = 0; i < whole.size(); ++i)
                QVERIFY2(streamed[i] == whole[i],
                         qPrintable(u"step %1 block %2: %3 / %4"_s.arg(step).arg(i).arg(
                             plainText(streamed[i]), plainText(whole[i]))));
            QCOMPARE(stream.finish(source), int(whole.size()));
        }
    }

    void aDefinitionReachesWordsBeforeAndAfter()
    {
        const QString source = u"See [one][1] and [two].\n\nMore words.\n\n[1]: https://x.test/1\n[two]: "
                               "https://x.test/2\n[three]: https://x.test/3\n[four]: https://x.test/4\n\n"
                               "Again [one][1], [three].\n\nEnd.\n"_s;
        MarkdownStream stream;
        for (int end = 1; end <= source.size(); ++end) {
            stream.setSource(source.left(end));
            if (source[end - 1] == u'\n' && end < source.indexOf(u"Again"_s))
                QVERIFY2(stream.blocks() == markdownBlocks(source.left(end)), qPrintable(source.left(end)));
        }
        // One that was shown is taken out once words refer to it, and not only at the end.
        QCOMPARE(stream.blocks().size(), 5U);
        QCOMPARE(stream.blocks(), markdownBlocks(source));
        stream.finish(source);
        QCOMPARE(stream.blocks().size(), 5U);
        QCOMPARE(stream.blocks()[0].texts[0].runs.at(0).url, u"https://x.test/1"_s);
        // The one that nothing refers to is shown as it was written.
        QCOMPARE(stream.blocks()[2].texts[0].text, u"[four]: https://x.test/4"_s);
        QCOMPARE(stream.blocks()[3].texts[0].runs.at(1).url, u"https://x.test/3"_s);
    }

    void showsEveryFootnoteBelow()
    {
        const auto blocks = markdownBlocks(u"[^2]: second\n\nA[^1] b[^x^].\n\n[^1]: **first**\n\n    more\n\n"
                                           "[^unused]: kept\n\nlast `[^1]` \\[^1] [^1](https://x.test)"_s);
        QStringList texts;
        for (const Block &block : blocks)
            texts.append(block.note % u'|' % block.marker % u'|' % block.texts[0].text);
        QCOMPARE(texts,
                 (QStringList{u"||A1 bx."_s, u"||last [^1] [^1] ^1"_s, u"||"_s, u"2|2.|second"_s,
                              u"1|1.|first"_s, u"1||more"_s, u"unused|unused.|kept"_s}));
        QCOMPARE(blocks[2].kind, BlockKind::Rule);
        const TextRun mark = blocks[0].texts[0].runs.at(0);
        QCOMPARE(int(mark.style), int(NoteRun | LinkRun));
        QCOMPARE(mark.url, u"1"_s);
        QVERIFY(!blocks[4].isNoteEnd && blocks[5].isNoteEnd);
        // A note of code alone has an empty line, for its number and the way back.
        const auto code = markdownBlocks(u"a[^1]\n\n[^1]:\n    ```\n    x\n    ```\n"_s);
        QCOMPARE(code.size(), 4U);
        QCOMPARE(code[2].marker, u"1."_s);
        QVERIFY(code[2].isNoteEnd);
        QCOMPARE(code[3].kind, BlockKind::Code);
    }

    void tellsFormulasFromPrices_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QStringList>("formulas");
        const auto row = [](const char *name, const QString &source, const QString &shown,
                            const QStringList &formulas) {
            QTest::newRow(name) << source << shown << formulas;
        };
        row("inline", u"so $x_1*y*$ holds"_s, u"so x_1*y* holds"_s, {u"x_1*y*"_s});
        row("round", u"so \\( a\\_b \\) holds"_s, u"so a\\_b holds"_s, {u"a\\_b"_s});
        row("square", u"so \\[x^2\\] holds"_s, u"so x^2 holds"_s, {u"x^2"_s});
        row("double", u"so $$x$$ holds"_s, u"so x holds"_s, {u"x"_s});
        row("escaped inside", u"$\\{a\\$b\\}$"_s, u"\\{a\\$b\\}"_s, {u"\\{a\\$b\\}"_s});
        row("in emphasis", u"*a $x*y$ b*"_s, u"a x*y b"_s, {u"x*y"_s});
        row("ordinal", u"the $n$th"_s, u"the nth"_s, {u"n"_s});
        row("prices", u"$5 and $10"_s, u"$5 and $10"_s, {});
        row("prices by", u"$5/month or 10$."_s, u"$5/month or 10$."_s, {});
        row("range", u"US$5-$7, CA$8"_s, u"US$5-$7, CA$8"_s, {});
        row("variables", u"$HOME/$USER and $PATH"_s, u"$HOME/$USER and $PATH"_s, {});
        row("escaped", u"\\$x$ and $y\\$"_s, u"$x$ and $y$"_s, {});
        row("code", u"`$x$` \\(words\\) \\[1\\] `\\(y\\)`"_s, u"$x$ (words) [1] \\(y\\)"_s, {});
        row("link", u"[w](https://x.test/A_\\(b\\))"_s, u"w"_s, {});
    }

    void tellsFormulasFromPrices()
    {
        QFETCH(QString, source);
        QFETCH(QString, shown);
        const auto blocks = markdownBlocks(source);
        QCOMPARE(blocks.size(), 1U);
        const RichText &text = blocks[0].texts[0];
        QCOMPARE(text.text, shown);
        QStringList formulas;
        for (const TextRun &run : text.runs) {
            if (run.style & MathRun)
                formulas.append(text.text.mid(run.start, run.length));
            if (run.style & LinkRun)
                QCOMPARE(run.url, u"https://x.test/A_(b)"_s);
        }
        QTEST(formulas, "formulas");
    }

    void setsDisplayFormulasApart()
    {
        const auto blocks =
            markdownBlocks(u"text\n$$\na_1 \\\\\n*b*\n$$\nmore\n\n\\[ x = 1 \\]\n\n\\[\ny\n\n$$ z^2 $$"_s);
        QStringList texts;
        for (const Block &block : blocks)
            texts.append(block.detail % u'|' % block.texts[0].text);
        QCOMPARE(texts,
                 (QStringList{u"|text"_s, u"$$|a_1 \\\\\n*b*"_s, u"|more"_s, u"\\[|x = 1"_s,
                              u"\\[|y\n\n$$ z^2 $$"_s}));
    }

    void losesNothingThatIsNestedTooDeep()
    {
        const QString source = QString(u"> "_s).repeated(90) + u"deep **words**"_s;
        const auto blocks = markdownBlocks(source);
        QVERIFY(blocks.back().texts[0].text.contains(u"deep"_s));
        QVERIFY(blocks.back().texts[0].text.contains(u"words"_s));
        const QString stars =
            QString(u"*a **b "_s).repeated(90) + u"core"_s + QString(u"** *"_s).repeated(90);
        QVERIFY(markdownBlocks(stars).front().texts[0].text.contains(u"core"_s));
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

    void aVeryLongTextIsReadInPiecesAndEndsAsTheWhole()
    {
        QString source = u"1. first\n2. second with [one](https://x.test)\n\n"_s;
        for (int i = 0; source.size() < 600'000; ++i) {
            source += u"## Part %1\n\nWords with **bold** and `code`[^%1] go on and on.\n\n"_s.arg(i);
            if (i % 50 == 0)
                source += u"| a | b |\n|---|--:|\n"_s + u"| cell | 1 |\n"_s.repeated(40) + u'\n';
            if (i % 90 == 0)
                source += u"```cpp\n"_s + u"int value = 1;\n"_s.repeated(3000) + u"```\n\n"_s;
            source += u"[^%1]: note %1 says more\n\n"_s.arg(i);
        }
        const std::vector<Block> whole = markdownBlocks(source);
        MarkdownStream finished;
        finished.finish(source);
        QVERIFY(finished.blocks() == whole);
        QCOMPARE(finished.finish(source), int(whole.size()));
        MarkdownStream streamed;
        streamed.setSource(source.first(100'000));
        streamed.setSource(source);
        QVERIFY(streamed.blocks() == whole);
    }

    // The parser's time for links in one paragraph grows with the square of its length.
    void aHugeParagraphIsReadToItsEnd()
    {
        const QString source =
            u"Some *plain* words with a [link](https://x.test) in one line. "_s.repeated(16'000);
        MarkdownStream stream;
        stream.finish(source);
        QCOMPARE(stream.blocks().size(), 1U);
        QCOMPARE(stream.blocks()[0].texts[0].text,
                 u"Some plain words with a link in one line. "_s.repeated(16'000).trimmed());
    }

    void startsAgainWhenTheTextIsReplaced()
    {
        MarkdownStream stream;
        stream.setSource(u"one\n\ntwo\n\nthree"_s);
        QCOMPARE(stream.setSource(u"redacted"_s), 0);
        QCOMPARE(stream.blocks().size(), 1U);
        QCOMPARE(stream.blocks()[0].texts[0].text, u"redacted"_s);
    }

    void noticesAnotherBeginningOfALongText()
    {
        const QString rest = u"Words that stay as they are.\n\n"_s.repeated(200);
        MarkdownStream stream;
        stream.setSource(u"first\n\n"_s + rest);
        // A beginning far above is looked at again once more has come, and at the end in any case.
        QString source = u"other\n\n"_s + rest;
        stream.setSource(QString(source + u"more"_s));
        source += u"Some more of them.\n\n"_s.repeated(60);
        stream.setSource(source);
        QVERIFY(stream.blocks() == markdownBlocks(source));
        source.replace(0, 5, u"third"_s);
        stream.finish(source);
        QVERIFY(stream.blocks() == markdownBlocks(source));
    }
};

QTEST_APPLESS_MAIN(MarkdownStreamTest)
#include "tst_markdownstream.moc"
