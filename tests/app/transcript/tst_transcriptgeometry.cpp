// SPDX-License-Identifier: Apache-2.0
#include "app/transcript/transcriptfixture.h"

#include <QAbstractScrollArea>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

constexpr qreal slack = 1.0; // of a pixel, for rounding

//! Right to left words and what a gallery else lacks.
Message eastern()
{
    return answer(
        u"# כותרת ראשונה\n\nפסקה בעברית עם מילים רבות, כדי שתצטרך שורה שנייה ואולי גם שלישית, and some "
        u"English in it.\n\n"
        u"- פריט\n  - פריט עמוק\n- פריט שני\n\n> ציטוט\n\n| עמודה | מספר |\n|:--|--:|\n| א | 12 |\n\n"
        u"漢字と仮名の交じった文章は、空白がなくても行を折り返します。長い文はこのように続きます。\n\n"
        u"Averylongwordthatnobodywouldbreak"
        + QString(120, u'x') + u"\n\n```cpp\nint שלום = 1;\n```"_s);
}

std::vector<Message> wholeGallery()
{
    std::vector<Message> messages = galleryConversation();
    for (Message &message : refundConversation())
        messages.push_back(std::move(message));
    messages.push_back(eastern());
    messages.push_back(userMessage(u"שאלה בעברית"_s));
    return messages;
}

QRectF boxRect(const LaidBlock &laid, const TextBox &box)
{
    if (box.flow.isRightToLeft()) {
        // Its words stand at the right of the width it was given.
        QRectF words;
        for (const QRectF &line : box.flow.rectsOf(0, int(box.flow.text().text.size())))
            words |= line;
        return words.translated(laid.rect.topLeft() + laid.cornerOf(box));
    }
    return QRectF(laid.rect.topLeft() + laid.cornerOf(box),
                  QSizeF(box.flow.naturalWidth(), box.flow.height()));
}

//! What is seen of a block's texts: moved sideways, they are cut by the window.
QRectF seenRect(const LaidBlock &laid, const TextBox &box)
{
    const QRectF whole = boxRect(laid, box);
    return box.isScrolled && laid.side.range() > 0
        ? whole.intersected(laid.side.window.translated(laid.rect.topLeft()))
        : whole;
}

QString words(const LaidBlock &laid)
{
    return QString(QString::number(int(laid.block.kind)) + u": "_s + plainText(laid.block).left(40));
}

struct Shown
{
    const MessageLayout *layout;
    std::vector<const LaidBlock *> blocks;

    explicit Shown(const MessageLayout &of)
        : layout(&of)
    {
        for (const LaidSection &section : of.sections()) {
            for (const LaidBlock &laid : section.blocks) {
                if (!laid.isHidden)
                    blocks.push_back(&laid);
            }
        }
    }
};

} // namespace

