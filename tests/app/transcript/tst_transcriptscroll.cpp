// SPDX-License-Identifier: Apache-2.0
#include "app/transcript/transcriptfixture.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QWheelEvent>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

void wheel(TranscriptView &view, const QPointF &at, QPoint distance,
           Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    QWheelEvent event(at, view.viewport()->mapToGlobal(at), {}, distance, Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(view.viewport(), &event);
}

QString paragraphs(int count)
{
    QString text;
    for (int i = 0; i < count; ++i)
        text += u"Paragraph %1 says a few words, so that it takes a line of its own.\n\n"_s.arg(i);
    return text;
}

const QString wideCode = u"```cpp\nshort\nint "_s + QString(300, u'w') + u"_end;\n```"_s;

//! The first block of a kind in a row.
TextPosition blockOf(TranscriptView &view, int row, BlockKind kind)
{
    const auto &sections = view.rows().layout(row).sections();
    for (size_t s = 0; s < sections.size(); ++s) {
        for (size_t b = 0; b < sections[s].blocks.size(); ++b) {
            if (sections[s].blocks[b].block.kind == kind)
                return {row, int(s), int(b), 0, 0};
        }
    }
    return {-1, 0, 0, 0, 0};
}

//! A conversation that is longer than the window, with an answer that streams at its end.
std::vector<Message> streaming(int before = 40)
{
    std::vector<Message> messages = longConversation(before);
    messages.push_back(answer(u"Start"_s, MessageState::Streaming));
    return messages;
}

} // namespace

class TranscriptScrollTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oneWheelClickUpLetsGoAndBackWithinFiftyPixelsFollows()
    {
        Fixture fixture(streaming());
        wheel(fixture.view, {300, 300}, {0, 120});
        QVERIFY(!fixture.view.isFollowing());
        fixture.bar()->setValue(fixture.bar()->maximum() - 200);
        fixture.bar()->setValue(fixture.bar()->maximum() - AutoScroll::nearBottom - 1);
        QVERIFY(!fixture.view.isFollowing());
        fixture.bar()->setValue(fixture.bar()->maximum() - AutoScroll::nearBottom);
        QVERIFY(fixture.view.isFollowing());
    }

    void upwardMovesByASinglePixelLetGo()
    {
        Fixture fixture(streaming());
        fixture.bar()->setValue(fixture.bar()->maximum() - 1);
        QVERIFY(!fixture.view.isFollowing());
        const int value = fixture.bar()->value();
        fixture.type(40, u"\n\nmore\n\nmore\n\nmore"_s);
        fixture.view.showChanges();
        QCOMPARE(fixture.bar()->value(), value);
    }

    void keysUpAndPageUpLetGo()
    {
        for (const Qt::Key key : {Qt::Key_Up, Qt::Key_PageUp, Qt::Key_Home}) {
            Fixture fixture(streaming());
            QVERIFY(fixture.view.isFollowing());
            QTest::keyClick(&fixture.view, key);
            QVERIFY(!fixture.view.isFollowing());
        }
    }

    void selectingLetsGoAndTheWheelAtTheBottomFollowsAgain()
    {
        Fixture fixture(streaming());
        QWidget *page = fixture.view.viewport();
        const QRectF caret = fixture.view.caretRect({40, 1, 0, 0, 1});
        QTest::mousePress(page, Qt::LeftButton, {}, caret.center().toPoint());
        QVERIFY(fixture.view.isFollowing());
        QTest::mouseMove(page, caret.center().toPoint() + QPoint(30, 0));
        QTest::mouseRelease(page, Qt::LeftButton, {}, caret.center().toPoint() + QPoint(30, 0));
        QVERIFY(fixture.view.hasSelection());
        QVERIFY(!fixture.view.isFollowing());
        const QString selected = fixture.view.selectedText();
        fixture.type(40, u" and on it goes"_s);
        fixture.view.showChanges();
        QCOMPARE(fixture.view.selectedText(), selected);
        fixture.bar()->setValue(fixture.bar()->maximum());
        wheel(fixture.view, {300, 300}, {0, -120});
        QVERIFY(fixture.view.isFollowing());
    }

    void jumpToLatestCountsMessagesAndGoes()
    {
        Fixture fixture(streaming());
        auto *jump = fixture.view.findChild<QPushButton *>(u"jumpToLatest"_s);
        QVERIFY(jump && !jump->isVisible());
        fixture.bar()->setValue(100);
        QVERIFY(jump->isVisible());
        QCOMPARE(jump->text(), u"Jump to latest"_s);
        fixture.type(40, u" more"_s);
        fixture.messages.append(userMessage(u"Also this"_s));
        fixture.messages.append(answer(u"Yes"_s));
        fixture.type(40, u" and more"_s);
        fixture.view.showChanges();
        QCOMPARE(fixture.view.newCount(), 3);
        QVERIFY(jump->text().contains(u"3 new"_s));
        QTest::mouseClick(jump, Qt::LeftButton);
        QVERIFY(fixture.view.isFollowing());
        QCOMPARE(fixture.bar()->value(), fixture.bar()->maximum());
        QCOMPARE(fixture.view.newCount(), 0);
        QVERIFY(!jump->isVisible());
    }

    void growthAboveInTheSameAnswerMovesNothing()
    {
        Message reply = answer(paragraphs(60), MessageState::Streaming);
        reply.parts.insert(reply.parts.begin(),
                           part(ToolCall{u"c"_s, u"look"_s, u"{}"_s, ToolState::Running}, 10, 20));
        Fixture fixture({userMessage(u"Go"_s), reply});
        // The call is unfolded, and what is read stands far below it.
        fixture.bar()->setValue(0);
        for (const HotAddress &address : fixture.view.hotsOf(1)) {
            if (fixture.actionOf(address) == Hot::Action::Fold) {
                fixture.view.activate(address);
                break;
            }
        }
        fixture.bar()->setValue(fixture.bar()->maximum() / 2);
        const TextPosition read = *fixture.view.positionAt({300, 100});
        const qreal y = fixture.view.caretRect(read).top();
        const int value = fixture.bar()->value();
        fixture.messages.change(1, [](Message &message) {
            // It is shown in the call's fold, wherever it came.
            message.parts.push_back(part(ToolResult{u"c"_s, {}, u"a\nb\nc\nd\ne\nf"_s, false}, 30, 30));
        });
        fixture.view.showChanges();
        QVERIFY(fixture.bar()->value() > value);
        QVERIFY2(qAbs(fixture.view.caretRect(read).top() - y) <= 1,
                 qPrintable(u"%1 became %2"_s.arg(y).arg(fixture.view.caretRect(read).top())));
    }

    void anotherWidthKeepsTheParagraphInView()
    {
        Fixture fixture({userMessage(u"Go"_s), answer(paragraphs(120))}, {760, 600});
        fixture.bar()->setValue(fixture.bar()->maximum() / 2);
        const TextPosition read = *fixture.view.positionAt({300, 60});
        fixture.view.resize(420, 600);
        QTRY_COMPARE_EQ(fixture.view.width(), 420);
        const qreal y = fixture.view.caretRect(read).top();
        QVERIFY2(y > -60 && y < 200, qPrintable(QString::number(y)));
    }

    void wideCodeScrollsSidewaysByItself()
    {
        Fixture fixture({answer(u"Before\n\n"_s + wideCode + u"\n\nAfter"_s)});
        const TextPosition code = blockOf(fixture.view, 0, BlockKind::Code);
        const LaidBlock *laid = fixture.view.blockAt(code);
        QVERIFY(laid);
        QCOMPARE(laid->boxes[0].flow.lineCount(), 2);
        QVERIFY(laid->side.range() > 500);
        QVERIFY(!laid->side.thumb().isNull());
        QVERIFY(laid->rect.width() <= fixture.view.rows().width());
        const QPointF middle = laid->rect.center() + fixture.view.rowOrigin(0);
        wheel(fixture.view, middle, {0, -120}, Qt::ShiftModifier);
        QVERIFY(laid->side.offset > 0);
        QCOMPARE(fixture.bar()->value(), fixture.bar()->minimum());
        QVERIFY(isPaintedRight(fixture.view));
        wheel(fixture.view, middle, {-120'000, 0});
        QCOMPARE(laid->side.offset, std::floor(laid->side.range() + 0.5));
        // What is seen at the right edge is the end of the line.
        const auto at = fixture.view.positionAt(
            {laid->side.window.right() + fixture.view.rowOrigin(0).x() - 2,
             laid->rect.top() + fixture.view.rowOrigin(0).y() + laid->side.window.bottom() - 20});
        QVERIFY(at && at->isSameBox(code));
        QCOMPARE(at->offset, int(laid->block.texts[0].text.size()));
        wheel(fixture.view, middle, {240'000, 0});
        QCOMPARE(laid->side.offset, 0.0);
    }

    void theThumbOfWideCodeIsDragged()
    {
        Fixture fixture({answer(wideCode)});
        const TextPosition code = blockOf(fixture.view, 0, BlockKind::Code);
        const LaidBlock *laid = fixture.view.blockAt(code);
        QVERIFY(laid);
        const QPointF corner = laid->rect.topLeft() + fixture.view.rowOrigin(0);
        const QPoint thumb = (laid->side.thumb().center() + corner).toPoint();
        QWidget *page = fixture.view.viewport();
        QTest::mouseMove(page, thumb);
        QTest::mousePress(page, Qt::LeftButton, {}, thumb);
        QTest::mouseMove(page, thumb + QPoint(2000, 0));
        QTest::mouseRelease(page, Qt::LeftButton, {}, thumb + QPoint(2000, 0));
        QVERIFY(laid->side.offset > laid->side.range() - 1);
        QVERIFY(!fixture.view.hasSelection());
    }

    void narrowCodeDoesNotScroll()
    {
        Fixture fixture({answer(u"```\nint x;\n```"_s)});
        const LaidBlock *laid = fixture.view.blockAt(blockOf(fixture.view, 0, BlockKind::Code));
        QVERIFY(laid);
        QCOMPARE(laid->side.range(), 0.0);
        QVERIFY(laid->side.thumb().isNull());
    }

    void aLongAnswerKeepsLayoutsOnlyNearTheView()
    {
        Message reply = answer({}, MessageState::Streaming);
        Fixture fixture({userMessage(u"Go"_s), reply});
        const QString all = paragraphs(1500);
        for (qsizetype at = 0; at < all.size(); at += 4000) {
            fixture.type(1, all.mid(at, 4000));
            fixture.view.showChanges();
        }
        const int blocks = int(fixture.view.rows().layout(1).sections()[1].blocks.size());
        QVERIFY(blocks > 1400);
        QVERIFY2(fixture.view.rows().shapedCount() < 300,
                 qPrintable(QString::number(fixture.view.rows().shapedCount())));
        const int height = fixture.view.rows().height(1);
        fixture.bar()->setValue(fixture.bar()->maximum() / 2);
        QVERIFY(isPaintedRight(fixture.view));
        fixture.bar()->setValue(fixture.bar()->minimum());
        QVERIFY(isPaintedRight(fixture.view));
        QVERIFY(fixture.view.rows().shapedCount() < 300);
        QCOMPARE(fixture.view.rows().height(1), height);
        // Somewhere far away a layout is made when somebody asks.
        QVERIFY(fixture.view.caretRect({1, 1, blocks - 1, 0, 5}).top() > 10'000);
    }

    void theWheelWithCtrlAsksForAnotherTextSize()
    {
        Fixture fixture(longConversation(40));
        QSignalSpy spy(&fixture.view, &TranscriptView::textSizeStepped);
        const int value = fixture.bar()->value();
        wheel(fixture.view, {300, 300}, {0, 120}, Qt::ControlModifier);
        wheel(fixture.view, {300, 300}, {0, -240}, Qt::ControlModifier);
        // A touchpad's small parts count once they make a notch, and not across a turn.
        for (const int part : {50, 50, -50, -50, 10})
            wheel(fixture.view, {300, 300}, {0, part}, Qt::ControlModifier);
        QCOMPARE(spy.count(), 2);
        wheel(fixture.view, {300, 300}, {0, 110}, Qt::ControlModifier);
        QCOMPARE(spy.count(), 3);
        QCOMPARE(spy[0][0].toInt(), 1);
        QCOMPARE(spy[1][0].toInt(), -2);
        QCOMPARE(spy[2][0].toInt(), 1);
        QCOMPARE(fixture.bar()->value(), value);
    }

    // The words at the top of the page are being read.
    void anotherTextSizeLeavesWhatIsReadInPlace()
    {
        Fixture fixture(longConversation(200));
        fixture.bar()->setValue(fixture.bar()->maximum() / 2);
        const auto wordsAtTop = [&fixture] {
            const auto place = fixture.view.positionAt({300, 2});
            return place ? place->row : -1;
        };
        const int row = wordsAtTop();
        QVERIFY(row > 40 && row < 160);
        for (const int size : {150, 300, 75, 100}) {
            fixture.theme.setTextSize(size);
            QVERIFY(isPaintedRight(fixture.view));
            QVERIFY2(std::abs(wordsAtTop() - row) <= 1, qPrintable(QString::number(wordsAtTop())));
        }
    }

    void layoutsMadeAgainAreTheSame()
    {
        Fixture fixture({answer(paragraphs(200) + wideCode)});
        fixture.view.grab();
        fixture.bar()->setValue(fixture.bar()->maximum());
        const QImage before = fixture.view.grab().toImage();
        fixture.view.rows().release(-10, -5);
        QVERIFY(fixture.view.rows().shapedCount() == 0);
        QCOMPARE(fixture.view.grab().toImage(), before);
    }
};

QTEST_MAIN(TranscriptScrollTest)
#include "tst_transcriptscroll.moc"
