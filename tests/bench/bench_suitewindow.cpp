// SPDX-License-Identifier: Apache-2.0
// 500 cases at three endpoints, 24 at once, 50 ms for each answer, in the window of suites: how long its
// thread could not answer at most, and how long the run took beside what the answers alone take.
#include "bench/suitebench.h"
#include "suites/gridview.h"
#include "suites/rundesk.h"
#include "suites/suiteswindow.h"
#include "support/collaborators.h"
#include "theme/theme.h"
#include "window/notices.h"
#include "window/settings.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTimer>

using namespace Parlance;
using namespace Parlance::Bench;
using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds beat{2};
constexpr int beatsAFrame = 8;

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    if (argc > 1 && QByteArray(argv[1]) == "serve")
        return serve();
    const QTemporaryDir folder;
    QProcess server;
    const QString url = startServer(&server);
    if (url.isEmpty())
        return 1;
    Collaborators program(folder.path(), {});
    Settings settings(folder.filePath(u"settings.ini"_s));
    Theme theme;
    Notices notices;
    SuitesWindow window(
        {.workspace = &program.workspace, .settings = &settings, .theme = &theme, .notices = &notices});
    window.show();
    const Suite suite = suiteOf(argc > 1 ? QByteArray(argv[1]).toInt() : usualCases);
    const Agent agent = agentAt(url);
    Run run = runOf(suite, agent);
    run.baseline = u"a"_s;
    QElapsedTimer clock;
    QElapsedTimer last;
    double longest = 0;
    double early = 0;
    int beats = 0;
    QTimer heart;
    heart.setTimerType(Qt::PreciseTimer);
    heart.setInterval(beat);
    // Somebody scrolls along meanwhile, a step for each frame.
    QObject::connect(&heart, &QTimer::timeout, &window, [&] {
        longest = std::max(longest, double(last.nsecsElapsed()) / 1e6 - double(beat.count()));
        last.restart();
        if (++beats % beatsAFrame != 0)
            return;
        if (early <= 0 && window.desk()->left() < run.cellCount() * 4 / 5)
            early = residentMiB();
        QScrollBar *bar = window.view()->verticalScrollBar();
        bar->setValue(bar->value() < bar->maximum() ? bar->value() + 4 : 0);
    });
    QObject::connect(window.desk(), &RunDesk::stateChanged, &window, [&] {
        if (!window.desk()->isRunning())
            QCoreApplication::quit();
    });
    QObject::connect(&program.workspace, &Workspace::ready, &window, [&] {
        clock.start();
        window.desk()->begin(agent, suite, run);
        last.start();
        heart.start();
    });
    program.workspace.start();
    QApplication::exec();
    const double took = double(clock.elapsed());
    const RunCounts counts = countsOf(window.desk()->run(), window.desk()->records());
    tellTime(run, counts, took);
    std::printf("longest stall of the window's thread %.1f ms\n", longest);
    std::printf("resident after a fifth %.1f MiB, at the end %.1f MiB\n", early, residentMiB());
    server.kill();
    server.waitForFinished();
    return counts.passed == int(run.cellCount()) ? 0 : 1;
}
