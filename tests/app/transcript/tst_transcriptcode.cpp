// SPDX-License-Identifier: Apache-2.0
#include "app/transcript/transcriptfixture.h"

#include "transcript/accessiblewords.h"

#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

// Whether any pixel is close to a colour: letters are drawn with softened edges.
bool shows(const Fixture &fixture, ColourRole role)
{
    const QColor wanted = fixture.theme.colour(role);
    const QImage image = fixture.view.viewport()->grab().toImage().convertToFormat(QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(image.constScanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            if (std::abs(qRed(line[x]) - wanted.red()) + std::abs(qGreen(line[x]) - wanted.green())
                    + std::abs(qBlue(line[x]) - wanted.blue())
                < 40)
                return true;
        }
    }
    return false;
}

const TextFlow &codeOf(Fixture &fixture)
{
    return fixture.view.blockAt({0, 1, 0, 0, 0})->boxes[0].flow;
}

} // namespace

class TranscriptCodeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // The head says how many lines there are, and offers to wrap them once one is too long.
    void theHeadOfABlockThatGrowsIsPaintedAgain()
    {
        Fixture fixture({answer(QString(), MessageState::Streaming)}, {700, 900});
        const QString code = u"Words.\n\n```cpp\n"_s + QString(u"int value = 0;\n"_s).repeated(11) + u"// "_s
            + QString(200, u'x') + u"\nreturn;\n"_s;
        for (qsizetype at = 0; at < code.size(); at += 16) {
            fixture.type(0, code.mid(at, 16));
            fixture.view.showChanges();
            QVERIFY(isPaintedRight(fixture.view));
        }
    }

    void coloursALineOnceItIsComplete()
    {
        Fixture fixture({answer(u"```python\nreturn 12"_s, MessageState::Streaming)});
        fixture.view.showChanges();
        QVERIFY(!fixture.view.isColouring());
        QCOMPARE(codeOf(fixture).inkedTo(), 0);
        QVERIFY(!shows(fixture, ColourRole::CodeKeyword));

        fixture.type(0, u"\n# wh"_s);
        fixture.view.showChanges();
        QTRY_COMPARE_WITH_TIMEOUT(codeOf(fixture).inkedTo(), 10, longWait);
        QVERIFY(shows(fixture, ColourRole::CodeKeyword));
        QVERIFY(shows(fixture, ColourRole::CodeNumber));

        fixture.type(0, u"y"_s);
        fixture.messages.change(0, [](Message &message) { message.state = MessageState::Complete; });
        fixture.view.showChanges();
        QTRY_COMPARE_WITH_TIMEOUT(codeOf(fixture).inkedTo(), 15, longWait);
        QVERIFY(isPaintedRight(fixture.view));
    }

    void coloursABlockThatAnotherFollows()
    {
        Fixture fixture({answer(u"```py\nreturn 1\n```\n\nmore"_s, MessageState::Streaming)});
        fixture.view.showChanges();
        QTRY_COMPARE_WITH_TIMEOUT(codeOf(fixture).inkedTo(), 8, longWait);
        QVERIFY(isPaintedRight(fixture.view));
    }

    void takesTheColoursOfATheme()
    {
        Fixture fixture({answer(u"```js\nreturn 1\n```"_s)});
        QTRY_VERIFY_WITH_TIMEOUT(shows(fixture, ColourRole::CodeKeyword), longWait);
        fixture.theme.setChoice(fixture.theme.isDark() ? ThemeChoice::Light : ThemeChoice::Dark);
        QTRY_VERIFY_WITH_TIMEOUT(shows(fixture, ColourRole::CodeKeyword), longWait);
        QVERIFY(isPaintedRight(fixture.view));
    }

    void leavesWhatIsNoProgramPlain()
    {
        Fixture fixture(
            {answer(u"```\nreturn 1\n```\n\n```text\nreturn 1\n```\n\n```klingon\nreturn 1\n```"_s)});
        QVERIFY(isPaintedRight(fixture.view));
        QCOMPARE(codeOf(fixture).inkedTo(), 0);
        QVERIFY(!shows(fixture, ColourRole::CodeKeyword));
    }

    void staysQuickWithAVeryLongBlock()
    {
        const QString line = u"    value = compute(\"text\", 12) # note\n"_s;
        Fixture fixture({answer(u"```python\n"_s % line.repeated(5'000) % u"```"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(codeOf(fixture).inkedTo(), int(line.size()) * 5'000 - 1, longWait);
        QVERIFY(shows(fixture, ColourRole::CodeString));
        fixture.bar()->setValue(fixture.bar()->maximum() / 2);
        QVERIFY(shows(fixture, ColourRole::CodeComment));
        // A few screens of it are shaped, not all.
        QVERIFY2(fixture.view.rows().shapedCount() < 400,
                 qPrintable(QString::number(fixture.view.rows().shapedCount())));
    }

    void wrapsLongLinesWhenTold()
    {
        const QString code = u"return '"_s % u"many words "_s.repeated(30) % u"'\nreturn 2"_s;
        Fixture fixture({answer(u"```python\n"_s % code % u"\n```\n\nafter"_s)});
        const auto block = [&]() -> const LaidBlock & { return *fixture.view.blockAt({0, 1, 0, 0, 0}); };
        QTRY_COMPARE_WITH_TIMEOUT(codeOf(fixture).inkedTo(), int(code.size()), longWait);
        QVERIFY(block().side.range() > 0);
        const qreal height = block().rect.height();
        const int rowHeight = fixture.view.rows().height(0);

        fixture.view.activate(fixture.hot(0, Hot::Action::WrapCode));
        QCOMPARE(block().side.range(), 0.0);
        QVERIFY(codeOf(fixture).lineCount() > 4);
        QVERIFY(block().rect.height() > height);
        QVERIFY(fixture.view.rows().height(0) > rowHeight);
        QCOMPARE(codeOf(fixture).inkedTo(), int(code.size()));
        QVERIFY(isPaintedRight(fixture.view));

        fixture.view.activate(fixture.hot(0, Hot::Action::WrapCode));
        QVERIFY(block().side.range() > 0);
        QCOMPARE(fixture.view.rows().height(0), rowHeight);
        QVERIFY(isPaintedRight(fixture.view));
    }

    void offersToWrapOnlyWhatIsTooWide()
    {
        Fixture fixture({answer(u"```python\nreturn 1\n```"_s)});
        QVERIFY(fixture.hot(0, Hot::Action::WrapCode).isNull());
        QVERIFY(!fixture.hot(0, Hot::Action::CopyCode).isNull());
    }

    void showsJsonAsATreeWhereThereIsSome_data()
    {
        QTest::addColumn<QString>("markdown");
        QTest::addColumn<bool>("isJson");
        QTest::newRow("answer") << uR"({"total": {"sum": 12}})"_s << true;
        QTest::newRow("fenced") << u"```json\n{\n  \"total\": 12\n}\n```"_s << true;
        QTest::newRow("beside words") << u"Look:\n\n```json\n{\"total\": 12}\n```"_s << false;
        QTest::newRow("broken") << u"```json\n{\"total\": 12\n```"_s << false;
    }
    void showsJsonAsATreeWhereThereIsSome()
    {
        QFETCH(const QString, markdown);
        QFETCH(const bool, isJson);
        Fixture fixture({answer(markdown.chopped(1), MessageState::Streaming)});
        fixture.view.showChanges();
        QVERIFY(fixture.hot(0, Hot::Action::ShowTree).isNull());
        fixture.type(0, markdown.right(1));
        fixture.messages.change(0, [](Message &message) { message.state = MessageState::Complete; });
        fixture.view.showChanges();
        QVERIFY(isPaintedRight(fixture.view));
        const HotAddress button = fixture.hot(0, Hot::Action::ShowTree);
        QCOMPARE(!button.isNull(), isJson);
        if (!isJson)
            return;
        QCOMPARE(hotName(*fixture.view.hotAt(button), *fixture.view.blockAt({0, 1, 0, 0, 0})),
                 u"Show JSON as a tree"_s);
        fixture.view.activate(button);
        auto *tree = fixture.view.findChild<QTreeView *>(u"jsonTree"_s);
        QVERIFY(tree && tree->isVisible());
        QCOMPARE(tree->model()->index(0, 0).data().toString(), u"total"_s);
    }

    void showsTheArgumentsOfAToolAsATree()
    {
        Message message = answer(u"Done."_s);
        const ToolCall call{
            .callId = u"1"_s, .name = u"order"_s, .arguments = u"{\"id\":4471}"_s, .state = ToolState::Done};
        message.parts.insert(message.parts.begin(), MessagePart{.content = call});
        Fixture fixture({message});
        QVERIFY(fixture.hot(0, Hot::Action::ShowTree).isNull());
        fixture.view.activate(fixture.hot(0, Hot::Action::Fold));
        QVERIFY(!fixture.hot(0, Hot::Action::ShowTree).isNull());
    }

    void coloursAgainWhatWasLetGoAndChanged()
    {
        Fixture fixture({answer(u"```python\nreturn 1\nx"_s, MessageState::Streaming)});
        fixture.view.showChanges();
        QTRY_COMPARE_WITH_TIMEOUT(codeOf(fixture).inkedTo(), 9, longWait);
        // What came is replaced: the message is another one.
        fixture.messages.change(0, [](Message &message) {
            std::get<Text>(message.parts.back().content).markdown = u"```python\nreturn 2\nclass A:\nx"_s;
        });
        fixture.view.showChanges();
        QTRY_COMPARE_WITH_TIMEOUT(codeOf(fixture).inkedTo(), 18, longWait);
        QVERIFY(isPaintedRight(fixture.view));
    }
};

QTEST_MAIN(TranscriptCodeTest)
#include "tst_transcriptcode.moc"
