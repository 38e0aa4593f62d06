// SPDX-License-Identifier: Apache-2.0
// What partial paints leave in the window is what a paint of everything gives: no pixel differs, whatever
// happened before. It runs on Qt's own platform and on an X server, where the picture is read from the
// screen.
#include "app/transcript/transcriptfixture.h"
#include "support/answers.h"

#include <QApplication>
#include <QRandomGenerator>
#include <QWheelEvent>

using namespace Parlance;
using namespace Parlance::Test;
using namespace Qt::StringLiterals;

namespace {

qint64 differing(const QImage &a, const QImage &b)
{
    if (a.isNull() || a.size() != b.size())
        return qint64(b.width()) * b.height();
    if (a == b)
        return 0;
    qint64 count = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x)
            count += a.pixel(x, y) != b.pixel(x, y);
    }
    return count;
}

void wheel(TranscriptView &view, QPoint distance)
{
    const QPointF at(view.viewport()->rect().center());
    QWheelEvent event(at, view.viewport()->mapToGlobal(at), {}, distance, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(view.viewport(), &event);
}

//! A view in which things happen, and how much partial paints left wrong so far.
struct Watched : Fixture
{
    using Fixture::Fixture;

    int last() const { return messages.count() - 1; }
    void stream(const QString &more)
    {
        type(last(), more);
        view.showChanges();
    }
    //! Compares the window with a paint of everything. Words that wait for their colours get them before.
    void check(const QString &what)
    {
        QVERIFY(QTest::qWaitFor([this] { return !view.isColouring(); }, longWait));
        QCoreApplication::sendPostedEvents();
        const QImage partial = shown(view);
        view.update();
        view.viewport()->update();
        QCoreApplication::sendPostedEvents();
        const QImage whole = shown(view);
        ++checks;
        const qint64 wrong = differing(partial, whole);
        total += wrong;
        if (wrong == 0)
            return;
        const QString folder = QStringLiteral(PARLANCE_BINARY_DIR) + u"/pictures"_s;
        QVERIFY(QDir().mkpath(folder));
        partial.save(folder + u"/partial.png"_s);
        whole.save(folder + u"/whole.png"_s);
        QFAIL(qPrintable(u"%1 pixels differ after %2; see %3"_s.arg(wrong).arg(what, folder)));
    }
    int checks = 0;
    qint64 total = 0;
};

std::vector<Message> conversation()
{
    std::vector<Message> messages = longConversation(4);
    for (const Message &message : galleryConversation())
        messages.push_back(message);
    messages.push_back(answer({}, MessageState::Streaming));
    return messages;
}

} // namespace

class TranscriptPixelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setCursorFlashTime(0); }
    void cleanupTestCase() { qInfo("%d pictures compared, pixels that differ: %lld", m_checks, m_total); }

    void anAnswerThatStreams_data()
    {
        QTest::addColumn<QString>("mode");
        for (const char *mode : {"mixed", "list", "table", "fence", "paragraph"})
            QTest::addRow("%s", mode) << QString::fromLatin1(mode);
    }

    void anAnswerThatStreams()
    {
        QFETCH(QString, mode);
        const QString text = Bench::source(mode, 12'000);
        Watched watched(conversation());
        // The beginning in small pieces; then long enough that what is closed leaves the view.
        int step = 0;
        for (qsizetype at = 0; at < text.size(); ++step) {
            const qsizetype size = step < 25 ? 9 + step : 250 + step * 7;
            watched.stream(text.mid(at, size));
            at += size;
            watched.check(u"%1 characters"_s.arg(at));
            if (QTest::currentTestFailed())
                break;
        }
        watched.messages.change(watched.last(),
                                [](Message &message) { message.state = MessageState::Complete; });
        watched.view.showChanges();
        watched.check(u"the end"_s);
        note(watched);
    }

    //! Scrolling, folds, sizes, marks and hits in any order, while an answer streams.
    void whateverHappens_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 4; ++seed)
            QTest::addRow("%d", seed) << seed;
    }

    void whateverHappens()
    {
        QFETCH(int, seed);
        QRandomGenerator random{quint32(seed)};
        const QString text = Bench::source(u"mixed"_s, 60'000);
        qsizetype at = 0;
        Watched watched(conversation());
        watched.view.setFocus();
        QString done;
        for (int step = 0; step < 70 && !QTest::currentTestFailed(); ++step) {
            const int streams = random.bounded(3);
            for (int i = 0; i < streams; ++i, at += 60)
                watched.stream(text.mid(at, 60));
            done = happens(watched, random);
            watched.check(u"%1, step %2"_s.arg(done).arg(step));
        }
        note(watched);
    }

private:
    QString happens(Watched &watched, QRandomGenerator &random)
    {
        TranscriptView &view = watched.view;
        QScrollBar *bar = watched.bar();
        const auto somewhere = [&] {
            return QPointF(random.bounded(view.viewport()->width()),
                           random.bounded(view.viewport()->height()));
        };
        switch (random.bounded(13)) {
        case 0:
            bar->setValue(bar->value() + random.bounded(-90, 90));
            return u"a little scrolling"_s;
        case 1:
            bar->setValue(random.bounded(bar->maximum() + 1));
            return u"a jump"_s;
        case 2:
            wheel(view, {random.bounded(-400, 400), random.bounded(-60, 60)});
            return u"the wheel"_s;
        case 3: {
            const auto hots = view.hotsOf(random.bounded(watched.messages.count()));
            const auto fold = std::ranges::find_if(hots, [&](const HotAddress &hot) {
                const Hot::Action action = watched.actionOf(hot);
                return action == Hot::Action::Fold || action == Hot::Action::WrapCode
                    || action == Hot::Action::Details;
            });
            if (fold != hots.end())
                view.activate(*fold);
            return u"a fold"_s;
        }
        case 4:
            view.resize(random.bounded(420, 900), random.bounded(300, 700));
            return u"another size"_s;
        case 5:
            view.openFind();
            view.find(random.bounded(2) == 0 ? u"words"_s : u"item"_s);
            return u"a search"_s;
        case 6:
            view.stepHit(random.bounded(2) == 0 ? 1 : -1);
            return u"the next hit"_s;
        case 7:
            (void)view.closeFind();
            return u"the end of the search"_s;
        case 8: {
            const auto from = view.positionAt(somewhere());
            const auto to = view.positionAt(somewhere());
            if (from && to)
                view.select(*from, *to);
            return u"a selection"_s;
        }
        case 9:
            QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier);
            return u"the selection extended"_s;
        case 10:
            QTest::mouseMove(view.viewport(), somewhere().toPoint());
            return u"the mouse"_s;
        case 11:
            view.jumpToLatest();
            return u"the jump to the latest"_s;
        default:
            QTest::keyClick(&view, Qt::Key_Tab);
            return u"the focus"_s;
        }
    }

    void note(const Watched &watched)
    {
        m_checks += watched.checks;
        m_total += watched.total;
    }

    int m_checks = 0;
    qint64 m_total = 0;
};

QTEST_MAIN(TranscriptPixelsTest)
#include "tst_transcriptpixels.moc"
