// SPDX-License-Identifier: Apache-2.0
#include "highlight/codehighlighter.h"
#include "highlight/languages.h"
#include "highlight/linehighlighter.h"
#include "support/waited.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

QString kindName(CodeWordKind kind)
{
    static const QStringList names =
        u"keyword type function string number comment name added removed"_s.split(u' ');
    return names.at(int(kind));
}

// "keyword:const" for each word, in order.
QStringList printed(const QString &text, const std::vector<CodeWord> &words)
{
    QStringList lines;
    for (const CodeWord &word : words)
        lines.append(kindName(word.kind) % u':' % text.mid(word.start, word.length).trimmed());
    return lines;
}

QStringList highlighted(const QString &language, const QString &text)
{
    Languages languages;
    LineHighlighter highlighter(language, &languages);
    std::vector<CodeWord> words;
    int offset = 0;
    for (const QString &line : text.split(u'\n')) {
        highlighter.addLine(line, offset, words);
        offset += int(line.size()) + 1;
    }
    return printed(text, words);
}

} // namespace

class CodeHighlighterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void namesLanguages()
    {
        QCOMPARE(Languages::named(u"Python"), u"python"_s);
        QCOMPARE(Languages::named(u"py title=\"a.py\""), u"python"_s);
        QCOMPARE(Languages::named(u"{.tsx}"), u"typescript"_s);
        QCOMPARE(Languages::named(u"yml:stack.yml"), u"yaml"_s);
        QCOMPARE(Languages::named(u"C++"), u"cpp"_s);
        QCOMPARE(Languages::named(u""), QString());
        QCOMPARE(Languages::named(u"text"), QString());
        QCOMPARE(Languages::named(u"../../etc/passwd"), QString());
    }

    void knowsWords_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("some");
        const auto row = [](const char *language, const QString &text, const QStringList &some) {
            QTest::newRow(language) << QString::fromLatin1(language).section(u' ', 0, 0) << text << some;
        };
        row("python", u"def f(x):\n    return 'a' # why"_s,
            {u"keyword:def"_s, u"function:f"_s, u"keyword:return"_s, u"string:'a'"_s, u"comment:# why"_s});
        row("python again",
            u"@app.tool\nasync def g(self):\n    yield f'a {x}' # b\n    s = \"\"\"two\nlines\"\"\"\n    match = None"_s,
            {u"keyword:@app.tool"_s, u"keyword:async"_s, u"function:g"_s, u"name:self"_s, u"keyword:yield"_s,
             u"string:f'a"_s, u"name:{x}"_s, u"comment:# b"_s, u"string:\"\"\"two"_s, u"string:lines\"\"\""_s,
             u"keyword:None"_s});
        row("cpp", u"int x = 3; // n"_s, {u"type:int"_s, u"number:3"_s, u"comment:// n"_s});
        row("json", u"{\"a\": 12, \"b\": true}"_s, {u"name:a"_s, u"number:12"_s, u"keyword:true"_s});
        row("sh", u"for f in $x; do echo \"a\"; done"_s, {u"keyword:for"_s, u"name:$x"_s, u"string:\"a\""_s});
        row("diff", u"+new\n-old"_s, {u"added:+new"_s, u"removed:-old"_s});
        row("typescript",
            u"export interface Turn { id: number }\nconst f = async (x?: string) => `a ${x} b`;\nrun<T>(0x1F); // end"_s,
            {u"keyword:export"_s, u"keyword:interface"_s, u"type:Turn"_s, u"type:number"_s,
             u"keyword:const"_s, u"keyword:async"_s, u"type:string"_s, u"string:`a"_s, u"name:${x}"_s,
             u"function:run"_s, u"number:0x1F"_s, u"comment:// end"_s});
        row("yaml", u"# top\nname: \"a # b\"\nitems:\n  - key: 12\n    on: true\nref: *base # end"_s,
            {u"comment:# top"_s, u"name:name"_s, u"string:\"a # b\""_s, u"name:items"_s, u"name:- key"_s,
             u"number:12"_s, u"keyword:true"_s, u"name:*base"_s, u"comment:# end"_s});
        row("toml", u"[tool.x]\na.b = \"c\" # d\nn = 1_000\nwhen = 2026-01-02T03:04:05Z\nok = true"_s,
            {u"type:[tool.x]"_s, u"name:a.b"_s, u"string:\"c\""_s, u"comment:# d"_s, u"number:1_000"_s,
             u"number:2026-01-02T03:04:05Z"_s, u"keyword:true"_s});
        row("kotlin", u"data class Turn(val id: Int)\nfun f(x: String) = \"a $x\" // y"_s,
            {u"keyword:data"_s, u"type:Turn"_s, u"keyword:val"_s, u"type:Int"_s, u"keyword:fun"_s,
             u"function:f"_s, u"type:String"_s, u"string:\"a"_s, u"name:$x"_s, u"comment:// y"_s});
        row("swift", u"@main struct App { func run(n: Int) async throws { print(\"a \\(n)\") } } // y"_s,
            {u"keyword:@main"_s, u"keyword:struct"_s, u"type:App"_s, u"keyword:func"_s, u"function:run"_s,
             u"type:Int"_s, u"keyword:async"_s, u"keyword:throws"_s, u"name:\\(n)"_s, u"comment:// y"_s});
        row("dockerfile",
            u"# top\nFROM --platform=linux/arm64 python:3.12-slim AS base\nRUN pip install \"$X\" \\\n  --no-cache-dir\nEXPOSE 8080"_s,
            {u"comment:# top"_s, u"keyword:FROM"_s, u"type:python:3.12-slim"_s, u"keyword:AS"_s,
             u"type:base"_s, u"keyword:RUN"_s, u"name:$X"_s, u"name:--no-cache-dir"_s, u"keyword:EXPOSE"_s,
             u"number:8080"_s});
    }

    void knowsWords()
    {
        QFETCH(QString, language);
        QFETCH(QString, text);
        QFETCH(QStringList, some);
        const QStringList words = highlighted(language, text);
        qsizetype from = 0;
        for (const QString &word : some) {
            const qsizetype at = words.indexOf(word, from);
            QVERIFY2(at >= 0, qPrintable(word + u" is missing in order in "_s + words.join(u" | "_s)));
            from = at + 1;
        }
    }

    void readsEveryLanguageItNames()
    {
        Languages languages;
        for (const char *fence :
             {"ada",  "awk",    "bat",        "c",      "conf",    "c++",        "c#",     "css",
              "d",    "diff",   "dockerfile", "erlang", "fortran", "go",         "groovy", "haskell",
              "html", "java",   "js",         "json",   "kotlin",  "latex",      "lisp",   "lua",
              "make", "pascal", "perl",       "php",    "prolog",  "properties", "proto",  "py",
              "r",    "ruby",   "rust",       "scala",  "scheme",  "bash",       "sql",    "swift",
              "tcl",  "toml",   "ts",         "vala",   "vim",     "xml",        "yaml"}) {
            const QString language = Languages::named(QString::fromLatin1(fence));
            QVERIFY2(!language.isEmpty(), fence);
            QVERIFY2(LineHighlighter(language, &languages).isUsable(), fence);
        }
        QVERIFY(!LineHighlighter(u"nothing"_s, &languages).isUsable());
    }

    void countsOffsetsInUtf16()
    {
        const QString text = u"größe = \"日本 😀\" # naïve 😀\nreturn 1"_s;
        const QStringList words = highlighted(u"python"_s, text);
        QVERIFY2(words.contains(u"string:\"日本 😀\""_s), qPrintable(words.join(u" | "_s)));
        QVERIFY(words.contains(u"comment:# naïve 😀"_s));
        QVERIFY(words.contains(u"keyword:return"_s));
    }

    void leavesVeryLongLinesPlain()
    {
        const QString text = u"x = '"_s % QString(200'000, u'(') % u"'\nreturn 1"_s;
        QCOMPARE(highlighted(u"python"_s, text), (QStringList{u"keyword:return"_s, u"number:1"_s}));
    }

    void givesAGrowingBlockWhatTheWholeGives()
    {
        QString text;
        for (int i = 0; i < 300; ++i)
            text += i % 7 == 0 ? u"/* open %1\n"_s.arg(i)
                : i % 7 == 3   ? u"done */ int a;\n"_s
                               : u"return f(%1); // x\n"_s.arg(i);
        CodeHighlighter whole;
        CodeKey one = 0;
        QTRY_VERIFY_WITH_TIMEOUT(whole.words(one, u"c++"_s, text, false).covered == text.size(), longWait);
        const std::vector<CodeWord> wanted = whole.words(one, u"c++"_s, text, false).list;
        QVERIFY(wanted.size() > 300);

        CodeHighlighter grown;
        CodeKey number = 0;
        for (qsizetype length = 1; length < text.size(); length += 5)
            grown.words(number, u"c++"_s, text.first(length), true);
        const CodeKey while_ = number;
        QTRY_VERIFY_WITH_TIMEOUT(grown.words(number, u"c++"_s, text, false).covered == text.size(), longWait);
        QCOMPARE(number, while_);
        QVERIFY(grown.words(number, u"c++"_s, text, false).list == wanted);
    }

    void startsAgainWhereTheTextChanged()
    {
        CodeHighlighter highlighter;
        CodeKey number = 0;
        QTRY_VERIFY_WITH_TIMEOUT(highlighter.words(number, u"py"_s, u"return 1\n"_s, true).covered == 9,
                                 longWait);
        const QString other = u"class A:\n    pass\n"_s;
        QCOMPARE(highlighter.words(number, u"py"_s, other, true).covered, 0);
        QTRY_VERIFY_WITH_TIMEOUT(highlighter.words(number, u"py"_s, other, true).covered == other.size(),
                                 longWait);
        QVERIFY(
            printed(other, highlighter.words(number, u"py"_s, other, true).list).contains(u"keyword:pass"_s));
    }

    void remembersBlocksAndForgetsTheOldest()
    {
        CodeHighlighter highlighter;
        highlighter.setLimit(100);
        const QString text = u"return 1\nreturn 2"_s;
        CodeKey first = 0;
        QTRY_VERIFY_WITH_TIMEOUT(highlighter.words(first, u"py"_s, text, false).covered == text.size(),
                                 longWait);
        CodeKey again = 0;
        QCOMPARE(highlighter.words(again, u"py"_s, text, false).covered, int(text.size()));
        QCOMPARE(again, first);
        for (int i = 0; i < 20; ++i) {
            CodeKey number = 0;
            highlighter.words(number, u"py"_s, u"return %1 + 1000"_s.arg(i), false);
        }
        QVERIFY(highlighter.keptCount() < 10);
        CodeKey late = 0;
        QCOMPARE(highlighter.words(late, u"py"_s, text, false).covered, 0);
    }

    void endsInTheMiddleOfWork()
    {
        CodeHighlighter highlighter;
        CodeKey number = 0;
        highlighter.words(number, u"c++"_s, u"int a = f(1);\n"_s.repeated(50'000), false);
        QVERIFY(number != 0);
    }
};

QTEST_MAIN(CodeHighlighterTest)
#include "tst_codehighlighter.moc"
