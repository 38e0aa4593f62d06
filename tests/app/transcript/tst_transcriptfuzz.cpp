// SPDX-License-Identifier: Apache-2.0
// Random Markdown in random pieces, while a restless person scrolls, selects, resizes, zooms, folds and
// finds, copies, and a screen reader reads along. Short and the same each time; for longer:
// PARLANCE_FUZZ_SECONDS=600 QTEST_FUNCTION_TIMEOUT=900000, from PARLANCE_FUZZ_SEED on.
#include "app/transcript/fuzzchecks.h"
#include "app/transcript/randommarkdown.h"
#include "app/transcript/transcriptfixture.h"
#include "transcript/markdownparser.h"

#include <QBuffer>
#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

// What the page must keep to, whatever happens: the first breach in words, or nothing.
class Restless
{
public:
    explicit Restless(quint32 seed)
        : m_dice(seed)
        , m_fixture({userMessage(u"go"_s)}, {760, 600})
    {
        m_fixture.view.setLinkOpener([](const QUrl &) {});
        startAnswer();
    }

    QString step()
    {
        const QString selected = m_fixture.view.selectedText();
        const int row = m_fixture.view.selection().end.row;
        m_mayChangeSelection = false;
        m_touchedRow = m_fixture.messages.count();
        act();
        if (!m_mayChangeSelection && row < m_touchedRow && selected != m_fixture.view.selectedText())
            return u"the selection's text changed"_s;
        QString breach = heights();
        if (breach.isEmpty())
            breach = places();
        if (breach.isEmpty())
            breach = others();
        return breach;
    }

    const QString &lastAct() const { return m_act; }

private:
    TranscriptView &view() { return m_fixture.view; }
    int lastRow() const { return m_fixture.messages.count() - 1; }
    QPoint somewhere()
    {
        return {m_dice.below(view().viewport()->width()), m_dice.below(view().viewport()->height())};
    }

    // To ask a row that is not laid out would lay it out, which is for the view to do.
    std::vector<HotAddress> shownHots(int row)
    {
        return view().rows().existing(row) ? view().hotsOf(row) : std::vector<HotAddress>();
    }

    void startAnswer()
    {
        Message message = answer({}, MessageState::Streaming);
        if (m_dice.isLucky(4))
            message.parts.insert(message.parts.begin(),
                                 part(Reasoning{randomMarkdown(m_dice, 9), false}, 0, 900));
        if (m_dice.isLucky(4)) {
            message.parts.insert(
                message.parts.begin(),
                part(ToolCall{u"c"_s, u"tool"_s, randomMarkdown(m_dice, 5), ToolState::Done}));
            message.parts.insert(message.parts.begin() + 1,
                                 part(ToolResult{u"c"_s, {}, randomMarkdown(m_dice, 5), false}));
        }
        if (m_dice.isLucky(6)) {
            QImage image(m_dice.between(1, 900), m_dice.between(1, 300), QImage::Format_RGB32);
            image.fill(Qt::gray);
            Attachment picture{.name = u"picture"_s, .mimeType = u"image/png"_s};
            QBuffer buffer(&picture.data);
            image.save(&buffer, "png");
            if (m_dice.isLucky(4))
                picture.data.chop(20);
            message.parts.insert(message.parts.begin(), part(std::move(picture)));
        }
        m_fixture.messages.append(std::move(message));
    }

    void type()
    {
        m_touchedRow = lastRow();
        m_act = u"type"_s;
        m_pending += randomMarkdown(m_dice, m_dice.between(1, 12));
        int length = m_dice.between(1, 40);
        // One line that is longer than any layout.
        if (m_dice.isLucky(150)) {
            m_pending += randomMarkdown(m_dice, 1).remove(u'\n').repeated(m_dice.between(1000, 4000));
            length = int(m_pending.size());
        }
        for (int pieces = m_dice.between(1, 6); pieces > 0 && !m_pending.isEmpty(); --pieces) {
            m_fixture.type(lastRow(), m_pending.left(length));
            m_pending.remove(0, length);
            if (m_dice.isLucky(2))
                view().showChanges();
        }
        view().showChanges();
    }

    void finish()
    {
        m_touchedRow = lastRow();
        m_act = u"finish"_s;
        m_fixture.messages.change(lastRow(), [this](Message &message) {
            message.state = m_dice.isLucky(3) ? MessageState::Stopped : MessageState::Complete;
        });
        view().showChanges();
        m_finished = lastRow();
        m_pending.clear();
        m_fixture.messages.append(userMessage(randomMarkdown(m_dice, m_dice.between(1, 20))));
        startAnswer();
    }

