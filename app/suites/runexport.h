// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/reports.h"

#include <QObject>

class QMenu;
class QWidget;

namespace Parlance {

class RunDesk;

//! Writes reports of the run on the desk.
class RunExport : public QObject
{
    Q_OBJECT
public:
    RunExport(RunDesk *desk, QWidget *window);

    //! A choice for each kind of report.
    void fill(QMenu *menu);

Q_SIGNALS:
    void ended(const Parlance::Result<QString> &path);

private:
    void write(QByteArray (*make)(const RunReport &), const QString &suffix);

    RunDesk *m_desk;
    QWidget *m_window;
};

} // namespace Parlance
