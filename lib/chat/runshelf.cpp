// SPDX-License-Identifier: Apache-2.0
#include "chat/runshelf.h"

#include "chat/archive.h"

namespace Parlance {
namespace {

template <typename T> QFuture<Result<T>> nothing()
{
    return QtFuture::makeReadyFuture(Result<T>());
}

} // namespace

void RunShelf::saveRun(const KeptRun &run)
{
    if (Store *store = m_archive->openStore())
        store->saveRun(run);
}

void RunShelf::removeRun(const RunId &id)
{
    if (Store *store = m_archive->openStore())
        store->removeRun(id);
}

void RunShelf::saveCell(const KeptCell &cell, const QByteArray &frames)
{
    if (Store *store = m_archive->openStore())
        store->saveCell(cell, frames);
}

void RunShelf::saveCellVerdict(const RunId &run, qint64 place, const QString &verdict, const QString &note)
{
    if (Store *store = m_archive->openStore())
        store->saveCellVerdict(run, place, verdict, note);
}

QFuture<Result<void>> RunShelf::flush()
{
    Store *store = m_archive->openStore();
    return store ? store->flush() : nothing<void>();
}

QFuture<Result<std::vector<KeptRun>>> RunShelf::runs()
{
    Store *store = m_archive->openStore();
    return store ? store->runs() : nothing<std::vector<KeptRun>>();
}

QFuture<Result<std::optional<KeptRun>>> RunShelf::run(const RunId &id)
{
    Store *store = m_archive->openStore();
    return store ? store->run(id) : nothing<std::optional<KeptRun>>();
}

QFuture<Result<std::vector<KeptCell>>> RunShelf::cells(const RunId &run)
{
    Store *store = m_archive->openStore();
    return store ? store->cells(run) : nothing<std::vector<KeptCell>>();
}

QFuture<Result<std::optional<KeptCell>>> RunShelf::cell(const RunId &run, qint64 place)
{
    Store *store = m_archive->openStore();
    return store ? store->cell(run, place) : nothing<std::optional<KeptCell>>();
}

QFuture<Result<QByteArray>> RunShelf::cellFrames(const RunId &run, qint64 place)
{
    Store *store = m_archive->openStore();
    return store ? store->cellFrames(run, place) : nothing<QByteArray>();
}

} // namespace Parlance
