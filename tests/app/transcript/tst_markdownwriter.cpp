// SPDX-License-Identifier: Apache-2.0
#include "app/transcript/randommarkdown.h"
#include "transcript/markdownstream.h"
#include "transcript/markdownwriter.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

QString described(const std::vector<Block> &blocks)
{
    QString result;
    for (const Block &block : blocks) {
        result += u"kind %1 quote %2 list %3/%4 '%5' %6 "_s.arg(int(block.kind))
                      .arg(block.quoteDepth)
                      .arg(block.listDepth)
                      .arg(block.listsOutsideQuotes, 0, 16)
                      .arg(block.marker, block.label);
        for (const RichText &text : block.texts) {
            result += u'"' + text.text + u'"';
            for (const TextRun &run : text.runs)
                result += u" %1+%2:%3%4"_s.arg(run.start).arg(run.length).arg(run.style).arg(run.url);
        }
        result += u'\n';
    }
    return result;
}

QString difference(const QString &source, const QString &written, const std::vector<Block> &again,
                   const std::vector<Block> &blocks)
{
    return u"%1\n--- written\n%2\n--- read\n%3--- was\n%4"_s.arg(source, written, described(again),
                                                                 described(blocks));
}

} // namespace

class MarkdownWriterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isReadAsTheSame_data()
    {
        QTest::addColumn<QString>("source");
        const auto row = [](const char *name, const QString &source) { QTest::newRow(name) << source; };
        row("a quote in an item",
            u"1. First\n   > quoted\n   >\n   > - in it\n   >   ```py\n   >   def f():\n   >\n"
            "   >       pass\n   >   ```\n2. Second\n\n   goes on\n10. third"_s);
        row("lists in lists", u"- a\n  - b\n    1. c\n\n       d\n\n    e\n- f\n  3. g\n  4) h\n\nafter"_s);
        row("a list at once in a list", u"- - a\n  - b\n- > - c\n- 2. d\n-\n- e\n\n1. -\n   - x"_s);
        row("quotes", u"> a\n> > b\n> >\n> > c\n>\n> d\n\ntext\n\n> - e\n>   > f\n>\n>   g"_s);
        row("tasks", u"- [x] done\n- [ ] open\n\n  more\n- \\[x] no task\n- [x]no"_s);
        row("long numbers", u"100. a\n\n     b\n101. c\n     - d"_s);
        row("headings",
            u"# One #\\#\n## \\# Two `x`\n###### Six **b**\nTitle  \non two lines\n=====\n#\nnext"_s);
        row("code",
            u"```c++ extra\na\n\nb\n```\n\n    indented\n\n````\n```\n````\n\n```\n```\n\n~~~ a`b\nx\n~~~"_s);
        row("tables",
            u"|a|b|c|\n|:-:|-:|-|\n|**x**|`a\\|b`|\\||\n||[l](https://x.test/a%7Cb)|*i* \\\\|\n\n> | q |\n> "
            u"|---|\n> "
            "| 1 |\n\n- | in |\n  |---|\n  | list |"_s);
        row("styles",
            u"**bold *both* bold** ***all*** *a **b*** ~~gone **x**~~ `c` **`d`** _e_**f** **g**_h_ *i*j"_s);
        row("code in words", u"`` a`b `` ` `` ` `` ` `` `  x  ` `` `a` ``"_s);
        row("links",
            u"[a **b** `c`](https://x.test/(a)_b) [d](<https://x.test/a b> \"title\") <https://y.test/> "
            "www.z.test me@x.test [\\[e\\]](f) [](g) [h]() [i](\\(j) https://k.test/a_b*c* !\\[l](m)"_s);
        row("pictures",
            u"![a \\[b\\]](https://x.test/a.png) and ![](data:image/png;base64,AAAA)\n\n- ![c](d)\n\n[![e](f)](g)"_s);
        row("what is no mark",
            u"2\\*3\\*4 a * b snake_case \\_x_ \\# x\n\\- no\n\\> no\n1\\. no\n\\+ no\n\\=\n\\---\n\n\\`x` "
            "&amp;amp; &lt;b> \\[a](b) \\[c\\]: d [1] C:\\dir \\\\* ~x~ \\~~y~~ a\\\nb \\| c\n\\-|-"_s);
        row("at the beginning of a line",
            u"&#32; x\n\n&#35; y\n\n1&#46; z\n\n\\~~~\n\na  \n\\- b  \n\\# c  \n&#43; d\n\n&#9;e"_s);
        row("money and formulas",
            u"It costs $5 and \\$6\\$ but $x_1$, \\(y^2\\) and $$z^2$$.\n\n\\[\na = b\n\\]\n\n- $$\n  \\int "
            u"x\n\n  y\n"
            "  $$\n- `$HOME`, \\$a\\$ and \\$b_1\\$"_s);
        row("footnotes",
            u"One[^1], two[^b] and \\[^c].\n\n[^1]: First\n\n    again `x`\n\n    - list\n[^b]:\n\n[^d]:\n    ```\n    x\n    ```"_s);
        row("HTML",
            u"a <kbd>b</kbd> \\<i>*c*\\</i>\n\n<div>\n  <p>*d*</p>\n</div>\n\n<!-- e\n\nf -->\n\n- <p>\n  *g*\n\n  h\n\na < b > c <- d"_s);
        row("definitions", u"[a]: https://x.test/ \"words\"\n\nsee [b]\n\n[b]: https://y.test/"_s);
        row("breaks", u"a  \nb\\\nc\nd **e  \nf** g"_s);
        row("rules", u"a\n\n---\n\n- b\n\n  ***\n- ***\n\n> ---"_s);
    }

    void isReadAsTheSame()
    {
        QFETCH(QString, source);
        for (const LineBreaks breaks : {LineBreaks::Soft, LineBreaks::Kept}) {
            const std::vector<Block> blocks = markdownBlocks(source, breaks);
            const QString written = markdownOf(blocks);
            const std::vector<Block> again = markdownBlocks(written, breaks);
            if (again != blocks)
                QFAIL(qPrintable(difference(source, written, again, blocks)));
            // Written again it stays as it is.
            QCOMPARE(markdownOf(again), written);
        }
    }

    // Scraps of Markdown in any order: marks that open nothing must come back as words.
    void whateverIsWrittenIsReadAsTheSame()
    {
        for (quint32 seed = 1; seed <= 800; ++seed) {
            Test::Dice dice{seed};
            QString source = Test::randomMarkdown(dice, dice.between(2, 8));
            source.remove(QChar::ByteOrderMark); // the parser drops it at places
            const std::vector<Block> blocks = markdownBlocks(source);
            const QString written = markdownOf(blocks);
            const std::vector<Block> again = markdownBlocks(written);
            if (again != blocks)
                QFAIL(qPrintable(difference(source, written, again, blocks)));
        }
    }
};

QTEST_APPLESS_MAIN(MarkdownWriterTest)
#include "tst_markdownwriter.moc"
