// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the measurements of runs of suites have in common.
#include "qa/runsetup.h"
#include "support/endpoints.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>

#include <cstdio>

namespace Parlance::Bench {

using namespace Qt::StringLiterals;

inline constexpr int usualCases = 500;
inline constexpr int atOnce = 24;
inline constexpr std::chrono::milliseconds answerTime{50};

inline double residentMiB()
{
    QFile status(u"/proc/self/statm"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    return status.readAll().split(' ').value(1).toDouble() * 4096 / 1024 / 1024;
}

inline Suite suiteOf(int cases)
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
inline int serve()
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

//! Starts serve() as a program of its own. Empty: it could not be.
inline QString startServer(QProcess *server)
{
    server->start(QCoreApplication::applicationFilePath(), {u"serve"_s});
    return server->waitForReadyRead() ? QString::fromUtf8(server->readLine()).trimmed() : QString();
}

inline Agent agentAt(const QString &url)
{
    return {.id = AgentId(u"orders"_s),
            .name = u"Orders"_s,
            .target = RuntimeTarget{.arn = Test::scriptedArn(), .endpointOverride = url}};
}

//! At three endpoints.
inline Run runOf(const Suite &suite, const Agent &agent)
{
    Run run = newRun({.reading = {.suite = suite}}, u"suite.yaml"_s, agent, {u"a"_s, u"b"_s, u"c"_s});
    run.settings.concurrency = atOnce;
    return run;
}

inline void tellTime(const Run &run, const RunCounts &counts, double took)
{
    const double ideal = double(run.cellCount()) * double(answerTime.count()) / atOnce;
    std::printf("%d of %zu passed in %.0f ms; the answers alone take %.0f ms; ratio %.2f\n", counts.passed,
                run.cellCount(), took, ideal, took / ideal);
}

} // namespace Parlance::Bench
