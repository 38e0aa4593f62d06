// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/evidence.h"

#include <QObject>

#include <memory>

namespace Parlance {

class Workspace;

//! Which kept conversations go into evidence, and what is said of them.
struct EvidenceOrder
{
    struct Item
    {
        ConversationId conversation = {};
        QString label = {};
        QString verdict = {};
        QString note = {};
    };

    BundleKind kind = BundleKind::Conversation;
    QString title = {}; //!< empty: the first conversation's
    std::vector<Item> items = {}; //!< at least one
    std::vector<ZipEntry> reports = {};
};

//! Writes conversations as a file of evidence: one run, told as it goes, that can be cancelled. The file is
//! there whole or not at all.
class EvidenceExport : public QObject
{
    Q_OBJECT
public:
    EvidenceExport(Workspace *workspace, QObject *parent);
    ~EvidenceExport() override;

    void exportTo(const QString &path, const EvidenceOrder &order);
    void exportTo(const QString &path, const ConversationId &conversation);
    //! Ends the run; failed() comes with ErrorKind::Cancelled.
    void cancel();

Q_SIGNALS:
    //! Answers whose frames have been read.
    void progressed(int done, int of);
    // One of these ends the run.
    void exported(const QString &path, const QString &manifestHash);
    void failed(const Parlance::Error &error);

private:
    void collectNext();
    void collectFrames(std::size_t message);
    void write();
    void end(const Error &error);

    Workspace *m_workspace;
    EvidenceOrder m_order;
    std::shared_ptr<EvidenceTask> m_task;
    std::shared_ptr<std::atomic_bool> m_isCancelled;
    QString m_path;
    bool m_isRunning = false;
};

} // namespace Parlance
