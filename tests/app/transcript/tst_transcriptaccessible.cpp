// SPDX-License-Identifier: Apache-2.0
#include "app/panels/fakechat.h"
#include "app/transcript/transcriptfixture.h"

#include "transcript/announcer.h"

#include <QAccessible>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

QAccessibleInterface *message(TranscriptView &view, int row)
{
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(&view);
    return interface ? interface->child(row) : nullptr;
}

QAccessibleInterface *childNamed(QAccessibleInterface *parent, const QString &start)
{
    for (int i = 0; i < parent->childCount(); ++i) {
        if (parent->child(i)->text(QAccessible::Name).startsWith(start))
            return parent->child(i);
        if (QAccessibleInterface *inside = childNamed(parent->child(i), start))
            return inside;
    }
    return nullptr;
}

} // namespace

class TranscriptAccessibleTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void namesMessagesByRoleAgentAndTime()
    {
        FakeChat chat;
        chat.list().append(userMessage(u"A customer asks"_s));
        chat.list().append(answer(u"We answer"_s, MessageState::Stopped));
        Theme theme;
        TranscriptView view(&theme);
        view.resize(700, 500);
        view.setChat(&chat);
        QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&view);
        QCOMPARE(list->text(QAccessible::Name), u"Transcript"_s);
        QCOMPARE(list->role(), QAccessible::List);
        QVERIFY(list->childCount() >= 2);
        const QString time =
            QLocale().toString(chat.list().at(0).created.toLocalTime().time(), QLocale::ShortFormat);
        QCOMPARE(list->child(0)->text(QAccessible::Name),
                 QString(u"You, "_s + time + u": A customer asks"_s));
        QCOMPARE(list->child(0)->role(), QAccessible::ListItem);
        const QString name = list->child(1)->text(QAccessible::Name);
        QVERIFY2(name.startsWith(u"Agent, Order assistant, "_s), qPrintable(name));
        QVERIFY2(name.contains(u", stopped: We answer"_s), qPrintable(name));
        view.setChat(nullptr);
    }

    void namesToolRowsCopyAndErrors()
    {
        std::vector<Message> messages = refundConversation();
        Error error;
        error.kind = ErrorKind::ConnectionRefused;
        messages[1].parts.push_back(part(ErrorPart{error}));
        messages[1].state = MessageState::Failed;
        Fixture fixture(std::move(messages));
        QAccessibleInterface *reply = message(fixture.view, 1);
        QAccessibleInterface *tool = childNamed(reply, u"Tool call get_order, done, 0.4 s"_s);
        QVERIFY(tool);
        QVERIFY(tool->state().expandable);
        QVERIFY(tool->state().collapsed);
        tool->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QVERIFY(childNamed(reply, u"Tool call get_order"_s)->state().expanded);
        QVERIFY(childNamed(reply, u"Thought for"_s));
        QVERIFY(childNamed(reply, u"Copy code: http"_s));
        QVERIFY(childNamed(reply, u"Copy message"_s));
        QAccessibleInterface *details = childNamed(reply, u"Details"_s);
        QVERIFY(details);
        const QString title = details->text(QAccessible::Description);
        QVERIFY(!title.isEmpty());
        QVERIFY(reply->text(QAccessible::Value).contains(title));
        QVERIFY(reply->text(QAccessible::Name).contains(u"failed"_s));
        QCOMPARE(tool->parent(), reply);
        QVERIFY(tool->rect().isValid());
        QCOMPARE(reply->indexOfChild(reply->child(2)), 2);
    }

    void readsByCharacterWordLineAndParagraph()
    {
        Fixture fixture({answer(u"# Head\n\n"_s + QString(u"several words "_s).repeated(40).trimmed()
                                + u"\n\n1. an *item*\n\n```\nfirst\nsecond\n```\n\n|a|b|\n|-|-|\n|c|d|"_s)});
        QAccessibleTextInterface *text = message(fixture.view, 0)->textInterface();
        QVERIFY(text);
        const QString all = text->text(0, text->characterCount());
        QVERIFY(all.startsWith(u"Head\nseveral words"_s));
        int start = 0;
        int end = 0;
        QCOMPARE(text->textAtOffset(0, QAccessible::CharBoundary, &start, &end), u"H"_s);
        QCOMPARE(text->textAtOffset(7, QAccessible::WordBoundary, &start, &end).trimmed(), u"several"_s);
        QCOMPARE(text->textAtOffset(0, QAccessible::LineBoundary, &start, &end), u"Head\n"_s);
        // The long paragraph is read by the lines that are seen.
        const QString line = text->textAfterOffset(0, QAccessible::LineBoundary, &start, &end);
        QCOMPARE(start, 5);
        QVERIFY(line.startsWith(u"several"_s) && line.size() > 30 && line.size() < 200);
        // Line by line, everything is read once.
        QString together;
        for (int at = 0; at < all.size();) {
            const QString one = text->textAtOffset(at, QAccessible::LineBoundary, &start, &end);
            QCOMPARE(start, at);
            QVERIFY(end > at);
            together += one;
            at = end;
        }
        QCOMPARE(together, all);
        QCOMPARE(text->textAtOffset(int(all.indexOf(u"an item"_s)), QAccessible::LineBoundary, &start, &end),
                 u"1. an item\n"_s);
        QCOMPARE(text->textAtOffset(int(all.indexOf(u"second"_s)), QAccessible::LineBoundary, &start, &end),
                 u"second\n"_s);
        QCOMPARE(text->textAtOffset(int(all.indexOf(u"c\td"_s)), QAccessible::LineBoundary, &start, &end),
                 u"c\td"_s);
        QVERIFY(text->attributes(int(all.indexOf(u"item"_s)), &start, &end).contains(u"italic"_s));
        QCOMPARE(end - start, 4);
        // Run by run one comes to the end, over markers and breaks between blocks too.
        for (int at = 0; at < all.size(); at = end) {
            (void)text->attributes(at, &start, &end);
            QVERIFY(start <= at && end > at && end <= all.size());
        }
    }

    void tellsWhereCharactersAre()
    {
        Fixture fixture({answer(u"Some words\n\nto look at"_s)});
        QAccessibleTextInterface *text = message(fixture.view, 0)->textInterface();
        const QString all = text->text(0, text->characterCount());
        const int offset = int(all.indexOf(u"look"_s));
        const QRect rect = text->characterRect(offset);
        QVERIFY(rect.width() > 1 && rect.height() > 8);
        QVERIFY(message(fixture.view, 0)->rect().contains(rect));
        QCOMPARE(text->offsetAtPoint(rect.center() - QPoint(rect.width() / 2 - 1, 0)), offset);
    }

    void hasACaretAndASelection()
    {
        Fixture fixture({answer(u"Some words\n\nto look at"_s)});
        QAccessibleTextInterface *text = message(fixture.view, 0)->textInterface();
        QCOMPARE(text->cursorPosition(), -1);
        QCOMPARE(text->selectionCount(), 0);
        text->setCursorPosition(5);
        QCOMPARE(text->cursorPosition(), 5);
        text->addSelection(5, 10);
        int start = 0;
        int end = 0;
        text->selection(0, &start, &end);
        QCOMPARE((std::pair{start, end}), (std::pair{5, 10}));
        QCOMPARE(fixture.view.selectedText(), u"words"_s);
        text->removeSelection(0);
        QVERIFY(!fixture.view.hasSelection());
    }

    void theFocusInsideIsKnown()
    {
        Fixture fixture({answer(u"A [link](https://x.test/) here"_s)});
        fixture.view.activateWindow();
        fixture.view.setFocus();
        QTRY_VERIFY(fixture.view.hasFocus());
        (void)QAccessible::queryAccessibleInterface(&fixture.view);
        QTest::keyClick(&fixture.view, Qt::Key_Tab);
        QAccessibleInterface *focused = QAccessible::queryAccessibleInterface(&fixture.view)->focusChild();
        QVERIFY(focused && focused->state().focused);
        QCOMPARE(focused->role(), QAccessible::Link);
        QCOMPARE(focused->text(QAccessible::Description), u"https://x.test/"_s);
    }

    void theEndOfAnAnswerIsSaidOnce_data()
    {
        QTest::addColumn<MessageState>("state");
        QTest::addColumn<QString>("words");
        QTest::newRow("complete") << MessageState::Complete << u"The answer is complete."_s;
        QTest::newRow("stopped") << MessageState::Stopped << u"The answer was stopped."_s;
        QTest::newRow("failed") << MessageState::Failed << u"The answer failed."_s;
    }

    void theEndOfAnAnswerIsSaidOnce()
    {
        QFETCH(MessageState, state);
        QFETCH(QString, words);
        FakeChat chat;
        chat.list().append(answer(u"Words"_s, MessageState::Streaming));
        Theme theme;
        TranscriptView view(&theme);
        view.resize(700, 500);
        view.setChat(&chat);
        auto *announcer = view.findChild<Announcer *>();
        QVERIFY(announcer);
        QSignalSpy said(announcer, &Announcer::said);
        chat.list().change(0, [&](Message &message) { message.state = state; });
        Q_EMIT chat.answerFinished(chat.list().at(0).id);
        QCOMPARE(said.count(), 1);
        QCOMPARE(said[0][0].toString(), words);
        // Readers speak an alert by its name, so it must be in the tree.
        QAccessibleInterface *alert = QAccessible::queryAccessibleInterface(announcer);
        QCOMPARE(alert->role(), QAccessible::AlertMessage);
        QCOMPARE(alert->text(QAccessible::Name), words);
        QVERIFY(QAccessible::queryAccessibleInterface(&view)->indexOfChild(alert) >= 0);
        view.setChat(nullptr);
    }
};

QTEST_MAIN(TranscriptAccessibleTest)
#include "tst_transcriptaccessible.moc"
