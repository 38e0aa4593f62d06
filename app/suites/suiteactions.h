// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QKeySequence>
#include <QObject>

class QAction;
class QWidget;

namespace Parlance {

//! Every action of the window of suites and its shortcut.
class SuiteActions : public QObject
{
    Q_OBJECT
public:
    explicit SuiteActions(QWidget *window);

    QAction *open;
    QAction *again; //!< a new run of the same suite
    QAction *pause;
    QAction *cancel;
    QAction *resume;
    QAction *retryFailed;
    QAction *search;
    QAction *runs; //!< the list of them, where it has no room of its own
    QAction *removeRun;
    QAction *charts; //!< checkable
    QAction *report;
    QAction *pass; //!< of the cell that is open; keys of one letter work while nobody types
    QAction *fail;
    QAction *skip;
    QAction *note;
    QAction *leave; //!< what is open, one after the other
    QAction *close;
    QAction *largerText;
    QAction *smallerText;

private:
    QAction *add(const QString &name, const QString &text, const QList<QKeySequence> &keys = {});

    QWidget *m_window;
};

} // namespace Parlance
