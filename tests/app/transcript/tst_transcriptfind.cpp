// SPDX-License-Identifier: Apache-2.0
#include "app/transcript/transcriptfixture.h"

#include "transcript/findbar.h"
#include "transcript/markdownparser.h"
#include "transcript/textmatch.h"

#include <QLabel>
#include <QLineEdit>
#include <QRandomGenerator>
#include <QToolButton>

using namespace Parlance;
using namespace Parlance::Test;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(Parlance::FindOptions)

namespace {

QStringList placesOf(const QString &words, const QString &text, const FindOptions &options = {})
{
    QStringList places;
    TextMatch(words, options).eachPlace(text, [&](int begin, int end) {
        places.append(text.mid(begin, end - begin));
    });
    return places;
}

} // namespace

class TranscriptFindTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsWords_data();
    void findsWords();
    void neverSkipsWhatWouldMatch();
    void findsAcrossMarkupInsideAWord();
    void matchesCaseAndWholeWordsWhenAsked();
    void unfoldsWhatAHitIsIn();
    void showsAHitAtTheFarEndOfALongLine();
    void findsInTables();
    void searchesALongConversationInPieces();
    void staysRightWhileItIsStillSearching();
};

void TranscriptFindTest::findsWords_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("text");
    QTest::addColumn<FindOptions>("options");
    QTest::addColumn<QStringList>("places");
    const FindOptions any;
    const FindOptions exact{.matchesCase = true};
    const FindOptions whole{.wholeWords = true};
    QTest::newRow("nothing") << QString() << u"abc"_s << any << QStringList();
    QTest::newRow("any case") << u"ab"_s << u"AB ab Ab"_s << any << QStringList{u"AB"_s, u"ab"_s, u"Ab"_s};
    QTest::newRow("this case") << u"Ab"_s << u"AB ab Ab"_s << exact << QStringList{u"Ab"_s};
    QTest::newRow("not over one another") << u"aa"_s << u"aaaa"_s << any << QStringList{u"aa"_s, u"aa"_s};
    QTest::newRow("accent in the text") << u"cafe"_s << u"le Café"_s << any << QStringList{u"Café"_s};
    QTest::newRow("accent apart") << u"cafe"_s << u"cafe\u0301 x"_s << any << QStringList{u"cafe\u0301"_s};
    QTest::newRow("accent asked for")
        << u"café"_s << u"cafe café cafe\u0301"_s << any << QStringList{u"café"_s, u"cafe\u0301"_s};
    QTest::newRow("German") << u"uber"_s << u"Über"_s << any << QStringList{u"Über"_s};
    QTest::newRow("Cyrillic") << u"ПРИВЕТ"_s << u"привет"_s << any << QStringList{u"привет"_s};
    QTest::newRow("Korean") << u"한"_s << u"한국"_s << any << QStringList{u"한"_s};
    QTest::newRow("beyond the first plane") << u"🦜"_s << u"a🦜b"_s << any << QStringList{u"🦜"_s};
    QTest::newRow("plain words after others") << u"end"_s << u"日本 é end"_s << any << QStringList{u"end"_s};
    QTest::newRow("whole") << u"cat"_s << u"cat concat cat_s (cat)"_s << whole
                           << QStringList{u"cat"_s, u"cat"_s};
    QTest::newRow("whole by an accent") << u"caf"_s << u"café"_s << whole << QStringList();
}

void TranscriptFindTest::findsWords()
{
    QFETCH(const QString, words);
    QFETCH(const QString, text);
    QFETCH(const FindOptions, options);
    QFETCH(const QStringList, places);
    QCOMPARE_EQ(placesOf(words, text, options), places);
}

// The glance at the Markdown saves parsing, and must not save a hit.
void TranscriptFindTest::neverSkipsWhatWouldMatch()
{
    QRandomGenerator random(5);
    const QStringList pieces{u"**"_s,  u"*"_s, u"a"_s, u"b"_s,    u"ab"_s,    u" "_s,     u"`"_s,    u"_"_s,
                             u"\\*"_s, u"é"_s, u"["_s, u"](u)"_s, u"&amp;"_s, u"&#98;"_s, u"\n\n"_s, u"~~"_s};
    for (int i = 0; i < 3000; ++i) {
        QString markdown;
        for (int n = random.bounded(14); n > 0; --n)
            markdown += pieces.at(random.bounded(int(pieces.size())));
        const TextMatch match(u"ab"_s, {});
        bool isThere = false;
        for (const Block &block : markdownBlocks(markdown)) {
            for (const RichText &text : block.texts)
                match.eachPlace(text.text, [&](int, int) { isThere = true; });
        }
        QVERIFY2(!isThere || match.mayMatch(markdown), qPrintable(markdown));
    }
}

void TranscriptFindTest::findsAcrossMarkupInsideAWord()
{
    Fixture fixture({answer(u"an un**believ**able word"_s), answer(u"none"_s)});
    fixture.view.openFind();
    fixture.view.find(u"unbelievable"_s);
    QCOMPARE_EQ(fixture.view.hitCount(), 1);
}

void TranscriptFindTest::matchesCaseAndWholeWordsWhenAsked()
{
    Fixture fixture({answer(u"Cat cat concat"_s)});
    fixture.view.openFind();
    auto *field = fixture.view.findChild<QLineEdit *>(u"findField"_s);
    QTest::keyClicks(field, u"cat"_s);
    QCOMPARE_EQ(fixture.view.hitCount(), 3);
    auto *whole = fixture.view.findChild<QToolButton *>(u"findWholeWords"_s);
    QCOMPARE_EQ(whole->accessibleName(), u"Whole words"_s);
    whole->click();
    QCOMPARE_EQ(fixture.view.hitCount(), 2);
    fixture.view.findChild<QToolButton *>(u"findMatchCase"_s)->click();
    QCOMPARE_EQ(fixture.view.hitCount(), 1);
    QCOMPARE_EQ(fixture.view.findChild<QLabel *>(u"findCount"_s)->text(), u"1 of 1"_s);
}

