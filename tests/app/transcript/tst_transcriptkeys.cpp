// SPDX-License-Identifier: Apache-2.0
#include "app/transcript/transcriptfixture.h"

#include "core/error.h"

#include <QClipboard>
#include <QLineEdit>
#include <QSignalSpy>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

Message failedAnswer()
{
    Message message = answer(u"Half a reply"_s, MessageState::Failed);
    Error error;
    error.kind = ErrorKind::ConnectionRefused;
    error.message = u"Nothing listens there."_s;
    message.parts.push_back(part(ErrorPart{error}));
    message.timings.change().total = std::chrono::milliseconds(900);
    return message;
}

void press(Fixture &fixture, Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier, int times = 1)
{
    for (int i = 0; i < times; ++i)
        QTest::keyClick(&fixture.view, key, modifiers);
}

//! As if Tab or F6 had brought the focus.
bool comeByKeyboard(Fixture &fixture)
{
    fixture.view.activateWindow();
    fixture.view.clearFocus();
    fixture.view.setFocus(Qt::TabFocusReason);
    return QTest::qWaitFor([&] { return fixture.view.hasFocus(); });
}

} // namespace

class TranscriptKeysTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void arrowsGoFromMessageToMessage()
    {
        Fixture fixture(longConversation(60));
        QVERIFY(comeByKeyboard(fixture));
        // The newest that is seen, then one after the other, each of them wholly seen.
        QCOMPARE(fixture.view.currentRow(), 59);
        for (int row = 58; row >= 40; --row) {
            press(fixture, Qt::Key_Up);
            QCOMPARE(fixture.view.currentRow(), row);
            const QRectF seen(QPointF(), QSizeF(fixture.view.viewport()->size()));
            QVERIFY(seen.contains(
                QRectF(fixture.view.rowOrigin(row), QSizeF(9, fixture.view.rows().height(row)))));
        }
        QVERIFY(!fixture.view.caret() && !fixture.view.isFollowing());
        press(fixture, Qt::Key_Down, {}, 3);
        QCOMPARE(fixture.view.currentRow(), 43);
        press(fixture, Qt::Key_Home);
        QCOMPARE((std::pair{fixture.view.currentRow(), fixture.bar()->value()}), (std::pair{0, 0}));
        press(fixture, Qt::Key_Up);
        QCOMPARE(fixture.view.currentRow(), 0);
        press(fixture, Qt::Key_End);
        QCOMPARE(fixture.view.currentRow(), 59);
        QVERIFY(fixture.view.isFollowing());
        // After a scroll one goes on from what is seen.
        press(fixture, Qt::Key_PageUp, {}, 4);
        press(fixture, Qt::Key_Up);
        const int now = fixture.view.currentRow();
        QVERIFY(now < 55);
        QVERIFY(fixture.view.rowOrigin(now).y() < fixture.view.viewport()->height());
        QVERIFY(fixture.view.rowOrigin(now).y() + fixture.view.rows().height(now) > 0);
    }

    void entersAMessageAndComesOutAgain()
    {
        Fixture fixture({userMessage(u"Question"_s), answer(u"Words and a [link](https://x.test/) here"_s),
                         userMessage(u"Thanks"_s)});
        QVERIFY(comeByKeyboard(fixture));
        QList<QUrl> opened;
        fixture.view.setLinkOpener([&](const QUrl &url) { opened.append(url); });
        press(fixture, Qt::Key_Up);
        QCOMPARE(fixture.view.currentRow(), 1);
        press(fixture, Qt::Key_Return);
        QCOMPARE(fixture.view.caret(), std::optional(TextPosition{1, 1, 0, 0, 0}));
        // Enter follows the link under the caret, Tab goes to what can be pressed behind it.
        press(fixture, Qt::Key_Return);
        QVERIFY(opened.isEmpty());
        press(fixture, Qt::Key_Right, Qt::ControlModifier, 3);
        press(fixture, Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
        press(fixture, Qt::Key_Home);
        QCOMPARE(fixture.view.caret()->offset, 0);
        press(fixture, Qt::Key_End);
        QCOMPARE(fixture.view.caret()->offset, 21);
        press(fixture, Qt::Key_Tab);
        QVERIFY(!fixture.view.caret());
        QCOMPARE(fixture.actionOf(fixture.view.focusedHot()), Hot::Action::Link);
        press(fixture, Qt::Key_Escape);
        QVERIFY(fixture.view.focusedHot().isNull());
        QCOMPARE(fixture.view.currentRow(), 1);
        press(fixture, Qt::Key_Return);
        QVERIFY(fixture.view.caret());
        press(fixture, Qt::Key_Escape);
        QVERIFY(!fixture.view.caret());
        press(fixture, Qt::Key_Down);
        QCOMPARE(fixture.view.currentRow(), 2);
        // A message as a whole is copied as a whole.
        press(fixture, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"Thanks"_s);
    }

    void theMessageWithTheKeyboardHasARing()
    {
        Fixture fixture(longConversation(8));
        QVERIFY(comeByKeyboard(fixture));
        press(fixture, Qt::Key_Up);
        const int row = fixture.view.currentRow();
        const QPoint left = fixture.view.rowOrigin(row).toPoint()
            + QPoint(-fixture.theme.px(8), fixture.view.rows().height(row) / 2);
        const QColor accent = fixture.theme.colour(ColourRole::Accent);
        const auto at = [&](const QPoint &point) {
            return fixture.view.viewport()->grab().toImage().pixelColor(point);
        };
        QCOMPARE(at(left), accent);
        QVERIFY(isPaintedRight(fixture.view));
        press(fixture, Qt::Key_Up);
        QVERIFY(at(left) != accent);
        QVERIFY(isPaintedRight(fixture.view));
        press(fixture, Qt::Key_Down);
        QCOMPARE(at(left), accent);
        // The mouse needs no ring.
        QTest::mouseClick(fixture.view.viewport(), Qt::LeftButton, {}, left + QPoint(40, 0));
        QVERIFY(at(left) != accent);
        QVERIFY(isPaintedRight(fixture.view));
    }

    void aCaretComesByLeftAndRight()
    {
        Fixture fixture(longConversation(60));
        press(fixture, Qt::Key_Up);
        QVERIFY(!fixture.view.caret());
        press(fixture, Qt::Key_Right);
        QVERIFY(fixture.view.caret());
        const QRectF caret = fixture.view.caretRect(*fixture.view.caret());
        QVERIFY(fixture.view.viewport()->rect().contains(caret.toRect()));
        press(fixture, Qt::Key_Escape);
        QVERIFY(!fixture.view.caret());
    }

    void shiftSelectsByCharacterWordAndLine()
    {
        Fixture fixture({answer(u"One **two** three\n\nfour five"_s)});
        fixture.view.placeCaret({0, 1, 0, 0, 0}, false);
        press(fixture, Qt::Key_Right, Qt::ShiftModifier, 3);
        QCOMPARE(fixture.view.selectedText(), u"One"_s);
        press(fixture, Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(fixture.view.selectedText(), u"On"_s);
        press(fixture, Qt::Key_Right, Qt::ShiftModifier | Qt::ControlModifier, 2);
        QCOMPARE(fixture.view.selectedText(), u"One two "_s);
        press(fixture, Qt::Key_End, Qt::ShiftModifier);
        QCOMPARE(fixture.view.selectedText(), u"One two three"_s);
        press(fixture, Qt::Key_Right, Qt::ShiftModifier | Qt::ControlModifier, 2);
        QCOMPARE(fixture.view.selectedText(), u"One two three\n\nfour "_s);
        press(fixture, Qt::Key_Home, Qt::ShiftModifier | Qt::ControlModifier);
        QVERIFY(!fixture.view.hasSelection());
        press(fixture, Qt::Key_End, Qt::ShiftModifier | Qt::ControlModifier);
        QCOMPARE(fixture.view.selectedText(), u"One two three\n\nfour five"_s);
        press(fixture, Qt::Key_Left, Qt::ShiftModifier | Qt::ControlModifier);
        QCOMPARE(fixture.view.selectedText(), u"One two three\n\nfour "_s);
        QVERIFY(!fixture.view.isFollowing());
    }

    void upAndDownKeepTheirColumnAcrossBlocksAndMessages()
    {
        Fixture fixture(
            {userMessage(u"A question that is long enough to stand in the middle"_s),
             answer(u"First paragraph with words\n\n|head|other|\n|-|-|\n|cell|far|\n\nlast line"_s)});
        fixture.view.placeCaret({1, 1, 0, 0, 3}, false);
        press(fixture, Qt::Key_Down);
        QCOMPARE((std::tuple{fixture.view.caret()->block, fixture.view.caret()->box}), (std::tuple{1, 0}));
        press(fixture, Qt::Key_Down);
        // Under a cell stands the cell of the next row, not the next one of the same row.
        QCOMPARE((std::tuple{fixture.view.caret()->block, fixture.view.caret()->box}), (std::tuple{1, 2}));
        press(fixture, Qt::Key_Down);
        QCOMPARE(fixture.view.caret()->block, 2);
        press(fixture, Qt::Key_Up, {}, 3);
        QCOMPARE(*fixture.view.caret(), (TextPosition{1, 1, 0, 0, 3}));
        press(fixture, Qt::Key_Up);
        QCOMPARE(fixture.view.caret()->row, 0);
    }

    void selectsAcrossMessagesAndCopiesMarkdown()
    {
        Fixture fixture({userMessage(u"Why"_s), answer(u"Because **so**"_s), userMessage(u"Fine"_s)});
        fixture.view.placeCaret({0, 1, 0, 0, 0}, false);
        press(fixture, Qt::Key_End, Qt::ShiftModifier | Qt::ControlModifier);
        QCOMPARE(fixture.view.selectedText(), u"Why\n\nBecause so\n\nFine"_s);
        QCOMPARE(fixture.view.selectedMarkdown(), u"Why\n\nBecause **so**\n\nFine"_s);
        press(fixture, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"Why\n\nBecause so\n\nFine"_s);
    }

    void arrowsCollapseASelection()
    {
        Fixture fixture({answer(u"One two"_s)});
        fixture.view.placeCaret({0, 1, 0, 0, 2}, false);
        press(fixture, Qt::Key_Right, Qt::ShiftModifier, 3);
        press(fixture, Qt::Key_Left);
        QVERIFY(!fixture.view.hasSelection());
        QCOMPARE(fixture.view.caret()->offset, 2);
    }

    void theCaretShowsItsPlaceInWideCode()
    {
        Fixture fixture({answer(u"```\n"_s + QString(300, u'w') + u"\n```"_s)});
        fixture.view.placeCaret({0, 1, 0, 0, 0}, false);
        press(fixture, Qt::Key_End, Qt::ShiftModifier);
        const LaidBlock *laid = fixture.view.blockAt({0, 1, 0, 0, 0});
        QVERIFY(laid->side.offset > 0);
        const QRectF caret = fixture.view.caretRect(*fixture.view.caret());
        const QRectF window = laid->side.window.translated(laid->rect.topLeft() + fixture.view.rowOrigin(0));
        QVERIFY(window.contains(caret));
        press(fixture, Qt::Key_Home, Qt::ShiftModifier);
        QCOMPARE(laid->side.offset, 0.0);
    }

    void caretIsPaintedWhereItStands()
    {
        Fixture fixture({answer(u"Some words to stand in"_s)});
        fixture.view.activateWindow();
        fixture.view.setFocus();
        QTRY_VERIFY(fixture.view.hasFocus());
        const QImage without = fixture.view.viewport()->grab().toImage();
        fixture.view.placeCaret({0, 1, 0, 0, 4}, false);
        const QImage with = fixture.view.viewport()->grab().toImage();
        const QRect place = fixture.view.caretRect({0, 1, 0, 0, 4}).toRect();
        QVERIFY(without.copy(place) != with.copy(place));
        QVERIFY(isPaintedRight(fixture.view));
        press(fixture, Qt::Key_Right, Qt::ShiftModifier, 4);
        QVERIFY(isPaintedRight(fixture.view));
    }

    void tabReachesEverythingThatCanBePressed()
    {
        Message reply = failedAnswer();
        reply.parts.insert(reply.parts.begin(),
                           part(ToolCall{u"c"_s, u"look"_s, u"{}"_s, ToolState::Done}, 10, 20));
        std::get<Text>(reply.parts[1].content).markdown =
            u"A [link](https://x.test/) here\n\n```c\nint x;\n```"_s;
        Fixture fixture({reply}, {760, 900});
        fixture.view.setFocus();
        QList<Hot::Action> reached;
        QStringList labels;
        for (int i = 0; i < 12; ++i) {
            QTest::keyClick(&fixture.view, Qt::Key_Tab);
            const Hot *hot = fixture.view.hotAt(fixture.view.focusedHot());
            if (!hot)
                break;
            reached.append(hot->action);
            labels.append(hot->label);
            QVERIFY(fixture.view.viewport()->rect().contains(
                fixture.view.hotRect(fixture.view.focusedHot()).toRect()));
        }
        for (const Hot::Action action :
             {Hot::Action::Fold, Hot::Action::Link, Hot::Action::CopyCode, Hot::Action::ErrorAction,
              Hot::Action::Details, Hot::Action::CopyMessage})
            QVERIFY2(reached.contains(action), qPrintable(labels.join(u", "_s)));
        QCOMPARE(reached.size(), int(fixture.view.hotsOf(0).size()));
    }

    void enterAndSpaceUseWhatHasTheFocus()
    {
        Fixture fixture({answer(u"A [link](https://x.test/) and\n\n```c\nint x;\n```"_s), failedAnswer()},
                        {760, 900});
        QList<QUrl> opened;
        fixture.view.setLinkOpener([&](const QUrl &url) { opened.append(url); });
        QSignalSpy retries(&fixture.view, &TranscriptView::retryRequested);
        fixture.view.setFocus();
        const auto focusOn = [&](Hot::Action action) {
            for (int i = 0; i < 20; ++i) {
                QTest::keyClick(&fixture.view, Qt::Key_Tab);
                const Hot *hot = fixture.view.hotAt(fixture.view.focusedHot());
                if (hot && hot->action == action)
                    return true;
            }
            return false;
        };
        QVERIFY(focusOn(Hot::Action::Link));
        press(fixture, Qt::Key_Return);
        QCOMPARE(opened, QList<QUrl>{QUrl(u"https://x.test/"_s)});
        QVERIFY(focusOn(Hot::Action::CopyCode));
        press(fixture, Qt::Key_Space);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"int x;"_s);
        QVERIFY(focusOn(Hot::Action::ErrorAction));
        press(fixture, Qt::Key_Return);
        QCOMPARE(retries.count(), 1);
        QVERIFY(focusOn(Hot::Action::Details));
        const int height = fixture.view.rows().height(1);
        press(fixture, Qt::Key_Space);
        QVERIFY(fixture.view.rows().height(1) > height);
    }

    void theFocusHasARing()
    {
        Fixture fixture({answer(u"A [link](https://x.test/) here"_s)});
        fixture.view.activateWindow();
        fixture.view.setFocus();
        QTRY_VERIFY(fixture.view.hasFocus());
        const QImage without = fixture.view.viewport()->grab().toImage();
        QTest::keyClick(&fixture.view, Qt::Key_Tab);
        const QRect place = fixture.view.hotRect(fixture.view.focusedHot()).toRect().adjusted(-2, -2, 2, 2);
        const QImage with = fixture.view.viewport()->grab().toImage();
        const QColor accent = fixture.theme.colour(ColourRole::Accent);
        QCOMPARE(with.pixelColor(place.center().x(), place.top() + 1), accent);
        QVERIFY(without.pixelColor(place.center().x(), place.top() + 1) != accent);
    }

    void tabLeavesALongConversation()
    {
        QWidget window;
        auto *layout = new QVBoxLayout(&window);
        Theme theme;
        MessageList messages;
        messages.reset(longConversation(500));
        auto *view = new TranscriptView(&theme);
        auto *field = new QLineEdit;
        layout->addWidget(view);
        layout->addWidget(field);
        view->setMessages(&messages);
        window.resize(700, 600);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        view->verticalScrollBar()->setValue(2000);
        view->setFocus();
        for (int i = 0; i < 40 && !field->hasFocus(); ++i)
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY(field->hasFocus());
    }
};

QTEST_MAIN(TranscriptKeysTest)
#include "tst_transcriptkeys.moc"