    void press()
    {
        m_act = u"press"_s;
        const int row = m_dice.below(lastRow() + 1);
        const std::vector<HotAddress> hots = shownHots(row);
        if (hots.empty())
            return;
        const HotAddress hot = m_dice.oneOf(hots);
        m_mayChangeSelection = true;
        view().activate(hot);
    }

    void select()
    {
        m_mayChangeSelection = true;
        m_act = u"select"_s;
        if (m_dice.isLucky(10)) {
            view().selectAll();
            return;
        }
        const auto from = view().positionAt(somewhere());
        const auto to = view().positionAt(somewhere());
        if (from && to)
            view().select(*from, *to);
    }

    void key()
    {
        m_mayChangeSelection = true;
        m_act = u"key"_s;
        static const auto keys = std::to_array<Qt::Key>(
            {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_Home, Qt::Key_End, Qt::Key_PageUp,
             Qt::Key_PageDown, Qt::Key_Tab, Qt::Key_Backtab});
        static const auto modifiers =
            std::to_array<Qt::KeyboardModifiers>({Qt::NoModifier, Qt::ShiftModifier, Qt::ControlModifier,
                                                  Qt::ShiftModifier | Qt::ControlModifier});
        QTest::keyClick(&view(), m_dice.oneOf(keys), m_dice.oneOf(modifiers));
    }

    void drag()
    {
        m_mayChangeSelection = true;
        m_act = u"drag"_s;
        QTest::mousePress(view().viewport(), Qt::LeftButton, {}, somewhere());
        for (int i = 0; i < 3; ++i)
            QTest::mouseMove(view().viewport(), somewhere());
        QTest::mouseRelease(view().viewport(), Qt::LeftButton, {}, somewhere());
    }

    void look()
    {
        // What streams is read again from its beginning, and may settle otherwise than it came.
        m_touchedRow = lastRow();
        switch (m_dice.below(5)) {
        case 0:
            m_act = u"resize"_s;
            view().resize(m_dice.between(180, 1300), m_dice.between(120, 900));
            break;
        case 1:
            m_act = u"zoom"_s;
            m_fixture.theme.setTextSize(m_dice.oneOf(std::to_array({75, 100, 133, 200, 300})));
            break;
        case 2:
            m_act = u"find"_s;
            m_mayChangeSelection = true; // it may unfold
            if (m_dice.isLucky(2))
                view().openFind();
            view().find(m_dice.oneOf(std::to_array<QString>({u"word"_s, u"e"_s, u"שלום"_s, u"zzz"_s, {}})));
            view().stepHit(m_dice.between(-3, 3));
            break;
        case 3:
            m_act = u"theme"_s;
            m_fixture.theme.setChoice(m_dice.isLucky(2) ? ThemeChoice::Dark : ThemeChoice::Light);
            break;
        default:
            m_act = u"jump"_s;
            view().jumpToLatest();
        }
    }

    void act()
    {
        const int what = m_dice.below(100);
        if (what < 45)
            type();
        else if (what < 49)
            finish();
        else if (what < 62) {
            m_act = u"scroll"_s;
            m_fixture.bar()->setValue(m_dice.below(m_fixture.bar()->maximum() + 1));
        } else if (what < 70)
            select();
        else if (what < 78)
            key();
        else if (what < 83)
            drag();
        else if (what < 90)
            press();
        else
            look();
        if (m_dice.isLucky(8))
            QCoreApplication::sendPostedEvents();
    }

    QString heights()
    {
        TranscriptRows &rows = view().rows();
        if (rows.count() != m_fixture.messages.count())
            return u"rows and messages differ in number"_s;
        int sum = rows.count() > 0 ? rows.top(0) : 0;
        for (int row = 0; row < rows.count(); ++row) {
            if (rows.top(row) != sum)
                return u"a row does not stand below the one before"_s;
            sum += rows.height(row);
            const MessageLayout *layout = rows.existing(row);
            if (layout && rows.height(row) < layout->height())
                return u"a row is lower than its message"_s;
            if (layout) {
                QString breach = blocks(*layout);
                if (!breach.isEmpty())
                    return breach;
            }
        }
        if (sum != rows.contentHeight())
            return u"the heights do not add up"_s;
        if (m_fixture.bar()->maximum() != std::max(0, sum - view().viewport()->height()))
            return u"the bar does not reach the end"_s;
        return m_finished >= 0 ? whole(std::exchange(m_finished, -1)) : QString();
    }

