// SPDX-License-Identifier: Apache-2.0
#include "app/transcript/transcriptfixture.h"
#include "transcript/blockmarkup.h"
#include "transcript/markdownwriter.h"
#include "transcript/markdownparser.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

QString wideTable(int columns, int rows)
{
    QString source;
    for (int row = -1; row <= rows; ++row) {
        for (int column = 0; column < columns; ++column)
            source += row == 0 ? u"| ---: "_s
                : row < 0      ? QString(u"| Heading of column %1 "_s.arg(column))
                               : QString(u"| some words in %1,%2 "_s.arg(row).arg(column));
        source += u"|\n"_s;
    }
    return source;
}

const LaidBlock &tableOf(Fixture &fixture)
{
    return *fixture.view.blockAt({0, 1, 0, 0, 0});
}

Block sample()
{
    return markdownBlocks(
        u"| a | b | c |\n| --- | :---: | ---: |\n| **x**\\|y | \"1, 2\" | [l](https://x.test/) |\n"_s)[0];
}

} // namespace

class TranscriptTableTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsANarrowTableInThePage()
    {
        Fixture fixture({answer(wideTable(3, 2))});
        QCOMPARE(tableOf(fixture).side.range(), 0.0);
        QVERIFY(tableOf(fixture).side.thumb().isNull());
    }

    void movesAWideTableSideways()
    {
        Fixture fixture({answer(wideTable(12, 3))});
        const LaidBlock &table = tableOf(fixture);
        QVERIFY(table.side.range() > 200);
        QVERIFY(!table.side.thumb().isNull());
        QVERIFY(table.rect.height() >= table.side.track.bottom());
        // The last column can be brought into the window, and no further.
        fixture.view.reveal({0, 1, 0, 11, 4});
        const TextBox &last = table.boxes[11];
        QVERIFY(table.cornerOf(last).x() + 20 < table.side.window.right());
        QVERIFY(table.side.offset > 0 && table.side.offset <= table.side.range());
        QVERIFY(isPaintedRight(fixture.view));
        // Columns do not overlap, and each has room for its words.
        for (int column = 1; column < 12; ++column)
            QVERIFY(table.boxes[size_t(column)].position.x() >= table.boxes[size_t(column) - 1].position.x()
                        + table.boxes[size_t(column) - 1].flow.naturalWidth());
    }

    void doesNotPressALinkThatIsMovedAway()
    {
        QString source = wideTable(12, 1);
        source.replace(u"some words in 1,11"_s, u"[far](https://x.test/)"_s);
        Fixture fixture({answer(source)});
        const HotAddress link = fixture.hot(0, Hot::Action::Link);
        QVERIFY(!link.isNull());
        QVERIFY(fixture.view.hotRect(link).isEmpty());
        fixture.view.reveal({0, 1, 0, 23, 0});
        QVERIFY(!fixture.view.hotRect(link).isEmpty());
    }

    void growsAsWhenItCameWhole()
    {
        const QString source = wideTable(9, 12);
        Fixture streamed({answer({}, MessageState::Streaming)}, {760, 900});
        for (int at = 0; at < source.size(); at += 17) {
            streamed.type(0, source.mid(at, 17));
            streamed.view.showChanges();
            if (at % 170 == 0)
                QVERIFY(isPaintedRight(streamed.view));
        }
        streamed.messages.change(0, [](Message &message) { message.state = MessageState::Complete; });
        streamed.view.showChanges();
        Fixture whole({answer(source)}, {760, 900});
        QCOMPARE(streamed.view.rows().height(0), whole.view.rows().height(0));
        QCOMPARE(streamed.view.viewport()->grab().toImage(), whole.view.viewport()->grab().toImage());
    }

    void writesTables()
    {
        const Block table = sample();
        QCOMPARE(
            tableMarkdown(table),
            u"| a | b | c |\n| --- | :---: | ---: |\n| **x**\\|y | \"1, 2\" | [l](https://x.test/) |\n"_s);
        QCOMPARE(tableCsv(table), u"a,b,c\nx|y,\"\"\"1, 2\"\"\",l"_s);
        QCOMPARE(tableTsv(table), u"a\tb\tc\nx|y\t\"1, 2\"\tl"_s);
        // What was written is read as the same table.
        QCOMPARE(markdownBlocks(tableMarkdown(table))[0].texts, table.texts);
        QCOMPARE(markdownBlocks(tableMarkdown(table))[0].alignments, table.alignments);
    }

    void copiesASelectedTable()
    {
        Fixture fixture({answer(u"| a | b |\n| --- | ---: |\n| **1** | <2 |\n\nafter"_s)});
        fixture.view.selectAll();
        QCOMPARE(fixture.view.selectedMarkdown(), u"| a | b |\n| --- | ---: |\n| **1** | <2 |\n\nafter"_s);
        QCOMPARE(fixture.view.selectedHtml(),
                 u"<table><tr><th>a</th><th align=\"right\">b</th></tr>"
                 "<tr><td><strong>1</strong></td><td align=\"right\">&lt;2</td></tr></table><p>after</p>"_s);
    }

    void offersTheTableWithTheCaret()
    {
        Fixture fixture({answer(u"| a | b |\n| --- | --- |\n| 1 | 2 |\n\nafter"_s)});
        fixture.view.placeCaret({0, 1, 0, 0, 0}, false);
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, fixture.view.mapToGlobal(QPoint(5, 5)));
        QCoreApplication::sendEvent(fixture.view.viewport(), &event);
        auto *menu = fixture.view.findChild<QMenu *>();
        QVERIFY(menu);
        const auto actions = menu->actions();
        const auto csv = std::ranges::find(actions, u"Copy table as CSV"_s, &QAction::text);
        QVERIFY(csv != actions.end());
        (*csv)->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"a,b\n1,2"_s);
    }
};

QTEST_MAIN(TranscriptTableTest)
#include "tst_transcripttable.moc"
