// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QKeySequence>
#include <QObject>

#include <array>

class QAction;
class QWidget;

namespace Parlance {

//! Every action of a comparison's window and its shortcut. Keys of one letter work while nobody types.
class CompareActions : public QObject
{
    Q_OBJECT
public:
    explicit CompareActions(QWidget *window);

    QAction *nextChange;
    QAction *previousChange;
    QAction *hideEqual; //!< checkable
    QAction *blind; //!< checkable
    QAction *addColumn;
    QAction *attach;
    QAction *repeat;
    QAction *copyIssue;
    QAction *exportEvidence;
    QAction *stop;
    QAction *close;
    QAction *write; //!< goes to the message
    QAction *largerText;
    QAction *smallerText;
    std::array<QAction *, 4> better; //!< a column, from the left
    QAction *tie;
    QAction *allBad;
    QAction *note;
    QAction *previousTurn; //!< to judge
    QAction *nextTurn;

private:
    QAction *add(const QString &name, const QString &text, const QList<QKeySequence> &keys);

    QWidget *m_window;
};

} // namespace Parlance
