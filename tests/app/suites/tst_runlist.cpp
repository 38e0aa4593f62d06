// SPDX-License-Identifier: Apache-2.0
#include "app/suites/suitesample.h"

#include "chat/runshelf.h"
#include "suites/runsmodel.h"
#include "support/waited.h"
#include "window/rowlist.h"

#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

DemoScript echo(const EndpointQuestion &asked)
{
    return Endpoints::words(asked.prompt);
}

} // namespace

//! The list of runs at the side of the window of suites.
class TestRunList : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void givesTheListOfRunsRoomWhenItIsAskedFor()
    {
        const Endpoints endpoints(echo);
        const SuiteProgram suites(m_folder->path(), endpoints);
        QVERIFY(suites.isReady());
        QVERIFY(suites.run(suites.write(suiteOfWords(2)), u"prod"_s));
        suites.window->resize(1360, 860);
        auto *button = suites.find<QPushButton>("showRunsButton");
        auto *side = suites.find<QWidget>("runsSide");
        QTRY_VERIFY(side->isVisible() && !button->isVisible());
        suites.window->resize(720, 480);
        QTRY_VERIFY(!side->isVisible() && button->isVisible());
        button->click();
        QVERIFY(side->isVisible() && !button->isVisible());
        suites.window->actionList()->runs->trigger();
        QVERIFY(!side->isVisible());
    }

    void deletesARun()
    {
        const Endpoints endpoints(echo);
        const SuiteProgram suites(m_folder->path(), endpoints);
        QVERIFY(suites.isReady());
        QVERIFY(suites.run(suites.write(suiteOfWords(2)), u"prod"_s));
        QTRY_COMPARE_EQ(suites.find<RowList>("runs")->model()->rowCount(), 1);
        suites.window->actionList()->removeRun->trigger();
        QTRY_VERIFY(suites.find<QPushButton>("yes"));
        suites.find<QPushButton>("yes")->click();
        QTRY_COMPARE_EQ(suites.find<RowList>("runs")->model()->rowCount(), 0);
        QVERIFY(suites.window->desk()->isEmpty());
        QVERIFY(suites.find<QPushButton>("openFirstSuite")->isVisible());
    }

    void deletesTheRunThatIsChosenThoughItCannotBeRead()
    {
        const Endpoints endpoints(echo);
        const SuiteProgram suites(m_folder->path(), endpoints);
        QVERIFY(suites.isReady());
        QVERIFY(suites.run(suites.write(suiteOfWords(2)), u"prod"_s));
        const RunId good = suites.window->desk()->run().id;
        const RunId broken = RunId::create();
        suites.program.workspace.runs()->saveRun({.id = broken,
                                                  .title = u"Broken"_s,
                                                  .state = u"finished"_s,
                                                  .started = QDateTime::currentDateTimeUtc(),
                                                  .document = "{}"});
        auto *list = suites.find<RowList>("runs");
        auto *runs = qobject_cast<RunsModel *>(list->model());
        runs->reload();
        QTRY_COMPARE_EQ(runs->rowCount(), 2);
        list->setCurrentIndex(runs->indexOf(broken.value()));
        QTRY_VERIFY(suites.window->desk()->isEmpty());
        QCOMPARE(suites.window->windowTitle(), u"Suites · Parlance"_s);
        QCOMPARE(list->currentId(), broken.value());
        QVERIFY(suites.window->actionList()->removeRun->isEnabled());
        suites.window->actionList()->removeRun->trigger();
        QTRY_VERIFY(suites.find<QPushButton>("yes"));
        suites.find<QPushButton>("yes")->click();
        QTRY_COMPARE_EQ(runs->rowCount(), 1);
        const Result<std::vector<KeptRun>> kept = waited(suites.program.workspace.runs()->runs());
        QVERIFY(kept && kept->size() == 1);
        QCOMPARE(kept->front().id, good);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(TestRunList)
#include "tst_runlist.moc"
