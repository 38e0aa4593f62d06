// SPDX-License-Identifier: Apache-2.0
#include "suites/runsmodel.h"

#include "chat/runshelf.h"
#include "chat/workspace.h"
#include "core/whendone.h"
#include "window/relativetime.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Parlance {

RunsModel::RunsModel(Workspace *workspace, QObject *parent)
    : RowModel(parent)
    , m_workspace(workspace)
    , m_reader(workspace->runs())
{
}

void RunsModel::reload()
{
    const int generation = ++m_generation;
    whenDone(m_workspace->runs()->runs(), this, [this, generation](const Result<std::vector<KeptRun>> &runs) {
        if (generation != m_generation || !runs)
            return;
        std::vector<Entry> before = std::move(m_entries);
        m_entries.clear();
        for (const KeptRun &run : *runs) {
            if (m_entries.size() == mostRuns)
                break;
            Entry entry{.kept = run};
            // What is shown stays until it is known anew.
            for (const Entry &old : before) {
                if (old.kept.id == run.id) {
                    entry = old;
                    entry.kept = run;
                }
            }
            m_entries.push_back(entry);
        }
        show();
        m_next = 0;
        readNext();
    });
}

void RunsModel::readNext()
{
    if (m_next >= m_entries.size())
        return;
    m_reader.read(m_entries[m_next].kept.id.value(),
                  [this, generation = m_generation](const Result<RunReading> &reading) {
                      if (generation != m_generation)
                          return;
                      Entry &entry = m_entries[m_next++];
                      if (reading) {
                          entry.counts = countsOf(reading->run, reading->records);
                          entry.rates.clear();
                          for (std::size_t target = 0; target < reading->run.targets.size(); ++target) {
                              const RunCounts of = countsOf(reading->run, reading->records, target);
                              entry.rates.emplace_back(
                                  reading->run.targets[target].label,
                                  PassRate{.passed = of.passed, .judged = qint64(of.passed) + of.failed});
                          }
                          entry.suiteFile = reading->run.suiteFile;
                          entry.hasDrifted = reading->run.hasDrifted();
                      }
                      show();
                      readNext();
                  });
}

void RunsModel::show()
{
    std::vector<Row> rows;
    const QDateTime now = QDateTime::currentDateTime();
    for (const Entry &entry : m_entries) {
        QStringList brief{relativeTime(entry.kept.started.toLocalTime(), now, QLocale())};
        QStringList words;
        if (entry.kept.id == m_running) {
            brief.append(tr("running"));
            words.append(tr("running"));
        } else if (entry.kept.state != runStateName(RunState::Finished)) {
            words.append(tr("can be resumed"));
        }
        if (entry.hasDrifted) {
            brief.append(tr("⚠ version changed"));
            words.append(tr("the version behind an endpoint changed during the run"));
        }
        if (entry.counts && entry.kept.id != m_running) {
            brief.append(tr("%1 ✓ %2 ✗").arg(entry.counts->passed).arg(entry.counts->failed));
            words.append(tr("%1 passed").arg(entry.counts->passed));
            words.append(tr("%1 failed").arg(entry.counts->failed));
            if (entry.counts->notRun > 0) {
                brief.append(tr("%1 left").arg(entry.counts->notRun));
                words.append(tr("%1 left").arg(entry.counts->notRun));
            }
        }
        rows.push_back({.id = entry.kept.id.value(),
                        .title = entry.kept.title,
                        .detail = brief.join(u" · "_s),
                        .note = words.join(u", "_s)});
    }
    setRows(rows);
}

QString RunsModel::spokenState(const Row &row) const
{
    return row.note;
}

void RunsModel::setRunning(const RunId &id)
{
    m_running = id;
    show();
}

void RunsModel::remove(const RunId &id)
{
    m_workspace->runs()->removeRun(id);
    std::erase_if(m_entries, [&id](const Entry &entry) { return entry.kept.id == id; });
    ++m_generation;
    show();
    reload();
}

} // namespace Parlance
