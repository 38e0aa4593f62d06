// SPDX-License-Identifier: Apache-2.0
// 500 cases at three endpoints, 24 at once, against the built-in agent with 50 ms for each answer: how long
// the run takes beside what the answers alone take, and what it leaves in memory.
#include "bench/suitebench.h"
#include "chat/productionrequests.h"
#include "chat/runshelf.h"
#include "qa/runsetup.h"
#include "qa/suiterunner.h"
#include "support/collaborators.h"

#include <QTemporaryDir>

using namespace Parlance;
using namespace Parlance::Bench;
using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    if (argc > 1 && QByteArray(argv[1]) == "serve")
        return serve();
    const QTemporaryDir folder;
    QProcess server;
    const QString url = startServer(&server);
    if (url.isEmpty())
        return 1;
    Collaborators program(folder.path(), {});
    const int cases = argc > 1 ? QByteArray(argv[1]).toInt() : usualCases;
    const Suite suite = suiteOf(cases);
    const Agent agent = agentAt(url);
    Run run = runOf(suite, agent);
    std::unique_ptr<SuiteRunner> runner;
    QElapsedTimer clock;
    double early = 0;
    std::size_t done = 0;
    QObject::connect(&program.workspace, &Workspace::ready, &application, [&] {
        runner = std::make_unique<SuiteRunner>(
            SuiteRunner::Collaborators{.makeRequest = productionRequests(&program.network, &program.secrets,
                                                                         program.workspace.identities(), {}),
                                       .shelf = program.workspace.runs()},
            agent, suite, run, std::vector<CellRecord>{});
        QObject::connect(runner.get(), &SuiteRunner::cellDone, &application, [&] {
            if (++done == run.cellCount() / 5)
                early = residentMiB();
        });
        QObject::connect(runner.get(), &SuiteRunner::ended, &application, [] { QCoreApplication::quit(); });
        clock.start();
        runner->start();
    });
    program.workspace.start();
    QCoreApplication::exec();
    const double took = double(clock.elapsed());
    const RunCounts counts = countsOf(run, runner->records());
    tellTime(run, counts, took);
    std::printf("resident after a fifth %.1f MiB, at the end %.1f MiB\n", early, residentMiB());
    server.kill();
    server.waitForFinished();
    return counts.passed == int(run.cellCount()) ? 0 : 1;
}
