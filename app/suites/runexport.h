// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/reports.h"

#include <QObject>

#include <functional>

class QMenu;
class QWidget;

namespace Parlance {

class RunDesk;
class RunShelf;

//! Writes reports and evidence of the run on the desk.
class RunExport : public QObject
{
    Q_OBJECT
public:
    RunExport(RunDesk *desk, RunShelf *shelf, QWidget *window);

    //! A choice for each kind of report, and one for evidence.
    void fill(QMenu *menu);

Q_SIGNALS:
    void ended(const Parlance::Result<QString> &path);
    //! The SHA-256 of the manifest is to be handed over by another way.
    void evidenceWritten(const QString &path, const QString &manifestHash);

private:
    //! Hands over the report of all that was run, or tells why not.
    void withReport(const std::function<void(const RunReport &)> &then);
    void askForEvidence();
    void writeEvidence(const QString &path);
    void write(QByteArray (*make)(const RunReport &), const QString &suffix);

    RunDesk *m_desk;
    RunShelf *m_shelf;
    QWidget *m_window;
};

} // namespace Parlance
