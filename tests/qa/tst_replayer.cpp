// SPDX-License-Identifier: Apache-2.0
#include "qa/evidencesample.h"
#include "qa/replayer.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

//! An answer in pieces, 100 ms between them.
ConversationFile sample()
{
    return saidSample(u"Where is it?"_s, u"On its way."_s,
                      {frameOf(0, "\"On \""), frameOf(1, "\"its \""), frameOf(2, "\"way.\"")});
}

QStringList textsOf(const Replayer &replayer)
{
    QStringList texts;
    for (int index = 0; index < replayer.messages()->count(); ++index)
        texts.append(replayer.messages()->at(index).text());
    return texts;
}

} // namespace

class TestReplayer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void beginsWithEverythingToRead()
    {
        const Replayer replayer(sample());
        QVERIFY(replayer.isAtEnd());
        QVERIFY(!replayer.isPlaying());
        QCOMPARE_EQ(textsOf(replayer), (QStringList{u"Where is it?"_s, u"On its way."_s}));
    }

    void goesStepByStep()
    {
        Replayer replayer(sample());
        replayer.startOver();
        QCOMPARE_EQ(textsOf(replayer), QStringList());
        QStringList seen;
        while (!replayer.isAtEnd()) {
            replayer.step();
            seen.append(textsOf(replayer).join(u'|'));
        }
        QCOMPARE_EQ(seen,
                    (QStringList{u"Where is it?"_s, u"Where is it?|On "_s, u"Where is it?|On its "_s,
                                 u"Where is it?|On its way."_s, u"Where is it?|On its way."_s}));
        QVERIFY(replayer.messages()->at(1).parts == sample().messages[1].parts);
        QVERIFY(replayer.messages()->at(1).state == MessageState::Complete);
        replayer.step();
        QVERIFY(replayer.isAtEnd());
    }

    void answersStreamWhileTheyCome()
    {
        Replayer replayer(sample());
        replayer.startOver();
        replayer.step();
        replayer.step();
        QVERIFY(replayer.messages()->at(1).state == MessageState::Streaming);
        replayer.showAll();
        QVERIFY(replayer.messages()->at(1).state == MessageState::Complete);
    }

    void playsAtItsSpeed_data()
    {
        QTest::addColumn<double>("speed");
        QTest::newRow("half") << 0.5;
        QTest::newRow("once") << 1.0;
        QTest::newRow("eight times") << 8.0;
        QTest::newRow("more than it can") << 100.0;
    }

    void playsAtItsSpeed()
    {
        QFETCH(double, speed);
        Replayer replayer(sample());
        QCOMPARE_EQ(replayer.duration(), std::chrono::milliseconds(300));
        replayer.setSpeed(speed);
        QElapsedTimer clock;
        clock.start();
        replayer.play();
        QVERIFY(replayer.isPlaying());
        QTRY_VERIFY(replayer.isAtEnd());
        // Never faster; how much slower is the machine's matter.
        QCOMPARE_GE(double(clock.nsecsElapsed()) / 1e6, 300 / replayer.speed() - 1);
        QVERIFY(!replayer.isPlaying());
        QCOMPARE_EQ(textsOf(replayer).constLast(), u"On its way."_s);
    }

    void pausesAndGoesOn()
    {
        Replayer replayer(sample());
        replayer.play();
        QTRY_COMPARE_GE(replayer.position(), 3);
        replayer.pause();
        const int position = replayer.position();
        QVERIFY(!replayer.isPlaying());
        QCOMPARE_EQ(replayer.position(), position);
        replayer.setSpeed(8);
        replayer.play();
        QTRY_VERIFY(replayer.isAtEnd());
    }

    void showsWholeWhatHasNoFrames()
    {
        ConversationFile file = sample();
        file.frames.clear();
        Replayer replayer(file);
        QCOMPARE_EQ(replayer.stepCount(), 2);
        replayer.startOver();
        replayer.step();
        replayer.step();
        QCOMPARE_EQ(textsOf(replayer).constLast(), u"On its way."_s);
        // Neither can those be told whose first are gone.
        ConversationFile cut = sample();
        cut.frames.begin()->second.erase(cut.frames.begin()->second.begin());
        QCOMPARE_EQ(Replayer(cut).stepCount(), 2);
    }

    void bearsTimesThatCannotBe()
    {
        ConversationFile file = sample();
        file.frames.begin()->second[1].sinceSend = std::chrono::hours(-1);
        file.frames.begin()->second[2].sinceSend = std::chrono::hours(1'000'000);
        Replayer replayer(file);
        QCOMPARE_LE(replayer.duration(), std::chrono::hours(24));
        replayer.play();
        replayer.showAll();
        QVERIFY(replayer.isAtEnd());
        Replayer nothing{ConversationFile()};
        nothing.play();
        nothing.step();
        QVERIFY(!nothing.isPlaying());
    }
};

QTEST_GUILESS_MAIN(TestReplayer)
#include "tst_replayer.moc"
