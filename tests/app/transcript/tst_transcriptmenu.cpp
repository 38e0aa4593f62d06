// SPDX-License-Identifier: Apache-2.0
#include "app/transcript/transcriptfixture.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

//! The middle of a place's first letters, in the viewport.
QPoint at(Fixture &fixture, const TextPosition &place)
{
    return fixture.view.caretRect(place).center().toPoint() + QPoint(2, 0);
}

//! What the menu at a point offers. Null: not that.
QAction *offered(Fixture &fixture, const QPoint &point, const QString &text)
{
    for (QMenu *menu : fixture.view.findChildren<QMenu *>())
        delete menu;
    QContextMenuEvent event(QContextMenuEvent::Mouse, point, fixture.view.viewport()->mapToGlobal(point));
    QCoreApplication::sendEvent(fixture.view.viewport(), &event);
    auto *menu = fixture.view.findChild<QMenu *>();
    if (!menu)
        return nullptr;
    for (QAction *action : menu->actions()) {
        if (action->text() == text)
            return action;
    }
    return nullptr;
}

//! What is copied by choosing that; null if it is not offered.
QString copied(Fixture &fixture, const QPoint &point, const QString &text)
{
    QGuiApplication::clipboard()->setText(u"before"_s);
    QAction *action = offered(fixture, point, text);
    if (!action || !action->isEnabled())
        return {};
    action->trigger();
    return QGuiApplication::clipboard()->text();
}

} // namespace

class TranscriptMenuTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void copiesCodeAndLinksWhereTheyAre()
    {
        Fixture fixture(
            {answer(u"See [the page](https://x.test/a?b=c) now.\n\n```cpp\nint a;\n\treturn;\n```"_s)});
        const QPoint words = at(fixture, {0, 1, 0, 0, 0});
        const QPoint link = at(fixture, {0, 1, 0, 0, 6});
        const QPoint code = at(fixture, {0, 1, 1, 0, 8});
        QCOMPARE(copied(fixture, link, u"Copy link"_s), u"https://x.test/a?b=c"_s);
        QCOMPARE(copied(fixture, code, u"Copy code"_s), u"int a;\n\treturn;"_s);
        for (const QPoint &elsewhere : {words, code})
            QVERIFY(!offered(fixture, elsewhere, u"Copy link"_s));
        for (const QPoint &elsewhere : {words, link})
            QVERIFY(!offered(fixture, elsewhere, u"Copy code"_s));
    }

    void copiesATableInEachForm()
    {
        Fixture fixture({answer(u"| a | b |\n|---|--:|\n| x, \"y\" | **2** |\n| p\\|q | |\n\nafter"_s)});
        const QPoint table = at(fixture, {0, 1, 0, 2, 0});
        QCOMPARE(copied(fixture, table, u"Copy table as Markdown"_s),
                 u"| a | b |\n| --- | ---: |\n| x, \"y\" | **2** |\n| p\\|q |  |\n"_s);
        QCOMPARE(copied(fixture, table, u"Copy table as tab-separated values"_s),
                 u"a\tb\nx, \"y\"\t2\np|q\t"_s);
        QCOMPARE(copied(fixture, table, u"Copy table as CSV"_s), u"a,b\n\"x, \"\"y\"\"\",2\np|q,"_s);
        QVERIFY(!offered(fixture, at(fixture, {0, 1, 1, 0, 0}), u"Copy table as CSV"_s));
    }

    void copiesTheMessageUnderTheMouse()
    {
        const QString markdown = u"# Head\n\nSome **bold** words\n\n- one\n- two"_s;
        Fixture fixture({userMessage(u"*asked*"_s), answer(markdown), answer(u"another"_s)});
        QCOMPARE(copied(fixture, at(fixture, {1, 1, 1, 0, 0}), u"Copy message as Markdown"_s), markdown);
        QCOMPARE(copied(fixture, at(fixture, {0, 1, 0, 0, 0}), u"Copy message as Markdown"_s), u"*asked*"_s);
    }

    void copiesAndQuotesWhatIsSelected()
    {
        Fixture fixture({answer(u"Some **bold** words"_s)});
        QSignalSpy quoted(&fixture.view, &TranscriptView::quoteRequested);
        const QPoint point = at(fixture, {0, 1, 0, 0, 0});
        QVERIFY(!offered(fixture, point, u"Copy"_s)->isEnabled());
        QVERIFY(!offered(fixture, point, u"Quote"_s));
        offered(fixture, point, u"Quote message"_s)->trigger();
        QCOMPARE(quoted.takeFirst().at(0).toString(), u"Some **bold** words"_s);
        fixture.view.select({0, 1, 0, 0, 5}, {0, 1, 0, 0, 15});
        QCOMPARE(copied(fixture, point, u"Copy"_s), u"bold words"_s);
        QCOMPARE(QGuiApplication::clipboard()->mimeData()->data(u"text/markdown"_s),
                 QByteArray("**bold** words"));
        offered(fixture, point, u"Quote"_s)->trigger();
        QCOMPARE(quoted.takeFirst().at(0).toString(), u"bold words"_s);
    }
};

QTEST_MAIN(TranscriptMenuTest)
#include "tst_transcriptmenu.moc"
