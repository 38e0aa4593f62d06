// SPDX-License-Identifier: Apache-2.0
#include "app/transcript/transcriptfixture.h"

#include <QClipboard>
#include <QDir>
#include <QLineEdit>
#include <QMimeData>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

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

            Fixture gallery(galleryConversation(), {760, size == 200 ? 3600 : 1800});
            gallery.theme.setChoice(choice);
            gallery.theme.setTextSize(size);
            for (const HotAddress &address : gallery.view.hotsOf(1)) {
                if (gallery.actionOf(address) == Hot::Action::Fold)
                    gallery.view.activate(address);
            }
            QVERIFY(gallery.view.grab().save(folder + u"/gallery-"_s + name + u".png"_s));
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

    void aStreamedAnswerLooksAsOneThatCameWhole()
    {
        const std::vector<Message> gallery = galleryConversation();
        QString source;
        for (const MessagePart &one : gallery[1].parts) {
            if (const auto *text = std::get_if<Text>(&one.content))
                source = text->markdown;
        }
        QString rows = u"| yes |\n"_s;
        for (int i = 0; i < 14; ++i)
            rows += u"| row %1 of more | %1 | **and** on |\n"_s.arg(i);
        source.replace(u"| yes |\n"_s, rows);
        Fixture streamed({answer({}, MessageState::Streaming)}, {760, 1600});
        for (int at = 0; at < source.size(); at += 7) {
            streamed.type(0, source.mid(at, 7));
            streamed.view.showChanges();
        }
        QVERIFY(isPaintedRight(streamed.view));
        streamed.messages.change(0, [](Message &message) { message.state = MessageState::Complete; });
        streamed.view.showChanges();
        Fixture whole({answer(source)}, {760, 1600});
        QVERIFY(isPaintedRight(streamed.view));
        QVERIFY(isPaintedRight(whole.view));
        QCOMPARE(streamed.view.rows().height(0), whole.view.rows().height(0));
        QCOMPARE(streamed.view.viewport()->grab().toImage(), whole.view.viewport()->grab().toImage());
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
        Fixture fixture({answer(u"[a](https://x.test/y) [b](file:///etc/passwd) [c](javascript:x) "
                                u"[d](ftp://x.test) [e](data:text/html,x) [f](mailto:x@x.test) [g](//x.test) "
                                u"![h](http://x.test/h.png) [i](smb://x/y) [j](https:///x)"_s)});
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
        // The picture is one in the text, and one below it.
        QCOMPARE(links, 11);
        const QUrl picture(u"http://x.test/h.png"_s);
        QCOMPARE(opened, (QList<QUrl>{QUrl(u"https://x.test/y"_s), picture, picture}));
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

    void findsOnlyInWhatIsNewWhileAnAnswerStreams()
    {
        QString text;
        for (int i = 0; i < 300; ++i)
            text += u"A parcel, and then another parcel.\n\n"_s;
        Fixture fixture({userMessage(u"Where is the parcel?"_s), answer(text, MessageState::Streaming)});
        fixture.view.openFind();
        fixture.view.findChild<QLineEdit *>(u"findField"_s)->setText(u"parcel"_s);
        QCOMPARE(fixture.view.hitCount(), 601);
        fixture.view.stepHit(-2);
        QCOMPARE(fixture.view.currentHit(), 600);
        fixture.type(1, u"More of"_s);
        fixture.view.showChanges();
        const qint64 before = fixture.view.finder().searchedBlocks();
        for (int i = 0; i < 20; ++i) {
            fixture.type(1, u" the parcel"_s);
            fixture.view.showChanges();
        }
        QCOMPARE(fixture.view.hitCount(), 621);
        QCOMPARE(fixture.view.currentHit(), 600);
        QVERIFY(fixture.view.finder().searchedBlocks() - before < 100);
        fixture.messages.change(1, [](Message &message) { message.state = MessageState::Complete; });
        fixture.view.showChanges();
        QCOMPARE(fixture.view.hitCount(), 621);
        fixture.messages.append(userMessage(u"One parcel more"_s));
        QCOMPARE(fixture.view.hitCount(), 622);
        QVERIFY(isPaintedRight(fixture.view));
    }

    void keepsHitsInTheirRowsWhenRowsMove()
    {
        Fixture fixture({userMessage(u"one parcel"_s), answer(u"no"_s), userMessage(u"two parcel"_s)});
        fixture.view.openFind();
        fixture.view.findChild<QLineEdit *>(u"findField"_s)->setText(u"parcel"_s);
        fixture.view.stepHit(1);
        QCOMPARE(fixture.view.finder().hits()[1].begin.row, 2);
        fixture.messages.insert(1, userMessage(u"a parcel between"_s));
        QCOMPARE(fixture.view.hitCount(), 3);
        QCOMPARE(fixture.view.currentHit(), 2);
        QCOMPARE(fixture.view.finder().hits()[2].begin.row, 3);
        fixture.messages.remove(0);
        QCOMPARE(fixture.view.hitCount(), 2);
        QCOMPARE(fixture.view.finder().hits()[1].begin.row, 2);
    }

    void foldsReasoningIntoOneLine()
    {
        Message reply = answer({}, MessageState::Streaming);
        reply.parts = {part(Reasoning{u"First thought"_s, false}, 100, 200)};
        Fixture fixture({reply});
        QVERIFY(fixture.view.rowText(0).contains(u"Thinking…"_s));
        QVERIFY(!fixture.view.rowText(0).contains(u"First thought"_s));
        const HotAddress fold = fixture.hot(0, Hot::Action::Fold);
        fixture.view.activate(fold);
        QVERIFY(fixture.view.rowText(0).contains(u"First thought"_s));
        for (int i = 0; i < 3; ++i) {
            fixture.messages.change(0, [&](Message &message) {
                std::get<Reasoning>(message.parts[0].content).text += u"\n\nand **more %1**"_s.arg(i);
                message.parts[0].end += std::chrono::milliseconds(700);
            });
            fixture.view.showChanges();
            QVERIFY(isPaintedRight(fixture.view));
        }
        QVERIFY(fixture.view.rowText(0).contains(u"and more 2"_s));
        fixture.messages.change(0, [](Message &message) { message.parts.push_back(part(Text{u"So."_s})); });
        fixture.view.showChanges();
        QVERIFY(fixture.view.rowText(0).contains(u"Thought for 2.2 s"_s));
        fixture.view.activate(fold);
        QVERIFY(!fixture.view.rowText(0).contains(u"First thought"_s));
    }

    void showsArgumentsAndResultInTheOrderTheyCame()
    {
        Fixture fixture(refundConversation());
        QStringList tools;
        for (const HotAddress &address : fixture.view.hotsOf(1)) {
            const LaidBlock *laid = fixture.view.blockAt({1, address.section, address.block, 0, 0});
            if (laid->block.kind == BlockKind::Tool)
                tools.append(laid->block.texts[0].text);
        }
        QCOMPARE(tools, (QStringList{u"get_order"_s, u"refund_policy"_s}));
        for (const HotAddress &address : fixture.view.hotsOf(1)) {
            if (fixture.view.hotAt(address)->label == u"get_order"_s) {
                QVERIFY(fixture.view.hotRect(address).height() < 40 * fixture.theme.scale());
                fixture.view.activate(address);
                break;
            }
        }
        const QString text = fixture.view.rowText(1);
        const auto arguments = text.indexOf(u"\"order_id\": 4471"_s, text.indexOf(u'\n'));
        const auto result = text.indexOf(u"12345678901234567890"_s);
        QVERIFY(arguments > 0 && result > arguments);
        QVERIFY(text.indexOf(u"refund_policy"_s) > result);
    }

    void tellsTimesAndTokensOfEachAnswer()
    {
        Message reply = answer(u"Fine"_s);
        reply.timings.change().firstText = std::chrono::milliseconds(620);
        reply.timings.change().total = std::chrono::milliseconds(8400);
        reply.usage.change().outputTokens = 312;
        Fixture fixture({reply});
        const QString text = fixture.view.rowText(0);
        QVERIFY2(text.contains(u"first text 0.62 s"_s) && text.contains(u"8.4 s"_s)
                     && text.contains(u"312 token"_s),
                 qPrintable(text));
    }

    void copiesAMessageAsMarkdown()
    {
        const QString source = u"## Head\n\n* a\n* [b](https://x.test)"_s;
        Message reply = answer(source);
        reply.timings.change().total = std::chrono::milliseconds(900);
        Fixture fixture({reply});
        const HotAddress copy = fixture.hot(0, Hot::Action::CopyMessage);
        QVERIFY(!copy.isNull());
        fixture.view.activate(copy);
        QCOMPARE(QGuiApplication::clipboard()->text(), source);
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
        Fixture fixture(refundConversation(), {760, 800}); // all of it in view
        fixture.view.setFocus();
        QSignalSpy spy(&fixture.view, &TranscriptView::partChosen);
        // The first message has Copy and Edit, the second begins with its reasoning.
        QTest::keyClick(&fixture.view, Qt::Key_Tab);
        QTest::keyClick(&fixture.view, Qt::Key_Tab);
        QTest::keyClick(&fixture.view, Qt::Key_Tab);
        QTest::keyClick(&fixture.view, Qt::Key_Return);
        QCOMPARE(spy.count(), 1);
        QVERIFY(fixture.view.rowText(1).contains(u"One is late"_s));
    }
};

QTEST_MAIN(TranscriptViewTest)
#include "tst_transcriptview.moc"