//! Where things stand, as relations between rectangles: at any width, text size and direction.
class TranscriptGeometryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingOverlapsOrLeavesItsPlace_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("percent");
        QTest::addColumn<bool>("isOpen");
        for (const int width : {300, 480, 760, 1200, 2000}) {
            for (const int percent : {75, 100, 150, 300}) {
                // Narrower than the narrowest column at that size.
                if (width * 100 < 120 * percent)
                    continue;
                for (const bool isOpen : {false, true})
                    QTest::addRow("%d px, %d %%%s", width, percent, isOpen ? ", unfolded" : "")
                        << width << percent << isOpen;
            }
        }
    }

    void nothingOverlapsOrLeavesItsPlace()
    {
        QFETCH(int, width);
        QFETCH(int, percent);
        QFETCH(bool, isOpen);
        Fixture fixture;
        fixture.theme.setTextSize(percent);
        fixture.messages.reset(wholeGallery());
        fixture.view.resize(width, 900);
        for (int row = 0; row < fixture.messages.count(); ++row) {
            for (int part = 0; isOpen && part < int(fixture.messages.at(row).parts.size()); ++part)
                fixture.view.rows().setOpen(row, part, true);
            (void)fixture.view.rows().refresh(row);
        }
        for (int row = 0; row < fixture.messages.count(); ++row) {
            const Shown shown(fixture.view.rows().layout(row));
            checkOrder(shown);
            checkInside(shown, fixture.view.rows().width());
            checkTexts(shown);
            checkHots(shown);
            if (QTest::currentTestFailed())
                return;
            if (row > 0)
                QVERIFY(fixture.view.rows().top(row)
                        >= fixture.view.rows().top(row - 1) + fixture.view.rows().layout(row - 1).height());
        }
    }

    void theColumnIsNeverTooWideToRead_data()
    {
        QTest::addColumn<int>("percent");
        for (const int percent : {75, 100, 125, 150, 200, 300})
            QTest::addRow("%d %%", percent) << percent;
    }

    void theColumnIsNeverTooWideToRead()
    {
        QFETCH(int, percent);
        Fixture fixture(
            {answer(u"The quick brown fox jumps over the lazy dog, and then it rests. "_s.repeated(20))},
            {4000, 600});
        fixture.theme.setTextSize(percent);
        const LaidBlock *laid = fixture.view.blockAt({0, 1, 0, 0, 0});
        QVERIFY(laid);
        const QString &text = laid->block.texts[0].text;
        int longest = 0;
        for (int at = 0; at < text.size();) {
            const auto [start, end] = laid->boxes[0].flow.lineAt(at);
            longest = std::max(longest, end - start);
            QVERIFY(end > at);
            at = end;
        }
        QVERIFY2(longest <= 112 && longest >= 60, qPrintable(QString::number(longest)));
        // Eighty characters as type counts them, by the width of a digit; words run to more, since most of
        // their letters are narrower.
        const QFontMetricsF metrics(fixture.theme.font(FontRole::Body));
        const qreal characters = fixture.view.rows().width() / metrics.horizontalAdvance(u'0');
        QVERIFY2(characters > 75 && characters < 82, qPrintable(QString::number(characters)));
        QCOMPARE(int(fixture.view.rows().width()), fixture.theme.px(704));
        // In the middle of what there is.
        const QRectF row(fixture.view.rowOrigin(0), QSizeF(fixture.view.rows().width(), 1));
        QVERIFY(std::abs(row.center().x() - fixture.view.viewport()->width() / 2.0) <= 1);
    }

    void theColumnStaysWhereItIsWhenTheBarComes()
    {
        Fixture fixture({answer(u"A short answer."_s)}, {760, 600});
        const qreal left = fixture.view.rowOrigin(0).x();
        const qreal width = fixture.view.rows().width();
        QVERIFY(!fixture.bar()->isVisible());
        fixture.messages.reset(std::vector<Message>{answer(u"A longer one.\n\n"_s.repeated(60))});
        fixture.view.showChanges();
        QTRY_VERIFY(fixture.bar()->isVisible());
        QCOMPARE(fixture.view.rowOrigin(0).x(), left);
        QCOMPARE(fixture.view.rows().width(), width);
    }

    void spacingIsOnTheGrid()
    {
        Fixture fixture(wholeGallery(), {1000, 900});
        for (int row = 0; row < fixture.messages.count(); ++row) {
            const Shown shown(fixture.view.rows().layout(row));
            for (const LaidBlock *laid : shown.blocks)
                QVERIFY2(std::fmod(laid->gap, 4) == 0, qPrintable(words(*laid) + QString::number(laid->gap)));
            if (row > 0)
                QCOMPARE((fixture.view.rows().top(row) - fixture.view.rows().top(row - 1)
                          - fixture.view.rows().layout(row - 1).height())
                             % 4,
                         0);
        }
    }

    void markersStandOnTheLineOfTheirItem()
    {
        Fixture fixture(
            {answer(u"1. one\n2. two that goes on\n10. ten\n\n- [x] done\n- dot\n  1. inside"_s)});
        const Shown shown(fixture.view.rows().layout(0));
        int numbered = 0;
        for (const LaidBlock *laid : shown.blocks) {
            if (laid->block.marker.isEmpty() || laid->boxes.size() < 2)
                continue;
            ++numbered;
            const QRectF text = boxRect(*laid, laid->boxes[0]);
            const QRectF marker = boxRect(*laid, laid->boxes[1]);
            // The same line: its first line stands as high, and begins right of the marker.
            QCOMPARE(marker.top(), text.top());
            QVERIFY(marker.right() <= text.left());
        }
        QCOMPARE(numbered, 4);
        // Numbers of a list end at one edge.
        const auto edge = [&](size_t block) {
            return boxRect(*shown.blocks[block], shown.blocks[block]->boxes[1]).right();
        };
        QVERIFY(std::abs(edge(1) - edge(3)) <= slack);
    }

    void columnsOfATableAreColumns()
    {
        Fixture fixture({answer(
            u"| Item | Paid | Middle |\n|:--|--:|:-:|\n| Lamp | 89.00 | x |\n| A longer name | 1,112.50 | yyyy |"_s)});
        const LaidBlock *table = fixture.view.blockAt({0, 1, 0, 0, 0});
        QVERIFY(table && table->block.columns == 3);
        const auto cell = [&](int row, int column) {
            return boxRect(*table, table->boxes[size_t(row * 3 + column)]);
        };
        for (int row = 0; row < 3; ++row) {
            QVERIFY(std::abs(cell(row, 0).left() - cell(0, 0).left()) <= slack);
            QVERIFY(std::abs(cell(row, 1).right() - cell(0, 1).right()) <= slack);
            QVERIFY(std::abs(cell(row, 2).center().x() - cell(0, 2).center().x()) <= slack);
            QCOMPARE(cell(row, 0).top(), cell(row, 1).top());
            if (row > 0)
                QVERIFY(cell(row, 0).top() >= cell(row - 1, 0).bottom());
            QVERIFY(cell(row, 1).left() >= cell(row, 0).right());
        }
    }

    void rightToLeftWordsRunFromTheRight()
    {
        Fixture fixture({answer(u"שלום עולם\n\nLeft to right"_s)}, {900, 500});
        const auto caret = [&](int block, int offset) {
            return fixture.view.caretRect({0, 1, block, 0, offset}).left() - fixture.view.rowOrigin(0).x();
        };
        QVERIFY(caret(0, 9) < caret(0, 4) && caret(0, 4) < caret(0, 0));
        QVERIFY(caret(1, 0) < 2 && caret(1, 4) > caret(1, 0));
    }

