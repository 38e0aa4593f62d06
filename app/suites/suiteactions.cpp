// SPDX-License-Identifier: Apache-2.0
#include "suites/suiteactions.h"

#include <QAction>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace Parlance {

SuiteActions::SuiteActions(QWidget *window)
    : QObject(window)
    , m_window(window)
{
    open = add(u"openSuite"_s, tr("Open suite…"), {QKeySequence(Qt::CTRL | Qt::Key_O)});
    again = add(u"runAgain"_s, tr("New run…"), {QKeySequence(Qt::CTRL | Qt::Key_N)});
    pause = add(u"pauseRun"_s, tr("Pause"), {QKeySequence(Qt::CTRL | Qt::Key_P)});
    cancel = add(u"cancelRun"_s, tr("Cancel run"), {QKeySequence(Qt::CTRL | Qt::Key_Period)});
    resume = add(u"resumeRun"_s, tr("Resume"), {QKeySequence(Qt::CTRL | Qt::Key_R)});
    retryFailed =
        add(u"retryFailedCells"_s, tr("Retry failed"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R)});
    search = add(u"searchCases"_s, tr("Search cases"), {QKeySequence(Qt::CTRL | Qt::Key_F)});
    runs = add(u"showRuns"_s, tr("Runs"), {QKeySequence(Qt::CTRL | Qt::Key_B)});
    removeRun = add(u"removeRun"_s, tr("Delete run…"));
    charts = add(u"showCharts"_s, tr("Charts"), {QKeySequence(Qt::CTRL | Qt::Key_G)});
    charts->setCheckable(true);
    report = add(u"reportRun"_s, tr("Report…"), {QKeySequence(Qt::CTRL | Qt::Key_E)});
    pass = add(u"passCell"_s, tr("Pass"), {QKeySequence(Qt::Key_P)});
    fail = add(u"failCell"_s, tr("Fail"), {QKeySequence(Qt::Key_F)});
    skip = add(u"skipCell"_s, tr("Skip"), {QKeySequence(Qt::Key_S)});
    note = add(u"noteCell"_s, tr("Note"), {QKeySequence(Qt::Key_N)});
    leave = add(u"leaveCell"_s, tr("Close the cell"), {QKeySequence(Qt::Key_Escape)});
    close = add(u"closeSuites"_s, tr("Close"), {QKeySequence(Qt::CTRL | Qt::Key_W)});
    largerText = add(u"largerSuites"_s, tr("Larger text"),
                     {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)});
    smallerText = add(u"smallerSuites"_s, tr("Smaller text"), {QKeySequence(Qt::CTRL | Qt::Key_Minus)});
}

QAction *SuiteActions::add(const QString &name, const QString &text, const QList<QKeySequence> &keys)
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    action->setShortcuts(keys);
    m_window->addAction(action);
    return action;
}

} // namespace Parlance
