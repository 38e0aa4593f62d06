// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/runreader.h"
#include "qa/statistics.h"
#include "window/rowmodel.h"

#include <map>

namespace Parlance {

class Workspace;

//! Runs that were kept, newest first: when, and how they went.
class RunsModel : public RowModel
{
    Q_OBJECT
public:
    //! More are not listed.
    static constexpr std::size_t mostRuns = 100;

    explicit RunsModel(Workspace *workspace, QObject *parent = nullptr);

    //! Reads them anew.
    void reload();
    void remove(const RunId &id);
    //! The one that runs here; empty: none. Another one in that state was cut short.
    void setRunning(const RunId &id);
    struct Entry
    {
        KeptRun kept = {};
        std::optional<RunCounts> counts = std::nullopt; //!< not read yet
        std::vector<std::pair<QString, PassRate>> rates = {}; //!< of each target, by its label
        QString suiteFile = {};
        bool hasDrifted = false;
    };
    const std::vector<Entry> &entries() const { return m_entries; }

protected:
    QString spokenState(const Row &row) const override;

private:
    void readNext();
    void show();

    Workspace *m_workspace;
    RunReader m_reader;
    std::vector<Entry> m_entries;
    std::size_t m_next = 0; //!< whose counts are read next
    int m_generation = 0;
    RunId m_running;
};

} // namespace Parlance
