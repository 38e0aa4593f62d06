// SPDX-License-Identifier: Apache-2.0
#include "app/transcript/fuzzchecks.h"
#include "app/transcript/transcriptfixture.h"

#include "core/search.h"
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
    void searchesALongMessageInPieces_data();
    void searchesALongMessageInPieces();
    void searchesOnWhileALongMessageGrows();
    void staysRightInAStreamWhenTheTextSizeChanges();
    void findsTheSameInPiecesAsInOneGo();
    void searchesByWordsInPieces_data();
    void searchesByWordsInPieces();
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

void TranscriptFindTest::searchesALongMessageInPieces_data()
{
    QTest::addColumn<QString>("markdown");
    QTest::addColumn<QString>("words");
    // None of them fits the length of a piece, so that some stand across the cuts.
    QTest::newRow("many paragraphs") << u"Some needle here.\n\n"_s.repeated(22'000) << u"needle"_s;
    QTest::newRow("one paragraph") << u"needle**needle** "_s.repeated(20'011) << u"needleneedle"_s;
    QTest::newRow("one line of code")
        << u"```\n"_s + u"needle;"_s.repeated(50'000) + u"\n```"_s << u"Needle"_s;
    QTest::newRow("accents") << u"```\n"_s + u"re\u0301sume\u0301!"_s.repeated(30'000) + u"\n```"_s
                             << u"resume"_s;
    QTest::newRow("nowhere") << u"Some needle here.\n\n"_s.repeated(22'000) << u"haystack"_s;
}

void TranscriptFindTest::searchesALongMessageInPieces()
{
    QFETCH(QString, markdown);
    QFETCH(QString, words);
    int expected = 0;
    for (const Block &block : markdownBlocks(markdown)) {
        for (const RichText &text : block.texts)
            TextMatch(words, {}).eachPlace(text.text, [&](int, int) { ++expected; });
    }
    QCOMPARE(expected == 0, words == u"haystack"_s);
    std::vector<Message> messages = longConversation(100);
    messages.insert(messages.begin() + 3, answer(markdown));
    Fixture fixture(messages);
    for (const bool isLaidOut : {false, true}) {
        if (isLaidOut)
            (void)fixture.view.layoutOf(3);
        QCOMPARE(fixture.view.rows().existing(3) != nullptr, isLaidOut);
        fixture.view.find({});
        fixture.view.find(words);
        // It takes more than one piece, and what is not laid out is not parsed here. That it has the words
        // nowhere may be known at once.
        QVERIFY(fixture.view.finder().isSearching() || expected == 0);
        QVERIFY(fixture.view.hitCount() == 0 || fixture.view.hitCount() < expected);
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.view.finder().isSearching(), longWait);
        QCOMPARE(fixture.view.hitCount(), expected);
        const auto &hits = fixture.view.finder().hits();
        QVERIFY(std::ranges::is_sorted(hits, {}, &TextRange::begin));
        for (size_t i = 1; i < hits.size(); ++i)
            QVERIFY(hits[i - 1].end <= hits[i].begin);
        QCOMPARE(fixture.view.currentHit() >= 0, expected > 0);
    }
}

void TranscriptFindTest::searchesOnWhileALongMessageGrows()
{
    Fixture fixture(
        {userMessage(u"go"_s), answer(u"Some needle here.\n\n"_s.repeated(12'000), MessageState::Streaming)});
    fixture.view.showChanges();
    fixture.view.find(u"needle"_s);
    QVERIFY(fixture.view.finder().isSearching());
    for (int i = 0; i < 40; ++i) {
        fixture.type(1, u"more of a needle"_s + (i % 3 == 0 ? u"\n\n"_s : u" "_s));
        fixture.view.showChanges();
        QCoreApplication::sendPostedEvents();
        if (i % 4 == 0)
            fixture.messages.append(userMessage(u"a needle meanwhile"_s));
        if (i == 20)
            QTRY_VERIFY_WITH_TIMEOUT(!fixture.view.finder().isSearching(), longWait);
    }
    QTRY_VERIFY_WITH_TIMEOUT(!fixture.view.finder().isSearching(), longWait);
    QCOMPARE(fixture.view.hitCount(), 12'000 + 40 + 10);
    // Once it was searched, what comes costs what is new.
    const qint64 before = fixture.view.finder().searchedBlocks();
    fixture.type(1, u"and a needle"_s);
    fixture.view.showChanges();
    QVERIFY(!fixture.view.finder().isSearching());
    QVERIFY(fixture.view.finder().searchedBlocks() - before < 10);
    QCOMPARE(fixture.view.hitCount(), 12'000 + 40 + 10 + 1);
    QVERIFY(std::ranges::is_sorted(fixture.view.finder().hits(), {}, &TextRange::begin));
}

void TranscriptFindTest::staysRightInAStreamWhenTheTextSizeChanges()
{
    // Word by word this reads otherwise than at once, until its end comes.
    const QString source = u"[unused]: words\nTitle\n="_s;
    Fixture fixture({userMessage(u"go"_s), answer({}, MessageState::Streaming)});
    fixture.view.find(u"Title"_s);
    for (const QChar letter : source) {
        fixture.type(1, letter);
        fixture.view.showChanges();
    }
    QCOMPARE(fixture.view.hitCount(), 1);
    fixture.theme.setTextSize(133);
    QCOMPARE(findBreach(fixture.view), QString());
    QCoreApplication::sendPostedEvents();
    QCOMPARE(findBreach(fixture.view), QString());
}

void TranscriptFindTest::findsTheSameInPiecesAsInOneGo()
{
    const QString text =
        u"aa\u0301aa Ana banana\u0308na \U0001F44Dana re\u0301sume\u0301 naïve ANANAS "_s.repeated(7);
    for (const QString &words : {u"ana"_s, u"aa"_s, u"e\u0301s"_s, u"resume"_s, u"\U0001F44Da"_s}) {
        for (const FindOptions &options :
             {FindOptions{}, FindOptions{.matchesCase = true}, FindOptions{.wholeWords = true}}) {
            const TextMatch match(words, options);
            std::vector<std::pair<int, int>> whole;
            match.eachPlace(text, [&](int begin, int end) { whole.emplace_back(begin, end); });
            for (qsizetype length = 1; length < 40; ++length) {
                std::vector<std::pair<int, int>> pieces;
                for (qsizetype at = 0; at < text.size();)
                    at = match.eachPlace(text, at, std::min(text.size(), at + length),
                                         [&](int begin, int end) { pieces.emplace_back(begin, end); });
                QCOMPARE(pieces, whole);
            }
        }
    }
}

void TranscriptFindTest::searchesByWordsInPieces_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("typed");
    const QString words = u"some needle of haystacks and a red apple that fell far "_s;
    QTest::newRow("words") << words.repeated(1500) << u"need app"_s;
    QTest::newRow("a phrase") << words.repeated(1500) << u"\"red apple that\" fell"_s;
    QTest::newRow("a phrase that goes on everywhere")
        << u"on and "_s.repeated(9000) << u"\"on and on and on\""_s;
    QTest::newRow("without spaces") << u"这是一个很长的段落，没有空格。"_s.repeated(4000) << u"没有"_s;
}

// What the search over all conversations leads to: words taken apart, even in one paragraph.
void TranscriptFindTest::searchesByWordsInPieces()
{
    QFETCH(QString, text);
    QFETCH(QString, typed);
    text = text.trimmed();
    std::vector<std::pair<int, int>> expected;
    for (const TextMark &mark : findWords(text, parseSearch(typed))) {
        if (expected.empty() || mark.begin >= expected.back().second)
            expected.emplace_back(int(mark.begin), int(mark.end));
    }
    QVERIFY(expected.size() > 1000);
    Fixture fixture({answer(text)});
    (void)fixture.view.layoutOf(0);
    fixture.view.showFound(fixture.messages.at(0).id, 0, typed);
    QVERIFY(fixture.view.finder().isSearching());
    QVERIFY(fixture.view.hitCount() < int(expected.size()));
    QTRY_VERIFY_WITH_TIMEOUT(!fixture.view.finder().isSearching(), longWait);
    std::vector<std::pair<int, int>> found;
    for (const TextRange &hit : fixture.view.finder().hits())
        found.emplace_back(hit.begin.offset, hit.end.offset);
    QCOMPARE(found.size(), expected.size());
    QVERIFY(found == expected);
}

QTEST_MAIN(TranscriptFindTest)
#include "tst_transcriptfind.moc"
