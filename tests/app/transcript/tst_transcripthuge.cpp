// SPDX-License-Identifier: Apache-2.0
#include "app/transcript/transcriptfixture.h"
#include "support/answers.h"

#include <QClipboard>
#include <QGuiApplication>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

QString mixed(qsizetype length)
{
    return Bench::source(u"mixed"_s, length);
}

//! Blocks of a row in the window whose heights are only estimated.
int sketchesInView(Fixture &fixture, int row)
{
    int count = 0;
    const QRectF seen = fixture.view.viewport()->rect();
    for (const LaidSection &section : fixture.view.rows().layout(row).sections()) {
        count += int(std::ranges::count_if(section.blocks, [&](const LaidBlock &laid) {
            const bool isSeen = laid.rect.translated(fixture.view.rowOrigin(row)).intersects(seen);
            // Of a long text the part in view is measured, the rest may not be.
            return isSeen && laid.isSketch && laid.rect.height() < seen.height();
        }));
    }
    return count;
}

int sketches(const MessageLayout &layout)
{
    int count = 0;
    for (const LaidSection &section : layout.sections())
        count += int(std::ranges::count_if(section.blocks, &LaidBlock::isSketch));
    return count;
}

std::vector<QRectF> rectsOf(const MessageLayout &layout)
{
    std::vector<QRectF> result;
    for (const LaidSection &section : layout.sections()) {
        for (const LaidBlock &laid : section.blocks)
            result.push_back(laid.rect);
    }
    return result;
}

//! Where a word stands in an answer's text.
std::vector<TextPosition> placesOf(Fixture &fixture, int row, const QString &word)
{
    std::vector<TextPosition> result;
    const auto &blocks = fixture.view.rows().layout(row).sections()[1].blocks;
    for (size_t b = 0; b < blocks.size(); ++b) {
        const RichText *text = blocks[b].block.texts.empty() ? nullptr : &blocks[b].block.texts.front();
        if (const auto at = text ? text->text.indexOf(word) : -1; at >= 0)
            result.push_back({row, 1, int(b), 0, int(at)});
    }
    return result;
}

FlowStyle bodyStyle(const Theme &theme, qreal width)
{
    return flowStyle(theme, FontRole::Body, width);
}

//! Where characters here and there stand, but for those beside a line's end, which may count to either line.
std::vector<QRectF> caretsOf(const TextFlow &flow)
{
    const QString &text = flow.text().text;
    std::vector<QRectF> result;
    for (int at = 1; at + 1 < int(text.size()); at += 37) {
        const bool isInWord = !text[at - 1].isSpace() && !text[at].isSpace() && !text[at].isLowSurrogate();
        if (isInWord)
            result.push_back(flow.caretAt(at));
    }
    return result;
}

} // namespace

class TranscriptHugeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void opensWithoutMeasuringWhatIsFarAway()
    {
        Fixture fixture({userMessage(u"Go"_s), answer(mixed(1'000'000))});
        const MessageLayout &layout = fixture.view.rows().layout(1);
        const int all = int(rectsOf(layout).size());
        QVERIFY(all > 10'000);
        QVERIFY2(sketches(layout) > all * 9 / 10, qPrintable(QString::number(sketches(layout))));
        QVERIFY(fixture.view.isFollowing());
        for (int i = 0; i < 40; ++i) {
            fixture.bar()->setValue(int(qint64(fixture.bar()->maximum()) * (i * 17 % 40) / 40));
            QVERIFY2(sketchesInView(fixture, 1) == 0, qPrintable(QString::number(i)));
        }
        QVERIFY2(sketches(layout) > all * 8 / 10, qPrintable(QString::number(sketches(layout))));
        QVERIFY(isPaintedRight(fixture.view));
    }

    void scrollingUpThroughEstimatesMovesByWhatWasAsked()
    {
        const QString table =
            u"| name | words |\n|---|---:|\n"_s + Bench::repeated(300'000, [](int i) -> QString {
                return u"| row %1 | "_s.arg(i) + u"some **more** words "_s.repeated(i % 9) + u"|\n"_s;
            });
        for (const QString &source : {mixed(300'000), Bench::source(u"paragraph"_s, 200'000), table}) {
            Fixture fixture({userMessage(u"Go"_s), answer(source)});
            fixture.bar()->setValue(fixture.bar()->maximum() / 2);
            for (int i = 0; i < 300 && fixture.bar()->value() >= 60; ++i) {
                const TextPosition read = *fixture.view.positionAt({300, 300});
                const qreal y = fixture.view.caretRect(read).top();
                fixture.bar()->setValue(fixture.bar()->value() - 60);
                const qreal moved = fixture.view.caretRect(read).top() - y;
                QVERIFY2(qAbs(moved - 60) <= 1, qPrintable(u"step %1: %2"_s.arg(i).arg(moved)));
            }
        }
    }

    void measuredToTheEndItIsAsIfItHadStreamed()
    {
        const Theme theme;
        const QString source = mixed(200'000) + Bench::source(u"paragraph"_s, 40'000);
        MessageLayout streamed;
        Message message = answer({}, MessageState::Streaming);
        for (qsizetype end = 0; end < source.size(); end += 5000) {
            std::get<Text>(message.parts[0].content).markdown =
                source.first(std::min(end + 5000, source.size()));
            streamed.update(message, {}, theme, 704, nullptr);
        }
        message.state = MessageState::Complete;
        streamed.update(message, {}, theme, 704, nullptr);
        QCOMPARE(sketches(streamed), 0);
        MessageLayout opened;
        opened.update(message, {}, theme, 704, nullptr);
        QVERIFY(sketches(opened) > 100);
        while (opened.settle(theme, 0, 1e9)) { }
        QCOMPARE(sketches(opened), 0);
        QVERIFY(rectsOf(opened) == rectsOf(streamed));
        QCOMPARE(opened.height(), streamed.height());
        // And once more at another width, from what was read before.
        opened.forget();
        opened.update(message, {}, theme, 500, nullptr);
        while (opened.settle(theme, 0, 1e9)) { }
        MessageLayout narrow;
        narrow.update(message, {}, theme, 500, nullptr);
        while (narrow.settle(theme, 0, 1e9)) { }
        QVERIFY(rectsOf(opened) == rectsOf(narrow));
    }

    void aTextIsBrokenIntoTheSameLinesHoweverItCame_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("words") << Bench::repeated(36'000, [](int i) { return u"word%1 and "_s.arg(i); });
        QTest::newRow("no space at all") << QString(36'000, u'x');
        QTest::newRow("ideographs") << QString(36'000, u'字');
        QTest::newRow("pairs of surrogates") << u"😀"_s.repeated(18'000);
        QTest::newRow("lines of its own")
            << Bench::repeated(36'000, [](int i) { return u"line %1\n"_s.arg(i); });
        QTest::newRow("right to left") << u"שלום עולם "_s.repeated(3'600);
    }

    void aTextIsBrokenIntoTheSameLinesHoweverItCame()
    {
        QFETCH(QString, text);
        const Theme theme;
        FlowStyle style = bodyStyle(theme, 500);
        TextFlow whole;
        whole.set({text, {}}, style);
        QVERIFY(!whole.hasSketches());

        TextFlow sketch;
        style.isSketch = true;
        sketch.set({text, {}}, style);
        QVERIFY(sketch.hasSketches());
        // From the middle, then all of it.
        QVERIFY(sketch.settle(sketch.height() / 2, sketch.height() / 2 + 100));
        QVERIFY(sketch.hasSketches());
        while (sketch.settle(0, 1e9)) { }
        QVERIFY(!sketch.hasSketches());
        QCOMPARE(sketch.height(), whole.height());
        const std::vector<QRectF> carets = caretsOf(whole);
        QVERIFY(carets.size() > 400);
        QVERIFY(caretsOf(sketch) == carets);

        TextFlow grown;
        style.isSketch = false;
        style.isGrowing = true;
        for (qsizetype end = 15'000; end < 18'000; end += 397)
            grown.set({text.first(end), {}}, style);
        grown.set({text, {}}, style);
        QCOMPARE(grown.height(), whole.height());
        QVERIFY(caretsOf(grown) == carets);

        // Shorter again, across the end of a piece.
        const QString less = text.first(16'380);
        grown.set({less, {}}, style);
        TextFlow wholeLess;
        wholeLess.set({less, {}}, style);
        QVERIFY(caretsOf(grown) == caretsOf(wholeLess));
    }

    void aHugeTableIsMeasuredRowByRow()
    {
        const QString rows = Bench::repeated(500'000, [](int i) -> QString {
            return u"| row %1 | "_s.arg(i) + u"some **more** words "_s.repeated(i % 19) + u"|\n"_s;
        });
        Fixture fixture({answer(u"| name | words |\n|---|---:|\n"_s + rows, MessageState::Streaming)});
        const auto table = [&]() -> const LaidBlock & {
            return fixture.view.rows().layout(0).sections()[1].blocks.front();
        };
        const auto measured = [&] {
            return std::ranges::count_if(table().boxes,
                                         [](const TextBox &box) { return !box.flow.hasSketches(); });
        };
        QVERIFY(table().boxes.size() > 3'000);
        QVERIFY(isHugeTable(table().block));
        for (int i = 0; i < 20; ++i) {
            fixture.bar()->setValue(int(qint64(fixture.bar()->maximum()) * (i * 7 % 20) / 20));
            // No row in view stands in another, and none is estimated.
            const qreal top = -fixture.view.rowOrigin(0).y() - table().rect.top();
            for (size_t cell = 0; cell < table().boxes.size(); ++cell) {
                const TextBox &box = table().boxes[cell];
                const size_t row = cell / 2;
                if (box.position.y() + box.flow.height() < top || box.position.y() > top + 600)
                    continue;
                QVERIFY2(!box.flow.hasSketches(), qPrintable(u"%1: cell %2"_s.arg(i).arg(cell)));
                QVERIFY(box.position.y() + box.flow.height() <= table().rowLines[row]);
                QVERIFY(row == 0 || box.position.y() > table().rowLines[row - 1]);
            }
        }
        QVERIFY(measured() < int(table().boxes.size()) / 4);
        fixture.bar()->setValue(fixture.bar()->maximum());
        for (int i = 0; i < 10; ++i) {
            fixture.type(0, u"| another %1 | row |\n"_s.arg(i));
            fixture.view.showChanges();
        }
        QVERIFY(measured() < int(table().boxes.size()) / 4);
        QVERIFY(isPaintedRight(fixture.view));
    }

    void findStepsToWhatIsFarAway()
    {
        QString source = mixed(500'000);
        source.insert(source.indexOf(u"## Part 400"), u"A needle here.\n\n"_s);
        source.insert(source.indexOf(u"## Part 20\n"), u"A needle there.\n\n"_s);
        Fixture fixture({userMessage(u"Go"_s), answer(source)});
        fixture.view.find(u"needle"_s);
        QTRY_COMPARE(fixture.view.hitCount(), 2);
        for (int i = 0; i < 4; ++i) {
            fixture.view.stepHit(-1);
            const std::vector<TextPosition> places = placesOf(fixture, 1, u"needle"_s);
            QCOMPARE(places.size(), 2U);
            const QRectF place = fixture.view.caretRect(places[size_t(fixture.view.currentHit())]);
            QVERIFY2(fixture.view.viewport()->rect().contains(place.center().toPoint()),
                     qPrintable(QString::number(place.top())));
            QCOMPARE(sketchesInView(fixture, 1), 0);
        }
    }

    void allOfItIsCopiedThoughLittleOfItIsMeasured()
    {
        const QString last = u"The very last words."_s;
        Fixture fixture({answer(u"The very first words.\n\n"_s + mixed(300'000) + u"\n\n"_s + last)});
        fixture.view.setFocus();
        QTest::keySequence(&fixture.view, QKeySequence::SelectAll);
        const QString copied = fixture.view.selectedText();
        QVERIFY(copied.startsWith(u"The very first words."));
        QVERIFY(copied.trimmed().endsWith(last));
        QVERIFY(copied.size() > 200'000);
        QVERIFY(sketches(fixture.view.rows().layout(0)) > 1'000);
    }

    void keysReachBothEnds()
    {
        Fixture fixture({answer(u"Alpha.\n\n"_s + mixed(300'000) + u"\n\nOmega."_s)});
        fixture.view.setFocus();
        QTest::keyClick(&fixture.view, Qt::Key_Home);
        QCOMPARE(fixture.bar()->value(), 0);
        QCOMPARE(sketchesInView(fixture, 0), 0);
        for (int i = 0; i < 100; ++i)
            QTest::keyClick(&fixture.view, Qt::Key_PageDown);
        QVERIFY(fixture.bar()->value() > 99 * 300);
        QCOMPARE(sketchesInView(fixture, 0), 0);
        QTest::keyClick(&fixture.view, Qt::Key_End);
        QCOMPARE(fixture.bar()->value(), fixture.bar()->maximum());
    }

    void anotherWidthKeepsThePlaceAndReadsNothingAgain()
    {
        Fixture fixture({userMessage(u"Go"_s), answer(mixed(400'000))}, {760, 600});
        fixture.bar()->setValue(fixture.bar()->maximum() / 3);
        const TextPosition read = *fixture.view.positionAt({300, 100});
        const int restarts = fixture.view.rows().layout(1).sections()[1].stream->restarts();
        fixture.view.resize(460, 600);
        QTRY_COMPARE(fixture.view.width(), 460);
        const qreal y = fixture.view.caretRect(read).top();
        QVERIFY2(y > -100 && y < 400, qPrintable(QString::number(y)));
        QCOMPARE(fixture.view.rows().layout(1).sections()[1].stream->restarts(), restarts);
        QCOMPARE(sketchesInView(fixture, 1), 0);
    }

    void streamingGoesOnAtTheEndOfALongAnswer()
    {
        Fixture fixture({userMessage(u"Go"_s), answer(mixed(300'000), MessageState::Streaming)});
        QVERIFY(fixture.view.isFollowing());
        for (int i = 0; i < 50; ++i) {
            fixture.type(1, u" and word %1"_s.arg(i) + (i % 7 == 0 ? u"\n\n- item"_s : QString()));
            fixture.view.showChanges();
            QCOMPARE(fixture.bar()->value(), fixture.bar()->maximum());
        }
        QCOMPARE(sketchesInView(fixture, 1), 0);
        QVERIFY(isPaintedRight(fixture.view));
        QVERIFY(sketches(fixture.view.rows().layout(1)) > 1'000);
    }
};

QTEST_MAIN(TranscriptHugeTest)
#include "tst_transcripthuge.moc"