private:
    static void checkOrder(const Shown &shown)
    {
        for (size_t i = 1; i < shown.blocks.size(); ++i) {
            QVERIFY2(shown.blocks[i]->rect.top() >= shown.blocks[i - 1]->rect.bottom() - 0.01,
                     qPrintable(words(*shown.blocks[i])));
        }
        for (const LaidBlock *laid : shown.blocks) {
            QVERIFY(laid->rect.top() >= 0);
            QVERIFY2(laid->rect.bottom() <= shown.layout->height() + 0.01, qPrintable(words(*laid)));
        }
    }

    static void checkInside(const Shown &shown, qreal width)
    {
        for (const LaidBlock *laid : shown.blocks) {
            QVERIFY2(laid->rect.left() >= -slack, qPrintable(words(*laid)));
            for (const TextBox &box : laid->boxes) {
                const QRectF seen = seenRect(*laid, box);
                if (seen.isEmpty())
                    continue;
                QVERIFY2(seen.left() >= -slack && seen.right() <= width + slack,
                         qPrintable(words(*laid)
                                    + u" %1..%2 of %3"_s.arg(seen.left()).arg(seen.right()).arg(width)));
                QVERIFY2(laid->rect.top() - slack <= seen.top()
                             && seen.bottom() <= laid->rect.bottom() + slack,
                         qPrintable(words(*laid)));
            }
        }
        if (!shown.layout->bubble().isNull())
            QVERIFY(shown.layout->bubble().left() >= -slack
                    && shown.layout->bubble().right() <= width + slack);
    }

    // No two texts of a block stand over each other.
    static void checkTexts(const Shown &shown)
    {
        for (const LaidBlock *laid : shown.blocks) {
            for (size_t i = 0; i < laid->boxes.size(); ++i) {
                for (size_t j = i + 1; j < laid->boxes.size() && j < i + 8; ++j) {
                    const QRectF both = seenRect(*laid, laid->boxes[i])
                                            .adjusted(slack, slack, -slack, -slack)
                                            .intersected(seenRect(*laid, laid->boxes[j]));
                    QVERIFY2(both.isEmpty(), qPrintable(words(*laid)));
                }
            }
        }
    }

    // What can be pressed stands in the page, and not over a text or each other.
    static void checkHots(const Shown &shown)
    {
        for (const LaidBlock *laid : shown.blocks) {
            std::vector<QRectF> taken;
            for (const Hot &hot : laid->hots) {
                if (hot.look == Hot::Look::Bare)
                    continue;
                const QRectF rect = hot.rect.translated(laid->rect.topLeft());
                QVERIFY2(rect.left() >= -slack && rect.right() <= shown.layout->width() + slack,
                         qPrintable(words(*laid) + u' ' + hot.label));
                for (const QRectF &other : taken)
                    QVERIFY2(!rect.adjusted(1, 1, -1, -1).intersects(other), qPrintable(hot.label));
                for (const TextBox &box : laid->boxes)
                    QVERIFY2(!rect.adjusted(slack, slack, -slack, -slack)
                                  .intersects(seenRect(*laid, box).adjusted(slack, slack, -slack, -slack)),
                             qPrintable(words(*laid) + u" / "_s + hot.label));
                taken.push_back(rect);
            }
        }
    }
};

QTEST_MAIN(TranscriptGeometryTest)
#include "tst_transcriptgeometry.moc"
