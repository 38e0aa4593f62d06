// SPDX-License-Identifier: Apache-2.0
#include "app/transcript/transcriptfixture.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

//! In the viewport, a little inside the character at a place.
QPoint at(Fixture &fixture, const TextPosition &place)
{
    return fixture.view.caretRect(place).center().toPoint() + QPoint(1, 0);
}

void drag(Fixture &fixture, const QPoint &from, const QPoint &to)
{
    QWidget *page = fixture.view.viewport();
    QTest::mousePress(page, Qt::LeftButton, {}, from);
    QTest::mouseMove(page, (from + to) / 2);
    QMouseEvent move(QEvent::MouseMove, to, page->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
    QCoreApplication::sendEvent(page, &move);
}

void drop(Fixture &fixture, const QPoint &point)
{
    QTest::mouseRelease(fixture.view.viewport(), Qt::LeftButton, {}, point);
}

} // namespace

class TranscriptSelectTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aDragSelectsAcrossMessagesEitherWay()
    {
        Fixture fixture({userMessage(u"Why is that so"_s), answer(u"Because of it\n\n- one\n- two"_s)});
        const QPoint from = at(fixture, {0, 1, 0, 0, 4});
        const QPoint to = at(fixture, {1, 1, 1, 0, 2});
        drag(fixture, from, to);
        drop(fixture, to);
        QCOMPARE(fixture.view.selectedText(), u"is that so\n\nBecause of it\n\non"_s);
        drag(fixture, to, from);
        drop(fixture, from);
        QCOMPARE(fixture.view.selectedText(), u"is that so\n\nBecause of it\n\non"_s);
    }

    void whatIsSelectedLooksTheSameWhileMoreComes()
    {
        Fixture fixture({answer(u"שלום "_s + u"words [and more]: "_s.repeated(50), MessageState::Streaming)},
                        {520, 600});
        fixture.view.selectAll();
        for (int i = 0; i < 40; ++i) {
            fixture.type(0, u"words [and more]: "_s);
            fixture.view.showChanges();
            QVERIFY(isPaintedRight(fixture.view));
        }
    }

    void clicksSelectWordsAndParagraphsAndShiftExtends()
    {
        Fixture fixture({answer(u"First words here\n\nSecond words there"_s)});
        QWidget *page = fixture.view.viewport();
        const QPoint word = at(fixture, {0, 1, 0, 0, 8});
        QTest::mouseClick(page, Qt::LeftButton, {}, word);
        QTest::mouseDClick(page, Qt::LeftButton, {}, word);
        QCOMPARE(fixture.view.selectedText(), u"words"_s);
        QTest::mouseClick(page, Qt::LeftButton, {}, word);
        QCOMPARE(fixture.view.selectedText(), u"First words here"_s);
        QTest::mouseClick(page, Qt::LeftButton, {}, at(fixture, {0, 1, 0, 0, 6}));
        QTest::mouseClick(page, Qt::LeftButton, Qt::ShiftModifier, at(fixture, {0, 1, 1, 0, 6}));
        QCOMPARE(fixture.view.selectedText(), u"words here\n\nSecond"_s);
        QTest::mouseClick(page, Qt::LeftButton, Qt::ShiftModifier, at(fixture, {0, 1, 0, 0, 11}));
        QCOMPARE(fixture.view.selectedText(), u"words"_s);
        // The keyboard goes on from there.
        QTest::keyClick(&fixture.view, Qt::Key_Right, Qt::ShiftModifier | Qt::ControlModifier);
        QCOMPARE(fixture.view.selectedText(), u"words "_s);
    }

    void holdingTheMouseBelowScrollsOn()
    {
        Fixture fixture(longConversation(60));
        fixture.bar()->setValue(0);
        const QPoint from = at(fixture, {1, 1, 0, 0, 0});
        drag(fixture, from, {from.x(), fixture.view.viewport()->height() + 60});
        QTRY_VERIFY_WITH_TIMEOUT(fixture.bar()->value() > 800, longWait);
        drop(fixture, from);
        const int value = fixture.bar()->value();
        QVERIFY(fixture.view.selection().end.row > 5);
        QVERIFY(fixture.view.selectedText().startsWith(u"Answer 1 with some words."_s));
        QCOMPARE(fixture.bar()->value(), value);
    }

    void staysWhileTheAnswerStreams()
    {
        Fixture fixture(
            {userMessage(u"Question"_s), answer(u"First part\n\n- it"_s, MessageState::Streaming)});
        fixture.view.select({0, 1, 0, 0, 0}, {1, 1, 0, 0, 5});
        for (const QString &more :
             {u"em one\n- item two"_s, u"\n\n| a | b |\n|--|--|\n| c"_s, u" | d |\n\n# End"_s}) {
            fixture.type(1, more);
            fixture.view.showChanges();
            QCOMPARE(fixture.view.selectedText(), u"Question\n\nFirst"_s);
            QVERIFY(isPaintedRight(fixture.view));
        }
        fixture.messages.insert(0, userMessage(u"Before"_s));
        QCOMPARE(fixture.view.selectedText(), u"Question\n\nFirst"_s);
    }

    void copiesTextMarkdownAndHtmlAtOnce()
    {
        Fixture fixture(
            {answer(u"# Head\n\nSome **bold** [link](https://x.test/)\n\n|a|b|\n|-|-:|\n|c|d|"_s)});
        fixture.view.setFocus();
        QTest::keyClick(&fixture.view, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(&fixture.view, Qt::Key_C, Qt::ControlModifier);
        const QMimeData *mime = QGuiApplication::clipboard()->mimeData();
        QCOMPARE(mime->text(), u"Head\n\nSome bold link\n\na\tb\nc\td"_s);
        QCOMPARE(
            QString::fromUtf8(mime->data(u"text/markdown"_s)),
            u"# Head\n\nSome **bold** [link](https://x.test/)\n\n| a | b |\n| --- | ---: |\n| c | d |"_s);
        QVERIFY(mime->html().contains(u"<h1>Head</h1>"_s));
        QVERIFY(mime->html().contains(u"<strong>bold</strong>"_s));
        QVERIFY(mime->html().contains(u"<a href=\"https://x.test/\">link</a>"_s));
        QVERIFY(mime->html().contains(u"<th align=\"right\">b</th></tr><tr><td>c</td>"_s));
    }

    void listsQuotesAndCodeAreSuchInHtml()
    {
        Fixture fixture(
            {userMessage(u"- mine"_s),
             answer(
                 u"- one\n  - deeper\n- [x] two\n\n  more\n\n3. third\n4. fourth\n\n> said\n>\n> - in it\n\n"
                 u"```c\na<b\n```"_s)});
        fixture.view.selectAll();
        QCOMPARE(fixture.view.selectedHtml(),
                 u"<ul><li>mine</li></ul>"
                 u"<ul><li>one<ul><li>deeper</li></ul></li><li>☑ two<p>more</p></li></ul>"
                 u"<ol start=\"3\"><li>third</li><li>fourth</li></ol>"
                 u"<blockquote><p>said</p><ul><li>in it</li></ul></blockquote>"
                 u"<pre><code class=\"language-c\">a&lt;b</code></pre>"_s);
        // Part of an item is words, not an item.
        fixture.view.select({1, 1, 0, 0, 1}, {1, 1, 1, 0, 6});
        QCOMPARE(fixture.view.selectedHtml(), u"<ul><li><p>ne</p><ul><li>deeper</li></ul></li></ul>"_s);
        // So is its second paragraph alone, which has no marker.
        fixture.view.select({1, 1, 3, 0, 0}, {1, 1, 3, 0, 4});
        QCOMPARE(fixture.view.selectedHtml(), u"<ul><li><p>more</p></li></ul>"_s);
    }

    // A quote or a program in an item, a list in a quote: copied where it stands.
    void whatIsInAnItemIsCopiedInIt()
    {
        const QString source =
            u"1. one\n\n   > said\n   >\n   > - in it\n\n   ```c\n   a\n\n   b\n   ```\n\n   more"
            "\n2. two\n\n> quoted\n>\n> - item\n> - item\n\n***\n\nend"_s;
        Fixture fixture({answer(source), answer(u"- another"_s), answer(u"- list"_s)});
        fixture.view.select({0, 1, 0, 0, 0}, {0, 1, 10, 0, 3});
        QCOMPARE(fixture.view.selectedMarkdown(), source);
        QCOMPARE(fixture.view.selectedHtml(),
                 u"<ol><li>one<blockquote><p>said</p><ul><li>in it</li></ul></blockquote>"
                 "<pre><code class=\"language-c\">a\n\nb</code></pre><p>more</p></li><li>two</li></ol>"
                 "<blockquote><p>quoted</p><ul><li>item</li><li>item</li></ul></blockquote><hr><p>end</p>"_s);
        // From the middle of an item on, what is below it begins where the words do.
        fixture.view.select({0, 1, 0, 0, 1}, {0, 1, 2, 0, 2});
        QCOMPARE(fixture.view.selectedMarkdown(), u"ne\n\n> said\n>\n> - in"_s);
        fixture.view.select({1, 1, 0, 0, 0}, {2, 1, 0, 0, 4});
        QCOMPARE(fixture.view.selectedMarkdown(), u"- another\n\n- list"_s);
    }

    // What is no mark is none after it was copied either.
    void wordsThatLookLikeMarksAreCopiedAsWords()
    {
        Fixture fixture({answer(u"2\\*3\\*4, \\# no heading\n\n\\- no item, **bold *both***"_s)});
        fixture.view.selectAll();
        QCOMPARE(fixture.view.selectedText(), u"2*3*4, # no heading\n\n- no item, bold both"_s);
        QCOMPARE(fixture.view.selectedMarkdown(),
                 u"2\\*3\\*4, # no heading\n\n\\- no item, **bold *both***"_s);
    }

    void rightToLeftWordsAreSelectedAsTheyAreRead()
    {
        Fixture fixture({answer(u"שלום עולם טוב"_s)});
        const QPoint from = at(fixture, {0, 1, 0, 0, 0});
        const QPoint to = at(fixture, {0, 1, 0, 0, 4});
        QVERIFY(to.x() < from.x());
        drag(fixture, from, to);
        drop(fixture, to);
        QCOMPARE(fixture.view.selectedText(), u"שלום"_s);
        QTest::mouseDClick(fixture.view.viewport(), Qt::LeftButton, {}, at(fixture, {0, 1, 0, 0, 7}));
        QCOMPARE(fixture.view.selectedText(), u"עולם"_s);
    }

    void cellsOfATableAreSelectedInTheirOrder()
    {
        Fixture fixture({answer(u"|one|two|\n|-|-|\n|three|four|\n|five|six|"_s)});
        const QPoint from = at(fixture, {0, 1, 0, 1, 0});
        const QPoint to = at(fixture, {0, 1, 0, 4, 2});
        drag(fixture, from, to);
        drop(fixture, to);
        QCOMPARE(fixture.view.selectedText(), u"two\nthree\tfour\nfi"_s);
    }
};

QTEST_MAIN(TranscriptSelectTest)
#include "tst_transcriptselect.moc"
