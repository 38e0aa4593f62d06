// SPDX-License-Identifier: Apache-2.0
#include "app/suites/suitesample.h"

#include "chat/runshelf.h"
#include "qa/bundle.h"
#include "qa/runjson.h"
#include "suites/cellpanel.h"
#include "suites/runpage.h"
#include "suites/runsmodel.h"
#include "support/waited.h"
#include "window/rowlist.h"

#include <QAbstractItemModelTester>
#include <QChart>
#include <QChartView>
#include <QCheckBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QGraphicsScene>
#include <QGraphicsTextItem>
#include <QFileDialog>
#include <QJsonArray>
#include <QLabel>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPointer>

#include <atomic>
#include <set>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString suitePath(const QString &name)
{
    return QStringLiteral(PARLANCE_SOURCE_DIR "/tests/qa/suites/") + name;
}

//! The canary is wrong about word3, and about word4 every second time.
Endpoints::Script wrongCanary()
{
    return [count = std::make_shared<std::atomic<int>>(0)](const EndpointQuestion &asked) {
        const bool isCanary = asked.qualifier == "canary"_L1;
        const bool isWrong = isCanary
            && (asked.prompt.endsWith("word3"_L1)
                || (asked.prompt.endsWith("word4"_L1) && count->fetch_add(1) % 2 == 1));
        return Endpoints::words(isWrong ? u"Pardon?"_s : asked.prompt);
    };
}

} // namespace

