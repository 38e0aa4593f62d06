// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/giveout.h"
#include "chat/takein.h"

#include <QFuture>
#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <memory>

class QSaveFile;

namespace Parlance {

class Workspace;

//! ".md", ".html", ".json".
QString suffixOf(FileFormat format);
std::optional<FileFormat> formatOf(const QString &path);

//! Takes conversations out to files, or in from one: one run, told as it goes, that can be cancelled.
//! A file is there whole or not at all; of a file that is taken in everything is, or nothing.
class ConversationTransfer : public QObject
{
    Q_OBJECT
public:
    struct Task
    {
        std::vector<ConversationId> conversations = {};
        FileFormat format = FileFormat::Json;
        QString path = {};
        //! The path is a folder, which gets a file for each conversation, never over one that is there.
        bool isFolder = false;
        bool withFrames = false; //!< JSON alone
    };

    ConversationTransfer(Workspace *workspace, QObject *parent);
    ~ConversationTransfer() override;

    void exportTo(const Task &task);
    void importFrom(const QString &path);
    //! Ends the run; failed() comes with ErrorKind::Cancelled.
    void cancel();

    //! Larger files are refused.
    static constexpr qint64 maximumBytes = qint64(512) * 1024 * 1024;

Q_SIGNALS:
    void progressed(int done, int of);
    // One of these ends the run.
    void exported(int count, const QString &path);
    void imported(const Parlance::TakenIn &taken);
    void failed(const Parlance::Error &error);

private:
    void exportNext();
    void collectFrames(const std::shared_ptr<ConversationFile> &file, size_t message);
    void writeOut(const std::shared_ptr<ConversationFile> &file);
    void finish();
    void end(const Error &error);
    template <typename Work, typename Then> void inBackground(Work work, Then then);

    Workspace *m_workspace;
    QThreadPool m_pool;
    Task m_task;
    size_t m_next = 0;
    bool m_isRunning = false;
    std::shared_ptr<QSaveFile> m_file; //!< of one JSON for all
    QFuture<Result<TakenIn>> m_taking;
};

} // namespace Parlance
