// SPDX-License-Identifier: Apache-2.0
#include "app/panels/fakechat.h"
#include "app/transcript/transcriptfixture.h"

#include "transcript/transcriptrows.h"

#include <QAccessible>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

QAccessibleInterface *listOf(TranscriptView &view)
{
    return QAccessible::queryAccessibleInterface(&view);
}

QString roleWord(const QAccessibleInterface *node)
{
    switch (node->role()) {
    case QAccessible::Paragraph:
        return u"paragraph"_s;
    case QAccessible::Heading:
        return u"heading"_s;
    case QAccessible::List:
        return u"list"_s;
    case QAccessible::ListItem:
        return u"item"_s;
    case QAccessible::Section:
        return u"section"_s;
    case QAccessible::EditableText:
        return u"text"_s;
    case QAccessible::Table:
        return u"table"_s;
    case QAccessible::ColumnHeader:
        return u"column"_s;
    case QAccessible::Cell:
        return u"cell"_s;
    case QAccessible::Link:
        return u"link"_s;
    case QAccessible::Button:
        return u"button"_s;
    case QAccessible::Separator:
        return u"rule"_s;
    case QAccessible::StaticText:
        return u"words"_s;
    case QAccessible::Grouping:
        return u"group"_s;
    default:
        return QString::number(node->role());
    }
}

QString wholeText(QAccessibleInterface *node)
{
    QAccessibleTextInterface *text = node->textInterface();
    return text ? text->text(0, text->characterCount()) : QString();
}

//! A line for each node: how deep, what it is, its name or else its text.
QStringList printed(QAccessibleInterface *node, int depth = 0)
{
    QStringList lines;
    for (int i = 0; i < node->childCount(); ++i) {
        QAccessibleInterface *child = node->child(i);
        QString name = child->text(QAccessible::Name);
        if (name.isEmpty())
            name = wholeText(child);
        lines.append(QString(depth, u' ') + roleWord(child) + u' ' + name.replace(u'\n', u'/'));
        lines.append(printed(child, depth + 1));
    }
    return lines;
}

QAccessibleInterface *first(QAccessibleInterface *node, QAccessible::Role role)
{
    for (int i = 0; i < node->childCount(); ++i) {
        if (node->child(i)->role() == role)
            return node->child(i);
        if (QAccessibleInterface *inside = first(node->child(i), role))
            return inside;
    }
    return nullptr;
}

} // namespace

class TranscriptTreeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // Those of the message stand beside its first block, of whatever kind that is, but are not in it.
    void buttonsHaveOnePlace()
    {
        Fixture fixture({userMessage(u"|a|b|\n|-|-|\n|[c](https://x.test)|d|"_s)});
        QAccessibleInterface *message = listOf(fixture.view)->child(0);
        int buttons = 0;
        const std::function<void(QAccessibleInterface *)> walk = [&](QAccessibleInterface *node) {
            for (int i = 0; i < node->childCount(); ++i) {
                QCOMPARE(node->child(i)->parent(), node);
                buttons += node->child(i)->role() == QAccessible::Button ? 1 : 0;
                walk(node->child(i));
            }
        };
        walk(message);
        QCOMPARE(buttons, 2);
    }

    void blocksAreWhatTheyWereWrittenAs()
    {
        Message reply = answer(u"# Head\n\nWords with a [link](https://x.test/) inside.\n\n"
                               u"- one\n  - deeper\n  - [x] ticked\n- two\n\n  more of two\n\n"
                               u"1. first\n\n"
                               u"> quoted\n>\n> - in it\n\n"
                               u"|a|b|\n|-|-|\n|c|d|\n\n"
                               u"```python\nx = 1\ny = 2\n```\n\n---\n\nEnd"_s);
        reply.timings.change().total = std::chrono::seconds(2);
        Fixture fixture({reply});
        QAccessibleInterface *message = listOf(fixture.view)->child(0);
        const QStringList expected{
            u"words Agent"_s,
            u"heading Head"_s,
            u"paragraph Words with a link inside."_s,
            u" link link"_s,
            u"list • one/• deeper/☑ ticked/• two/more of two"_s,
            u" item • one/• deeper/☑ ticked"_s,
            u"  paragraph one"_s,
            u"  list • deeper/☑ ticked"_s,
            u"   item • deeper"_s,
            u"    paragraph deeper"_s,
            u"   item ☑ ticked"_s,
            u"    paragraph ticked"_s,
            u" item • two/more of two"_s,
            u"  paragraph two"_s,
            u"  paragraph more of two"_s,
            u"list 1. first"_s,
            u" item 1. first"_s,
            u"  paragraph first"_s,
            u"section Quote"_s,
            u" paragraph quoted"_s,
            u" list • in it"_s,
            u"  item • in it"_s,
            u"   paragraph in it"_s,
            u"table a, b"_s,
            u" column a"_s,
            u" column b"_s,
            u" cell c"_s,
            u" cell d"_s,
            u"text Code, python, 2 line(s)"_s,
            u" button Copy code: python"_s,
            u"rule "_s,
            u"paragraph End"_s,
            u"words 2.0 s"_s,
            u"button Copy message"_s,
            u"button Regenerate answer"_s,
        };
        const QStringList found = printed(message);
        for (qsizetype i = 0; i < std::max(found.size(), expected.size()); ++i)
            QCOMPARE(found.value(i), expected.value(i));
        QCOMPARE(message->child(1)->text(QAccessible::Description), u"Level 1"_s);
        QAccessibleInterface *ticked = message->child(3)->child(0)->child(1)->child(1);
        QVERIFY(ticked->state().checkable && ticked->state().checked);
        QCOMPARE(ticked->parent()->parent()->parent()->parent(), message);
    }

    void everyNodeKnowsItsPlace()
    {
        Fixture fixture(galleryConversation(), {760, 900});
        for (int row = 0; row < 3; ++row) {
            QList<QAccessibleInterface *> left{listOf(fixture.view)->child(row)};
            int seen = 0;
            while (!left.isEmpty()) {
                QAccessibleInterface *node = left.takeFirst();
                ++seen;
                QVERIFY(node->isValid());
                for (int i = 0; i < node->childCount(); ++i) {
                    QAccessibleInterface *child = node->child(i);
                    QCOMPARE(child->parent(), node);
                    QCOMPARE(node->indexOfChild(child), i);
                    QVERIFY2(node->rect().adjusted(-2, -2, 2, 2).contains(child->rect())
                                 || child->role() == QAccessible::Button,
                             qPrintable(roleWord(node) + u' ' + roleWord(child) + u' ' + wholeText(child)));
                    left.append(child);
                }
            }
            QVERIFY(seen > 2);
        }
        QAccessibleInterface *card = first(listOf(fixture.view)->child(1), QAccessible::Grouping);
        QVERIFY(card && card->text(QAccessible::Name).startsWith(u"Error: "_s));
        QVERIFY(first(card, QAccessible::Button));
    }

    void tablesTellRowsColumnsAndHeadings()
    {
        Fixture fixture({answer(u"|Item|Paid|\n|-|-:|\n|Lamp|89|\n|Bulb|12|"_s)});
        QAccessibleInterface *node = first(listOf(fixture.view)->child(0), QAccessible::Table);
        QVERIFY(node);
        QAccessibleTableInterface *table = node->tableInterface();
        QVERIFY(table);
        QCOMPARE((std::pair{table->rowCount(), table->columnCount()}), (std::pair{3, 2}));
        QCOMPARE(table->columnDescription(1), u"Paid"_s);
        QAccessibleInterface *cell = table->cellAt(2, 1);
        QVERIFY(cell);
        QCOMPARE(cell->text(QAccessible::Name), u"12"_s);
        QCOMPARE(cell, node->child(5));
        QAccessibleTableCellInterface *inTable = cell->tableCellInterface();
        QVERIFY(inTable);
        QCOMPARE((std::pair{inTable->rowIndex(), inTable->columnIndex()}), (std::pair{2, 1}));
        QCOMPARE(inTable->table(), node);
        QCOMPARE(inTable->columnHeaderCells().value(0), table->cellAt(0, 1));
        QVERIFY(!table->cellAt(3, 0) && !table->cellAt(0, 2) && !table->cellAt(-1, 0));
        QVERIFY(node->rect().contains(cell->rect()));
    }

    void blocksAreReadWithCaretAndSelection()
    {
        Fixture fixture({answer(u"First one. Then two!\n\n1. an *item*"_s)});
        fixture.view.activateWindow();
        fixture.view.setFocus();
        QTRY_VERIFY(fixture.view.hasFocus());
        QAccessibleInterface *paragraph = first(listOf(fixture.view)->child(0), QAccessible::Paragraph);
        QAccessibleTextInterface *text = paragraph->textInterface();
        int start = 0;
        int end = 0;
        QCOMPARE(text->textAtOffset(3, QAccessible::SentenceBoundary, &start, &end), u"First one. "_s);
        QCOMPARE(text->textAfterOffset(3, QAccessible::SentenceBoundary, &start, &end), u"Then two!"_s);
        QCOMPARE(text->textBeforeOffset(12, QAccessible::WordBoundary, &start, &end), u" "_s);
        QCOMPARE(text->textAtOffset(3, QAccessible::ParagraphBoundary, &start, &end),
                 u"First one. Then two!"_s);
        text->setCursorPosition(6);
        QCOMPARE(text->cursorPosition(), 6);
        QVERIFY(paragraph->state().focused);
        QCOMPARE(listOf(fixture.view)->focusChild(), paragraph);
        QTest::keyClick(&fixture.view, Qt::Key_Right, Qt::ShiftModifier);
        text->selection(0, &start, &end);
        QCOMPARE((std::pair{start, end}), (std::pair{6, 7}));
        QAccessibleInterface *item = first(listOf(fixture.view)->child(0), QAccessible::ListItem);
        QCOMPARE(wholeText(item), u"1. an item"_s);
        item->textInterface()->addSelection(3, 5);
        QCOMPARE(fixture.view.selectedText(), u"an"_s);
        QVERIFY(item->textInterface()->attributes(7, &start, &end).contains(u"italic"_s));
        const QRect rect = item->textInterface()->characterRect(3);
        QVERIFY(item->rect().contains(rect));
        QCOMPARE(item->textInterface()->offsetAtPoint(rect.center() - QPoint(rect.width() / 2 - 1, 0)), 3);
        QCOMPARE(text->offsetAtPoint(rect.center()), -1);
    }

    void namesAreShortAndTextsWhole()
    {
        const QString words = QString(u"many words "_s).repeated(20'000).trimmed();
        Fixture fixture({userMessage(u"Short"_s), answer(words), answer({}, MessageState::Streaming)});
        QAccessibleInterface *list = listOf(fixture.view);
        QVERIFY(list->child(0)->text(QAccessible::Name).endsWith(u": Short"_s));
        const QString name = list->child(1)->text(QAccessible::Name);
        QVERIFY2(name.startsWith(u"Agent, "_s) && name.endsWith(u"words…"_s), qPrintable(name));
        QVERIFY(name.size() < 260);
        QCOMPARE(wholeText(list->child(1)), words);
        QVERIFY(list->child(2)->text(QAccessible::Name).endsWith(u", streaming"_s));
        QVERIFY(list->child(2)->state().busy && !list->child(1)->state().busy);
    }

    void tenThousandMessagesCostWhatIsAsked()
    {
        Fixture fixture(longConversation(10'000));
        const int before = fixture.view.rows().layoutCount();
        QAccessibleInterface *list = listOf(fixture.view);
        QVERIFY(list->childCount() >= 10'000);
        for (int row = 0; row < 10'000; ++row) {
            QAccessibleInterface *message = list->child(row);
            QVERIFY(message && !message->text(QAccessible::Name).isEmpty());
            QVERIFY(message->state().focusable && message->rect().isValid());
        }
        QCOMPARE(fixture.view.rows().layoutCount(), before);
        // What is read far away does not move what is seen, and is let go again.
        const int top = int(fixture.view.rowOrigin(9'990).y());
        for (int row = 100; row < 400; ++row)
            QVERIFY(list->child(row)->childCount() > 1);
        QCOMPARE(int(fixture.view.rowOrigin(9'990).y()), top);
        QVERIFY(fixture.view.rows().layoutCount() > 250);
        QTRY_VERIFY(fixture.view.rows().layoutCount() < 120);
    }

    void objectsStayWithTheirMessage()
    {
        Fixture fixture({userMessage(u"One"_s), answer(u"Two\n\n- a\n- b"_s)});
        QAccessibleInterface *list = listOf(fixture.view);
        QAccessibleInterface *two = list->child(1);
        QAccessibleInterface *item = first(two, QAccessible::ListItem);
        const QAccessible::Id id = QAccessible::uniqueId(two);
        fixture.messages.insert(0, userMessage(u"Zero"_s));
        QCOMPARE(list->child(2), two);
        QCOMPARE(QAccessible::uniqueId(list->child(2)), id);
        QCOMPARE(list->indexOfChild(two), 2);
        QCOMPARE(wholeText(item), u"• a"_s);
        QCOMPARE(first(two, QAccessible::ListItem), item);
        fixture.messages.remove(0);
        QCOMPARE(list->child(1), two);
        QCOMPARE(wholeText(item), u"• a"_s);
        fixture.messages.reset({userMessage(u"Else"_s)});
        QVERIFY(!QAccessible::accessibleInterface(id));
        QCOMPARE(list->child(0)->text(QAccessible::Name).last(4), u"Else"_s);
    }

    void blocksOfAStreamingAnswerStay()
    {
        Fixture fixture({answer(u"Begin"_s, MessageState::Streaming)});
        QAccessibleInterface *message = listOf(fixture.view)->child(0);
        QAccessibleInterface *paragraph = first(message, QAccessible::Paragraph);
        for (int i = 0; i < 30; ++i) {
            fixture.type(0, u" word"_s + QString::number(i));
            fixture.view.showChanges();
        }
        fixture.type(0, u"\n\n- an item"_s);
        fixture.view.showChanges();
        QCOMPARE(first(message, QAccessible::Paragraph), paragraph);
        QVERIFY(first(message, QAccessible::ListItem));
        fixture.messages.change(0, [](Message &whole) {
            std::get<Text>(whole.parts.back().content).markdown = u"# Other"_s;
            whole.state = MessageState::Complete;
        });
        fixture.view.showChanges();
        QVERIFY(!message->state().busy);
        QVERIFY(!first(message, QAccessible::Paragraph));
    }

    void messagesAreEnteredAndLeftThroughTheTree()
    {
        Fixture fixture({answer(u"One [link](https://x.test/)"_s), answer(u"Two"_s)});
        fixture.view.activateWindow();
        fixture.view.setFocus();
        QTRY_VERIFY(fixture.view.hasFocus());
        QAccessibleInterface *list = listOf(fixture.view);
        list->child(0)->actionInterface()->doAction(QAccessibleActionInterface::setFocusAction());
        QVERIFY(list->child(0)->state().focused);
        QVERIFY(!list->child(1)->state().focused);
        QCOMPARE(list->focusChild(), list->child(0));
        list->child(0)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QVERIFY(fixture.view.caret());
        QVERIFY(!list->child(0)->state().focused);
        QAccessibleInterface *link = first(list->child(0), QAccessible::Link);
        link->actionInterface()->doAction(QAccessibleActionInterface::setFocusAction());
        QVERIFY(link->state().focused);
        QCOMPARE(list->focusChild(), link);
        QTest::keyClick(&fixture.view, Qt::Key_Escape);
        QCOMPARE(list->focusChild(), list->child(0));
    }
};

QTEST_MAIN(TranscriptTreeTest)
#include "tst_transcripttree.moc"