    // Blocks stand below each other, inside their message.
    static QString blocks(const MessageLayout &layout)
    {
        for (const LaidSection &section : layout.sections()) {
            qreal bottom = 0;
            for (const LaidBlock &laid : section.blocks) {
                if (laid.isHidden)
                    continue;
                if (laid.rect.top() < bottom - 0.01 || laid.rect.height() < 0)
                    return u"blocks overlap"_s;
                bottom = laid.rect.bottom();
                for (const TextBox &box : laid.boxes) {
                    if (box.position.y() + box.flow.height() > laid.rect.height() + 1)
                        return u"a text reaches out of its block, of kind %1"_s.arg(int(laid.block.kind));
                }
            }
            if (bottom > layout.height() + 1)
                return u"a block reaches out of its message"_s;
        }
        return {};
    }

    // What is shown of a finished answer is what one whole parse gives.
    QString whole(int row)
    {
        const MessageLayout *layout = view().rows().existing(row);
        if (!layout)
            return {};
        const Message &message = m_fixture.messages.at(row);
        for (const LaidSection &section : layout->sections()) {
            const auto *text =
                section.part >= 0 ? std::get_if<Text>(&message.parts[size_t(section.part)].content) : nullptr;
            if (text && section.shown() != markdownBlocks(text->markdown))
                return u"the blocks differ from one whole parse"_s;
        }
        return {};
    }

    // A point leads to a place in a text, a place to a caret, and neither outside.
    QString places()
    {
        const auto place = view().positionAt(somewhere());
        if (!place)
            return u"a point leads nowhere"_s;
        const LaidBlock *laid = view().blockAt(*place);
        if (laid) {
            if (size_t(place->box) >= laid->block.texts.size())
                return u"a point leads to no text"_s;
            const QString &text = laid->block.texts[size_t(place->box)].text;
            if (place->offset < 0 || place->offset > text.size())
                return u"a point leads out of its text"_s;
            if (isSelectable(laid->block.kind)) {
                const QRectF caret = view().caretRect(*place);
                if (caret.height() <= 0 || caret.height() > 10000)
                    return u"a caret has no height"_s;
            }
        }
        const int row = m_dice.below(lastRow() + 1);
        for (const HotAddress &address : shownHots(row)) {
            const QRectF rect = view().hotRect(address).translated(-view().rowOrigin(row));
            if (!rect.isEmpty() && (rect.top() < -30 || rect.bottom() > view().rows().height(row) + 30))
                return u"something to press stands outside its message"_s;
        }
        return m_dice.isLucky(40) && !isPaintedRight(view()) ? u"parts were not painted again"_s : QString();
    }

    // What is looked at now and then, since it costs more.
    QString others()
    {
        if (m_dice.isLucky(6))
            return copyBreach(view());
        if (m_dice.isLucky(6))
            return accessibleBreach(view(), m_dice);
        return m_dice.isLucky(6) ? findBreach(view()) : QString();
    }

    Dice m_dice;
    Fixture m_fixture;
    QString m_pending;
    QString m_act;
    bool m_mayChangeSelection = false;
    int m_touchedRow = 0; //!< and those below: an action may change what they say
    int m_finished = -1;
};

} // namespace

class TranscriptFuzzTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsInShape()
    {
        const int seconds = qEnvironmentVariableIntValue("PARLANCE_FUZZ_SECONDS");
        const auto first = quint32(std::max(1, qEnvironmentVariableIntValue("PARLANCE_FUZZ_SEED")));
        QElapsedTimer time;
        time.start();
        for (quint32 seed = first; seconds > 0 ? time.elapsed() < seconds * 1000LL : seed < first + 6;
             ++seed) {
            Restless person(seed);
            for (int step = 0; step < 120; ++step) {
                const QString breach = person.step();
                QVERIFY2(breach.isEmpty(),
                         qPrintable(u"seed %1, step %2, after %3: %4"_s.arg(seed).arg(step).arg(
                             person.lastAct(), breach)));
            }
        }
    }
};

QTEST_MAIN(TranscriptFuzzTest)
#include "tst_transcriptfuzz.moc"
