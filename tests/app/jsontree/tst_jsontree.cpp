// SPDX-License-Identifier: Apache-2.0
#include "jsontree/jsonanswer.h"
#include "jsontree/jsontreedialog.h"
#include "jsontree/jsontreemodel.h"
#include "theme/theme.h"
#include "transcript/markdownparser.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonObject>
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

    void setsOtherJsonAsCode_data()
    {
        QTest::addColumn<QString>("json");
        QTest::newRow("object") << uR"({"a": {"b": [1, 2]}})"_s;
        QTest::newRow("unlike") << uR"([{"a": 1}, {"b": 2}, {"c": 3}])"_s;
        QTest::newRow("one") << uR"([{"a": 1}])"_s;
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
        const QJsonObject object{
            {u"items"_s, QJsonArray{1, QJsonObject{{u"first name"_s, u"Ann"_s}, {u"ok"_s, true}}}}};
        JsonTreeModel model(object);
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
