// SPDX-License-Identifier: Apache-2.0
// 500 cases at three endpoints, 24 at once, 50 ms for each answer, in the window of suites: how long its
// thread could not answer at most, and how long the run took beside what the answers alone take.
#include "suites/gridview.h"
#include "suites/rundesk.h"
#include "suites/suiteswindow.h"
#include "support/collaborators.h"
#include "support/endpoints.h"
#include "theme/theme.h"
#include "window/notices.h"
#include "window/settings.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

constexpr int usualCases = 500;
constexpr int atOnce = 24;
constexpr std::chrono::milliseconds answerTime{50};
constexpr std::chrono::milliseconds beat{2};

//! Apart, since what it takes is not what is measured.
int serve()
{
    const Test::Endpoints endpoints([](const Test::EndpointQuestion &asked) {
        DemoScript script = Test::Endpoints::words(u"You said: "_s + asked.prompt);
        script.headDelay = answerTime;
        return script;
    });
    std::printf("%s\n", qUtf8Printable(endpoints.url().toString()));
    std::fflush(stdout);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    if (argc > 1 && QByteArray(argv[1]) == "serve")
        return serve();
    const QTemporaryDir folder;
    QProcess server;
    server.start(QCoreApplication::applicationFilePath(), {u"serve"_s});
    if (!server.waitForReadyRead())
        return 1;
    const QString url = QString::fromUtf8(server.readLine()).trimmed();
    Collaborators program(folder.path(), {});
    Settings settings(folder.filePath(u"settings.ini"_s));
    Theme theme;
    Notices notices;
    SuitesWindow window(
        {.workspace = &program.workspace, .settings = &settings, .theme = &theme, .notices = &notices});
    window.show();
    Suite suite;
    const int cases = argc > 1 ? QByteArray(argv[1]).toInt() : usualCases;
    for (int index = 0; index < cases; ++index) {
        const QString prompt = u"Say word%1"_s.arg(index);
        suite.cases.push_back({.id = QString::number(index), .turns = {{.prompt = prompt}}});
    }
    const Agent agent{.id = AgentId(u"orders"_s),
                      .name = u"Orders"_s,
                      .target = RuntimeTarget{.arn = Test::scriptedArn(), .endpointOverride = url}};
    Run run = newRun({.reading = {.suite = suite}}, u"suite.yaml"_s, agent, {u"a"_s, u"b"_s, u"c"_s});
    run.settings.concurrency = atOnce;
    run.baseline = u"a"_s;
    QElapsedTimer clock;
    QElapsedTimer last;
    double longest = 0;
    QTimer heart;
    heart.setTimerType(Qt::PreciseTimer);
    heart.setInterval(beat);
    // Somebody scrolls along meanwhile.
    QObject::connect(&heart, &QTimer::timeout, &window, [&] {
        longest = std::max(longest, double(last.nsecsElapsed()) / 1e6 - double(beat.count()));
        last.restart();
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
    const double ideal = double(run.cellCount()) * double(answerTime.count()) / atOnce;
    const RunCounts counts = countsOf(window.desk()->run(), window.desk()->records());
    std::printf("%d of %zu passed in %.0f ms; the answers alone take %.0f ms; ratio %.2f\n", counts.passed,
                run.cellCount(), took, ideal, took / ideal);
    std::printf("longest stall of the window's thread %.1f ms\n", longest);
    server.kill();
    server.waitForFinished();
    return counts.passed == int(run.cellCount()) ? 0 : 1;
}