//! Suites as somebody runs them who has a keyboard and a screen reader.
class TestSuitesWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void namesWhatIsNotSupportedWithItsLineBeforeAnythingIsAsked()
    {
        const Endpoints endpoints(wrongCanary());
        const SuiteProgram suites(m_folder->path(), endpoints);
        QVERIFY(suites.isReady());
        QVERIFY(suites.open(suites.write("prompts: [Well]\ntests:\n  - assert:\n      - {type: llm-rubric, "
                                         "value: good}\n      - {type: contains, value: e}\n")));
        QString said = suites.find<QPlainTextEdit>("findings")->toPlainText();
        QVERIFY2(said.contains(u"suite.yaml, line 4 · not supported: "_s), qPrintable(said));
        QVERIFY(suites.find<QPushButton>("beginRun")->isEnabled());
        suites.dialog()->reject();
        QTRY_VERIFY(!suites.dialog());
        QVERIFY(suites.open(suites.write("prompts: [Well]\ntests:\n  - assert:\n      - {type: regex, value: "
                                         "'('}\n")));
        said = suites.find<QPlainTextEdit>("findings")->toPlainText();
        QVERIFY2(said.contains(u"suite.yaml, line 4 · cannot be run: "_s), qPrintable(said));
        QVERIFY(!suites.find<QPushButton>("beginRun")->isEnabled());
        QVERIFY(endpoints.questions().empty());
        // Both were opened, and are offered again.
        QVERIFY(suites.program.settings.recentSuites().front().endsWith("/suite.yaml"_L1));
    }

    void showsHowEachCaseWentAtEachEndpoint()
    {
        const Endpoints endpoints(wrongCanary());
        const SuiteProgram suites(m_folder->path(), endpoints);
        QVERIFY(suites.isReady());
        const QAbstractItemModelTester tester(suites.window->grid());
        QVERIFY(suites.open(suites.write(suiteOfWords(6))));
        suites.find<QLineEdit>("qualifiersOfRun")->setText(u"prod, canary"_s);
        suites.find<QSpinBox>("repeatsOfRun")->setValue(2);
        QCOMPARE(suites.find<QLabel>("estimate")->text(),
                 u"6 case(s) × 2 endpoint(s) × 2 repeat(s) = 24 cell(s), 24 call(s)"_s);
        QCOMPARE(suites.find<QComboBox>("baselineOfRun")->currentText(), u"prod of this run"_s);
        suites.find<QPushButton>("beginRun")->click();
        QTRY_VERIFY(suites.window->desk()->isRunning());
        QVERIFY(suites.ends());
        QCOMPARE_EQ(endpoints.questions().size(), std::size_t(24));
        QCOMPARE_EQ(suites.shownRows(), 6);
        QVERIFY2(suites.said(0, 1).startsWith("case0, prod: 2/2 passed"_L1), qPrintable(suites.said(0, 1)));
        QVERIFY2(suites.said(3, 2).startsWith("case3, canary: 2/2 failed, regression"_L1),
                 qPrintable(suites.said(3, 2)));
        QVERIFY2(suites.said(4, 2).startsWith("case4, canary: 1/2 passed, flaky"_L1),
                 qPrintable(suites.said(4, 2)));
        QCOMPARE(suites.summary(), u"21 passed · 3 failed · 1 regression(s) · 1 flaky"_s);
    }

    void filtersAndSearches()
    {
        const Endpoints endpoints(wrongCanary());
        const SuiteProgram suites(m_folder->path(), endpoints);
        QVERIFY(suites.isReady());
        QVERIFY(suites.run(suites.write(suiteOfWords(12)), u"prod, canary"_s, 2));
        const auto shown = [&](const QString &what) {
            suites.show(what);
            QStringList names;
            for (int row = 0; row < suites.shownRows(); ++row)
                names.append(suites.said(row, 0));
            return names;
        };
        QCOMPARE(shown(u"All cases"_s).size(), 12);
        QCOMPARE(shown(u"Failed"_s), QStringList({u"case3"_s, u"case4"_s}));
        QCOMPARE(shown(u"Regressions"_s), QStringList({u"case3"_s}));
        QCOMPARE(shown(u"Flaky"_s), QStringList({u"case4"_s}));
        QCOMPARE(shown(u"Differs from the baseline"_s), QStringList({u"case3"_s, u"case4"_s}));
        QCOMPARE(shown(u"Not judged"_s), QStringList());
        QCOMPARE(shown(u"Fixed"_s), QStringList());
        suites.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(suites.window));
        suites.window->actionList()->search->trigger();
        QTRY_VERIFY(suites.find<QLineEdit>("searchField")->hasFocus());
        suites.show(u"All cases"_s);
        QTest::keyClicks(suites.find<QLineEdit>("searchField"), u"CASE1"_s);
        QCOMPARE_EQ(suites.shownRows(), 3);
    }

    // agreed.json is what promptfoo itself said of the same file.
    void judgesAsPromptfooDoes()
    {
        QByteArray yaml = contents(suitePath(u"agreed.yaml"_s));
        // What cannot be judged at all would keep the rest from being run.
        yaml.replace("  - vars: {answer: 'broken pattern'}\n    assert: [{type: regex, value: '('}]\n", "");
        yaml.replace("  - vars: {answer: '{}'}\n    assert: [{type: is-json, value: {requiredd: [name]}}]\n",
                     "");
        for (const QString &name : QDir(suitePath({})).entryList({u"agreed.*"_s}))
            QFile::copy(suitePath(name), m_folder->filePath(name));
        std::vector<bool> theirs;
        const SuiteReading whole = readSuite(suitePath(u"agreed.yaml"_s));
        const QJsonArray results =
            QJsonDocument::fromJson(contents(suitePath(u"agreed.json"_s)))["results"_L1].toArray();
        for (qsizetype index = 0; index < results.size(); ++index) {
            const DataNode *said = whole.suite.cases[std::size_t(index)].variables.member(u"answer");
            const bool isLeftOut = results.at(index).toObject().contains("error"_L1)
                || (said != nullptr && said->text == "broken pattern"_L1);
            if (!isLeftOut)
                theirs.push_back(results.at(index)["isPassed"_L1].toBool());
        }
        QStringList answers;
        std::atomic<int> next = 0;
        const Endpoints endpoints([&](const EndpointQuestion &) {
            return ScriptBuilder::json({{u"result"_s, answers.value(next++)}});
        });
        const SuiteProgram suites(m_folder->path(), endpoints);
        QVERIFY(suites.isReady());
        const QString path = suites.write(yaml);
        for (const SuiteCase &one : readSuite(path).suite.cases) {
            const DataNode *said = one.variables.member(u"answer");
            answers.append(said != nullptr ? said->words() : one.turns.at(0).prompt);
        }
        QVERIFY(suites.run(path, u"prod"_s, 1, 1));
        QCOMPARE_EQ(std::size_t(suites.window->grid()->rowCount()), theirs.size());
        for (int row = 0; row < suites.window->grid()->rowCount(); ++row) {
            const CellLook look = GridWords::look(suites.window->grid()->cell(row, 0));
            QVERIFY2((look == CellLook::Passed) == theirs[std::size_t(row)], qPrintable(suites.said(row, 1)));
        }
    }

    void goesOnAfterItWasClosedAndAsksEveryCaseOnce()
    {
        const Endpoints endpoints([](const EndpointQuestion &asked) {
            DemoScript script = Endpoints::words(asked.prompt);
            script.headDelay = std::chrono::milliseconds(30);
            return script;
        });
        constexpr std::size_t atOnce = 6;
        {
            // The program ends with all its windows while the run goes on.
            const SuiteProgram suites(m_folder->path(), endpoints);
            QVERIFY(suites.isReady());
            QVERIFY(suites.begin(suites.write(suiteOfWords(60)), u"prod, canary"_s, 1, int(atOnce)));
            QTRY_VERIFY_WITH_TIMEOUT(endpoints.questions().size() > 50, SuiteProgram::patience);
        }
        const SuiteProgram suites(m_folder->path(), endpoints);
        QVERIFY(suites.isReady());
        auto *list = suites.find<RowList>("runs");
        QTRY_COMPARE_EQ(list->model()->rowCount(), 1);
        QTRY_VERIFY(
            list->model()->index(0, 0).data(Qt::AccessibleTextRole).toString().contains(u"can be resumed"_s));
        list->setCurrentIndex(list->model()->index(0, 0));
        QTRY_VERIFY(!suites.window->desk()->isEmpty());
        const std::size_t left = suites.window->desk()->left();
        QVERIFY(left > 0 && left < 120);
        QTest::keyClick(suites.window, Qt::Key_R, Qt::ControlModifier);
        QTRY_VERIFY(suites.window->desk()->isRunning());
        QVERIFY(suites.ends());
        const std::vector<EndpointQuestion> asked = endpoints.questions();
        // What was under way, and nothing else, was asked again: each in a session of its own.
        QCOMPARE_GE(asked.size(), std::size_t(120));
        QCOMPARE_LE(asked.size(), 120 + atOnce);
        std::set<QString> sessions;
        for (const EndpointQuestion &question : asked)
            sessions.insert(question.session);
        QCOMPARE_EQ(sessions.size(), asked.size());
        QCOMPARE(suites.summary(), u"120 passed · 0 failed"_s);
    }

    void endsTheSessionsOfARunIfThatIsWished()
    {
        const Endpoints endpoints(wrongCanary());
        const SuiteProgram suites(m_folder->path(), endpoints);
        QVERIFY(suites.isReady());
        QVERIFY(suites.open(suites.write(suiteOfWords(3))));
        suites.find<QLineEdit>("qualifiersOfRun")->setText(u"prod"_s);
        auto *ends = suites.find<QCheckBox>("endSessionsOfRun");
        QVERIFY(ends->isEnabled() && !ends->isChecked());
        ends->setChecked(true);
        suites.find<QPushButton>("beginRun")->click();
        QTRY_VERIFY(suites.window->desk()->isRunning());
        QVERIFY(suites.ends());
        std::multiset<QString> said;
        std::multiset<QString> ended;
        for (const EndpointQuestion &question : endpoints.questions())
            (question.prompt.isEmpty() ? ended : said).insert(question.session);
        QCOMPARE_EQ(said.size(), std::size_t(3));
        QCOMPARE_EQ(ended, said);
        QVERIFY(suites.window->desk()->run().settings.endsSessions);
    }

    void takesASuiteThatIsDropped()
    {
        const Endpoints endpoints(wrongCanary());
        const SuiteProgram suites(m_folder->path(), endpoints);
        QVERIFY(suites.isReady());
        QMimeData files;
        const auto drop = [&](const QList<QUrl> &urls) {
            files.setUrls(urls);
            const QPoint middle = suites.window->rect().center();
            QDragEnterEvent enter(middle, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(suites.window, &enter);
            if (!enter.isAccepted())
                return false;
            QDropEvent event(middle, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(suites.window, &event);
            return event.isAccepted();
        };
        const QUrl suite = QUrl::fromLocalFile(suites.write(suiteOfWords(2)));
        // Which of the two would be meant?
        QVERIFY(!drop({suite, suite.resolved(QUrl(u"other.yaml"_s))}));
        QVERIFY(!drop({QUrl(u"https://example.com/suite.yaml"_s)}));
        QVERIFY(drop({suite}));
        QTRY_VERIFY(suites.dialog());
        QVERIFY(endpoints.questions().empty());
    }

    void pausesBeforeItClosesIfThatIsWished()
    {
        const Endpoints endpoints([](const EndpointQuestion &asked) {
            DemoScript script = Endpoints::words(asked.prompt);
            script.headDelay = std::chrono::milliseconds(30);
            return script;
        });
        const SuiteProgram suites(m_folder->path(), endpoints);
        QVERIFY(suites.isReady());
        QVERIFY(suites.begin(suites.write(suiteOfWords(60)), u"prod"_s, 1, 2));
        QPointer<SuitesWindow> window = suites.window;
        window->close();
        QTRY_VERIFY(suites.find<QPushButton>("yes"));
        QVERIFY(window->isVisible() && window->desk()->isRunning());
        suites.find<QPushButton>("yes")->click();
        QTRY_VERIFY_WITH_TIMEOUT(!window || !window->isVisible(), SuiteProgram::patience);
        const std::size_t asked = endpoints.questions().size();
        QVERIFY(asked < 60);
        // What was under way came to its end, and nothing begins any more.
        RunShelf *shelf = suites.program.workspace.runs();
        const Result<std::vector<KeptRun>> runs = waited(shelf->runs());
        QVERIFY(runs && runs->size() == 1);
        QCOMPARE(runs->front().state, u"paused"_s);
        const Run run = *runFrom(**waited(shelf->run(runs->front().id)));
        const Result<std::vector<KeptCell>> cells = waited(shelf->cells(run.id));
        std::size_t done = 0;
        for (const KeptCell &cell : *cells)
            done += recordFrom(run, cell).state == CellState::Done ? 1 : 0;
        QCOMPARE_EQ(done, asked);
        QCOMPARE_EQ(endpoints.questions().size(), asked);
    }

    void pausesAndRetriesWhatFailed()
    {
        std::atomic<bool> isWell = false;
        const Endpoints endpoints([&](const EndpointQuestion &asked) {
            DemoScript script =
                Endpoints::words(!isWell && asked.prompt.endsWith("word2"_L1) ? u"Pardon?"_s : asked.prompt);
            script.headDelay = std::chrono::milliseconds(20);
            return script;
        });
        const SuiteProgram suites(m_folder->path(), endpoints);
        QVERIFY(suites.isReady());
        QVERIFY(suites.begin(suites.write(suiteOfWords(40)), u"prod"_s, 1, 2));
        QTRY_VERIFY(endpoints.questions().size() > 6);
        suites.find<QPushButton>("pauseRunButton")->click();
        QVERIFY(suites.ends());
        QVERIFY2(suites.summary().endsWith("paused"_L1), qPrintable(suites.summary()));
        suites.find<QPushButton>("resumeRunButton")->click();
        QTRY_VERIFY(suites.window->desk()->isRunning());
        QVERIFY(suites.ends());
        QCOMPARE_EQ(endpoints.questions().size(), std::size_t(40));
        QCOMPARE(suites.summary(), u"39 passed · 1 failed"_s);
        isWell = true;
        suites.find<QPushButton>("retryFailedButton")->click();
        QTRY_COMPARE_EQ(endpoints.questions().size(), std::size_t(41));
        QVERIFY(suites.ends());
        QCOMPARE(suites.summary(), u"40 passed · 0 failed"_s);
        QVERIFY(!suites.find<QPushButton>("retryFailedButton")->isVisible());
    }

    void holdsARunAgainstAnEarlierOne()
    {
        std::atomic<bool> isWorse = false;
        const Endpoints endpoints([&](const EndpointQuestion &asked) {
            const QString wrong = isWorse ? u"word1"_s : u"word2"_s;
            return Endpoints::words(asked.prompt.endsWith(wrong) ? u"Pardon?"_s : asked.prompt);
        });
        const SuiteProgram suites(m_folder->path(), endpoints);
        QVERIFY(suites.isReady());
        const QString path = suites.write(suiteOfWords(4));
        QVERIFY(suites.run(path, u"prod"_s));
        QTRY_VERIFY(!suites.window->runs()->entries().empty()
                    && !suites.window->runs()->entries().front().suiteFile.isEmpty());
        isWorse = true;
        QVERIFY(suites.open(path));
        auto *baselines = suites.find<QComboBox>("baselineOfRun");
        QCOMPARE_EQ(baselines->count(), 3);
        baselines->setCurrentIndex(2);
        suites.find<QPushButton>("beginRun")->click();
        QTRY_VERIFY(suites.window->desk()->isRunning());
        QVERIFY(suites.ends());
        QTRY_VERIFY2(suites.said(1, 1).contains(u"regression"_s), qPrintable(suites.said(1, 1)));
        QVERIFY(suites.said(2, 1).contains(u"fixed"_s));
        QVERIFY2(suites.summary().endsWith(u"1 regression(s) · 1 fixed"_s), qPrintable(suites.summary()));
        // Also once what failed was asked again.
        const std::size_t asked = endpoints.questions().size();
        suites.window->actionList()->retryFailed->trigger();
        QTRY_COMPARE_EQ(endpoints.questions().size(), asked + 1);
        QVERIFY(suites.ends());
        QVERIFY2(suites.summary().endsWith(u"1 regression(s) · 1 fixed"_s), qPrintable(suites.summary()));
        suites.find<QPushButton>("runBaseline")->click();
        suites.menu("baselineMenu")->actions().front()->trigger();
        QTRY_VERIFY(!suites.summary().contains(u"regression"_s));
    }

    void marksARunUnderWhichTheVersionChanged()
    {
        const Endpoints endpoints(wrongCanary());
        const SuiteProgram suites(m_folder->path(), endpoints);
        QVERIFY(suites.isReady());
        QVERIFY(suites.run(suites.write(suiteOfWords(2)), u"prod"_s));
        Run changed = suites.window->desk()->run();
        changed.id = RunId::create();
        changed.targets[0].versions = {{.at = changed.started, .version = u"3"_s},
                                       {.at = changed.ended, .version = u"4"_s}};
        suites.program.workspace.runs()->saveRun(keptRun(changed));
        suites.window->runs()->reload();
        auto *list = suites.find<RowList>("runs");
        QTRY_COMPARE_EQ(list->model()->rowCount(), 2);
        const QModelIndex row = suites.window->runs()->indexOf(changed.id.value());
        QTRY_VERIFY(row.data(Qt::AccessibleTextRole).toString().contains(u"changed during the run"_s));
        list->setCurrentIndex(row);
        QTRY_VERIFY(suites.window->desk()->run().id == changed.id);
        const QString head = suites.window->grid()->headerData(1, Qt::Horizontal, Qt::DisplayRole).toString();
        QCOMPARE(head, u"⚠ prod version 3 → 4"_s);
        bool isTold = false;
        for (const QLabel *label : suites.window->findChildren<QLabel *>())
            isTold = isTold || label->text().contains(u"The version behind prod is now 4; it was 3."_s);
        QVERIFY(isTold);
    }

    void judgesByBareKeysAndGoesOnToTheNextCell()
    {
        const Endpoints endpoints(wrongCanary());
        const QByteArray yaml =
            "prompts: ['Say {{word}}']\ntests:\n"
            "  - {description: a, vars: {word: a}, assert: [{type: human, value: kind}]}\n"
            "  - {description: b, vars: {word: b}, assert: [{type: contains, value: no}]}\n"
            "  - {description: c, vars: {word: c}}\n";
        RunId id;
        {
            const SuiteProgram suites(m_folder->path(), endpoints);
            QVERIFY(suites.isReady());
            QVERIFY(suites.run(suites.write(yaml), u"prod"_s));
            id = suites.window->desk()->run().id;
            QCOMPARE(suites.summary(), u"1 passed · 1 failed · 1 not judged"_s);
            suites.window->activateWindow();
            QVERIFY(QTest::qWaitForWindowActive(suites.window));
            QVERIFY(suites.openCell(0, 1));
            const auto title = [&] { return suites.find<QLabel>("cellTitle")->text(); };
            QTest::keyClick(suites.window->view(), Qt::Key_P);
            QTRY_COMPARE(title(), u"b"_s);
            QVERIFY2(suites.said(0, 1).contains(u"passed"_s), qPrintable(suites.said(0, 1)));
            QVERIFY(suites.said(0, 1).contains(u"judged by a person"_s));
            QTRY_VERIFY(suites.window->page()->panel()->isLoaded());
            QTest::keyClick(suites.window->view(), Qt::Key_N);
            auto *note = suites.find<QLineEdit>("cellNote");
            QTRY_VERIFY(note->hasFocus());
            // Where somebody types, a letter is a letter.
            QTest::keyClicks(note, u"spf"_s);
            QCOMPARE(note->text(), u"spf"_s);
            QTest::keyClick(note, Qt::Key_Return);
            QCOMPARE(suites.find<QLabel>("cellNoteText")->text(), u"Note: spf"_s);
            suites.window->view()->setFocus();
            QTest::keyClick(suites.window->view(), Qt::Key_P);
            QTRY_COMPARE(title(), u"c"_s);
            QTest::keyClick(suites.window->view(), Qt::Key_S);
            QTRY_VERIFY(suites.said(2, 1).contains(u"skipped"_s));
            QCOMPARE(suites.summary(), u"2 passed · 0 failed · 1 not judged"_s);
            // The same once more takes it back.
            QVERIFY(suites.openCell(2, 1));
            QTest::keyClick(suites.window->view(), Qt::Key_S);
            QTRY_COMPARE(suites.summary(), u"3 passed · 0 failed"_s);
            QVERIFY(suites.openCell(0, 1));
            QTest::keyClick(suites.window->view(), Qt::Key_F);
            QTRY_COMPARE(suites.summary(), u"2 passed · 1 failed"_s);
        }
        // Kept, and counted as the library does in reports.
        const SuiteProgram suites(m_folder->path(), endpoints);
        QVERIFY(suites.isReady());
        suites.window->desk()->open(id);
        QTRY_COMPARE(suites.summary(), u"2 passed · 1 failed"_s);
        QVERIFY(suites.openCell(1, 1));
        QTRY_COMPARE(suites.find<QLabel>("cellNoteText")->text(), u"Note: spf"_s);
    }

    void writesReports()
    {
        const Endpoints endpoints(wrongCanary());
        const SuiteProgram suites(m_folder->path(), endpoints);
        QVERIFY(suites.isReady());
        QVERIFY(suites.run(suites.write(suiteOfWords(5)), u"prod, canary"_s));
        const QStringList suffixes{u"html"_s, u"md"_s, u"csv"_s, u"json"_s, u"xml"_s};
        for (qsizetype kind = 0; kind < suffixes.size(); ++kind) {
            suites.window->actionList()->report->trigger();
            auto *menu = suites.menu("reportMenu");
            QVERIFY(menu);
            menu->actions().at(kind)->trigger();
            menu->close();
            QTRY_VERIFY(suites.window->findChild<QFileDialog *>());
            auto *dialog = suites.window->findChild<QFileDialog *>();
            const QString path = m_folder->filePath(u"report."_s + suffixes.at(kind));
            QVERIFY(dialog->selectedFiles().constFirst().endsWith(u'.' + suffixes.at(kind)));
            Q_EMIT dialog->fileSelected(path);
            dialog->close();
            QTRY_VERIFY2(contents(path).contains("word3") || contents(path).contains("case3"),
                         qPrintable(path));
            QTRY_VERIFY(!suites.window->findChild<QFileDialog *>());
        }
        const QJsonObject report =
            QJsonDocument::fromJson(contents(m_folder->filePath(u"report.json"_s))).object();
        QCOMPARE_EQ(report["counts"_L1]["cells"_L1].toInt(), 10);
        QCOMPARE_EQ(report["counts"_L1]["failed"_L1].toInt(), 1);
        QCOMPARE_EQ(report["comparisons"_L1].toArray().size(), 1);
    }

    void writesEvidence()
    {
        const Endpoints endpoints(wrongCanary());
        const SuiteProgram suites(m_folder->path(), endpoints);
        QVERIFY(suites.isReady());
        QVERIFY(suites.run(suites.write(suiteOfWords(5)), u"prod, canary"_s));
        suites.window->actionList()->report->trigger();
        auto *menu = suites.menu("reportMenu");
        QVERIFY(menu);
        menu->actions().constLast()->trigger();
        menu->close();
        auto *dialog = suites.window->findChild<QFileDialog *>();
        QVERIFY(dialog);
        const QString path = m_folder->filePath(u"run.zip"_s);
        Q_EMIT dialog->fileSelected(path);
        dialog->close();
        QTRY_VERIFY(QFileInfo::exists(path));
        const Result<Bundle> bundle = readBundleFile(path);
        QVERIFY(bundle && bundle->isSound());
        QCOMPARE_EQ(bundle->manifest.subjects.size(), 10U);
        const QJsonObject report = QJsonDocument::fromJson(*bundle->part(u"run.json"_s)).object();
        QCOMPARE_EQ(report["counts"_L1]["failed"_L1].toInt(), 1);
        // What is handed over by another way can be taken along.
        const auto isTold = [&] {
            const QList<QLabel *> labels = suites.window->findChildren<QLabel *>();
            return std::ranges::any_of(
                labels, [&](const QLabel *label) { return label->text().contains(bundle->manifestHash); });
        };
        QTRY_VERIFY(isTold());
    }

    void chartsTellInWordsWhatTheyShow()
    {
        const Endpoints endpoints(wrongCanary());
        const SuiteProgram suites(m_folder->path(), endpoints);
        QVERIFY(suites.isReady());
        const QString path = suites.write(suiteOfWords(5));
        QVERIFY(suites.run(path, u"prod, canary"_s));
        QVERIFY(suites.run(path, u"prod, canary"_s));
        QTRY_VERIFY(suites.find<QPushButton>("chartsButton")->isVisible());
        suites.find<QPushButton>("chartsButton")->click();
        const auto words = [&](const char *chart) {
            const auto *view = suites.find<QWidget>(chart);
            return view->isVisible() ? view->accessibleDescription() : QString();
        };
        QTRY_VERIFY2(
            words("ratesChartView").startsWith(u"prod: 100.0 % of 5 passed (95 %: 56.6 to 100.0 %)"_s),
            qPrintable(words("ratesChartView")));
        QVERIFY(words("timesChartView").contains(u"canary: half of 5 within "_s));
        // Times of an agent on this machine are short; the numbers beside the chart tell them apart.
        const QChart *chart = suites.find<QChartView>("timesChartView")->chart();
        const auto ticks = [&] {
            QStringList texts;
            for (const QGraphicsItem *item : chart->scene()->items()) {
                const auto *text = dynamic_cast<const QGraphicsTextItem *>(item);
                if (text && text->toPlainText().endsWith(u's') && text->toPlainText().at(0).isDigit())
                    texts.append(text->toPlainText());
            }
            return texts;
        };
        QTRY_COMPARE_GE(ticks().size(), 3);
        const QStringList told = ticks();
        QCOMPARE_EQ(QSet<QString>(told.begin(), told.end()).size(), told.size());
        QTRY_VERIFY2(words("runsChartView").contains(u"Run 2, "_s), qPrintable(words("runsChartView")));
        suites.window->actionList()->charts->trigger();
        QVERIFY(suites.window->view()->isVisible());
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(TestSuitesWindow)
#include "tst_suiteswindow.moc"
