// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/keptrun.h"
#include "core/result.h"

#include <QFuture>

#include <vector>

namespace Parlance {

class Archive;

//! Where runs of suites are kept, whose values qa knows. Without an open store what is written goes nowhere
//! and what is read is empty.
class RunShelf
{
public:
    //! Must outlive this.
    explicit RunShelf(Archive *archive)
        : m_archive(archive)
    {
    }

    void saveRun(const KeptRun &run);
    void removeRun(const RunId &id);
    //! See Store.
    void saveCell(const KeptCell &cell, const QByteArray &frames);
    void saveCellVerdict(const RunId &run, qint64 place, const QString &verdict, const QString &note);
    //! Done when everything asked for before is on disk.
    QFuture<Result<void>> flush();

    //! Newest first, without their documents.
    QFuture<Result<std::vector<KeptRun>>> runs();
    QFuture<Result<std::optional<KeptRun>>> run(const RunId &id);
    //! By place, without their documents. Those that were never begun are not there.
    QFuture<Result<std::vector<KeptCell>>> cells(const RunId &run);
    QFuture<Result<std::optional<KeptCell>>> cell(const RunId &run, qint64 place);
    QFuture<Result<QByteArray>> cellFrames(const RunId &run, qint64 place);

private:
    Archive *m_archive;
};

} // namespace Parlance
