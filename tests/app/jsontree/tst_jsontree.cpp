// SPDX-License-Identifier: Apache-2.0
#include "jsontree/jsonanswer.h"
#include "jsontree/jsonitem.h"
#include "jsontree/jsontreedialog.h"
#include "jsontree/jsontreemodel.h"
#include "theme/theme.h"
#include "transcript/markdownparser.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

Message answer(const QString &words, MessageState state = MessageState::Complete)
{
    Message message;
    message.role = Role::Agent;
    message.state = state;
    message.parts = {MessagePart{.content = Text{.markdown = words}}};
    return message;
}

QString shown(const Message &message)
{
    return shownMarkdown(message, std::get<Text>(message.parts.front().content));
}

std::vector<Block> blocksOf(const QString &json)
{
    return markdownBlocks(shown(answer(json)), LineBreaks::Soft);
}

} // namespace

class TestJsonTree : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void setsRowsAsATable()
    {
        const std::vector<Block> blocks =
            blocksOf(uR"([{"name":"a|b *c*","price":1.5,"tags":["x"]},{"name":"<b>\n_d_","price":20}])"_s);
        QCOMPARE(blocks.size(), size_t(1));
        const Block &table = blocks.front();
        QCOMPARE(table.kind, BlockKind::Table);
        QCOMPARE(table.columns, 3);
        QStringList cells;
        for (const RichText &text : table.texts)
            cells.append(text.text);
        QCOMPARE(cells.join(u';'), u"name;price;tags;a|b *c*;1.5;[\"x\"];<b> _d_;20;"_s);
        QCOMPARE(table.alignments.at(1), CellAlignment::Right);
    }

    // As the SDKs put what a handler returns.
    void setsRowsUnderTheirNameAsATable()
    {
        const std::vector<Block> blocks = blocksOf(uR"({"re_sult":[{"a":1,"b":2},{"a":3,"b":4}]})"_s);
        QCOMPARE(blocks.size(), size_t(2));
        QCOMPARE(blocks.front().kind, BlockKind::Paragraph);
        QCOMPARE(blocks.front().texts.front().text, u"re_sult"_s);
        QCOMPARE(blocks.back().kind, BlockKind::Table);
        QCOMPARE(blocks.back().columns, 2);
    }

    void setsOtherJsonAsCode_data()
    {
        QTest::addColumn<QString>("json");
        QTest::newRow("object") << uR"({"a": {"b": [1, 2]}})"_s;
        QTest::newRow("unlike") << uR"([{"a": 1}, {"b": 2}, {"c": 3}])"_s;
        QTest::newRow("one") << uR"([{"a": 1}])"_s;
        QTest::newRow("fenced") << u"```json\n{\"a\": 1}\n```"_s;
        QTest::newRow("words") << uR"(["a", "```", "b"])"_s;
    }
    void setsOtherJsonAsCode()
    {
        QFETCH(const QString, json);
        const std::vector<Block> blocks = blocksOf(json);
        QCOMPARE(blocks.size(), size_t(1));
        QCOMPARE(blocks.front().kind, BlockKind::Code);
        QCOMPARE(blocks.front().label, u"json"_s);
    }

    void leavesWhatIsNotJsonOrNotComplete()
    {
        for (const QString &words : {u"Hello"_s, u"{not json}"_s, u"[a](b)"_s, u"see {\"a\": 1}"_s})
            QCOMPARE(shown(answer(words)), words);
        const QString json = u"{\"a\": 1}"_s;
        QCOMPARE(shown(answer(json, MessageState::Streaming)), json);
        QCOMPARE(shown(userMessage(json)), json);
    }

    void isATreeWithPaths()
    {
        JsonTreeModel model(*readJson(uR"({"items": [1, {"first name": "Ann", "ok": true}]})"_s));
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QModelIndex items = model.index(0, 0);
        QCOMPARE(model.path(items), u"$.items"_s);
        const QModelIndex second = model.index(1, 0, items);
        QCOMPARE(model.path(second), u"$.items[1]"_s);
        QCOMPARE(model.path(model.index(0, 0, second)), u"$.items[1][\"first name\"]"_s);
        QCOMPARE(model.value(model.index(0, 0, second)), u"Ann"_s);
        QCOMPARE(model.value(model.index(1, 0, second)), u"true"_s);
        QCOMPARE(model.data(model.index(0, 1, second), Qt::DisplayRole).toString(), u"\"Ann\""_s);
        QCOMPARE(model.rowCount(model.index(0, 0, items)), 0);
    }

    void keepsWhatWasWrittenAsItWas()
    {
        const QString json =
            uR"({"zebra": 1.50, "ant": 123456789012345678901234567890, "mid\u0065": -0.0e+1, "nan": NaN,
                "ant": {"b": [], "a": {}}})"_s;
        const std::optional<JsonItem> item = readJson(json);
        QVERIFY(item);
        const JsonTreeModel model(*item);
        QStringList rows;
        for (int row = 0; row < model.rowCount(); ++row) {
            rows.append(model.data(model.index(row, 0), Qt::DisplayRole).toString() % u'='
                        % model.value(model.index(row, 1)).simplified());
        }
        QCOMPARE(
            rows.join(u'|'),
            u"zebra=1.50|ant=123456789012345678901234567890|mide=-0.0e+1|nan=NaN|ant={ \"b\": [], \"a\": {} }"_s);
        QCOMPARE(item->member(u"ant"_s)->kind, JsonItem::Kind::Object);
        QVERIFY(!item->member(u"bee"_s));
        // And in a table, too.
        const std::vector<Block> blocks =
            blocksOf(uR"([{"z": 1.50, "a": 1}, {"a": 2, "z": 9007199254740993}])"_s);
        QStringList cells;
        for (const RichText &text : blocks.front().texts)
            cells.append(text.text);
        QCOMPARE(cells.join(u';'), u"z;a;1.50;1;9007199254740993;2"_s);
    }

    void looksBehindAFence()
    {
        const QString rows = u"[{\"z\": 1.50, \"a\": 1}, {\"z\": 2, \"a\": 3}]"_s;
        QCOMPARE(blocksOf(u"```json\n"_s % rows % u"\n```"_s).front().kind, BlockKind::Table);
        QCOMPARE(jsonOf(Text{.markdown = QString(u"```json\n"_s % rows % u"\n```"_s)}), rows);
        // Words beside it are words.
        const QString two = u"```json\n[1]\n```\nand\n```json\n[2]\n```"_s;
        QCOMPARE(shown(answer(two)), two);
    }

    void isNoJson_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << QString();
        QTest::newRow("cut") << u"[1, 2"_s;
        QTest::newRow("two") << u"{} {}"_s;
        QTest::newRow("comma") << u"[1,]"_s;
        QTest::newRow("deep") << QString(QString(100'000, u'[') % QString(100'000, u']'));
    }
    void isNoJson()
    {
        QFETCH(const QString, text);
        QVERIFY(!readJson(text));
        QVERIFY(jsonOf(ToolResult{.content = text}).isEmpty());
    }

    void copiesByTheKeyboard()
    {
        const Theme theme;
        JsonTreeDialog dialog(&theme, uR"({"a": [1, {"b": "words"}]})"_s, nullptr);
        dialog.show();
        auto *tree = dialog.findChild<QTreeView *>(u"jsonTree"_s);
        QVERIFY(tree->isExpanded(tree->model()->index(0, 0)));
        QTest::keyClick(tree, Qt::Key_Down);
        QTest::keyClick(tree, Qt::Key_Down);
        QTest::keyClick(tree, Qt::Key_Down);
        tree->findChild<QAction *>(u"copyPath"_s)->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"$.a[1].b"_s);
        tree->findChild<QAction *>(u"copyValue"_s)->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"words"_s);
    }

    void findsTheJsonOfAPart()
    {
        QCOMPARE(jsonOf(RawEvent{.label = u"x"_s, .json = u"{\"a\":1}"_s}), u"{\"a\":1}"_s);
        QCOMPARE(jsonOf(ToolResult{.content = u"[1]"_s}), u"[1]"_s);
        QVERIFY(jsonOf(ToolResult{.content = u"words"_s}).isEmpty());
        QVERIFY(jsonOf(Citation{}).isEmpty());
    }
};

QTEST_MAIN(TestJsonTree)
#include "tst_jsontree.moc"
