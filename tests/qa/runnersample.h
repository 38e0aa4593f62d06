// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/productionrequests.h"
#include "chat/runshelf.h"
#include "qa/runjson.h"
#include "qa/runsetup.h"
#include "qa/suiterunner.h"
#include "support/collaborators.h"
#include "support/endpoints.h"
#include "support/waited.h"

#include <QSignalSpy>

namespace Parlance::Test {

using namespace Qt::StringLiterals;

//! A case that asks each of the prompts and wants the last word of each in the answer.
inline SuiteCase caseOf(const QString &id, const QStringList &prompts)
{
    SuiteCase one{.id = id};
    for (const QString &prompt : prompts)
        one.turns.push_back(
            {.prompt = prompt,
             .checks = {Check{.kind = CheckKind::Contains, .value = textNode(prompt.section(u' ', -1))}}});
    return one;
}

inline Suite suiteOf(int cases)
{
    Suite suite;
    for (int index = 0; index < cases; ++index)
        suite.cases.push_back(
            caseOf(u"case %1"_s.arg(index), {u"Say word%1"_s.arg(index, 2, 10, QLatin1Char('0'))}));
    return suite;
}

inline Run runOf(const Suite &suite, const Agent &agent, const QStringList &qualifiers)
{
    return newRun({.reading = {.suite = suite}, .hash = u"0"_s}, u"/suites/orders.yaml"_s, agent, qualifiers);
}

//! One start of the program.
struct Start : Collaborators
{
    explicit Start(const QString &folder)
        : Collaborators(folder, {})
    {
        QSignalSpy ready(&workspace, &Workspace::ready);
        workspace.start();
        isReady = ready.wait(20'000);
    }

    SuiteRunner::Collaborators with()
    {
        return {.makeRequest = productionRequests(&network, &secrets, workspace.identities(), {}),
                .shelf = workspace.runs()};
    }
    std::vector<CellRecord> records(const Run &run)
    {
        std::vector<CellRecord> records;
        const Result<std::vector<KeptCell>> cells = waited(workspace.runs()->cells(run.id));
        for (const KeptCell &kept : *cells)
            records.push_back(recordFrom(run, kept));
        return records;
    }
    Run keptRun(const RunId &id) { return *runFrom(**waited(workspace.runs()->run(id))); }
    RunCell cell(const Run &run, const CellPlace &place)
    {
        return cellFrom(run, **waited(workspace.runs()->cell(run.id, qint64(cellIndex(run, place)))));
    }

    bool isReady = false;
};

//! Runs it to its end.
inline bool runs(SuiteRunner &runner)
{
    QSignalSpy ended(&runner, &SuiteRunner::ended);
    runner.start();
    return ended.wait(longWait) && ended.size() == 1;
}

} // namespace Parlance::Test
