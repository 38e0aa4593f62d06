// SPDX-License-Identifier: Apache-2.0
// 500 cases at three endpoints, 24 at once, against the built-in agent with 50 ms for each answer: how long
// the run takes beside what the answers alone take, and what it leaves in memory.
#include "chat/productionrequests.h"
#include "chat/runshelf.h"
#include "qa/runsetup.h"
#include "qa/suiterunner.h"
#include "support/collaborators.h"
#include "support/endpoints.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdio>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

constexpr int usualCases = 500;
constexpr int atOnce = 24;
constexpr std::chrono::milliseconds answerTime{50};

double residentMiB()
{
    QFile status(u"/proc/self/statm"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    return status.readAll().split(' ').value(1).toDouble() * 4096 / 1024 / 1024;
}

Suite suiteOf(int cases)
{
    Suite suite;
    for (int index = 0; index < cases; ++index) {
        const QString prompt = u"Say word%1"_s.arg(index);
        suite.cases.push_back(
            {.id = QString::number(index),
             .turns = {{.prompt = prompt,
                        .checks = {Check{.kind = CheckKind::Contains, .value = textNode(prompt)}}}}});
    }
    return suite;
}

//! Apart, since what it remembers of the questions is not what is measured.
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
    QCoreApplication application(argc, argv);
    if (argc > 1 && QByteArray(argv[1]) == "serve")
        return serve();
    const QTemporaryDir folder;
    QProcess server;
    server.start(QCoreApplication::applicationFilePath(), {u"serve"_s});
    if (!server.waitForReadyRead())
        return 1;
    const QString url = QString::fromUtf8(server.readLine()).trimmed();
    Collaborators program(folder.path(), {});
    const int cases = argc > 1 ? QByteArray(argv[1]).toInt() : usualCases;
    const Suite suite = suiteOf(cases);
    const Agent agent{.id = AgentId(u"orders"_s),
                      .name = u"Orders"_s,
                      .target = RuntimeTarget{.arn = Test::scriptedArn(), .endpointOverride = url}};
    Run run = newRun({.reading = {.suite = suite}}, u"suite.yaml"_s, agent, {u"a"_s, u"b"_s, u"c"_s});
    run.settings.concurrency = atOnce;
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
    const double ideal = double(run.cellCount()) * double(answerTime.count()) / atOnce;
    const RunCounts counts = countsOf(run, runner->records());
    std::printf("%d of %zu passed in %.0f ms; the answers alone take %.0f ms; ratio %.2f\n", counts.passed,
                run.cellCount(), took, ideal, took / ideal);
    std::printf("resident after a fifth %.1f MiB, at the end %.1f MiB\n", early, residentMiB());
    server.kill();
    server.waitForFinished();
    return counts.passed == int(run.cellCount()) ? 0 : 1;
}
