// SPDX-License-Identifier: Apache-2.0
#include "core/foldedwords.h"
#include "core/search.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

//! "order* -late [refund policy]": how a question was understood.
QString told(const QString &typed)
{
    QStringList terms;
    for (const SearchTerm &term : parseSearch(typed).terms) {
        QString text = term.words.size() > 1 ? QString(u'[' + term.words.join(u' ') + u']') : term.words[0];
        terms.append((term.isExcluded ? u"-"_s : QString()) + text + (term.isPrefix ? u"*"_s : QString()));
    }
    return terms.join(u' ');
}

//! The text with what was found in brackets.
QString marked(const QString &text, const QString &typed)
{
    QString result = text;
    const std::vector<TextMark> marks = findWords(text, parseSearch(typed));
    for (auto mark = marks.rbegin(); mark != marks.rend(); ++mark) {
        result.insert(mark->end, u']');
        result.insert(mark->begin, u'[');
    }
    return result;
}

} // namespace

class TestSearch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void foldsWords_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        QTest::newRow("case and punctuation")
            << u"Refund, TODAY: get_order()!"_s << u"refund today get order"_s;
        QTest::newRow("accents") << u"Żółć café naïve Straße ÆØÅ"_s << u"zolc cafe naive strasse aeoa"_s;
        QTest::newRow("accents apart") << u"cafe\u0301"_s << u"cafe"_s;
        QTest::newRow("widths") << u"ＡＢＣ１２３ ﬁne"_s << u"abc123 fine"_s;
        QTest::newRow("Greek") << u"Σίσυφος"_s << u"σισυφοσ"_s;
        QTest::newRow("Han") << u"退款政策ok"_s << u"退 款 政 策 ok"_s;
        QTest::newRow("Kana") << u"コーヒー"_s << u"コ ー ヒ ー"_s;
        QTest::newRow("voiced Kana") << u"が"_s << u"か \u3099"_s;
        QTest::newRow("voiced Kana apart") << u"か\u3099"_s << u"か \u3099"_s;
        QTest::newRow("Hangul") << u"환불"_s << u"환 불"_s;
        QTest::newRow("Hangul apart") << u"환불"_s.normalized(QString::NormalizationForm_D) << u"환 불"_s;
        QTest::newRow("Arabic points") << u"كِتَاب"_s << u"كتاب"_s;
        QTest::newRow("soft hyphen") << u"re\u00ADfund"_s << u"refund"_s;
        QTest::newRow("surrogates") << u"𠮷野 𝐀"_s << u"𠮷 野 a"_s;
        QTest::newRow("lone surrogate") << QString(QChar(0xD800)) + u"a"_s << u"a"_s;
        QTest::newRow("emoji") << u"done🎉 5€"_s << u"done \uE0001f389 5 \uE00020ac"_s;
        QTest::newRow("nothing") << u" …!? "_s << QString();
    }
    void foldsWords()
    {
        QFETCH(QString, text);
        QFETCH(QString, words);
        QCOMPARE_EQ(foldedWords(text), words);
    }

    void understandsWhatWasTyped_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("terms");
        QTest::newRow("words") << u"order ref"_s << u"order ref*"_s;
        QTest::newRow("done typing") << u"order ref "_s << u"order ref"_s;
        QTest::newRow("one letter") << u"a"_s << u"a"_s;
        QTest::newRow("phrase") << u"\"refund policy\" x"_s << u"[refund policy] x"_s;
        QTest::newRow("phrase being typed") << u"\"refund pol"_s << u"[refund pol]*"_s;
        QTest::newRow("typographic quotes") << u"„refund policy“"_s << u"[refund policy]"_s;
        QTest::newRow("left out") << u"order -late"_s << u"order -late"_s;
        QTest::newRow("phrase left out") << u"order -\"too late\""_s << u"order -[too late]"_s;
        QTest::newRow("an option") << u"git --force"_s << u"git force*"_s;
        QTest::newRow("a compound") << u"re-open get_order"_s << u"[re open] [get order]*"_s;
        QTest::newRow("CJK") << u"退款"_s << u"[退 款]"_s;
        QTest::newRow("syntax of the index")
            << u"NEAR(a b) OR * ^x:y AND NOT \""_s << u"[near a] b or [x y] and not"_s;
        QTest::newRow("nothing") << u" - \"\" -\" ' ; -- * "_s << QString();
    }
    void understandsWhatWasTyped()
    {
        QFETCH(QString, typed);
        QFETCH(QString, terms);
        QCOMPARE_EQ(told(typed), terms);
    }

    void marksWhatWasFound()
    {
        QCOMPARE_EQ(marked(u"The *Café* of cafés"_s, u"cafe"_s), u"The *[Café]* of [cafés]"_s);
        QCOMPARE_EQ(marked(u"The cafe of cafés"_s, u"cafe "_s), u"The [cafe] of cafés"_s);
        QCOMPARE_EQ(marked(u"a refund **policy**, policy"_s, u"\"refund policy\""_s),
                    u"a [refund **policy]**, policy"_s);
        QCOMPARE_EQ(marked(u"我要退款。退 款"_s, u"退款"_s), u"我要[退款]。[退 款]"_s);
        QCOMPARE_EQ(marked(u"x -late late"_s, u"x -late"_s), u"[x] -late late"_s);
    }

    void wantsEveryTermAndNoneThatIsLeftOut()
    {
        const std::vector<QString> texts{u"the order"_s, u"a refund"_s};
        QVERIFY(matches(texts, parseSearch(u"refund order"_s)));
        QVERIFY(!matches(texts, parseSearch(u"refund late"_s)));
        QVERIFY(!matches(texts, parseSearch(u"order -refund"_s)));
        QVERIFY(!matches(texts, parseSearch(u"\"order a\""_s)));
        QVERIFY(matches(texts, parseSearch(u"-late"_s)));
    }

    void asksOnlyForSomething()
    {
        QVERIFY(!SearchQuestion{.typed = u" \"- "_s}.asks());
        QVERIFY(SearchQuestion{.typed = u"a"_s}.asks());
        QVERIFY(SearchQuestion{.filter = {.isFailedOnly = true}}.asks());
    }

    void cutsWhatIsNoWord()
    {
        const QString data(100'000, u'x');
        QCOMPARE_EQ(foldedWords(data).size(), 64);
        QCOMPARE_EQ(findWords(data, parseSearch(data)).size(), 1U);
    }
};

QTEST_APPLESS_MAIN(TestSearch)
#include "tst_search.moc"
