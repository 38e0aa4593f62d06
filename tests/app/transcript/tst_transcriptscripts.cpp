// SPDX-License-Identifier: Apache-2.0
// Scripts of all directions, marks that combine, pictures in words, and what cannot be seen.
#include "app/transcript/transcriptfixture.h"

#include <QRawFont>
#include <QTextBoundaryFinder>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

const QString hebrew = u"שלום עולם"_s;
const QString mixed =
    u"The word שלום means peace, مرحبا 123 hello, e\u0301 a\u0308\u0323 and 中文 \U0001F468\u200D\U0001F469\u200D\U0001F467 and 1\uFE0F\u20E3 \U0001F3F3\uFE0F\u200D\U0001F308 end"_s;

const LaidBlock &block(Fixture &fixture, int number = 0)
{
    return *fixture.view.blockAt({0, 1, number, 0, 0});
}

QRectF textRect(const LaidBlock &laid, size_t box = 0)
{
    const TextFlow &flow = laid.boxes[box].flow;
    QRectF all;
    for (const QRectF &line : flow.rectsOf(0, int(flow.text().text.size())))
        all |= line;
    return all.translated(laid.boxes[box].position);
}

QImage painted(Fixture &fixture)
{
    return fixture.view.viewport()->grab().toImage();
}

bool isAtGrapheme(const QString &text, int offset)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    finder.setPosition(offset);
    return finder.isAtBoundary();
}

// Characters that no installed font has.
int missing(const QString &text, const QFont &font)
{
    QTextLayout layout(text, font);
    layout.beginLayout();
    layout.createLine();
    layout.endLayout();
    int count = 0;
    for (const QGlyphRun &run : layout.glyphRuns())
        count += int(run.glyphIndexes().count(0));
    return count;
}

} // namespace

class TranscriptScriptsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void beginsWhereItsFirstWordsBegin()
    {
        Fixture fixture({answer(u"left\n\n"_s + hebrew + u"\n\n123 "_s + hebrew)});
        const qreal width = fixture.view.rows().width();
        QCOMPARE(textRect(block(fixture, 0)).left(), 0.0);
        for (const int right : {1, 2}) {
            QVERIFY(block(fixture, right).isRightToLeft);
            QVERIFY(std::abs(textRect(block(fixture, right)).right() - width) < 1);
        }
    }

    void mirrorsListsQuotesAndNotes()
    {
        Fixture fixture({answer(u"1. "_s + hebrew + u"\n\n> "_s + hebrew + u"\n\n- "_s + hebrew
                                + u"[^1]\n\n[^1]: "_s + hebrew)});
        const qreal width = fixture.view.rows().width();
        const LaidBlock &numbered = block(fixture, 0);
        // The number stands to the right of the text.
        QVERIFY(textRect(numbered, 1).left() > textRect(numbered).right());
        QVERIFY(textRect(numbered, 1).right() <= width + 1);
        QVERIFY(textRect(block(fixture, 1)).right() < width - 8);
        // The bar of a quote and the bullet are painted at the right, and nothing at the left.
        const QImage image = painted(fixture);
        const qreal ratio = image.devicePixelRatio();
        const auto hasInk = [&](const LaidBlock &laid, qreal from, qreal to) {
            const QRectF rect = laid.rect.translated(fixture.view.rowOrigin(0));
            for (qreal x = from; x < to; x += 0.5) {
                for (qreal y = rect.top() + 1; y < rect.bottom() - 1; y += 0.5) {
                    const QPoint at((QPointF(rect.left() + x, y) * ratio).toPoint());
                    if (image.pixelColor(at) != fixture.theme.colour(ColourRole::Page))
                        return true;
                }
            }
            return false;
        };
        for (const int at : {1, 2}) {
            QVERIFY(hasInk(block(fixture, at), width - 20, width));
            QVERIFY(!hasInk(block(fixture, at), 0, 24));
        }
        const LaidBlock &note = block(fixture, 4);
        QVERIFY(note.hots.back().rect.right() <= textRect(note).left());
    }

    void readsATableFromTheSideOfItsWords()
    {
        Fixture fixture({answer(u"| "_s + hebrew + u" | b |\n|---|---|\n| א | 2 |\n"_s)});
        const LaidBlock &table = block(fixture);
        QVERIFY(textRect(table, 0).left() > textRect(table, 1).right());
        QVERIFY(textRect(table, 0).right() <= fixture.view.rows().width() + 1);
        QVERIFY(std::abs(textRect(table, 0).right() - textRect(table, 2).right()) < 1.5);
        QVERIFY(isPaintedRight(fixture.view));
    }

    void keepsWordsInsideTheirBubble()
    {
        Fixture fixture({userMessage(hebrew + u"\n\nleft"_s)});
        const MessageLayout *layout = fixture.view.rows().existing(0);
        for (const LaidSection &section : layout->sections()) {
            for (const LaidBlock &laid : section.blocks)
                QVERIFY(layout->bubble().contains(textRect(laid).translated(laid.rect.topLeft())));
        }
    }

    void leadsFromEachPlaceToItsCaretAndBack()
    {
        for (const QString &text : {mixed, QString(hebrew + u" with words "_s + hebrew + u" (1, 2)"_s)}) {
            Fixture fixture({answer(text)}, {420, 500});
            const TextFlow &flow = block(fixture).boxes[0].flow;
            QVERIFY(flow.lineCount() > 1 || text != mixed);
            int checked = 0;
            for (int offset = 0; offset <= text.size(); ++offset) {
                // Where directions meet, one place has two carets, and two places share one.
                const auto isSameWay = [&] {
                    const QChar before = text.at(offset - 1);
                    const QChar after = text.at(offset);
                    return before.isLetter() && after.isLetter() && before.direction() == after.direction();
                };
                if (!isAtGrapheme(text, offset) || offset == 0 || offset == text.size() || !isSameWay())
                    continue;
                ++checked;
                const QRectF caret = flow.caretAt(offset);
                const int found = flow.offsetAt(caret.center());
                QVERIFY2(found == offset || flow.lineAt(found) != flow.lineAt(offset),
                         qPrintable(u"%1 %2"_s.arg(offset).arg(found)));
                QVERIFY(std::abs(flow.caretAt(found).left() - caret.left()) < 1.5 || found != offset);
            }
            QVERIFY(checked > 10);
        }
    }

    void neverStandsInsideACharacter()
    {
        Fixture fixture({answer(mixed)});
        const TextFlow &flow = block(fixture).boxes[0].flow;
        for (qreal y = 1; y < flow.height(); y += 11) {
            for (qreal x = -5; x < flow.naturalWidth() + 5; x += 1.5)
                QVERIFY(isAtGrapheme(mixed, flow.offsetAt({x, y})));
        }
        fixture.view.placeCaret({0, 1, 0, 0, 0}, false);
        fixture.view.setFocus();
        for (int i = 0; i < mixed.size() && fixture.view.caret()->offset < mixed.size(); ++i) {
            const int before = fixture.view.caret()->offset;
            QTest::keyClick(&fixture.view, Qt::Key_Right, Qt::ShiftModifier);
            QVERIFY(fixture.view.caret()->offset > before);
            QVERIFY(isAtGrapheme(mixed, fixture.view.caret()->offset));
        }
        QCOMPARE(fixture.view.selectedText(), mixed);
    }

    void hasEveryCharacter()
    {
        const Theme theme;
        for (const FontRole role : {FontRole::Body, FontRole::Code}) {
            QCOMPARE(missing(u"中文字符，日本語のかな、한국어로。"_s, theme.font(role)), 0);
            QCOMPARE(missing(u"\U0001F600\U0001F44D\U0001F1E9\U0001F1EA"_s, theme.font(role)), 0);
            QCOMPARE(missing(u"ABC äöü → ✔"_s, theme.font(role)), 0);
        }
    }

    void drawsEmojiInColour()
    {
        Fixture fixture({answer(u"\U0001F600 `\U0001F600`"_s)});
        const QRectF rect = block(fixture).rect.translated(fixture.view.rowOrigin(0));
        const QImage image = painted(fixture);
        int colourful = 0;
        for (int x = int(rect.left()); x < int(rect.left()) + 60; ++x) {
            for (int y = int(rect.top()); y < int(rect.bottom()); ++y) {
                const QColor colour = image.pixelColor((QPointF(x, y) * image.devicePixelRatio()).toPoint());
                colourful += colour.hsvSaturation() > 120 && colour.value() > 150 ? 1 : 0;
            }
        }
        QVERIFY2(colourful > 40, qPrintable(QString::number(colourful)));
    }

    // A sign that text fonts have too, a key, a flag with its colours: one picture each, as wide as any
    // other.
    void drawsAsPicturesWhatIsAskedForAsPictures()
    {
        const QStringList signs{u"\U0001F600"_s, u"\u26A0\uFE0F"_s, u"\u2764\uFE0F"_s, u"1\uFE0F\u20E3"_s,
                                u"\U0001F3F3\uFE0F\u200D\U0001F308"_s};
        Fixture fixture(
            {answer(signs.join(u"\n\n"_s) + u"\n\n**"_s + signs.at(1) + u"** `"_s + signs.at(1) + u'`')});
        const TextFlow &picture = block(fixture, 0).boxes[0].flow;
        for (int i = 1; i < signs.size(); ++i) {
            const TextFlow &flow = block(fixture, i).boxes[0].flow;
            QCOMPARE(flow.text().text, signs.at(i));
            QVERIFY2(std::abs(flow.naturalWidth() - picture.naturalWidth()) < 0.5, qPrintable(signs.at(i)));
            QCOMPARE(flow.height(), picture.height());
        }
    }

    void showsWhatCannotBeSeenAndCopiesIt()
    {
        const QString text = u"a\u0001b\u001Bc\u007Fd"_s;
        Fixture fixture({answer(text + u"\n\n```\nx\u202Ey\u202C\n```"_s)});
        const TextFlow &flow = block(fixture).boxes[0].flow;
        for (const int hidden : {1, 3, 5})
            QVERIFY(flow.rectsOf(hidden, 1).at(0).width() > 3);
        const TextFlow &code = block(fixture, 1).boxes[0].flow;
        QVERIFY(code.rectsOf(1, 1).at(0).width() > 3);
        // Nothing turned: y still stands to the right of x.
        QVERIFY(code.rectsOf(2, 1).at(0).left() > code.rectsOf(0, 1).at(0).left());
        fixture.view.selectAll();
        QVERIFY(fixture.view.selectedText().startsWith(text));
        QVERIFY(fixture.view.selectedText().contains(u"x\u202Ey\u202C"_s));
    }

    void breaksWordsThatAreTooLong()
    {
        const QString word(100'000, u'x');
        Fixture fixture({answer(word)});
        const LaidBlock &laid = block(fixture);
        QVERIFY(laid.boxes[0].flow.naturalWidth() <= fixture.view.rows().width() + 1);
        QVERIFY(laid.boxes[0].flow.lineCount() > 500);
        QCOMPARE(laid.boxes[0].flow.height(),
                 laid.boxes[0].flow.lineCount() * fixture.theme.lineHeight(FontRole::Body));
        // Of all its lines only those near the view keep their shapes.
        QVERIFY(fixture.view.rows().shapedCount() < 60);
        fixture.view.selectAll();
        QCOMPARE(fixture.view.selectedText(), word);
    }

    void paintsOnlyTheHitsThatAreSeenInALongLine()
    {
        Fixture fixture({answer(u"```\n"_s + QString(u"word and more "_s).repeated(400) + u"\n```"_s)});
        fixture.view.find(u"word"_s);
        QCOMPARE(fixture.view.hitCount(), 400);
        QVERIFY(isPaintedRight(fixture.view));
        const QRectF hit = block(fixture).boxes[0].flow.rectsOf(14, 4).at(0).translated(
            block(fixture).rect.topLeft() + block(fixture).cornerOf(block(fixture).boxes[0])
            + fixture.view.rowOrigin(0));
        const QImage image = painted(fixture);
        QCOMPARE(image.pixelColor(((hit.topLeft() + QPointF(1, 2)) * image.devicePixelRatio()).toPoint()),
                 fixture.theme.colour(ColourRole::FindHit));
    }
};

QTEST_MAIN(TranscriptScriptsTest)
#include "tst_transcriptscripts.moc"
