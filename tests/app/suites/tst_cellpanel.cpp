// SPDX-License-Identifier: Apache-2.0
#include "app/suites/suitesample.h"

#include "chat/runshelf.h"
#include "support/waited.h"

#include <QPlainTextEdit>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

//! One cell of a run, with what was asked and answered.
class TestCellPanel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void opensACellBesideItsBaseline()
    {
        const Endpoints endpoints([](const EndpointQuestion &asked) {
            const bool isWrong = asked.qualifier == "canary"_L1 && asked.prompt.endsWith("word3"_L1);
            return Endpoints::words(isWrong ? u"Pardon?"_s : asked.prompt);
        });
        const SuiteProgram suites(m_folder->path(), endpoints);
        QVERIFY(suites.isReady());
        QVERIFY(suites.run(suites.write(suiteOfWords(5)), u"prod, canary"_s));
        QVERIFY(suites.openCell(3, 2));
        const CellPanel *panel = suites.window->page()->panel();
        QCOMPARE(suites.find<QLabel>("cellTitle")->text(), u"case3"_s);
        QVERIFY2(suites.find<QLabel>("cellWhere")->text().startsWith(u"canary · ✗ failed"_s),
                 qPrintable(suites.find<QLabel>("cellWhere")->text()));
        QTRY_VERIFY(suites.find<QWidget>("cellAnswer"));
        QCOMPARE(suites.find<QLabel>("cellQuestion")->text(), u"Say word3"_s);
        QVERIFY2(panel->checksText().startsWith(u"✗ contains · line 7"_s), qPrintable(panel->checksText()));
        const auto shown = [&](const char *which) {
            auto *view = suites.find<QWidget>(which)->findChild<TranscriptView *>();
            view->showChanges();
            return view->rowText(0);
        };
        QTRY_VERIFY2(shown("cellAnswer").contains(u"Pardon?"_s), qPrintable(shown("cellAnswer")));
        QTRY_VERIFY(shown("baselineAnswer").contains(u"Say word3"_s));
        const QString differs =
            suites.find<QWidget>("cellAnswer")->findChild<TranscriptView *>()->accessibleDescription();
        QVERIFY2(differs.contains(u"Added: Pardon?"_s), qPrintable(differs));
        suites.find<QPushButton>("rawFrames")->click();
        auto *frames = suites.find<QPlainTextEdit>("rawFramesText");
        QTRY_VERIFY2(frames->toPlainText().contains(u"Pardon?"_s), qPrintable(frames->toPlainText()));
        suites.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(suites.window));
        QTest::keyClick(suites.window->view(), Qt::Key_Escape);
        QVERIFY(!panel->isVisible());
    }

    // What had come of an answer when the run was cancelled, until there is another.
    void showsWhatCameBeforeItWasCutShort()
    {
        const Endpoints endpoints([](const EndpointQuestion &) {
            ScriptBuilder builder({});
            builder.messageStart();
            builder.text(u"It will be"_s);
            DemoScript script = builder.take();
            script.end = DemoEnd::Stall;
            return script;
        });
        const SuiteProgram suites(m_folder->path(), endpoints);
        QVERIFY(suites.isReady());
        QVERIFY(suites.begin(suites.write(suiteOfWords(2)), u"prod"_s, 1, 1));
        QTRY_COMPARE_EQ_WITH_TIMEOUT(endpoints.questions().size(), std::size_t(1), SuiteProgram::patience);
        RunShelf *shelf = suites.program.workspace.runs();
        const auto hasCome = [&] {
            const auto kept = waited(shelf->cell(suites.window->desk()->run().id, 0));
            return kept && *kept && (*kept)->document.contains("It will be");
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasCome(), SuiteProgram::patience);
        suites.window->desk()->cancel();
        QVERIFY(suites.ends());
        QVERIFY(suites.openCell(0, 1));
        QTRY_VERIFY(suites.find<QWidget>("cellAnswer"));
        QVERIFY2(suites.find<QLabel>("cellWhere")->text().contains(u"cut short before"_s),
                 qPrintable(suites.find<QLabel>("cellWhere")->text()));
        QCOMPARE(suites.find<QLabel>("cellBefore")->text(), u"It is to be asked again. This came before."_s);
        auto *view = suites.find<QWidget>("cellAnswer")->findChild<TranscriptView *>();
        view->showChanges();
        QTRY_VERIFY2(view->rowText(0).contains(u"It will be"_s), qPrintable(view->rowText(0)));
        // It is no answer that anybody could judge, or ask for again from here.
        QVERIFY(!buttonBelow(QAccessible::queryAccessibleInterface(view), u"Retry"_s));
        QVERIFY(suites.find<QWidget>("judgeBar")->isHidden());
        QVERIFY(suites.openCell(1, 1));
        QTRY_VERIFY(!suites.find<QWidget>("cellAnswer"));
    }

    void offersNothingThatWouldAskAgain()
    {
        const Endpoints endpoints([](const EndpointQuestion &) {
            return ScriptBuilder::refusal(424, "RuntimeClientError", u"No."_s);
        });
        const SuiteProgram suites(m_folder->path(), endpoints);
        QVERIFY(suites.isReady());
        QVERIFY(suites.run(suites.write(suiteOfWords(1)), u"prod"_s));
        QVERIFY(suites.openCell(0, 1));
        QTRY_VERIFY(suites.find<QWidget>("cellAnswer"));
        auto *view = suites.find<QWidget>("cellAnswer")->findChild<TranscriptView *>();
        view->showChanges();
        QTRY_VERIFY(buttonBelow(QAccessible::queryAccessibleInterface(view), u"Details"_s));
        for (const QString &name : {u"Retry"_s, u"Regenerate answer"_s})
            QVERIFY2(!buttonBelow(QAccessible::queryAccessibleInterface(view), name), qPrintable(name));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(TestCellPanel)
#include "tst_cellpanel.moc"