void TranscriptFindTest::unfoldsWhatAHitIsIn()
{
    Message thinking = answer(u"visible words"_s);
    thinking.parts.insert(thinking.parts.begin(),
                          MessagePart{.content = Reasoning{.text = u"a needle inside"_s}});
    Fixture fixture({thinking, answer(u"a needle outside"_s)});
    QVERIFY(!fixture.view.rowText(0).contains(u"needle"_s));
    fixture.view.openFind();
    fixture.view.find(u"needle"_s);
    QCOMPARE_EQ(fixture.view.hitCount(), 2);
    QCOMPARE_EQ(fixture.view.currentHit(), 0);
    QVERIFY(fixture.view.rowText(0).contains(u"needle"_s));
    // It stays open when one goes on.
    fixture.view.findOn(1);
    QCOMPARE_EQ(fixture.view.currentHit(), 1);
    QVERIFY(fixture.view.rowText(0).contains(u"needle"_s));
    fixture.view.findOn(-1);
    QCOMPARE_EQ(fixture.view.currentHit(), 0);
}

void TranscriptFindTest::showsAHitAtTheFarEndOfALongLine()
{
    Fixture fixture({answer(u"```\n"_s + QString(400, u'x') + u" needle\n```"_s)});
    fixture.view.openFind();
    fixture.view.find(u"needle"_s);
    QCOMPARE_EQ(fixture.view.hitCount(), 1);
    const TextPosition at = fixture.view.finder().hits()[0].begin;
    QVERIFY(fixture.view.blockAt(at)->side.offset > 0);
    QVERIFY(QRectF(fixture.view.viewport()->rect()).contains(fixture.view.caretRect(at)));
}

void TranscriptFindTest::findsInTables()
{
    Fixture fixture({answer(u"| a | b |\n|---|---|\n| one | needle |\n| needle | two |"_s)});
    fixture.view.openFind();
    fixture.view.find(u"needle"_s);
    QCOMPARE_EQ(fixture.view.hitCount(), 2);
    QVERIFY(fixture.view.finder().hits()[0].begin.box < fixture.view.finder().hits()[1].begin.box);
}

void TranscriptFindTest::searchesALongConversationInPieces()
{
    constexpr int count = 6000;
    Fixture fixture(longConversation(count));
    fixture.view.openFind();
    // From the middle on, and round.
    fixture.bar()->setValue(fixture.bar()->maximum() / 2);
    const int seen = fixture.view.rows().rowAt(fixture.bar()->value());
    const qint64 before = fixture.view.finder().searchedBlocks();
    fixture.view.findChild<QLineEdit *>(u"findField"_s)->setText(u"a"_s);
    // What one press of a key costs is a part of the whole.
    QVERIFY(fixture.view.finder().isSearching());
    const qint64 atOnce = fixture.view.finder().searchedBlocks() - before;
    QVERIFY(fixture.view.currentHit() >= 0);
    QVERIFY(fixture.view.finder().hits()[size_t(fixture.view.currentHit())].begin.row >= seen);
    const auto chosen = fixture.view.finder().hits()[size_t(fixture.view.currentHit())].begin;
    QVERIFY(fixture.view.findChild<QLabel *>(u"findCount"_s)->text().endsWith(u'…'));
    QTRY_VERIFY_WITH_TIMEOUT(!fixture.view.finder().isSearching(), longWait);
    const qint64 all = fixture.view.finder().searchedBlocks() - before;
    QVERIFY2(atOnce * 4 < all, qPrintable(u"%1 of %2"_s.arg(atOnce).arg(all)));
    QVERIFY(std::ranges::is_sorted(fixture.view.finder().hits(), {}, &TextRange::begin));
    QCOMPARE_EQ(fixture.view.finder().hits()[size_t(fixture.view.currentHit())].begin, chosen);
    // As many as a search of each message alone.
    int expected = 0;
    const TextMatch match(u"a"_s, {});
    for (int row = 0; row < count; ++row) {
        for (const Block &block : markdownBlocks(fixture.messages.at(row).text())) {
            for (const RichText &text : block.texts)
                match.eachPlace(text.text, [&](int, int) { ++expected; });
        }
    }
    QCOMPARE_EQ(fixture.view.hitCount(), expected);
}

void TranscriptFindTest::staysRightWhileItIsStillSearching()
{
    Fixture fixture(longConversation(4000));
    fixture.view.openFind();
    fixture.bar()->setValue(0);
    fixture.view.find(u"question"_s);
    QVERIFY(fixture.view.finder().isSearching());
    fixture.messages.insert(1, userMessage(u"Question in between"_s));
    fixture.messages.remove(3);
    fixture.messages.append(userMessage(u"Question at the end"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!fixture.view.finder().isSearching(), longWait);
    int expected = 0;
    for (int row = 0; row < fixture.messages.count(); ++row)
        expected += int(fixture.messages.at(row).text().count(u"question"_s, Qt::CaseInsensitive));
    QCOMPARE_EQ(fixture.view.hitCount(), expected);
    QVERIFY(std::ranges::is_sorted(fixture.view.finder().hits(), {}, &TextRange::begin));
}

QTEST_MAIN(TranscriptFindTest)
#include "tst_transcriptfind.moc"
