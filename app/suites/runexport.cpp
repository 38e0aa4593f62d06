// SPDX-License-Identifier: Apache-2.0
#include "suites/runexport.h"

#include "core/filename.h"
#include "core/runaside.h"
#include "core/whendone.h"
#include "qa/runevidence.h"
#include "qa/targetcomparison.h"
#include "suites/rundesk.h"
#include "transcript/filesaving.h"

#include <QFileDialog>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace Parlance {

RunExport::RunExport(RunDesk *desk, RunShelf *shelf, QWidget *window)
    : QObject(window)
    , m_desk(desk)
    , m_shelf(shelf)
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
    menu->addSeparator();
    menu->addAction(tr("Evidence…"), this, &RunExport::askForEvidence);
}

void RunExport::withReport(const std::function<void(const RunReport &)> &then)
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
    m_desk->reader()->readCells(report.run, places,
                                [this, report, then](const Result<std::vector<RunCell>> &cells) mutable {
                                    if (!cells) {
                                        Q_EMIT ended(failure(cells.error()));
                                        return;
                                    }
                                    report.cells = *cells;
                                    then(report);
                                });
}

void RunExport::write(QByteArray (*make)(const RunReport &), const QString &suffix)
{
    withReport([this, make, suffix](const RunReport &report) {
        whenTaken(runAside([report, make] { return make(report); }), this,
                  [this, suffix, title = report.run.title](const QByteArray &bytes) {
                      saveFile({.title = tr("Report"), .name = title, .suffix = suffix, .bytes = bytes},
                               m_window, [this](const Result<QString> &path) { Q_EMIT ended(path); });
                  });
    });
}

void RunExport::askForEvidence()
{
    auto *dialog = new QFileDialog(m_window, tr("Export evidence"));
    dialog->setObjectName(u"evidenceDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Evidence (*.zip)")});
    dialog->setDefaultSuffix(u"zip"_s);
    dialog->selectFile(fileNameFor(m_desk->run().title, tr("Run")));
    connect(dialog, &QFileDialog::fileSelected, this, &RunExport::writeEvidence);
    dialog->open();
}

void RunExport::writeEvidence(const QString &path)
{
    withReport([this, path](const RunReport &report) {
        auto *evidence = new RunEvidence(m_shelf, this);
        connect(evidence, &RunEvidence::exported, this, &RunExport::evidenceWritten);
        connect(evidence, &RunEvidence::exported, evidence, &QObject::deleteLater);
        connect(evidence, &RunEvidence::failed, this, [this, evidence](const Error &error) {
            evidence->deleteLater();
            Q_EMIT ended(failure(error));
        });
        evidence->exportTo(path, report);
    });
}

} // namespace Parlance
