// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "qa/evidence.h"
#include "qa/reports.h"

#include <QObject>

#include <memory>

namespace Parlance {

class RunShelf;

//! A cell as the conversation it was. frames: of its turns, in order.
ConversationFile conversationOf(const Run &run, const RunCell &cell,
                                const std::vector<std::vector<Frame>> &frames);

//! Writes a kept run as a file of evidence: each of its cells that were run as a conversation with its
//! frames, and its report as JSON, HTML and JUnit's XML. The file is there whole or not at all.
class RunEvidence : public QObject
{
    Q_OBJECT
public:
    explicit RunEvidence(RunShelf *shelf, QObject *parent = nullptr);
    ~RunEvidence() override;

    //! report: with all cells that were run.
    void exportTo(const QString &path, const RunReport &report);
    //! failed() comes with ErrorKind::Cancelled.
    void cancel();

Q_SIGNALS:
    void progressed(int done, int of);
    // One of these ends it.
    void exported(const QString &path, const QString &manifestHash);
    void failed(const Parlance::Error &error);

private:
    void collect(std::size_t cell);
    void write();
    void end(const Error &error);

    RunShelf *m_shelf;
    QString m_path;
    std::shared_ptr<RunReport> m_report;
    std::shared_ptr<EvidenceTask> m_task;
    std::shared_ptr<std::atomic_bool> m_isCancelled;
    bool m_isRunning = false;
};

} // namespace Parlance
