// SPDX-License-Identifier: Apache-2.0
#include "app/transcript/conversations.h"

#include "theme/theme.h"
#include "transcript/transcriptview.h"

#include <QAccessible>
#include <QClipboard>
#include <QDir>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMimeData>
#include <QScreen>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

//! A shown view over messages that a test writes.
struct Fixture
{
    Theme theme;
    MessageList messages;
    TranscriptView view{&theme};

    explicit Fixture(std::vector<Message> initial = {}, QSize size = {760, 600})
    {
        messages.reset(std::move(initial));
        view.resize(size);
        view.setMessages(&messages);
        view.show();
        (void)QTest::qWaitForWindowExposed(&view);
    }
    QScrollBar *bar() const { return view.verticalScrollBar(); }
    void type(int row, const QString &more)
    {
        messages.change(
            row, [&](Message &message) { std::get<Text>(message.parts.back().content).markdown += more; });
    }
    Hot::Action actionOf(const HotAddress &address) const { return view.hotAt(address)->action; }
    HotAddress hot(int row, Hot::Action action)
    {
        for (const HotAddress &address : view.hotsOf(row)) {
            if (actionOf(address) == action)
                return address;
        }
        return {};
    }
};

//! What stands in the window, as the paints so far have left it.
QImage shown(const QWidget &widget)
{
    return widget.screen()->grabWindow(widget.winId()).toImage();
}

//! Compares what the partial paints left with a paint of everything.
bool isPaintedRight(const TranscriptView &view)
{
    QCoreApplication::sendPostedEvents();
    const QImage partial = shown(view);
    view.viewport()->update();
    QCoreApplication::sendPostedEvents();
    return !partial.isNull() && partial == shown(view);
}

std::vector<Message> longConversation(int count)
{
    std::vector<Message> messages;
    for (int i = 0; i < count; ++i) {
        if (i % 2 == 0)
            messages.push_back(userMessage(u"Question %1 about something"_s.arg(i)));
        else
            messages.push_back(answer(
                u"Answer **%1** with some words.\n\n- a\n- b\n\nAnd a second paragraph that is a little longer than the first one was."_s
                    .arg(i)));
    }
    return messages;
}

} // namespace

class TranscriptViewTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void savesPicturesToLookAt()
    {
        for (const auto &[name, choice, size] :
             {std::tuple{u"light"_s, ThemeChoice::Light, 100}, std::tuple{u"dark"_s, ThemeChoice::Dark, 100},
              std::tuple{u"large"_s, ThemeChoice::Light, 200}}) {
            Fixture fixture(refundConversation(), {760, 680});
            fixture.theme.setChoice(choice);
            fixture.theme.setTextSize(size);
            const QString folder = QStringLiteral(PARLANCE_BINARY_DIR) + u"/pictures"_s;
            QVERIFY(QDir().mkpath(folder));
            QVERIFY(fixture.view.grab().save(folder + u"/transcript-"_s + name + u".png"_s));
        }
    }

    void opensTenThousandMessagesAtTheEnd()
    {
        Fixture fixture(longConversation(10'000));
        QCOMPARE(fixture.bar()->value(), fixture.bar()->maximum());
        QVERIFY(fixture.view.isFollowing());
        QVERIFY(fixture.view.rows().layoutCount() < 200);
        QVERIFY(fixture.bar()->maximum() > 100'000);
    }

    void followsTheStreamOnlyAtTheBottom()
    {
        std::vector<Message> initial = longConversation(40);
        initial.push_back(answer(u"Start"_s, MessageState::Streaming));
        Fixture fixture(std::move(initial));
        const int before = fixture.bar()->maximum();
        fixture.type(40, u"\n\nmore\n\nand more\n\nand more"_s);
        QTRY_VERIFY(fixture.bar()->maximum() > before);
        QCOMPARE(fixture.bar()->value(), fixture.bar()->maximum());

        fixture.bar()->setValue(fixture.bar()->value() - 10);
        QVERIFY(!fixture.view.isFollowing());
        const int value = fixture.bar()->value();
        const int maximum = fixture.bar()->maximum();
        fixture.type(40, u"\n\nmore\n\nand more\n\nand more\n\nand more"_s);
        QTRY_VERIFY(fixture.bar()->maximum() > maximum);
        QCOMPARE(fixture.bar()->value(), value);
        QCOMPARE(fixture.view.newCount(), 1);

        QTest::keyClick(&fixture.view, Qt::Key_End);
        QVERIFY(fixture.view.isFollowing());
        QCOMPARE(fixture.bar()->value(), fixture.bar()->maximum());
        QCOMPARE(fixture.view.newCount(), 0);
    }

    void keepsWhatIsReadWhenEstimatesAboveAreCorrected()
    {
        Fixture fixture(longConversation(400));
        fixture.bar()->setValue(fixture.bar()->maximum() / 2);
        for (int i = 0; i < 60; ++i) {
            const int row = fixture.view.rows().rowAt(fixture.bar()->value() + 300);
            const qreal y = fixture.view.rowOrigin(row).y();
            const int value = fixture.bar()->value();
            fixture.bar()->setValue(value - 40);
            QCOMPARE(fixture.view.rowOrigin(row).y(), y + 40);
        }
    }

    void partialPaintsEqualAWholePaint()
    {
        std::vector<Message> initial = longConversation(6);
        initial.push_back(answer({}, MessageState::Streaming));
        Fixture fixture(std::move(initial));
        const QString source = std::get<Text>(refundConversation()[1].parts.back().content).markdown;
        for (int at = 0; at < source.size(); at += 13) {
            fixture.type(6, source.mid(at, 13));
            QTRY_VERIFY(!fixture.view.isFramePending());
            QVERIFY2(isPaintedRight(fixture.view), qPrintable(u"after %1 characters"_s.arg(at + 13)));
        }
        fixture.messages.change(6, [](Message &message) { message.state = MessageState::Complete; });
        QTRY_VERIFY(!fixture.view.isFramePending());
        QVERIFY(isPaintedRight(fixture.view));
    }

    void partialPaintsEqualAWholePaintWhileReadingAbove()
    {
        std::vector<Message> initial = longConversation(30);
        initial.push_back(answer(u"x"_s, MessageState::Streaming));
        initial.push_back(userMessage(u"waits"_s));
        initial.back().state = MessageState::Queued;
        Fixture fixture(std::move(initial));
        for (int i = 0; i < 20; ++i) {
            fixture.bar()->setValue(fixture.bar()->value() - 7 * i + 30);
            fixture.type(30, u" and some more words\n\n"_s);
            QTRY_VERIFY(!fixture.view.isFramePending());
            QVERIFY2(isPaintedRight(fixture.view), qPrintable(u"step %1"_s.arg(i)));
        }
    }

    void copiesTextHtmlAndMarkdown()
    {
        Fixture fixture({answer(u"## Head\n\nSome **bold** words\n\n- a\n- b"_s)});
        QTest::keyClick(&fixture.view, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(fixture.view.selectedText(), u"Head\n\nSome bold words\n\na\nb"_s);
        QCOMPARE(fixture.view.selectedMarkdown(), u"## Head\n\nSome **bold** words\n\n- a\n- b"_s);
        QTest::keyClick(&fixture.view, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->mimeData()->html().contains(u"<strong>bold</strong>"_s));
        QVERIFY(!fixture.view.isFollowing());
    }

    void opensOnlyWebLinks()
    {
        Fixture fixture({answer(u"[a](https://x.test/y) [b](file:///etc/passwd) [c](javascript:x)"_s)});
        QList<QUrl> opened;
        fixture.view.setLinkOpener([&](const QUrl &url) { opened.append(url); });
        const std::vector<HotAddress> hots = fixture.view.hotsOf(0);
        int links = 0;
        for (const HotAddress &hot : hots) {
            if (fixture.actionOf(hot) != Hot::Action::Link)
                continue;
            ++links;
            const QPoint point = fixture.view.hotRect(hot).center().toPoint();
            QTest::mouseClick(fixture.view.viewport(), Qt::LeftButton, {}, point);
        }
        QVERIFY(links >= 1);
        QCOMPARE(opened, QList<QUrl>{QUrl(u"https://x.test/y"_s)});
    }

    void unfoldsToolCallsWithTheirResult()
    {
        Fixture fixture(refundConversation());
        QVERIFY(!fixture.view.rowText(1).contains(u"12345678901234567890"_s));
        for (const HotAddress &address : fixture.view.hotsOf(1)) {
            if (fixture.view.hotAt(address)->label == u"get_order"_s) {
                fixture.view.activate(address);
                break;
            }
        }
        QVERIFY(fixture.view.rowText(1).contains(u"12345678901234567890"_s));
    }

    void findsAndUnfoldsHits()
    {
        Fixture fixture(refundConversation());
        fixture.view.openFind();
        auto *field = fixture.view.findChild<QLineEdit *>(u"findField"_s);
        QVERIFY(field);
        field->setText(u"12345678901234567890"_s);
        QCOMPARE(fixture.view.hitCount(), 1);
        QCOMPARE(fixture.view.currentHit(), 0);
        QVERIFY(fixture.view.rowText(1).contains(u"12345678901234567890"_s));
        field->setText(u"parcel"_s);
        QVERIFY(fixture.view.hitCount() > 3);
        QVERIFY(fixture.view.closeFind());
        QVERIFY(!fixture.view.closeFind());
    }

    void tellsScreenReadersWhatIsShown()
    {
        Fixture fixture(refundConversation());
        QAccessibleInterface *view = QAccessible::queryAccessibleInterface(&fixture.view);
        QVERIFY(view);
        QCOMPARE(view->text(QAccessible::Name), u"Transcript"_s);
        QVERIFY(view->childCount() >= 2);
        QVERIFY(view->child(0)->text(QAccessible::Name).startsWith(u"You: A customer"_s));
        QAccessibleInterface *reply = view->child(1);
        QVERIFY(reply->text(QAccessible::Name).startsWith(u"Agent: "_s));
        QVERIFY(reply->text(QAccessible::Name).contains(u"What can be refunded"_s));
        QVERIFY(reply->childCount() > 0);
        QCOMPARE(reply->child(0)->parent(), reply);
        QVERIFY(reply->child(0)->actionInterface());
        QVERIFY(reply->child(0)->rect().isValid());
    }

    void asksForRetryOfAStoppedAnswer()
    {
        Fixture fixture({userMessage(u"x"_s), answer(u"half"_s, MessageState::Stopped)});
        QSignalSpy spy(&fixture.view, &TranscriptView::retryRequested);
        const HotAddress retry = fixture.hot(1, Hot::Action::Retry);
        QVERIFY(!retry.isNull());
        fixture.view.activate(retry);
        QCOMPARE(spy.count(), 1);
        QCOMPARE(spy[0][0].value<MessageId>(), fixture.messages.at(1).id);
    }

    void laysOutAVeryLongLine()
    {
        Fixture fixture({answer(QString(100'000, u'x'))});
        QVERIFY(fixture.view.rows().layout(0).height() > 5'000);
    }

    void tabGoesThroughWhatCanBePressed()
    {
        Fixture fixture(refundConversation());
        fixture.view.setFocus();
        QSignalSpy spy(&fixture.view, &TranscriptView::partChosen);
        // The first message has Copy, the second begins with its reasoning.
        QTest::keyClick(&fixture.view, Qt::Key_Tab);
        QTest::keyClick(&fixture.view, Qt::Key_Tab);
        QTest::keyClick(&fixture.view, Qt::Key_Return);
        QCOMPARE(spy.count(), 1);
        QVERIFY(fixture.view.rowText(1).contains(u"One is late"_s));
    }
};

QTEST_MAIN(TranscriptViewTest)
#include "tst_transcriptview.moc"
