// SPDX-License-Identifier: Apache-2.0
#include "compare/compareactions.h"

#include <QAction>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace Parlance {

CompareActions::CompareActions(QWidget *window)
    : QObject(window)
    , m_window(window)
{
    nextChange = add(u"nextChange"_s, tr("Next difference"),
                     {QKeySequence(Qt::Key_F8), QKeySequence(Qt::ALT | Qt::Key_Down)});
    previousChange = add(u"previousChange"_s, tr("Previous difference"),
                         {QKeySequence(Qt::SHIFT | Qt::Key_F8), QKeySequence(Qt::ALT | Qt::Key_Up)});
    hideEqual = add(u"hideEqual"_s, tr("Only differences"), {QKeySequence(Qt::CTRL | Qt::Key_D)});
    hideEqual->setCheckable(true);
    blind = add(u"blind"_s, tr("Blind"), {QKeySequence(Qt::CTRL | Qt::Key_B)});
    blind->setCheckable(true);
    addColumn = add(u"addColumn"_s, tr("Add a column…"), {QKeySequence(Qt::CTRL | Qt::Key_T)});
    attach = add(u"attachToAll"_s, tr("Attach files…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O)});
    repeat = add(u"repeat"_s, tr("Repeat…"), {QKeySequence(Qt::CTRL | Qt::Key_R)});
    copyIssue =
        add(u"copyIssue"_s, tr("Copy as a GitHub issue"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)});
    exportEvidence = add(u"exportComparisonEvidence"_s, tr("Export evidence…"),
                         {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)});
    stop = add(u"stopAll"_s, tr("Stop all answers"), {QKeySequence(Qt::Key_Escape)});
    close = add(u"closeComparison"_s, tr("Close"), {QKeySequence(Qt::CTRL | Qt::Key_W)});
    write = add(u"writeToAll"_s, tr("Write a message"), {QKeySequence(Qt::CTRL | Qt::Key_L)});
    largerText = add(u"largerCompared"_s, tr("Larger text"),
                     {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)});
    smallerText = add(u"smallerCompared"_s, tr("Smaller text"), {QKeySequence(Qt::CTRL | Qt::Key_Minus)});
    for (size_t column = 0; column < better.size(); ++column)
        better[column] = add(u"better%1"_s.arg(column + 1), tr("Answer %1 is better").arg(column + 1),
                             {QKeySequence(Qt::Key(Qt::Key_1 + int(column)))});
    tie = add(u"tie"_s, tr("Tie"), {QKeySequence(Qt::Key_T)});
    allBad = add(u"allBad"_s, tr("All bad"), {QKeySequence(Qt::Key_B)});
    note = add(u"noteOnTurn"_s, tr("Note"), {QKeySequence(Qt::Key_N)});
    previousTurn =
        add(u"previousTurn"_s, tr("Judge the turn before"), {QKeySequence(Qt::CTRL | Qt::Key_PageUp)});
    nextTurn = add(u"nextTurn"_s, tr("Judge the turn after"), {QKeySequence(Qt::CTRL | Qt::Key_PageDown)});
}

QAction *CompareActions::add(const QString &name, const QString &text, const QList<QKeySequence> &keys)
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    action->setShortcuts(keys);
    m_window->addAction(action);
    return action;
}

} // namespace Parlance
