// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/runreader.h"
#include "qa/runsetup.h"
#include "qa/suiterunner.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace Parlance {

class Workspace;

//! The run that lies on the desk: one that goes on, or one that was kept. What changes in its cells is told
//! in bundles, so that a fast run does not cost the window more than a slow one.
class RunDesk : public QObject
{
    Q_OBJECT
public:
    //! The workspace must outlive this.
    explicit RunDesk(Workspace *workspace, QObject *parent = nullptr);
    //! A run that goes on is paused; what is under way counts as not run.
    ~RunDesk() override;

    static constexpr std::chrono::milliseconds bundleTime{80};

    bool isEmpty() const { return m_run.targets.empty(); }
    bool isRunning() const { return m_runner != nullptr; }
    bool isPausing() const { return m_isPausing; }
    const Run &run() const { return m_run; }
    //! Of all cells, by cellIndex().
    const std::vector<CellRecord> &records() const { return m_records; }
    //! The run this one is held against; absent: none, or it cannot be read.
    const std::optional<RunReading> &baseline() const { return m_baseline; }
    std::size_t left() const;
    std::size_t underWay() const { return m_runner ? m_runner->underWay() : 0; }
    std::optional<std::chrono::milliseconds> timeLeft() const;
    RunReader *reader() { return &m_reader; }

    //! A new run. It is the one on the desk from now on.
    void begin(const Agent &agent, const Suite &suite, const Run &run);
    //! One that was kept.
    void open(const RunId &id);
    //! Nothing lies here any more.
    void clear();
    //! Runs what is left of the run on the desk, and anew what failed if that is wished.
    void goOn(bool retriesFailed);
    //! Starts no more; what is under way comes to its end.
    void pause();
    //! What is under way ends, too.
    void cancel();
    //! Holds the run against one of its own targets, or against another run; both empty: against none.
    void setBaseline(const QString &label, const RunId &other);
    //! What a person says of a cell that is done. verdict absent: takes it back.
    void judge(std::size_t cell, std::optional<PersonVerdict> verdict, const QString &note);

Q_SIGNALS:
    //! Another run lies here.
    void opened();
    //! Places of cells that are other than before, each once.
    void cellsChanged(const std::vector<std::size_t> &cells);
    //! It runs, or does not any more.
    void stateChanged();
    //! What the run is held against.
    void baselineChanged();
    //! Now and then while it runs.
    void progressed();
    //! Another version stands behind one of its targets.
    void drifted(const Parlance::RunTarget &target);
    //! A sentence.
    void failed(const QString &sentence);

private:
    void lay(const Run &run, const std::vector<CellRecord> &records);
    void launch(const Agent &agent, const Suite &suite);
    void readBaseline();
    void takeSuite(const HashedSuite &suite, bool retriesFailed);
    void collect();
    void onEnded();

    Workspace *m_workspace;
    RunReader m_reader;
    Run m_run;
    std::vector<CellRecord> m_records;
    std::optional<RunReading> m_baseline;
    std::unique_ptr<SuiteRunner> m_runner;
    QTimer m_bundle;
    bool m_isPausing = false;
};

} // namespace Parlance
