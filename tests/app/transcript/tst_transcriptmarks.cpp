// SPDX-License-Identifier: Apache-2.0
// Footnotes and formulas on the page.
#include "app/transcript/transcriptfixture.h"

#include <QClipboard>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

const QString noted = u"Words[^1] and more[^far].\n\n[^1]: First\n[^far]: Second\n\n    goes on\n"_s;

const LaidBlock &block(Fixture &fixture, int number)
{
    return *fixture.view.blockAt({0, 1, number, 0, 0});
}

HotAddress hotNamed(Fixture &fixture, Hot::Action action, const QString &label)
{
    for (const HotAddress &address : fixture.view.hotsOf(0)) {
        const Hot *hot = fixture.view.hotAt(address);
        if (hot->action == action && hot->url == label)
            return address;
    }
    return {};
}

} // namespace

class TranscriptMarksTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void raisesTheMarksOfFootnotes()
    {
        Fixture fixture({answer(noted)});
        const TextFlow &flow = block(fixture, 0).boxes[0].flow;
        QCOMPARE(flow.text().text, u"Words1 and morefar."_s);
        const QRectF mark = flow.rectsOf(5, 1).at(0);
        const QRectF letter = flow.rectsOf(4, 1).at(0);
        QVERIFY(mark.width() > 0 && mark.width() < letter.width());
        QVERIFY(mark.left() >= letter.right() - 1);
    }

    void leadsToTheNoteAndBack()
    {
        Fixture fixture({answer(noted + u"\n\n"_s)}, {760, 300});
        for (const QString &label : {u"1"_s, u"far"_s}) {
            const HotAddress mark = hotNamed(fixture, Hot::Action::Note, label);
            const HotAddress back = hotNamed(fixture, Hot::Action::NoteBack, label);
            QVERIFY(!mark.isNull() && !back.isNull());
            QVERIFY(fixture.view.hotRect(mark).bottom() < fixture.view.hotRect(back).top());
            fixture.view.activate(mark);
            QCOMPARE(fixture.view.focusedHot(), back);
            fixture.view.activate(back);
            QCOMPARE(fixture.view.focusedHot(), mark);
        }
    }

    void scrollsToANoteFarBelow()
    {
        Fixture fixture(
            {answer(u"Word[^1].\n\n"_s + QString(u"filler\n\n"_s).repeated(60) + u"[^1]: note"_s)},
            {760, 300});
        fixture.bar()->setValue(0);
        fixture.view.activate(hotNamed(fixture, Hot::Action::Note, u"1"_s));
        const QRectF shown = fixture.view.viewport()->rect();
        QVERIFY(shown.contains(fixture.view.hotRect(hotNamed(fixture, Hot::Action::NoteBack, u"1"_s))));
        fixture.view.activate(fixture.view.focusedHot());
        QVERIFY(shown.contains(fixture.view.hotRect(hotNamed(fixture, Hot::Action::Note, u"1"_s))));
    }

    void aMarkWithoutANoteGoesNowhere()
    {
        Fixture fixture({answer(u"Word[^9]."_s)});
        fixture.view.activate(hotNamed(fixture, Hot::Action::Note, u"9"_s));
        QVERIFY(fixture.view.focusedHot().isNull());
    }

    void keepsMarkersBesideTheirTexts()
    {
        Fixture fixture({answer(u"a\n\n[^a-very-long-label]: note\n[^2]: note\n"_s)});
        const LaidBlock &wide = block(fixture, 2);
        QCOMPARE(wide.boxes[1].flow.text().text, u"a-very-long-label."_s);
        QVERIFY(wide.boxes[1].position.x() + wide.boxes[1].flow.naturalWidth() < wide.boxes[0].position.x());
        const LaidBlock &narrow = block(fixture, 3);
        QVERIFY(narrow.boxes[0].position.x() < wide.boxes[0].position.x());
        // Numbers end in one line, and the way back stands behind the text.
        QVERIFY(narrow.hots.back().rect.left()
                >= narrow.boxes[0].position.x() + narrow.boxes[0].flow.naturalWidth());
        QVERIFY(narrow.hots.back().rect.right() <= fixture.view.rows().width());
    }

    void copiesMarksAndFormulasAsTheyWereWritten()
    {
        const QString source = u"So $x_1$ and \\(y_2\\)[^1].\n\n$$\nz^2\n$$\n\n[^1]: note $w$"_s;
        Fixture fixture({answer(source)});
        fixture.view.selectAll();
        QCOMPARE(fixture.view.selectedText(), u"So $x_1$ and \\(y_2\\)[^1].\n\n$$\nz^2\n$$\n\nnote $w$"_s);
        QCOMPARE(fixture.view.selectedMarkdown(), source);
        QVERIFY(fixture.view.selectedHtml().contains(u"<code>x_1</code>"_s));
        QVERIFY(fixture.view.selectedHtml().contains(u"<sup>1</sup>"_s));
    }

    void setsAFormulaApartAndCopiesIt()
    {
        Fixture fixture({answer(u"$$\nx^2\n$$\n\n$$ "_s + QString(u"a_1 + "_s).repeated(60) + u"$$"_s)});
        const LaidBlock &small = block(fixture, 0);
        QCOMPARE(small.side.range(), 0.0);
        // One that is too wide moves sideways, from its beginning.
        const LaidBlock &wide = block(fixture, 1);
        QVERIFY(wide.side.range() > 0);
        QCOMPARE(wide.boxes[0].position.x(), small.boxes[0].position.x());
        QVERIFY(small.rect.bottom() < wide.rect.top());
        fixture.view.activate(fixture.hot(0, Hot::Action::CopyCode));
        QCOMPARE(QGuiApplication::clipboard()->text(), u"x^2"_s);
    }

    void streamsAsWhenItCameWhole()
    {
        const QString source = noted + u"\n\n$$\n\\frac{1}{2}\n= 0.5\n$$\n\nand $x$[^far]\n"_s;
        Fixture streamed({answer({}, MessageState::Streaming)}, {760, 700});
        for (int at = 0; at < source.size(); at += 3) {
            streamed.type(0, source.mid(at, 3));
            streamed.view.showChanges();
            if (at % 15 == 0)
                QVERIFY(isPaintedRight(streamed.view));
        }
        streamed.messages.change(0, [](Message &message) { message.state = MessageState::Complete; });
        streamed.view.showChanges();
        QVERIFY(isPaintedRight(streamed.view));
        Fixture whole({answer(source)}, {760, 700});
        QCOMPARE(streamed.view.viewport()->grab().toImage(), whole.view.viewport()->grab().toImage());
    }
};

QTEST_MAIN(TranscriptMarksTest)
#include "tst_transcriptmarks.moc"
