// SPDX-License-Identifier: Apache-2.0
#include "suites/runexport.h"

#include "core/runaside.h"
#include "core/whendone.h"
#include "qa/targetcomparison.h"
#include "suites/rundesk.h"
#include "transcript/filesaving.h"

#include <QMenu>

using namespace Qt::StringLiterals;

namespace Parlance {

RunExport::RunExport(RunDesk *desk, QWidget *window)
    : QObject(window)
    , m_desk(desk)
    , m_window(window)
{
}

void RunExport::fill(QMenu *menu)
{
    menu->addAction(tr("Web page…"), this, [this] { write(&htmlReport, u"html"_s); });
    menu->addAction(tr("Markdown…"), this, [this] { write(&markdownReport, u"md"_s); });
    menu->addAction(tr("Table (CSV)…"), this, [this] { write(&csvReport, u"csv"_s); });
    menu->addAction(tr("JSON…"), this, [this] { write(&jsonReport, u"json"_s); });
    menu->addAction(tr("JUnit XML…"), this, [this] { write(&junitReport, u"xml"_s); });
}

void RunExport::write(QByteArray (*make)(const RunReport &), const QString &suffix)
{
    RunReport report{.run = m_desk->run()};
    report.comparisons = m_desk->baseline()
        ? comparedWith(report.run, m_desk->records(), m_desk->baseline()->run, m_desk->baseline()->records)
        : comparedWithin(report.run, m_desk->records());
    std::vector<std::size_t> places;
    for (std::size_t cell = 0; cell < m_desk->records().size(); ++cell) {
        if (m_desk->records()[cell].state == CellState::Done)
            places.push_back(cell);
    }
    m_desk->reader()->readCells(
        report.run, places, [this, report, make, suffix](const Result<std::vector<RunCell>> &cells) mutable {
            if (!cells) {
                Q_EMIT ended(failure(cells.error()));
                return;
            }
            report.cells = *cells;
            whenTaken(runAside([report = std::move(report), make] { return make(report); }), this,
                      [this, suffix](const QByteArray &bytes) {
                          saveFile({.title = tr("Report"),
                                    .name = m_desk->run().title,
                                    .suffix = suffix,
                                    .bytes = bytes},
                                   m_window, [this](const Result<QString> &path) { Q_EMIT ended(path); });
                      });
        });
}

} // namespace Parlance
